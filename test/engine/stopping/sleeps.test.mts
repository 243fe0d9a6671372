import { clock } from '../../../core/clock.ts';
import { openGatePay, payoutPerItem, payouts, type GatePaySetting } from '../gatePay/setting.mts';
import { openOkiPays, orderPerItem, orders, otherProgram, type OkiPaysSetting } from '../okiPays/setting.mts';
import { openRapira, payoutPerItem as rapiraPayout, payouts as toWallets } from '../rapira/setting.mts';
import { waitUntil } from '../passingTime.mts';
import { receivedBy, stoppedWhen } from './stopped.mts';

let gatePay: GatePaySetting;
let okiPays: OkiPaysSetting;
beforeAll(async () => {
	gatePay = await openGatePay();
	okiPays = await openOkiPays();
});

/** Who sleeps now. A sleep that does not take the signal would never end. */
let sleepers = 0;
beforeEach(() => {
	sleepers = 0;
	jest.spyOn(clock, 'sleep').mockImplementation((_wait, stop) => {
		if (stop?.aborted) return Promise.resolve();
		sleepers += 1;
		return new Promise((resolve) => stop?.addEventListener('abort', () => resolve()));
	});
});
afterEach(async () => {
	await gatePay.sandbox.reset();
	await okiPays.sandbox.reset();
});
afterAll(async () => {
	await gatePay.close();
	await okiPays.close();
});

const sleeps = () => sleepers > 0;
const getBatch = (more = {}) => ({
	resource: 'payout',
	operation: 'get',
	batch_id: 'p_1',
	...more,
	options: {},
});

it('ends the wait before a read is repeated', async () => {
	gatePay.sandbox.fault({ operation: 'queryPayoutBatch', kind: 'bad-gateway', times: 9 });
	const { error } = await stoppedWhen(sleeps, () => gatePay.run(getBatch()));
	expect(error?.message).toContain('the execution was canceled');
	expect(receivedBy(gatePay.provider, 'queryPayoutBatch')).toBe(1);
});

it('ends the wait for a final state', async () => {
	jest.mocked(clock.sleep).mockResolvedValueOnce();
	await gatePay.run(payoutPerItem({ checkFirst: false }), { items: payouts('p_1') });
	sleepers = 0;
	const waiting = waitUntil('payout', 'waitUntilFinal', { batch_id: 'p_1' });
	const { error, executionData } = await stoppedWhen(sleeps, () => gatePay.run(waiting));
	expect(error?.message).toContain('the execution was canceled');
	// Retry goes on waiting.
	expect(executionData.executionData?.nodeExecutionStack).toHaveLength(1);
});

it('ends the wait before the next lookup after an unknown outcome', async () => {
	gatePay.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-after-applying' });
	const run = () => gatePay.run(payoutPerItem({ checkFirst: false }), { items: payouts('p_1', 'p_2') });
	const { error } = await stoppedWhen(sleeps, run);
	expect(error?.message).toMatch(
		/the connection was cut, and the execution was canceled\. Money may or may not/,
	);
	expect(gatePay.provider.requests).toHaveLength(1);
});

it('ends the wait before a fresh send', async () => {
	await otherProgram(okiPays, Date.now() + 60_000);
	const run = () => okiPays.run(orderPerItem({ checkFirst: false }), { items: orders(1, 2) });
	const { error } = await stoppedWhen(sleeps, run);
	expect(error?.message).toContain('the request never left: the execution was canceled');
	expect(okiPays.provider.books.appliedPerReference()).toEqual({});
});

it('ends a reconciliation', async () => {
	gatePay.sandbox.fault({ provider: 'gatePay', kind: 'bad-gateway', times: 99 });
	const parameters = {
		resource: 'payout',
		operation: 'reconcile',
		referenceField: 'batch',
		from: '2026-11-01',
		to: '2026-11-30',
		amountField: '',
		currencyField: '',
		statusField: '',
		options: {},
	};
	const { error } = await stoppedWhen(sleeps, () =>
		gatePay.run(parameters, { items: payouts('p_1', 'p_2') }),
	);
	expect(error?.message).toContain('the execution was canceled');
});

it('opens no session, and does not end that of another execution', async () => {
	const rapira = await openRapira();
	const { error } = await stoppedWhen(
		() => receivedBy(rapira.provider, 'generateJwt') > 0,
		() => rapira.run(rapiraPayout(), { items: toWallets('TA1') }),
	);
	const other = await rapira.run(rapiraPayout(), { items: toWallets('TA2') });
	expect([error?.message.includes('canceled') ?? true, other.error]).toEqual([true, undefined]);
	await rapira.close();
});
