import type { Claims } from '../../../core/money/claims.ts';
import { paymentMemoryOf } from '../../../core/money/paymentMemory.ts';

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

const memory = () => paymentMemoryOf(claims(), 'payout p_1', 'fingerprint');

describe('a send that is refused after a person has looked it up', () => {
	it('leaves the payment as sent, where it was sent once more and its outcome is not known', async () => {
		const { begin, undo, recall } = memory();
		await begin(1);
		await begin(2);
		await undo(1);
		expect(await recall()).toEqual({ state: 'sent', times: 2 });
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
		expect(await recall()).toEqual({ state: 'sent', times: 1 });
	});
});
