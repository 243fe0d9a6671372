import type { Outcome } from '../../../../core/items/outcome.ts';
import { attemptsOf } from '../../../../core/money/attempts.ts';

const applied: Outcome = { state: 'applied', data: { id: '7' } };
const rejected: Outcome = { state: 'rejected', reason: 'no' };
const unknown: Outcome = { state: 'unknown', reason: 'cut' };

/** What n8n saves with an execution and gives to its Retry. */
const saved = (context: object): never => JSON.parse(JSON.stringify(context)) as never;

describe('the memory of an execution', () => {
	it('survives that n8n saves it, whatever the reference is called', () => {
		const context = {};
		for (const key of ['__proto__', 'constructor', '', 'p_1']) {
			attemptsOf(context as never, '1').sending(key, `f ${key}`);
			expect(attemptsOf(saved(context)).recall(key)).toEqual({ state: 'sending', fingerprint: `f ${key}` });
		}
		expect(attemptsOf(saved(context)).recall('p_2')).toBeUndefined();
	});

	it('does not show a reference to whoever reads the saved execution', () => {
		const context = {};
		attemptsOf(context as never).sending('payout reference anna', 'f');
		expect(JSON.stringify(context)).not.toContain('anna');
	});

	it.each([{ format: 1 }, { format: 3 }, { attempts: {} }, [], 'x', 1, null])(
		'of another version of the package is refused, because its sends would be forgotten: %j',
		(held) => {
			expect(() => attemptsOf({ otcPayouts: held } as never)).toThrow(
				'Another version of this package has begun this execution, and what it has sent cannot be read',
			);
		},
	);

	it('that is empty begins anew', () => {
		expect(attemptsOf({ otcPayouts: {} }).recall('p_1')).toBeUndefined();
	});

	it('names the execution that made an object, and none for an object that was found', () => {
		const context = {};
		const attempts = attemptsOf(context, '7');
		attempts.keep('answered', 'f', applied, true);
		attempts.sending('first', 'f', true);
		attempts.keep('first', 'f', unknown);
		attempts.sending('not asked', 'f');
		attempts.keep('not asked', 'f', applied);
		attempts.keep('found', 'f', { ...applied, replayed: true }, true);
		const later = attemptsOf(saved(context), '8');
		const madeBy = (key: string) => later.recall(key)?.madeBy;
		expect(['answered', 'first', 'not asked', 'found'].map(madeBy)).toEqual(['7', '7', undefined, undefined]);
		later.keep('first', 'f', applied);
		expect(madeBy('first')).toBe('7');
	});

	it('lists what was applied, and nothing else', () => {
		const attempts = attemptsOf({});
		attempts.keep('a', 'f', applied);
		attempts.keep('b', 'f', rejected);
		attempts.keep('c', 'f', unknown);
		attempts.sending('d', 'f');
		expect(attempts.applied()).toEqual([applied]);
	});

	it('never holds the key of a gift card, at any depth, while the outcome itself has it', () => {
		const context = {};
		const data = { card_key: 'secret', cards: [{ card_key: 'secret', id: 1 }], more: { card_key: 'secret' } };
		const attempts = attemptsOf(context, '', ['card_key']);
		expect(attempts.keep('a', 'f', { state: 'applied', data })).toEqual({ state: 'applied', data });
		expect(JSON.stringify(context)).not.toContain('secret');
		expect(attempts.recall('a')?.outcome).toEqual({
			state: 'applied',
			data: { cards: [{ id: 1 }], more: {} },
		});
		expect(attempts.keep('b', 'f', unknown)).toEqual(unknown);
		expect(attempts.recall('b')?.outcome).toEqual(unknown);
	});
});

describe('the item at a place', () => {
	const sent = (outcome?: Outcome) => {
		const attempts = attemptsOf({});
		expect(attempts.sentAs('item 0', 'ours', 'p_1')).toBeUndefined();
		attempts.sending('ours', 'f');
		if (outcome) attempts.keep('ours', 'f', outcome);
		return attempts;
	};

	it.each<[string, Outcome | undefined]>([
		['cut off', undefined],
		['applied', applied],
		['unknown', unknown],
	])('that was %s is not sent as another request', (_how, outcome) => {
		const attempts = sent(outcome);
		expect(attempts.sentAt('item 0')).toMatchObject({ reference: 'p_1' });
		expect(attempts.sentAs('item 0', 'other', 'p_2')).toMatchObject({ reference: 'p_1' });
		expect(attempts.sentAs('item 0', 'ours', 'p_1')).toBeUndefined();
		expect(attempts.sentAs('item 1', 'other', 'p_2')).toBeUndefined();
	});

	it('that was refused may be another request', () => {
		const attempts = sent(rejected);
		expect(attempts.sentAt('item 0')).toBeUndefined();
		expect(attempts.sentAs('item 0', 'other', undefined)).toBeUndefined();
		attempts.sending('other', 'f');
		expect(attempts.sentAt('item 0')).not.toHaveProperty('reference');
	});

	it('that was reserved and never sent may be another request', () => {
		const attempts = attemptsOf({});
		attempts.sentAs('item 0', 'ours', 'p_1');
		expect(attempts.sentAs('item 0', 'other', 'p_2')).toBeUndefined();
	});
});

describe('an approval', () => {
	it('allows one send of one request', () => {
		const context = {};
		const attempts = attemptsOf(context);
		expect(attempts.takesApproval('hash', 'a')).toBe(true);
		expect(attempts.takesApproval('hash', 'a')).toBe(true);
		expect(attempts.takesApproval('hash', 'b')).toBe(false);
		expect(attemptsOf(saved(context)).takesApproval('hash', 'b')).toBe(false);
		expect(attempts.takesApproval('another', 'b')).toBe(true);
	});

	it.each<[string, Outcome, boolean]>([
		['was refused', rejected, true],
		['was applied', applied, false],
		['is unknown', unknown, false],
	])('goes to another request if the first one %s: only a refusal gives it free', (_how, outcome, isFree) => {
		const attempts = attemptsOf({});
		attempts.takesApproval('hash', 'a');
		attempts.keep('a', 'f', outcome);
		expect(attempts.takesApproval('hash', 'b')).toBe(isFree);
		expect(attempts.takesApproval('hash', 'a')).toBe(!isFree);
	});
});

describe('calls in turn', () => {
	const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

	it('run one after the other for one key, also after one that fails, and beside each other for two', async () => {
		const context = {};
		const done: string[] = [];
		const run =
			(name: string, isFailing = false) =>
			async () => {
				done.push(`${name} begins`);
				await tick();
				done.push(`${name} ends`);
				if (isFailing) throw new Error(name);
				return name;
			};
		const turns = [
			attemptsOf(context).inTurn('a', run('1', true)),
			attemptsOf(context).inTurn('a', run('2')),
			attemptsOf(context).inTurn('b', run('3')),
			attemptsOf({}).inTurn('a', run('4')),
		];
		const settled = await Promise.allSettled(turns);
		expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
		expect(done.slice(0, 3)).toEqual(['1 begins', '3 begins', '4 begins']);
		expect(done.indexOf('2 begins')).toBeGreaterThan(done.indexOf('1 ends'));
		expect(await attemptsOf(context).inTurn('a', run('5'))).toBe('5');
	});
});
