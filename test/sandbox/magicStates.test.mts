import { magicOf } from '../../sandbox/magicAmounts.mts';
import type { SandboxOptions } from '../../sandbox/index.mts';
import * as bridgePay from './bridgePayClient.mts';
import * as gatePay from './client.mts';
import * as payPlay from './payPlayClient.mts';
import * as rapira from './rapiraClient.mts';
import { callOkiPays, closeOkiPays, startOkiPays } from './okiPaysClient.mts';

const magic: SandboxOptions = { magicAmounts: true, pace: 200 };
const { eventually } = gatePay;

/** Long enough for a payment to go further, if it could: the slowest step takes 30 ms at this pace. */
const stays = () => new Promise((resolve) => setTimeout(resolve, 150));

afterEach(async () => {
	await Promise.all([gatePay, bridgePay, rapira].map(({ closeAll }) => closeAll()));
	await payPlay.closeAllPayPlay();
	await closeOkiPays();
});

describe('66.03, paid short', () => {
	const network = { chain: 'BSC', fullCurrType: 'USDT_BSC', merchantUserId: 7 };
	const order = { env: { terminalType: 'WEB' }, goods: { goodsName: 'Tea' }, currency: 'USDT', ...network };

	it('Gate Pay: half arrives at the address of the order, which still waits', async () => {
		const { client, sandbox } = await gatePay.start(magic);
		await client.call('createAddressOrder', { ...order, merchantTradeNo: 'A-1', orderAmount: '66.03' });
		await eventually(() => sandbox.gatePay.state.orders[0]?.payments.length === 1);
		await stays();
		expect(sandbox.gatePay.state.orders[0]).toMatchObject({
			status: 'PENDING',
			payments: [{ amount: '33.015' }],
		});
	});

	it('OkiPays: Partially', async () => {
		const sandbox = await startOkiPays(magic);
		const { state } = sandbox.okiPays;
		await callOkiPays(sandbox, 'createOrder', { order_id: 7, price: '66.03', payment_currency_iso: 'USD' });
		await eventually(() => state.orders[0]?.status === 'Partially');
		await stays();
		expect(state.orders[0]).toMatchObject({ status: 'Partially', received: '33.015' });
	});

	it('PayPlay: PARTIALLY_FULFILLED', async () => {
		const { call, payPlay: provider } = await payPlay.startPayPlay(magic);
		await call('createCryptoOrder', { body: { amount: '66.03', currency: 'USDT', external_order_id: 'i' } });
		await eventually(() => provider.state.orders[0]?.status === 'PARTIALLY_FULFILLED');
		await stays();
		expect(provider.state.orders[0]).toMatchObject({ status: 'PARTIALLY_FULFILLED', paid: '33.015' });
	});

	it('Rapira: a deposit of half of what the address expects', async () => {
		const { client, rapira: provider } = await rapira.start(magic);
		await client.call('createAddressByCurrency', {
			form: { currency: 'usdt-trc20', amount: '66.03', nonce: 'n-1' },
		});
		await eventually(() => provider.state.deposits[0]?.status === 'SUCCESS');
		expect(provider.state.deposits).toMatchObject([{ amount: '33.015' }]);
	});
});

it('66.04, refunded: Rapira sends the deposit back, and nothing is credited', async () => {
	const { client, rapira: provider } = await rapira.start(magic);
	const before = provider.state.balances.USDT;
	await client.call('createAddressByCurrency', {
		form: { currency: 'usdt-trc20', amount: '66.04', nonce: 'n-1' },
	});
	await eventually(() => provider.state.deposits[0]?.status === 'RETURNED');
	expect(provider.state.balances.USDT).toBe(before);
});

describe('66.05, in review', () => {
	it('Gate Pay: the line of a payout stays in CHECK, and the others are paid', async () => {
		const { client, sandbox } = await gatePay.start(magic);
		const batch = gatePay.payout('b1', { amount: '66.05' }, [
			{ merchant_withdraw_id: 'b1_2', amount: '66.06' },
		]);
		await client.call('createPayoutBatch', batch);
		const lines = () => sandbox.gatePay.state.payoutBatches[0]?.lines.map(({ status }) => status);
		await eventually(() => lines()?.[1] === 'DONE');
		await stays();
		expect(lines()).toEqual(['CHECK', 'DONE']);
	});

	it('Gate Pay: an order is held with BLOCK', async () => {
		const { client, sandbox } = await gatePay.start(magic);
		await client.call('createNativeOrder', {
			merchantTradeNo: 'A-1',
			env: { terminalType: 'WEB' },
			goods: { goodsName: 'Tea' },
			currency: 'USDT',
			orderAmount: '66.05',
		});
		await eventually(() => sandbox.gatePay.state.orders[0]?.status === 'BLOCK');
	});

	it('BridgePay: the payer says that he paid, and nobody acknowledges it, with a receipt neither', async () => {
		const { client, sandbox } = await bridgePay.start(magic);
		const invoice = await client.invoice({ amount: '66.05' });
		const deal = () => sandbox.bridgePay.state.invoices[0]?.deals[0]?.status;
		await eventually(() => deal() === 'transfer_confirmed');
		const path = { id: String(invoice.id) };
		expect((await client.call('confirmTransfer', bridgePay.proof(), { path })).status).toBe(200);
		await stays();
		expect([deal(), sandbox.bridgePay.state.invoices[0]?.status]).toEqual(['transfer_confirmed', 'new']);
	});

	it('BridgePay: a trader takes the pay-out and does not pay', async () => {
		const { client, sandbox } = await bridgePay.start(magic);
		const { status } = await client.call('createInvoice', bridgePay.payOut({ amount: '66.05' }));
		expect(status).toBe(200);
		const deal = () => sandbox.bridgePay.state.invoices[0]?.deals[0]?.status;
		await eventually(() => deal() === 'transfer_waiting');
		await stays();
		expect([deal(), sandbox.bridgePay.state.invoices[0]?.status]).toEqual(['transfer_waiting', 'new']);
	});

	it('OkiPays: In Process', async () => {
		const sandbox = await startOkiPays(magic);
		const { state } = sandbox.okiPays;
		await callOkiPays(sandbox, 'createOrder', { order_id: 7, price: '66.05', payment_currency_iso: 'USD' });
		await eventually(() => state.orders[0]?.status === 'In Process');
		await stays();
		expect(state.orders[0]?.status).toBe('In Process');
	});

	it('PayPlay: a withdrawal stays PENDING_WITHDRAWAL, an order OPEN', async () => {
		const { call, payPlay: provider } = await payPlay.startPayPlay(magic);
		await call('createWithdrawal', { body: payPlay.withdrawal({ amount: '66.05' }) });
		await call('createCryptoOrder', { body: { amount: '66.05', currency: 'USDT', external_order_id: 'i' } });
		await eventually(() => provider.state.orders[0]?.status === 'OPEN');
		await stays();
		expect(provider.state.transactions[0]?.status).toBe('PENDING_WITHDRAWAL');
		expect(provider.state.orders[0]?.status).toBe('OPEN');
	});

	it('Rapira: a payout waits for a confirmation, a deposit for a person', async () => {
		const { client, rapira: provider } = await rapira.start(magic);
		await client.call('createCryptoWithdrawal', rapira.payout({ amount: '66.05' }));
		await client.call('createAddressByCurrency', {
			form: { currency: 'usdt-trc20', amount: '66.05', nonce: 'n-1' },
		});
		await eventually(() => provider.state.deposits[0]?.status === 'MANUAL_CHECK');
		await stays();
		expect(provider.state.withdrawals[0]).toMatchObject({ status: 'WAITING', confirmRequired: true });
		expect(provider.state.deposits[0]?.status).toBe('MANUAL_CHECK');
	});
});

describe('the other amounts', () => {
	it.each([
		['66.03', 'paidShort'],
		['66.0300', 'paidShort'],
		['66.04', 'refunded'],
		['66.050', 'inReview'],
		['66.031', undefined],
		['166.03', undefined],
		['66', undefined],
		['', undefined],
		[null, undefined],
	])('%s is %s', (amount, name) => expect(magicOf(amount)).toBe(name));

	it('BridgePay carries out 66.02, which is below its minimum, before it cuts the connection', async () => {
		const { client, sandbox } = await bridgePay.start({ ...magic, autopilot: false });
		const sent = client.call('createInvoice', bridgePay.payOut({ amount: '66.02' }));
		expect(await gatePay.failureOf(sent)).toBe('ECONNRESET');
		expect(sandbox.bridgePay.books.appliedPerReference()).toEqual({ 'order-1': 1 });
	});

	it('end as any other where nobody has asked for magic', async () => {
		const { client, rapira: provider } = await rapira.start({ pace: 200 });
		await client.call('createCryptoWithdrawal', rapira.payout({ amount: '66.05' }));
		await eventually(() => provider.state.withdrawals[0]?.status === 'SUCCESS');
	});
});
