import type { Claims } from '../../../../core/money/claims.ts';
import { paymentMemoryOf } from '../../../../core/money/paymentMemory.ts';

/** Names that are claimed for ever, in a set. */
function claims(): Claims {
	const claimed = new Set<string>();
	return {
		isClaimed: async (name) => claimed.has(name),
		claim: async (name) => {
			const isFree = !claimed.has(name);
			claimed.add(name);
			return isFree;
		},
		release: async (name) => {
			claimed.delete(name);
		},
	};
}

const MINUTE = 60_000;

/** One payment's memory, and a clock that can be moved. */
function memory(start = Date.UTC(2026, 10, 30)) {
	let time = start;
	const passed = (milliseconds: number) => void (time += milliseconds);
	return { ...paymentMemoryOf(claims(), 'payout p_1', 'fingerprint', () => time), passed };
}

/** The memory of another execution, at the same moment. */
const sharing = (shared: Claims, payment = 'payout p_1', fingerprint = 'fingerprint') =>
	paymentMemoryOf(shared, payment, fingerprint, () => 0);

describe('a send that is refused after a person has looked it up', () => {
	it('leaves the payment as sent, where it was sent once more and its outcome is not known', async () => {
		const { begin, undo, recall } = memory();
		await begin(1);
		await begin(2);
		await undo(1);
		expect(await recall()).toEqual({ state: 'sent', times: 2, lastSend: 'under way' });
	});

	it('leaves the payment as applied, where the next send has applied it', async () => {
		const { begin, undo, applied, recall } = memory();
		await begin(1);
		await begin(2);
		await applied();
		await undo(1);
		expect(await recall()).toEqual({ state: 'applied', isSame: true });
	});

	it('leaves the payment as applied, where the person has found it paid', async () => {
		const { begin, undo, applied, recall } = memory();
		await begin(1);
		await applied();
		await undo(1);
		expect(await recall()).toEqual({ state: 'applied', isSame: true });
	});
});

describe('a refused send', () => {
	it('is forgotten: the payment can be sent', async () => {
		const { begin, undo, recall } = memory();
		await begin(1);
		await undo(1);
		expect(await recall()).toEqual({ state: 'new' });
		expect(await begin(1)).toBe(true);
	});

	it('leaves the send before it, whose outcome is not known', async () => {
		const { begin, undo, recall } = memory();
		await begin(1);
		await begin(2);
		await undo(2);
		expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'under way' });
	});
});

describe('a send that is over without a clear answer', () => {
	it('is told from one that may still be under way', async () => {
		const { begin, over, recall } = memory();
		await begin(1);
		await over(1);
		expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'on its way' });
	});

	it('says nothing about the send after it', async () => {
		const { begin, over, undo, recall } = memory();
		await begin(1);
		await over(1);
		await begin(2);
		expect(await recall()).toEqual({ state: 'sent', times: 2, lastSend: 'under way' });
		await undo(2);
		expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'on its way' });
	});
});

describe('a send without a clear answer', () => {
	// The end may fall on any moment of a span of the memory.
	it.each([0, 1, 2.5 * MINUTE, 5 * MINUTE - 1])(
		'may still arrive for 15 minutes and not for 20 (%d)',
		async (into) => {
			const { begin, over, recall, passed } = memory(Date.UTC(2026, 10, 30) + into);
			await begin(1);
			await over(1);
			for (let minute = 0; minute < 15; minute += 1) {
				expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'on its way' });
				passed(MINUTE);
			}
			passed(5 * MINUTE);
			expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'over' });
		},
	);

	it.each([1, 7, 15])(
		'may still arrive, where the clock of the worker that sent it is %d minutes ahead',
		async (ahead) => {
			const shared = claims();
			const now = Date.UTC(2026, 10, 30);
			const of = (time: number) => paymentMemoryOf(shared, 'payout p_1', 'fingerprint', () => time);
			await of(now + ahead * MINUTE).begin(1);
			await of(now + ahead * MINUTE).over(1);
			expect(await of(now).recall()).toEqual({ state: 'sent', times: 1, lastSend: 'on its way' });
		},
	);

	it('is not over as long as nobody has seen its end', async () => {
		const { begin, recall, passed } = memory();
		await begin(1);
		passed(1000 * MINUTE);
		expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'under way' });
	});

	it('counts from the last send', async () => {
		const { begin, over, recall, passed } = memory();
		await begin(1);
		await over(1);
		passed(60 * MINUTE);
		await begin(2);
		await over(2);
		expect(await recall()).toEqual({ state: 'sent', times: 2, lastSend: 'on its way' });
	});
});

describe('what is known of a payment', () => {
	it('is nothing before the first send, and that it was sent from its beginning on', async () => {
		const { begin, recall } = memory();
		expect(await recall()).toEqual({ state: 'new' });
		await begin(1);
		expect(await recall()).toEqual({ state: 'sent', times: 1, lastSend: 'under way' });
	});

	it('lets only one of several calls at the same moment send', async () => {
		const { begin } = memory();
		expect(await Promise.all([begin(1), begin(1), begin(1)])).toEqual([true, false, false]);
		expect(await begin(2)).toBe(true);
	});

	it('ends after a hundred sends: nobody can have looked that often', async () => {
		const { begin, recall } = memory();
		for (let times = 1; times <= 100; times += 1) expect(await begin(times)).toBe(true);
		expect(await begin(101)).toBe(false);
		expect(await recall()).toEqual({ state: 'sent', times: 100, lastSend: 'under way' });
	});

	it('tells another request under the same reference from the same one', async () => {
		const shared = claims();
		await sharing(shared).applied();
		const recall = (payment: string, fingerprint: string) => sharing(shared, payment, fingerprint).recall();
		expect(await recall('payout p_1', 'fingerprint')).toEqual({ state: 'applied', isSame: true });
		expect(await recall('payout p_1', 'another')).toEqual({ state: 'applied', isSame: false });
		expect(await recall('payout p_2', 'fingerprint')).toEqual({ state: 'new' });
	});

	it('is never new while it is being written that it was applied', async () => {
		const shared = claims();
		const seen: string[] = [];
		const watching: Claims = {
			...shared,
			claim: async (name) => {
				seen.push((await sharing(shared).recall()).state);
				return await shared.claim(name);
			},
		};
		await sharing(watching).applied();
		expect(seen).toEqual(['new', 'sent', 'sent']);
	});
});
