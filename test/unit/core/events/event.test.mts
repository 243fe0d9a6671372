import { eventId, passes, providerEvent } from '../../../../core/events/event.ts';
import type { Payment } from '../../../../core/provider/payment.ts';

const base: Payment = {
	provider: 'p',
	kind: 'payout',
	id: '1',
	status: 'processing',
	final: false,
	providerStatus: 'A',
	amount: '1.50',
	lines: [{ provider: 'p', kind: 'line', id: '1', status: 'pending', final: false, providerStatus: 'B' }],
};

describe('eventId', () => {
	it('is the same for one state from every source', () => {
		const other = {
			...base,
			amount: '1.5',
			providerStatus: 'running',
			updatedAt: '2026-01-01T00:00:00.000Z',
			createdAt: 'x',
		};
		expect(eventId(other, ['A'])).toBe(eventId(base, ['A']));
	});

	it('differs for every real change', () => {
		const [line] = base.lines as Payment[];
		const changes: Payment[] = [
			base,
			{ ...base, id: '2' },
			{ ...base, kind: 'refund' },
			{ ...base, status: 'succeeded' },
			{ ...base, amount: '1.51' },
			{ ...base, paidAmount: '1' },
			{ ...base, fiatAmount: '1' },
			{ ...base, txHash: '0x1' },
			{ ...base, lines: [{ ...(line ?? base), status: 'succeeded' }] },
			{ ...base, lines: [] },
			{ ...base, providerStatus: 'B' },
			{ ...base, lines: [{ ...(line ?? base), providerStatus: 'C' }] },
		];
		expect(new Set(changes.map((one) => eventId(one))).size).toBe(changes.length);
		expect(eventId(base, ['t1'])).not.toBe(eventId(base, ['t2']));
		expect(eventId(base, [undefined])).not.toBe(eventId(base));
	});
});

it('of a state that nobody knows is told apart by the words of the provider', () => {
	const unknown = (providerStatus: string, lines: Payment[] = []): Payment => ({
		...base,
		status: 'unknown',
		providerStatus,
		lines,
	});
	const changes = [
		unknown('ON_HOLD'),
		unknown('IN_REVIEW'),
		unknown('IN_REVIEW', [unknown('A')]),
		unknown('IN_REVIEW', [unknown('B')]),
	];
	expect(new Set(changes.map((one) => eventId(one))).size).toBe(changes.length);
});

it('has a fixed name, or one that the record decides', () => {
	expect(providerEvent('payout', base, {}).event).toBe('payout');
	expect(providerEvent(({ kind }) => `${kind} of p`, base, {}).event).toBe('payout of p');
});

it('filters by event and status; an empty list lets everything through', () => {
	const event = providerEvent('payout', base, {});
	expect(passes(event, { events: [], statuses: [] })).toBe(true);
	expect(passes(event, { events: ['payout'], statuses: ['processing', 'failed'] })).toBe(true);
	expect(passes(event, { events: ['otc'], statuses: [] })).toBe(false);
	expect(passes(event, { events: [], statuses: ['succeeded'] })).toBe(false);
});
