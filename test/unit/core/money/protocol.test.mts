import { attemptsOf } from '../../../../core/money/attempts.ts';
import type { Outcome } from '../../../../core/items/outcome.ts';
import type { Classified } from '../../../../core/money/classify.ts';
import { LOOKUP_WAITS_MS, sendOnce, type Found, type Steps } from '../../../../core/money/protocol.ts';

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

	it('does not send when the provider has the reference with another amount, and does not know whose it is', async () => {
		const other: Found = { ...there, differences: ['amount is 10 here and 12 there'] };
		const { steps, done, context } = script([], [other]);
		expect(await sendOnce(request, steps)).toMatchObject({
			state: 'unknown',
			isConflict: true,
			reason: expect.stringContaining('12 there'),
		});
		// Nothing was sent, so the next try asks anew.
		const again = script([{ outcome: applied }], [absent], context);
		expect(await sendOnce(request, again.steps)).toEqual(applied);
		expect([done.sends, again.done.sends]).toEqual([0, 1]);
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

	it('may send again what was rejected', async () => {
		const rejected: Outcome = { state: 'rejected', reason: 'balance too low', code: '550233' };
		const { steps, context } = script([{ outcome: rejected }], [absent]);
		expect(await sendOnce(request, steps)).toEqual({ ...rejected, isAbsent: true });
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
		expect(await sendOnce(request, other.steps)).toMatchObject({ state: 'unknown', isConflict: true });
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

describe('a refusal', () => {
	const refusal: Outcome = { state: 'rejected', reason: 'balance too low', code: '550233' };
	const refused: Classified = { outcome: refusal };
	const neverLeft: Classified = { outcome: { state: 'rejected', reason: 'dns' }, neverLeft: true };
	const unclear: Found = { state: 'unclear', reason: 'the connection was cut' };

	it('is proven by one lookup: nothing is there', async () => {
		const { steps, done } = script([refused], [absent, absent]);
		expect(await sendOnce(request, steps)).toEqual({ ...refusal, isAbsent: true });
		expect(done).toEqual({ sends: 1, finds: 2, waits: [] });
	});

	it('is the answer to an earlier send when the same payment is there', async () => {
		const { steps } = script([refused], [there]);
		expect(await sendOnce({ ...request, checkFirst: false }, steps)).toMatchObject({
			state: 'applied',
			replayed: true,
		});
	});

	it('is unknown when another payment is there, or one that is written otherwise', async () => {
		const { steps } = script(
			[refused],
			[absent, { ...there, differences: ['chain is TRX here and TRC20 there'] }],
		);
		expect(await sendOnce(request, steps)).toMatchObject({ state: 'unknown', isConflict: true });
	});

	it('is unknown until the provider can be asked, and then what it was', async () => {
		const { steps, context } = script([refused], [absent, unclear]);
		expect(await sendOnce(request, steps)).toMatchObject({
			state: 'unknown',
			code: '550233',
			reason: 'balance too low, and whether it is there already is not known (the connection was cut)',
		});
		const again = script([], [absent], JSON.parse(JSON.stringify(context)) as Record<string, unknown>);
		expect(await sendOnce(request, again.steps)).toEqual({ ...refusal, isAbsent: true });
		expect(again.done.sends).toBe(0);
	});

	it('waits for as long as a new object may not be found', async () => {
		const { steps, done } = script([refused], [absent, absent, there]);
		expect(await sendOnce(request, { ...steps, findsAfter: 10_000 })).toMatchObject({ state: 'applied' });
		expect(done).toEqual({ sends: 1, finds: 3, waits: [10_000] });
		const lost = script([{ outcome: unknown }], []);
		await sendOnce(request, { ...lost.steps, findsAfter: 10_000 });
		expect(lost.done.waits).toEqual([...LOOKUP_WAITS_MS, 3000]);
	});

	it('by the network is proven by Check First; without it the provider is asked', async () => {
		const first = script([neverLeft], [absent]);
		expect(await sendOnce(request, first.steps)).toMatchObject({ state: 'rejected', isAbsent: true });
		expect(first.done.finds).toBe(1);
		const second = script([neverLeft], [there]);
		expect(await sendOnce({ ...request, checkFirst: false }, second.steps)).toMatchObject({
			state: 'applied',
			replayed: true,
		});
	});

	it('where nobody can be asked is about this attempt alone', async () => {
		const { steps } = script([refused], []);
		expect(await sendOnce(request, { ...steps, find: undefined })).toEqual(refusal);
	});

	it('of what the user says was sent before is unknown where nobody can be asked', async () => {
		const { steps } = script([refused], []);
		const repeat = { ...request, isRepeat: true };
		expect(await sendOnce(repeat, { ...steps, find: undefined })).toEqual({
			state: 'unknown',
			reason: 'balance too low',
			code: '550233',
		});
	});
});

describe('when and how often the provider is asked', () => {
	const unclear: Found = { state: 'unclear', reason: 'the connection was cut' };
	const twoDifferences: Found = { ...there, differences: ['amount differs', 'chain differs'] };

	it('does not ask before it sends with Check First off, even if something is there', async () => {
		const { steps, done } = script([{ outcome: applied }], [there]);
		expect(await sendOnce({ ...request, checkFirst: false }, steps)).toEqual(applied);
		expect(done).toMatchObject({ sends: 1, finds: 0 });
	});

	it('sends where nobody can be asked, even with Check First on', async () => {
		const { steps, done } = script([{ outcome: applied }], []);
		expect(await sendOnce(request, { ...steps, find: undefined })).toEqual(applied);
		expect(done.sends).toBe(1);
	});

	it('remembers what Check First has found, and neither asks nor sends again', async () => {
		const { steps, context } = script([], [there]);
		await sendOnce(request, steps);
		const again = script([{ outcome: applied }], [], context);
		expect(await sendOnce(request, again.steps)).toMatchObject({ state: 'applied', replayed: true });
		expect(again.done).toMatchObject({ sends: 0, finds: 0 });
	});

	it('does not believe a refusal of before while the provider gives no answer', async () => {
		const refusal: Outcome = { state: 'rejected', reason: 'balance too low', code: '550233' };
		const { steps, context } = script([{ outcome: refusal }], [absent, unclear]);
		await sendOnce(request, steps);
		const again = script([], [unclear, unclear, unclear], context);
		expect(await sendOnce(request, again.steps)).toMatchObject({ state: 'unknown' });
		expect(again.done).toMatchObject({ sends: 0, finds: 3 });
	});

	it('waits before each look for a send of before, and does not call what it finds a conflict', async () => {
		const context = {};
		attemptsOf(context).sending(request.key, request.fingerprint);
		const { steps, done } = script([], [absent, twoDifferences], context);
		const outcome = await sendOnce(request, steps);
		expect(outcome).toEqual({
			state: 'unknown',
			reason: 'the reference is there with other details: amount differs; chain differs',
		});
		expect(done).toEqual({ sends: 0, finds: 2, waits: [1000, 2000] });
	});

	it('says that an earlier try was cut off', async () => {
		const context = {};
		attemptsOf(context).sending(request.key, request.fingerprint);
		const { steps } = script([], [], context);
		expect(await sendOnce(request, steps)).toEqual({
			state: 'unknown',
			reason: 'an earlier try of this execution was cut off',
		});
	});

	it('looks at once for what the provider says is there already, and waits only when it does not show it', async () => {
		const duplicate: Classified = { outcome: unknown, duplicate: true };
		const shown = script([duplicate], [absent, there]);
		await sendOnce(request, shown.steps);
		expect(shown.done).toEqual({ sends: 1, finds: 2, waits: [] });
		const late = script([duplicate], [absent, absent, there]);
		await sendOnce(request, late.steps);
		expect(late.done).toEqual({ sends: 1, finds: 3, waits: [1000] });
	});

	it('does not wait for a new object after a refusal when it is there at once', async () => {
		const refused: Classified = { outcome: { state: 'rejected', reason: 'no', code: '1' } };
		const { steps, done } = script([refused], [absent, there]);
		expect(await sendOnce(request, { ...steps, findsAfter: 10_000 })).toMatchObject({ state: 'applied' });
		expect(done.waits).toEqual([]);
	});

	it('looks three times when a new object is shown within these waits', async () => {
		const { steps, done } = script([{ outcome: unknown }], []);
		await sendOnce(request, { ...steps, findsAfter: 7000 });
		expect(done.waits).toEqual(LOOKUP_WAITS_MS);
	});

	it('names all differences of a reference in use', async () => {
		const { steps } = script([], [twoDifferences]);
		expect(await sendOnce(request, steps)).toMatchObject({
			reason: 'the reference is already used at the provider: amount differs; chain differs',
		});
	});
});

describe('the same reference with other values, in one execution', () => {
	const other = { ...request, fingerprint: 'f2' };
	const differing: Found = { ...there, differences: ['amount is 10 here and 12 there'] };

	it.each<[string, Outcome | undefined]>([
		['was cut off', undefined],
		['is unknown', unknown],
	])('is not sent after a try that %s, and not called rejected', async (_what, outcome) => {
		const context = {};
		const attempts = attemptsOf(context);
		attempts.sending(request.key, request.fingerprint);
		if (outcome) attempts.keep(request.key, request.fingerprint, outcome);
		const { steps, done } = script([], [there], context);
		expect(await sendOnce(other, steps)).toMatchObject({ state: 'unknown', unsent: 'sent_before' });
		expect(done.sends).toBe(0);
		// What was sent is still remembered as it was.
		expect(attemptsOf(context).recall(request.key)?.fingerprint).toBe('f1');
	});

	it.each<[string, Found, object]>([
		['replayed where the provider has the same: 10.50 is 10.5', there, { state: 'applied', replayed: true }],
		['in use where the provider has another', differing, { state: 'unknown', isConflict: true }],
		['unknown where the provider has none', absent, { state: 'unknown', unsent: 'sent_before' }],
	])('after one that was applied is %s', async (_what, found, expected) => {
		const first = script([{ outcome: applied }], [absent]);
		await sendOnce(request, first.steps);
		const { steps, done } = script([], [found], first.context);
		expect(await sendOnce(other, steps)).toMatchObject(expected);
		expect(done).toMatchObject({ sends: 0, finds: 1 });
	});

	it('is unknown where nobody can be asked', async () => {
		const first = script([{ outcome: applied }], [absent]);
		await sendOnce(request, first.steps);
		const { steps } = script([], [], first.context);
		expect(await sendOnce(other, { ...steps, find: undefined })).toEqual({
			state: 'unknown',
			reason: 'this item was sent with other values before',
			unsent: 'sent_before',
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
