import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RUNBOOK } from '../../../core/provider/pages.ts';
import { SECOND_PAGE } from '../../../sandbox/payPlay/account.mts';
import { byId, cryptoOrderPerItem, openPayPlay, row, USDT_ID, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const applied = () => setting.provider.books.appliedPerReference();
const requests = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation);

async function one(parameters: INodeParameters, item: IDataObject = {}): Promise<IDataObject> {
	const { items, error } = await setting.run(parameters, { items: [item] });
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return items[0]?.json ?? {};
}

const invoice = { reference: 'INV-1', amount: '100' };

describe('an order', () => {
	it('goes from the form to paid, by its status and never by its received total', async () => {
		const created = await one(
			cryptoOrderPerItem({ successful_link: 'https://shop.example/thanks' }),
			invoice,
		);
		expect(created).toMatchObject({
			outcome: 'applied',
			reference: 'INV-1',
			kind: 'order',
			status: 'created',
			final: false,
			amount: '100',
			currency: 'USDT',
			payUrl: expect.stringContaining('https://merchant.pay.payplay.io/crypto-orders/'),
		});
		const orderId = byId(String(created.id));
		const statusOf = async () => (await one(row('order', 'get', { orderId }))).status;
		setting.provider.act('chooseCoin', orderId.value);
		expect(await statusOf()).toBe('pending');
		setting.provider.act('payPart', orderId.value);
		expect(await statusOf()).toBe('action_required');
		setting.provider.act('payOrder', orderId.value);
		const paid = await one(row('cryptoOrder', 'get', { orderId }));
		expect(paid).toMatchObject({
			status: 'succeeded',
			final: true,
			providerStatus: 'COMPLETE',
			amount: '100',
		});
		expect(paid).not.toHaveProperty('paidAmount');
		expect(paid.lines).toHaveLength(2);
		const raw = await one(row('order', 'get', { orderId }, { output: 'raw' }));
		expect(raw).toMatchObject({ received_total: '99', expected_amount: '100' });
	});

	it('is found by its External Order ID before it is sent, and not made twice', async () => {
		await one(cryptoOrderPerItem(), invoice);
		expect(await one(cryptoOrderPerItem(), invoice)).toMatchObject({ replayed: true, reference: 'INV-1' });
		expect(await one(cryptoOrderPerItem(), { ...invoice, amount: '100.00' })).toMatchObject({
			replayed: true,
		});
		expect(applied()).toEqual({ 'INV-1': 1 });
		const { error } = await setting.run(cryptoOrderPerItem(), { items: [{ ...invoice, amount: '99' }] });
		expect(error?.message).toContain('amount is 99 here and 100 there');
		expect(requests('createCryptoOrder')).toHaveLength(1);
		expect(requests('listOrders')[0]?.url).toBe(
			'/private-api/orders/sandbox-shop?external_order_id=INV-1&page=1&per_page=50',
		);
	});

	it('of another payment page is looked up on that page', async () => {
		const elsewhere = cryptoOrderPerItem({ slug: SECOND_PAGE });
		await one(cryptoOrderPerItem(), invoice);
		expect(await one(elsewhere, invoice)).not.toHaveProperty('replayed');
		expect(await one(elsewhere, invoice)).toMatchObject({ replayed: true });
		expect(setting.provider.state.orders.map(({ page }) => page)).toEqual(['sandbox-shop', SECOND_PAGE]);
		expect(requests('listOrders').at(-1)?.path).toBe(`/private-api/orders/${SECOND_PAGE}`);
	});

	it('is not sent when the page is not known: the lookup says nothing then', async () => {
		const { error } = await setting.run(cryptoOrderPerItem({ slug: 'nobody' }), { items: [invoice] });
		expect(error?.message).toContain('Check First got no answer (Page not found (404))');
		expect(requests('createCryptoOrder')).toHaveLength(0);
	});

	it('names the way to find out when its outcome stays unknown', async () => {
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'createCryptoOrder',
			kind: 'reset-before-reading',
		});
		const { error } = await setting.run(cryptoOrderPerItem(), { items: [invoice] });
		expect(error?.description).toBe(
			`Do not send it again under another reference. Use Order: Get Many with INV-1, or look in the PayPlay CRM under its orders and transactions (withdrawals by their address), or wait for its webhook. Retrying this execution with the same reference is safe. What to press: ${RUNBOOK}`,
		);
		expect(setting.waits).toEqual([1000, 2000, 4000]);
	});

	it('without an External Order ID is remembered within its execution alone', async () => {
		const parameters = cryptoOrderPerItem({ timeout: 1 });
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'createCryptoOrder',
			kind: 'reset-after-applying',
		});
		const first = await setting.run(parameters, { items: [{ reference: '', amount: '100' }] });
		expect(first.error?.description).toContain('no reference of its own');
		expect(requests('createCryptoOrder')).toHaveLength(1);
	});
});

describe('a top-up', () => {
	it('may leave the amount to the payer, and then sends neither amount nor currency', async () => {
		const parameters = row('topUp', 'create', {
			amountIs: 'open',
			amount: '20',
			currency: byId('USDT'),
			external_order_id: 'top-1',
		});
		const created = await one(parameters);
		expect(created).toMatchObject({ kind: 'order', reference: 'top-1', status: 'created' });
		expect(created).not.toHaveProperty('amount');
		expect(requests('createCryptoTopup')[0]?.body).toBe('{"external_order_id":"top-1"}');
		expect(await one(parameters)).toMatchObject({ replayed: true });
	});
});

describe('a static wallet', () => {
	it('answers with its id alone, and Get shows address and memo', async () => {
		const created = await one(
			row('staticWallet', 'create', {
				currency_id: byId(USDT_ID),
				network: byId('TON'),
				amount: '20',
				external_order_id: 'wallet-1',
			}),
		);
		expect(created).toMatchObject({ kind: 'staticWallet', status: 'created', network: 'TON', amount: '20' });
		expect(requests('createStaticWalletOrder')[0]?.body).toBe(
			`{"method":"WALLET","currency_id":"${USDT_ID}","network":"TON","amount":"20","external_order_id":"wallet-1"}`,
		);
		const open = await one(row('staticWallet', 'get', { orderId: String(created.id) }));
		expect(open).toMatchObject({
			status: 'pending',
			network: 'TON',
			address: expect.any(String),
			requisites: { memo: expect.any(String), expected_amount: '20.5', invoice_reminder: '20.5' },
		});
	});
});

describe('a refund', () => {
	it('goes on until the order is refunded, whose own status stays COMPLETE', async () => {
		const { id } = await one(cryptoOrderPerItem(), invoice);
		setting.provider.act('payOrder', String(id));
		const refunded = await one(row('refund', 'create', { orderId: byId(String(id)), bodyNotice: '' }));
		expect(refunded).toMatchObject({
			outcome: 'applied',
			reference: id,
			kind: 'refund',
			status: 'processing',
			final: false,
			providerStatus: 'COMPLETE',
		});
		expect(requests('refundOrder')[0]?.body).toBe('{}');
	});

	it('that is refused moved nothing, and one that is unknown names the order', async () => {
		const { id } = await one(cryptoOrderPerItem(), invoice);
		const parameters = row('refund', 'create', { orderId: byId(String(id)) });
		const refused = await setting.run(parameters, { items: [{}] });
		expect(refused.error?.message).toContain(
			'A refund is not available for this order (422). No money was moved by it.',
		);
		setting.sandbox.fault({ provider: 'payPlay', operation: 'refundOrder', kind: 'half-a-body' });
		const unknown = await setting.run(parameters, { items: [{}] });
		expect(unknown.error?.description).toContain(
			`Do not send it again before you know. Use Order: Get with ${String(id)}, or look in the PayPlay CRM`,
		);
	});
});

describe('completing an order', () => {
	it('sends no body', async () => {
		const { id } = await one(cryptoOrderPerItem(), invoice);
		setting.provider.act('chooseCoin', String(id));
		setting.provider.act('payPart', String(id));
		const done = await one(row('cryptoOrder', 'complete', { orderId: byId(String(id)) }));
		expect(done).toMatchObject({ outcome: 'applied', kind: 'order', status: 'succeeded' });
		const [request] = requests('completeCryptoOrder');
		expect([request?.body, request?.path]).toEqual([
			'',
			`/private-api/crypto-orders/sandbox-shop/${String(id)}/complete`,
		]);
	});
});
