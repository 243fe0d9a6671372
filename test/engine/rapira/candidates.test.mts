import type { IDataObject } from 'n8n-workflow';
import { addressOf } from '../../../sandbox/addresses.mts';
import { openRapira, payoutPerItem, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.setServerTime(() => Date.now());
});
afterAll(() => setting.close());

const CREATE = 'createCryptoWithdrawal';
const HISTORY = 'getCryptoWithdrawalHistory';
const HOUR_MS = 60 * 60 * 1000;
const reads = () => setting.provider.requests.filter(({ operation }) => operation === HISTORY).length;
const newestId = () => String(setting.provider.state.withdrawals.at(-1)?.id);
const pay = (items: IDataObject[], options: IDataObject = {}) =>
	setting.run(payoutPerItem({ whenUnknown: 'continue', ...options }), { items });
const cutAfterApplying = (nth = 1) =>
	setting.sandbox.fault({ operation: CREATE, kind: 'reset-after-applying', nth });

describe('after an unknown outcome the history is read once', () => {
	it('and what could be the payment stands in the item and in the message', async () => {
		cutAfterApplying();
		const { items } = await pay(payouts('TA1'));
		const id = newestId();
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			candidates: [{ kind: 'payout', id, address: addressOf('TRX', 'TA1'), currency: 'USDT' }],
			nextStep: expect.stringContaining(
				`Payout: Get Many shows what could be this payment: ${id}. Only a person can say whether it is.`,
			),
		});
		expect(reads()).toBe(1);
	});

	it('and the message has it where the run ends, and where the item goes to the error output', async () => {
		cutAfterApplying();
		const { error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error?.description).toContain(`could be this payment: ${newestId()}.`);
		cutAfterApplying();
		const { errorItems } = await setting.run(payoutPerItem(), {
			items: payouts('TA2'),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(errorItems[0]?.json.details).toMatchObject({ candidates: [{ address: addressOf('TRX', 'TA2') }] });
	});

	it('and a history without it proves nothing: the outcome is unknown and no list comes out', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading' });
		const { items } = await pay(payouts('TA1'));
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			nextStep: expect.stringContaining(
				'Payout: Get Many shows nothing yet that could be this payment. That proves nothing: it may still appear.',
			),
		});
		expect(items[0]?.json).not.toHaveProperty('candidates');
	});

	it('and where it cannot be read, it is not read again and the outcome is the same', async () => {
		cutAfterApplying();
		for (const nth of [1, 2])
			setting.sandbox.fault({ operation: HISTORY, kind: 'reset-before-reading', nth });
		const { items } = await pay(payouts('TA1'));
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', reference: 'TA1' });
		expect(items[0]?.json.nextStep).not.toContain('could be this payment');
		expect(items[0]?.json).not.toHaveProperty('candidates');
	});

	it("by the editor's Retry too: it may have appeared meanwhile", async () => {
		cutAfterApplying();
		setting.sandbox.fault({ operation: HISTORY, kind: 'reset-before-reading' });
		const failed = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(failed.error?.description).not.toContain('could be this payment');
		const again = await setting.retry(failed, payoutPerItem(), { items: payouts('TA1') });
		expect(again.error?.description).toContain(`could be this payment: ${newestId()}.`);
	});
});

describe('what could be the payment', () => {
	it.each([
		['another address', [{ address: addressOf('TRX', 'TA2'), amount: '100.5' }]],
		['another amount', [{ address: addressOf('TRX', 'TA1'), amount: '100.6', reference: 'other' }]],
	])('is none with %s', async (_what, other) => {
		await pay(other);
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading' });
		const { items } = await pay(payouts('TA1'));
		expect(items[0]?.json).not.toHaveProperty('candidates');
	});

	it('is none that was made before the send, in whatever zone its time is', async () => {
		setting.setServerTime(() => Date.now() - 13 * HOUR_MS);
		await pay([{ address: addressOf('TRX', 'TA1'), amount: '100.5', reference: 'the-day-before' }]);
		setting.setServerTime(() => Date.now());
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading' });
		const { items } = await pay(payouts('TA1'));
		expect(items[0]?.json).not.toHaveProperty('candidates');
	});

	it.each([-12, 3, 14])('is one whose time is told in the zone UTC%i', async (hours) => {
		setting.setServerTime(() => Date.now() + hours * HOUR_MS);
		cutAfterApplying();
		const { items } = await pay(payouts('TA1'));
		expect(items[0]?.json).toMatchObject({ candidates: [{ id: newestId() }] });
	});

	it('is none that this execution has made for another item', async () => {
		const items = ['first', 'second'].map((reference) => ({
			address: addressOf('TRX', 'TA1'),
			amount: '100.5',
			reference,
		}));
		cutAfterApplying(2);
		const paid = await pay(items);
		expect(paid.items[0]?.json).toMatchObject({ outcome: 'applied' });
		expect(paid.items[1]?.json).toMatchObject({ outcome: 'unknown', candidates: [{ id: newestId() }] });
		expect(paid.items[1]?.json.candidates).toHaveLength(1);
	});
});
