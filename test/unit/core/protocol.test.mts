import { attemptsOf } from '../../../core/money/attempts.ts';
import type { Outcome } from '../../../core/items/outcome.ts';
import type { Classified } from '../../../core/money/classify.ts';
import { LOOKUP_WAITS_MS, sendOnce, type Found, type Steps } from '../../../core/money/protocol.ts';

const request = { key: 'payout reference p_1', fingerprint: 'f1', checkFirst: true };
const unknown: Outcome = { state: 'unknown', reason: 'no answer came within 60 s' };
const applied: Outcome = { state: 'applied', data: { id: '7' } };
const there: Found = { state: 'found', data: { id: '7' }, differences: [] };
const absent: Found = { state: 'absent' };

/** Steps with scripted sends and lookups. It counts what was done. */
function script(sends: Classified[], finds: Found[], context: Record<string, unknown> = {}) {
	const done = { sends: 0, finds: 0, waits: new Array<number>() };
	const steps: Steps = {
		attempts: attemptsOf(context as never),
		send: () => Promise.resolve(sends[done.sends++] ?? { outcome: unknown }),
		find: () => Promise.resolve(finds[done.finds++] ?? absent),
		sleep: (wait) => {
			done.waits.push(wait);
			return Promise.resolve();
		},
		random: () => 0.5,
	};
	return { steps, done, context };
}

describe('the money protocol', () => {
	it('sends once and remembers what was applied', async () => {
		const { steps, done, context } = script([{ outcome: applied }], [absent]);
		expect(await sendOnce(request, steps)).toEqual(applied);
		const again = script([], [], context);
		expect(await sendOnce(request, again.steps)).toEqual({ ...applied, replayed: true });
		expect([done.sends, again.done.sends, again.done.finds]).toEqual([1, 0, 0]);
	});

	it('does not send what the provider already has', async () => {
		const { steps, done } = script([], [there]);
		expect(await sendOnce(request, steps)).toEqual({ state: 'applied', data: { id: '7' }, replayed: true });
		expect(done.sends).toBe(0);
	});

	it('refuses when the provider has the reference with another amount', async () => {
		const { steps, done } = script([], [{ ...there, differences: ['amount is 10 here and 12 there'] }]);
		expect(await sendOnce(request, steps)).toMatchObject({
			state: 'rejected',
			reason: expect.stringContaining('12 there'),
		});
		expect(done.sends).toBe(0);
	});

	it('sends nothing when Check First gets no answer, and does not claim that nothing was sent before', async () => {
		const { steps, done, context } = script([], [{ state: 'unclear', reason: 'the connection was cut' }]);
		expect(await sendOnce(request, steps)).toEqual({
			state: 'unknown',
			reason: 'Check First got no answer (the connection was cut)',
			unsent: 'not_checked',
		});
		expect(done.sends).toBe(0);
		// The next try of the same execution asks again, because no send is under way.
		const again = script([{ outcome: applied }], [absent], context);
		expect(await sendOnce(request, again.steps)).toEqual(applied);
		expect(again.done.sends).toBe(1);
	});

	it('looks up after an unknown outcome, and never sends again', async () => {
		const { steps, done } = script([{ outcome: unknown }], [absent, absent, there]);
		expect(await sendOnce(request, steps)).toEqual({ state: 'applied', data: { id: '7' } });
		expect(done).toEqual({ sends: 1, finds: 3, waits: [1000, 2000] });
	});

	it('keeps unknown unknown when the lookups find nothing', async () => {
		const { steps, done, context } = script([{ outcome: unknown }], []);
		expect(await sendOnce(request, steps)).toEqual(unknown);
		expect(done.waits).toEqual(LOOKUP_WAITS_MS);
		const again = script([], [], context);
		expect(await sendOnce(request, again.steps)).toEqual(unknown);
		expect(again.done.sends).toBe(0);
	});

	it('begins with the lookup after a crash while sending', async () => {
		const context = {};
		attemptsOf(context).sending(request.key, request.fingerprint);
		const { steps, done } = script([], [there], context);
		expect(await sendOnce(request, steps)).toMatchObject({ state: 'applied' });
		expect(done.sends).toBe(0);
	});

	it('does not send again after a crash where the provider cannot be asked', async () => {
		const context = {};
		attemptsOf(context).sending(request.key, request.fingerprint);
		const { steps, done } = script([], [], context);
		expect(await sendOnce(request, { ...steps, find: undefined })).toMatchObject({ state: 'unknown' });
		expect(done.sends).toBe(0);
	});

	it('refuses other data under the same reference', async () => {
		const { steps, context } = script([{ outcome: applied }], [absent]);
		await sendOnce(request, steps);
		const other = script([], [], context);
		expect(await sendOnce({ ...request, fingerprint: 'f2' }, other.steps)).toMatchObject({
			state: 'rejected',
		});
		expect(other.done.sends).toBe(0);
	});

	it('may send again what was rejected', async () => {
		const rejected: Outcome = { state: 'rejected', reason: 'balance too low', code: '550233' };
		const { steps, context } = script([{ outcome: rejected }], [absent]);
		expect(await sendOnce(request, steps)).toEqual(rejected);
		const again = script([{ outcome: applied }], [absent], context);
		expect(await sendOnce(request, again.steps)).toEqual(applied);
	});

	it('signs anew what was refused for its age, after growing waits, at most six times', async () => {
		const stale: Classified = { outcome: { state: 'rejected', reason: 'expired' }, stale: true };
		const first = script([stale, { outcome: applied }], [absent]);
		expect(await sendOnce(request, first.steps)).toEqual(applied);
		expect(first.done.sends).toBe(2);
		const always = script(new Array<Classified>(9).fill(stale), [absent]);
		expect(await sendOnce(request, always.steps)).toMatchObject({ state: 'rejected' });
		expect(always.done).toMatchObject({ sends: 7, waits: [100, 200, 400, 800, 1600, 2000] });
	});

	it('takes "already exists" as the answer of an earlier send, after looking', async () => {
		const duplicate: Classified = {
			outcome: { state: 'unknown', reason: 'exists', code: '550245' },
			duplicate: true,
		};
		const same = script([duplicate], [absent, there]);
		expect(await sendOnce(request, same.steps)).toMatchObject({ state: 'applied', replayed: true });
		const other = script([duplicate], [absent, { ...there, differences: ['amount'] }]);
		expect(await sendOnce(request, other.steps)).toMatchObject({ state: 'rejected' });
		const silent = script([duplicate], []);
		expect(await sendOnce(request, silent.steps)).toMatchObject({ state: 'unknown' });
	});

	it('does not call its own payment a conflict when the provider shows it otherwise', async () => {
		const { steps } = script(
			[{ outcome: unknown }],
			[absent, { ...there, differences: ['chain is TRX here and TRC20 there'] }],
		);
		expect(await sendOnce(request, steps)).toMatchObject({
			state: 'unknown',
			reason: expect.stringContaining('TRC20'),
		});
	});
});

describe('which execution has made what is there', () => {
	const madeBy = async (sends: Classified[], finds: Found[], checkFirst: boolean) => {
		const context = {};
		const { steps } = script(sends, finds);
		await sendOnce({ ...request, checkFirst }, { ...steps, attempts: attemptsOf(context as never, '7') });
		return attemptsOf(context as never, '8').recall(request.key)?.madeBy;
	};
	const duplicate: Classified = { outcome: unknown, duplicate: true };

	it.each<[string, string | undefined, Classified[], Found[], boolean]>([
		['whose send was answered', '7', [{ outcome: applied }], [], false],
		['that found nothing and lost the answer', '7', [{ outcome: unknown }], [absent, there], true],
		['that did not ask and lost the answer: not known', undefined, [{ outcome: unknown }], [there], false],
		['that found it before it sent: another', undefined, [], [there], true],
		['that was told of a duplicate: another', undefined, [duplicate], [absent, there], true],
	])('%s', async (_name, execution, sends, finds, checkFirst) => {
		expect(await madeBy(sends, finds, checkFirst)).toBe(execution);
	});
});

describe('what is made for a request', () => {
	it('is kept with the execution and not made anew', () => {
		const context = {};
		const first = attemptsOf(context as never).made('create run 0 item 0', () => ({ nonce: 1 }));
		const again = attemptsOf(JSON.parse(JSON.stringify(context))).made('create run 0 item 0', () => ({
			nonce: 2,
		}));
		expect([first, again]).toEqual([{ nonce: 1 }, { nonce: 1 }]);
		expect(attemptsOf(context as never).made('create run 0 item 1', () => ({ nonce: 3 }))).toEqual({
			nonce: 3,
		});
	});
});

describe('two calls at once, as an AI agent makes them', () => {
	it('send once, also when both asked the provider first', async () => {
		const first = script([{ outcome: applied }], [absent, absent, there]);
		const outcomes = await Promise.all([sendOnce(request, first.steps), sendOnce(request, first.steps)]);
		expect(first.done.sends).toBe(1);
		expect(outcomes).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);
	});
});
