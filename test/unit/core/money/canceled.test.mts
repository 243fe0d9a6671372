import type { Attempt } from '../../../../core/money/attempts.ts';
import { keptBack, toldCanceled } from '../../../../core/money/canceled.ts';
import type { Outcome } from '../../../../core/items/outcome.ts';
import type { Prepared } from '../../../../core/items/prepare.ts';

const applied: Outcome = { state: 'applied', data: { id: '7' } };
const cutOff: Outcome = { state: 'unknown', reason: 'the connection was cut' };

const item = (more: Partial<Prepared> = {}) => ({ checkFirst: false, ...more }) as Prepared;
const tried = (state: Attempt['state'], outcome?: Outcome): Attempt => ({
	state,
	fingerprint: 'same',
	...(outcome ? { outcome } : {}),
});

describe('an item that Stop keeps back', () => {
	it('was not sent by anybody, where no other execution could have sent it', () => {
		expect(keptBack(item(), 'same', undefined)).toEqual({
			state: 'rejected',
			reason: 'the execution was canceled before it was sent',
			nextStep: 'Retry this execution to send it',
			unsent: 'not_sent',
		});
	});

	it.each<[string, Partial<Prepared>]>([
		['is asked for first', { checkFirst: true }],
		['n8n remembers', { payment: { reference: 'inv-1', isPaid: false, unpaidSend: 0 } }],
	])('is unknown where it %s: another execution may have sent it', (_how, more) => {
		expect(keptBack(item(more), 'same', undefined)).toEqual({
			state: 'unknown',
			reason: 'the execution was canceled',
			unsent: 'not_checked',
		});
	});

	it('keeps the outcome that an earlier try has', () => {
		expect(keptBack(item(), 'same', tried('applied', applied))).toEqual({ ...applied, replayed: true });
		expect(keptBack(item(), 'same', tried('unknown', cutOff))).toEqual({
			state: 'unknown',
			reason: 'the connection was cut, and the execution was canceled',
		});
	});

	it.each<[string, Attempt, string]>([
		['was cut off', tried('sending'), 'same'],
		['was applied with other values', tried('applied', applied), 'other'],
		['is unknown with other values', tried('unknown', cutOff), 'other'],
	])('was sent by an earlier try that %s', (_how, earlier, now) => {
		expect(keptBack(item(), now, earlier)).toEqual({
			state: 'unknown',
			reason: 'an earlier try of this execution has sent it, and the execution was canceled',
			unsent: 'sent_before',
		});
	});

	it('may be sent by a Retry where an earlier try was refused', () => {
		const refused = tried('rejected', { state: 'rejected', reason: 'no' });
		expect(keptBack(item(), 'same', refused)).toMatchObject({ state: 'rejected', unsent: 'not_sent' });
		expect(keptBack(item({ checkFirst: true }), 'same', refused)).toMatchObject({ unsent: 'not_checked' });
	});
});

describe('the reason of an outcome after Stop', () => {
	it('has the words once by which n8n knows that the execution was canceled', () => {
		const once = toldCanceled(cutOff);
		expect(once).toEqual({
			state: 'unknown',
			reason: 'the connection was cut, and the execution was canceled',
		});
		expect(toldCanceled(once)).toEqual(once);
	});

	it('is not needed where it was applied', () => expect(toldCanceled(applied)).toBe(applied));
});
