import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { receiptItem } from '../setting.mts';
import { type BridgePaySetting, byId, invoice, openBridgePay, orders, payIn, payOut } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const received = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation);

async function one(
	parameters: INodeParameters,
	more: Parameters<BridgePaySetting['run']>[1] = {},
): Promise<IDataObject> {
	const { items, error } = await setting.run(parameters, { items: orders('o-1'), ...more });
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return items[0]?.json ?? {};
}

/** The request that creates the invoice, without the members that every invoice has. */
async function sentBy(parameters: INodeParameters, reference = 'o-1'): Promise<IDataObject> {
	await one(parameters, { items: orders(reference) });
	const { type, amount, currency, internalId, notificationUrl, notificationToken, ...rest } = JSON.parse(
		received('createInvoice')[0]?.body ?? '',
	);
	expect({ amount, currency, internalId, notificationUrl }).toEqual({
		amount: '1500.50',
		currency: 'RUB',
		internalId: reference,
		notificationUrl: 'https://example.com/hook',
	});
	expect(['in', 'out']).toContain(type);
	expect(notificationToken).toBe(setting.provider.account.notificationToken);
	return rest;
}

describe('each flow sends what it stands for, and nothing that was hidden by it', () => {
	const typed = {
		paymentOption: byId('TO_CARD'),
		paymentMethod: byId('dcbank'),
		crossBorderCurrency: 'TJS',
		crossBorderRequisiteType: 'PHONE',
		successUrl: 'https://shop.example/ok',
		cancelUrl: 'https://shop.example/no',
	};
	const urls = { successUrl: 'https://shop.example/ok', cancelUrl: 'https://shop.example/no' };

	it.each<[string, IDataObject]>([
		['direct', { paymentOption: 'TO_CARD', paymentMethod: 'dcbank', startDeal: true }],
		[
			'crossBorder',
			{
				crossBorderCurrency: 'TJS',
				crossBorderRequisiteType: 'PHONE',
				paymentMethod: 'dcbank',
				...urls,
				startDeal: true,
				paymentOption: 'CROSS_BORDER',
			},
		],
		['crossBorderQr', { startDeal: true, paymentOption: 'SBP_QR' }],
		['redirect', urls],
		['stepByStep', {}],
	])('%s', async (flow, expected) => {
		expect(await sentBy(payIn({}, { ...typed, flow }))).toEqual(expected);
	});

	it('nothing typed is nothing sent', async () => {
		const nothing = { paymentOption: byId(''), paymentMethod: byId('') };
		expect(await sentBy(payIn({}, nothing))).toEqual({ startDeal: true });
	});

	it('options are sent when they are added', async () => {
		const options = { lang: 'en', maxAmount: '1600', strictlySingleTransfer: false, userId: 'u-1' };
		expect(await sentBy(payIn(options, { flow: 'redirect' }))).toEqual(options);
	});

	it('matching is sent when it is used, with its settings on a pay-out only', async () => {
		const settings = { settings: { maxAmount: '2000', minPartAmount: '500', maxPartAmount: '' } };
		expect(await sentBy(payIn({}, { matching: true, matchingSettings: settings }))).toEqual({
			startDeal: true,
			allowMatching: true,
		});
		await setting.sandbox.reset();
		const recipient = { paymentRequisites: { requisites: '4444 4444 4444 4448', holder: 'Иван Петров' } };
		const out = { paymentOption: 'TO_CARD', paymentMethod: 'sberbank', ...recipient };
		expect(await sentBy(payOut({}, { matching: true, matchingSettings: settings }))).toEqual({
			...out,
			allowMatching: true,
			matchingSettings: { maxAmount: '2000', minPartAmount: '500' },
		});
		await setting.sandbox.reset();
		// n8n remembers the reference of a pay-out, so another pay-out needs another one.
		const without = payOut({}, { matching: false, matchingSettings: settings });
		expect(await sentBy(without, 'o-2')).toEqual(out);
	});
});

describe('a pay-in, direct', () => {
	it('goes from the requisites by the receipt to the payment', async () => {
		const created = await one(payIn({}, { paymentMethod: byId('tinkoff'), paymentOption: byId('TO_CARD') }));
		expect(created).toMatchObject({
			status: 'pending',
			fiatAmount: '1500.50',
			payUrl: expect.stringContaining('https://'),
			requisites: { requisites: '2234 7017 2272 7358', paymentMethodName: 'Тинькофф' },
		});
		// The deadline of the requisites is earlier than the end of the invoice.
		const life = Date.parse(String(created.expiresAt)) - Date.parse(String(created.createdAt));
		expect(life).toBeLessThanOrEqual(31 * 60_000);

		const id = String(created.id);
		const confirmed = await one(invoice('confirmTransfer', { id, attachment: 'data' }), {
			items: [receiptItem()],
		});
		expect(confirmed).toMatchObject({ outcome: 'applied', status: 'processing', reference: 'o-1' });
		const [upload] = received('confirmTransfer');
		expect(upload?.rawBody.toString('latin1')).toContain(
			'Content-Disposition: form-data; name="attachment"; filename="receipt.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG',
		);

		setting.provider.act('completeInvoice', id);
		const paid = await one(invoice('get', { id }));
		expect(paid).toMatchObject({
			status: 'succeeded',
			final: true,
			paidAmount: '1500.50',
			feeCurrency: 'USDT',
			rate: '102.05',
		});
		const raw = await one(invoice('getByInternalId', { internalId: 'o-1' }, { output: 'raw' }));
		expect(raw).toMatchObject({ payoutSum: { amount: '13.96839784', currency: 'USDT', subunit: 8 } });
	});

	it('tells that nothing is free in both ways that are documented', async () => {
		const empty = await one(payIn({}, { paymentMethod: byId('alfabank') }));
		expect(empty).toMatchObject({ outcome: 'applied', status: 'created' });
		expect(empty).not.toHaveProperty('requisites');
		const { error } = await setting.run(payIn({}, { paymentMethod: byId('vtb') }), { items: orders('o-2') });
		expect(error?.message).toContain(
			'BridgePay refused Invoice: Create Pay-In `o-2`: no requisites are free for this amount now (PAYMENT_METHOD_NOT_AVAILABLE). Nothing was changed by it. [item 1]',
		);
		expect(error?.description).toContain('try another payment option or method, or later');
	});
});

describe('a pay-in, step by step', () => {
	it('goes from the variants to the deal, and a second try is another request', async () => {
		const { id } = await one(payIn({}, { flow: 'stepByStep' }));
		const { items } = await setting.run(invoice('getPaymentVariants', { id: String(id), returnAll: true }), {
			items: [{}],
		});
		expect(items.map(({ json }) => json)).toContainEqual({ option: 'TO_CARD', method: 'tinkoff' });

		const start = (method: string) =>
			one(invoice('startDeal', { id: String(id), paymentOption: byId('SBP'), paymentMethod: byId(method) }));
		expect(await start('alfabank')).toMatchObject({ outcome: 'applied', status: 'created' });
		expect(await start('sberbank')).toMatchObject({
			outcome: 'applied',
			reference: 'o-1',
			status: 'pending',
			requisites: { requisites: '+7(996)777-99-77', paymentOption: 'SBP' },
		});
		expect(received('startDeal').map(({ body }) => body)).toEqual([
			'{"paymentOption":"SBP","paymentMethod":"alfabank"}',
			'{"paymentOption":"SBP","paymentMethod":"sberbank"}',
		]);
	});

	it('takes whatever is free with an empty object, which n8n would drop', async () => {
		const { id } = await one(payIn({}, { flow: 'stepByStep' }));
		const fields = { id: String(id), paymentOption: byId(''), paymentMethod: byId('') };
		expect(await one(invoice('startDeal', fields))).toMatchObject({ status: 'pending' });
		expect(received('startDeal')[0]?.body).toBe('{}');
	});
});
