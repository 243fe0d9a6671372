import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';
import { receiptItem } from '../setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const nothingSent = () => expect(setting.provider.requests).toHaveLength(0);

async function refusalOf(
	parameters: INodeParameters,
	items: IDataObject[] | INodeExecutionData[],
	credential: ICredentialDataDecryptedObject = {},
) {
	const { error } = await setting.run(parameters, {
		items,
		credentials: setting.credentials(credential),
	});
	nothingSent();
	return `${error?.message} ${error?.description ?? ''}`;
}

describe('nothing is sent and the text says why', () => {
	it.each<[string, unknown, RegExp]>([
		[
			'an exponent',
			'1e3',
			/Amount in line 1 `1e3` has an exponent; write all digits\. Nothing was sent\. \[item 2\]/,
		],
		['a sign', '-1', /`-1` has a sign/],
		['zero', '0', /`0` is zero/],
		['too many decimals', '1.123456789', /`1\.123456789` has 9 decimals; it takes at most 6/],
		['words', 'abc', /`abc` is not a decimal amount like 12\.5/],
		['nothing', '', /Amount in line 1 is empty/],
		['a rounded number', 0.1 + 0.2, /may already be rounded/],
		['a comma', '1,5', /has a comma/],
	])('for an amount that is %s', async (_case, amount, message) => {
		expect(
			await refusalOf(payoutPerItem(), [...payouts('p_1'), { batch: 'p_2', amount: amount as string }]),
		).toMatch(message);
	});

	it.each<[string, unknown, RegExp]>([
		['empty', '', /Batch ID is empty/],
		['too long', 'x'.repeat(33), /Batch ID has 33 characters; it takes at most 32/],
		[
			'with forbidden characters',
			'p-1',
			/Batch ID `p-1` has characters that are not taken; use letters, digits and _/,
		],
		['with a line break', 'p_1\nX: y', /characters that are not taken/],
		['surrounded by space', ' p_1', /white space around it/],
		['a rounded number', Number('7615917337495251231'), /may already be rounded/],
	])('for a reference that is %s', async (_case, batch, message) => {
		expect(await refusalOf(payoutPerItem(), [{ batch: batch as string, amount: '1' }])).toMatch(message);
	});

	const confirm = {
		resource: 'otc',
		operation: 'confirmDeposit',
		orderId: '71347515709194240',
		file: 'data',
		options: {},
	};
	const receipt = (change: object): INodeExecutionData => {
		const item = receiptItem();
		return { ...item, binary: { data: { ...item.binary.data, ...change } } };
	};
	it.each<[string, INodeExecutionData, RegExp]>([
		[
			'missing',
			{ json: {} },
			/has no file in the field `data`\. Nothing was sent\. \[item 1\].*Put a node before this one/,
		],
		['too large', receipt({ data: Buffer.alloc(4_000_001, 1).toString('base64') }), /4\.0 MB; at most 4 MB/],
		['a pdf', receipt({ fileName: 'receipt.pdf' }), /`receipt\.pdf` must be one of: jpg, jpeg, png/],
		[
			'without a name, of a type that nobody can name',
			receipt({ fileName: undefined, mimeType: 'x/y' }),
			/has no file name/,
		],
		['named like another kind', receipt({ fileName: 'receipt.jpg' }), /is not a jpg file inside/],
		['empty', receipt({ data: '' }), /is empty|no file/],
	])('for a receipt that is %s', async (_case, item, message) => {
		expect(await refusalOf(confirm, [item])).toMatch(message);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		[
			'a secret with white space',
			{ paymentSecret: 'secret ' },
			/Payment API Secret in the credential has white space around it\. Nothing was sent\..*Paste it again/,
		],
		['no secret', { paymentSecret: '' }, /Payment API Secret in the credential is empty/],
		['a base URL without https', { baseUrl: 'http://openplatform.gateapi.io' }, /must begin with https/],
		['a base URL with a path', { baseUrl: 'https://openplatform.gateapi.io/v1' }, /must be the host alone/],
		[
			'a Merchant ID with letters',
			{ merchantId: 'M1' },
			/Merchant ID in the credential must have digits only/,
		],
	])('for %s in the credential', async (_case, credential, message) => {
		expect(await refusalOf(payoutPerItem(), payouts('p_1'), credential)).toMatch(message);
	});

	it('for an operation that has no path on behalf of another account', async () => {
		const parameters = { resource: 'otc', operation: 'cancelDeposit', orderId: '1', options: {} };
		expect(await refusalOf(parameters, [{}], { onBehalfOf: '2124538349' })).toMatch(
			/no documented path for acting on behalf/,
		);
	});

	it('for an order id that a number has rounded', async () => {
		const parameters = {
			resource: 'otc',
			operation: 'getDeposit',
			orderId: '={{ 71347515709194240123 }}',
			options: {},
		};
		expect(await refusalOf(parameters, [{}])).toMatch(/pass it as text/);
	});

	it('when none of the alternatives is set', async () => {
		const parameters = {
			resource: 'otc',
			operation: 'getDeposit',
			orderId: '',
			clientOrderId: '',
			options: {},
		};
		expect(await refusalOf(parameters, [{}])).toMatch(/One of these must be set: Order ID, Client Order ID/);
	});

	it.each(['refund.createCheckoutOlder', 'addressPayment.refundConvert'])(
		'for a refund whose amount is hidden by what an expression made of Refund In: %s',
		async (name) => {
			const [resource = '', operation = ''] = name.split('.');
			const parameters = {
				resource,
				operation,
				refundRequestId: 'r-1',
				prepayId: '65466648727916544',
				refundIn: '={{ $json.refundIn }}',
				refundOrderCurrency: 'BTC',
				refundOrderAmount: '1.1',
				refundPayCurrency: 'USDT',
				refundPayAmount: '1000.1',
				options: {},
			};
			expect(await refusalOf(parameters, [{ refundIn: 'Pay' }])).toMatch(
				/Refund In `Pay` is none of those offered/,
			);
			expect(await refusalOf(parameters, [{}])).toMatch(/Refund In is empty/);
		},
	);

	it('for a custom path that leaves the host', async () => {
		for (const path of [
			'//evil.example/v1',
			'https://evil.example',
			'/a/../b',
			'/a?b=1',
			'/a b',
			'v1',
			'/\\evil.example',
		]) {
			const parameters = { resource: 'customRequest', operation: 'read', path, query: {}, options: {} };
			expect(await refusalOf(parameters, [{}])).toMatch(/must begin with one \//);
		}
	});
});

describe('with Continue On Fail', () => {
	const items = [...payouts('p_1'), { batch: 'p_2', amount: '1e3' }, ...payouts('p_3')];

	it('the bad item carries its message and the others are paid', async () => {
		const result = await setting.run(payoutPerItem(), {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['applied', 'rejected', 'applied']);
		expect(result.items[1]?.json).toMatchObject({ message: expect.stringContaining('has an exponent') });
		expect(result.items[1]?.pairedItem).toEqual({ item: 1 });
		expect(setting.provider.books.appliedPerReference()).toEqual({ p_1: 1, p_3: 1 });
	});

	it('the error output tells rejected from unknown', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 });
		const result = await setting.run(payoutPerItem({ timeout: 1 }), {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(result.items.map(({ json }) => json.reference)).toEqual(['p_1']);
		expect(result.errorItems.map(({ json }) => json.details)).toEqual([
			expect.objectContaining({ outcome: 'rejected' }),
			expect.objectContaining({ outcome: 'unknown', reference: 'p_3' }),
		]);
		expect(result.errorItems[1]?.json.error).toContain('Money may or may not have moved');
	});

	it('no outcome of an earlier node stands in its place on the error output', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 1 });
		const earlier = { outcome: 'rejected', reference: 'other', code: '1', details: { outcome: 'rejected' } };
		const { errorItems } = await setting.run(payoutPerItem({ timeout: 1 }), {
			items: payouts('p_1').map((one) => ({ ...earlier, ...one })),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0]?.pairedItem).toBe(0);
		expect(Object.keys(errorItems[0]?.json ?? {}).sort()).toEqual(['details', 'error']);
		expect(errorItems[0]?.json.details).toMatchObject({ outcome: 'unknown', reference: 'p_1' });
	});
});
