import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type GatePaySetting, openGatePay } from './setting.mts';
import { receiptItem } from '../setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const otc = (
	operation: string,
	fields: INodeParameters = {},
	options: INodeParameters = {},
): INodeParameters => ({
	resource: 'otc',
	operation,
	...fields,
	options,
});
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const requests = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation);

async function one(
	parameters: INodeParameters,
	more: Parameters<GatePaySetting['run']>[1] = {},
): Promise<IDataObject> {
	const { items, error } = await setting.run(parameters, { items: [{}], ...more });
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return items[0]?.json ?? {};
}

const quote = (type: 'BUY' | 'SELL') =>
	one(
		otc('createQuote', {
			type,
			cryptoCurrency: 'USDT',
			fiatCurrency: 'USD',
			side: 'FIAT',
			fiatAmount: '1000',
		}),
	);

/** Accepts a fresh buy quote by the newest contract. */
async function acceptBuy(options: INodeParameters = {}): Promise<INodeParameters> {
	const { quoteToken, cryptoAmount } = await quote('BUY');
	return otc(
		'createDeposit',
		{
			paymentReference: 'd-1',
			quoteToken: String(quoteToken),
			bankId: byId('ba_123456789'),
			currency: 'USDT',
			amount: String(cryptoAmount),
			fiatCurrency: 'USD',
			fiatAmount: '1000',
		},
		options,
	);
}

/** Accepts a fresh sell quote. */
async function acceptSell(options: INodeParameters = {}): Promise<INodeParameters> {
	const { quoteToken, cryptoAmount } = await quote('SELL');
	return otc(
		'createWithdrawal',
		{
			clientOrderId: 'sell-1',
			quoteToken: String(quoteToken),
			bankAccountId: byId('ba_123456789'),
			cryptoCurrency: 'USDT',
			cryptoAmount: String(cryptoAmount),
			fiatCurrency: 'USD',
			fiatAmount: '1000',
		},
		options,
	);
}

const newestDeposit = async () => await one(await acceptBuy());

describe('OTC buy by the newest contract', () => {
	it('goes from the quote to the settled deposit', async () => {
		const order = await newestDeposit();
		expect(order).toMatchObject({
			outcome: 'applied',
			reference: 'd-1',
			kind: 'otcBuy',
			status: 'action_required',
			fiatAmount: '1000',
			fiatCurrency: 'USD',
			currency: 'USDT',
			requisites: expect.objectContaining({ transferRemark: expect.any(String), iban: expect.any(String) }),
		});
		const orderId = String(order.id);
		expect(orderId).toMatch(/^\d{17,}$/);

		const confirmed = await one(otc('confirmDeposit', { orderId, file: 'data' }), { items: [receiptItem()] });
		expect(confirmed).toMatchObject({ outcome: 'applied', reference: orderId });
		expect(await one(otc('getDeposit', { orderId }))).toMatchObject({ status: 'processing', final: false });

		setting.provider.act('settleDeposit', orderId);
		expect(await one(otc('getDeposit', { orderId }))).toMatchObject({
			status: 'succeeded',
			final: true,
			providerStatus: 'DONE',
		});

		const { items } = await setting.run(
			otc('getDeposits', {
				startTime: '={{ $now.minus({ hours: 1 }) }}',
				endTime: '={{ $now.plus({ hours: 1 }) }}',
				returnAll: true,
			}),
			{ items: [{}] },
		);
		expect(items.map(({ json }) => json.id)).toEqual([orderId]);
	});

	it('uploads the receipt byte for byte, with its name and type', async () => {
		const order = await newestDeposit();
		await one(otc('confirmDeposit', { orderId: String(order.id), file: 'data' }), { items: [receiptItem()] });
		const [received] = requests('confirmOtcDeposit');
		const body = received?.rawBody.toString('latin1') ?? '';
		expect(body).toContain(
			'Content-Disposition: form-data; name="file"; filename="receipt.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG',
		);
	});

	it('does not pay a quote again whose outcome is not known', async () => {
		const parameters = await acceptBuy({ timeout: 1 });
		setting.sandbox.fault({ operation: 'createOtcDeposit', kind: 'reset-after-applying' });
		const first = await setting.run(parameters, {
			items: [{}],
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(first.error?.message).toContain('Money may or may not have moved');
		expect(first.error?.description).toContain('add `d-1` to the option Checked and Not Paid');
		expect(first.error?.description).toContain('OTC: Get Many Deposits');
		const again = await setting.retry(first, parameters, { items: [{}] });
		expect(again.error?.message).toContain('Money may or may not have moved');
		expect(requests('createOtcDeposit')).toHaveLength(1);
		const { orderId = '' } = setting.provider.state.deposits.at(-1) ?? {};
		for (const { error } of [first, again])
			expect(error?.description).toContain(
				`OTC: Get Many Deposits shows what could be this payment: ${orderId}.`,
			);
	});

	it('cancels an order that is not confirmed', async () => {
		const { id } = await newestDeposit();
		expect(await one(otc('cancelDeposit', { orderId: String(id) }))).toMatchObject({
			outcome: 'applied',
			reference: id,
			success: true,
		});
		expect(await one(otc('getDeposit', { orderId: String(id) }))).toMatchObject({
			status: 'cancelled',
			final: true,
		});
	});

	it('sends the merchant id and names the other contract when the fields are refused', async () => {
		await newestDeposit();
		expect(requests('createOtcDeposit')[0]?.headers['x-gatepay-merchantid']).toBe('10001');
	});
});

describe('OTC buy by the older contract', () => {
	const parameters = (quoteToken: unknown, amount: unknown, options: INodeParameters = {}): INodeParameters =>
		otc(
			'createDepositOlder',
			{
				clientOrderId: 'otc-1',
				quoteToken: String(quoteToken),
				bankAccountId: byId('ba_123456789'),
				cryptoCurrency: 'USDT',
				cryptoAmount: String(amount),
				fiatCurrency: 'USD',
				fiatAmount: '1000',
			},
			options,
		);
	const older = () => ({ credentials: setting.credentials({ merchantId: '' }) });

	it('has a reference, is looked up in the list, and ends as one order', async () => {
		const { quoteToken, cryptoAmount } = await quote('BUY');
		setting.sandbox.fault({ operation: 'createOtcDeposit', kind: 'reset-after-applying' });
		expect(await one(parameters(quoteToken, cryptoAmount), older())).toMatchObject({
			outcome: 'applied',
			reference: 'otc-1',
			kind: 'otcBuy',
		});
		expect(requests('createOtcDeposit')).toHaveLength(1);
		const again = await one(parameters(quoteToken, cryptoAmount), older());
		expect(again).toMatchObject({ replayed: true, reference: 'otc-1' });
		expect(requests('createOtcDeposit')).toHaveLength(1);
	});
});

describe('OTC sell', () => {
	it('takes the crypto once under its Client Order ID', async () => {
		const parameters = await acceptSell();
		setting.sandbox.fault({ operation: 'createOtcWithdrawal', kind: 'half-a-body' });
		const order = await one(parameters);
		expect(order).toMatchObject({
			outcome: 'applied',
			reference: 'sell-1',
			kind: 'otcSell',
			amount: parameters.cryptoAmount,
		});
		expect(setting.provider.books.appliedPerReference()).toMatchObject({ 'sell-1': 1 });
		expect(await one(otc('getWithdrawal', { orderId: String(order.id) }))).toMatchObject({
			reference: 'sell-1',
		});
		const { items } = await setting.run(otc('getWithdrawals', { limit: 5 }, { type: 'SELL' }), {
			items: [{}],
		});
		expect(items.map(({ json }) => json.reference)).toEqual(['sell-1']);
	});
});

describe('the guard of a quote', () => {
	const money = () => setting.provider.requests.filter(({ method }) => method === 'POST').length;

	it.each([
		['a purchase above the Worst Rate', () => acceptBuy({ worstRate: '0.5' })],
		['a sale below the Worst Rate', () => acceptSell({ worstRate: '2' })],
	])('sends nothing for %s', async (_what, parameters) => {
		const given = await parameters();
		const before = money();
		const { error } = await setting.run(given, { items: [{}] });
		expect(error?.message).toMatch(/is worse than the Worst Rate/);
		expect(money()).toBe(before);
	});

	it('lets a quote through that is good enough and has not ended', async () => {
		const options = { worstRate: '2', quoteEnds: '={{ $now.plus({ minutes: 1 }) }}' };
		expect(await one(await acceptBuy(options))).toMatchObject({ outcome: 'applied' });
	});

	it('sends no quote that has ended, and takes a new one under the same reference', async () => {
		const ended = await acceptBuy({ quoteEnds: '={{ $now.minus({ seconds: 1 }) }}' });
		const first = await setting.run(ended, { items: [{}] });
		expect(first.error?.message).toContain('its quote ended at');
		expect(first.error?.message).not.toContain('may or may not');
		expect(requests('createOtcDeposit')).toHaveLength(0);
		expect(await one(await acceptBuy())).toMatchObject({ outcome: 'applied', reference: 'd-1' });
	});

	it('still tells of a sale that was made before its quote ended', async () => {
		const options = { quoteEnds: '={{ $json.ends }}' };
		const parameters = await acceptSell(options);
		const [ends, ended] = [1, -1].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString());
		expect(await one(parameters, { items: [{ json: { ends } }] })).toMatchObject({ outcome: 'applied' });
		const again = await one(parameters, { items: [{ json: { ends: ended } }] });
		expect(again).toMatchObject({ outcome: 'applied', replayed: true });
		expect(requests('createOtcWithdrawal')).toHaveLength(1);
	});
});

describe('bank accounts', () => {
	it('are listed, created with a statement, supplemented and deleted', async () => {
		const { items } = await setting.run(otc('getBankAccounts', { returnAll: true }), { items: [{}] });
		expect(items.length).toBeGreaterThan(3);
		const created = await one(
			otc('createBankAccount', {
				bankAccountName: 'Demo Ltd',
				bankName: 'Bank',
				countryId: byId('276'),
				address: 'Street 1',
				iban: 'DE02120300000000202051',
				swift: 'BYLADEM1001',
				file: 'data',
			}),
			{ items: [receiptItem()] },
		);
		expect(created).toMatchObject({ outcome: 'applied', bankAccountId: expect.any(String) });
		const bankAccountId = byId(String(created.bankAccountId));
		expect(await one(otc('deleteBankAccount', { bankAccountId }))).toMatchObject({
			outcome: 'applied',
			deleted: true,
		});
		const asking = items.find(({ json }) => json.status === 3);
		const documents = {
			certificate: 'data',
			passport: 'data',
			shareHolders: 'data',
			shareHoldingStructure: 'data',
		};
		const supplemented = otc('supplementBankMaterial', {
			bankAccountId: byId(String(asking?.json.bankAccountId)),
			...documents,
		});
		expect(await one(supplemented, { items: [receiptItem()] })).toMatchObject({ outcome: 'applied' });
	});

	it('can be in the countries of the list', async () => {
		const { items } = await setting.run(otc('getBankCountries', { limit: 2 }), { items: [{}] });
		expect(items).toHaveLength(2);
	});
});
