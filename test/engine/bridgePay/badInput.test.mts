import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { receiptItem } from '../setting.mts';
import {
	type BridgePaySetting,
	byId,
	invoice,
	openBridgePay,
	orders,
	payIn,
	payOut,
	withdrawal,
} from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

/** An expression that is empty at run time. The editor itself refuses a required field that was left empty. */
const nothing = '={{ "" }}';

async function refusalOf(
	parameters: INodeParameters,
	items: IDataObject[] | INodeExecutionData[],
	credential: ICredentialDataDecryptedObject = {},
) {
	const { error } = await setting.run(parameters, { items, credentials: setting.credentials(credential) });
	expect(setting.provider.requests).toHaveLength(0);
	return `${error?.message} ${error?.description ?? ''}`;
}

describe('nothing is sent and the text says why', () => {
	it.each<[string, unknown, RegExp]>([
		['an exponent', '1e3', /Amount `1e3` has an exponent; write all digits\. Nothing was sent\. \[item 2\]/],
		['a sign', '-1', /has a sign/],
		['zero', '0.00', /is zero/],
		['too many decimals', '1000.001', /has 3 decimals; it takes at most 2/],
		['a rounded number', 0.1 + 0.2, /may already be rounded/],
		['a comma', '1000,50', /has a comma/],
		['nothing', '', /Amount is empty/],
	])('for an amount that is %s', async (_case, amount, message) => {
		for (const create of [payIn, payOut]) {
			const items = [...orders('o-1'), { order: 'o-2', amount: amount as string }];
			expect(await refusalOf(create(), items)).toMatch(message);
		}
	});

	it.each<[string, unknown, RegExp]>([
		['empty', '', /Internal ID is empty/],
		['too long', 'x'.repeat(65), /has 65 characters; it takes at most 64/],
		['with a slash', 'a/b', /use letters, digits and \. _ ~ -/],
		['in Cyrillic', 'заказ', /characters that are not taken/],
		['two dots', '..', /internalId cannot stand in a path|characters/],
		['a rounded number', Number('7615917337495251231'), /may already be rounded/],
	])('for an internal ID that is %s', async (_case, order, message) => {
		const text = await refusalOf(payIn(), [{ order: order as string, amount: '1000' }]);
		expect(text).toMatch(message);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no recipient', payOut({}, { paymentRequisites: {} }), /Recipient has no line/],
		[
			'a recipient without a number',
			payOut({}, { paymentRequisites: { recipient: { holder: 'x', requisites: nothing } } }),
			/Requisites is empty/,
		],
		['no payment option', payOut({}, { paymentOption: byId(nothing) }), /Payment Option is empty/],
		['no payment method', payOut({}, { paymentMethod: byId(nothing) }), /Payment Method is empty/],
		['no notification URL', payIn({}, { notificationUrl: nothing }), /Notification URL is empty/],
		[
			'no second currency',
			payIn({}, { flow: 'crossBorder', crossBorderCurrency: nothing }),
			/Cross-Border Currency is empty/,
		],
		['a wrong limit', payIn({ maxAmount: 'much' }), /Max Amount `much` is not a decimal amount/],
		[
			'a wrong part',
			payOut({}, { matching: true, matchingSettings: { settings: { minPartAmount: '1,5' } } }),
			/Min Part Amount `1,5` has a comma/,
		],
	])('for %s', async (_case, parameters, message) => {
		expect(await refusalOf(parameters, orders('o-1'))).toMatch(message);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['9 decimals', { amount: '1.123456789' }, /takes at most 8/],
		['no address', { address: nothing }, /Address is empty/],
		['an address with a space', { address: 'T1 2' }, /characters that are not taken/],
		['a code of letters', { code2FA: 'abcdef' }, /use the digits of the code/],
		['half a code', { code2FA: '123' }, /2FA Code `123` has characters that are not taken/],
	])('for a withdrawal with %s', async (_case, fields, message) => {
		expect(await refusalOf(withdrawal({}, { amount: '10', ...fields }), [{}])).toMatch(message);
	});

	it.each(["={{ 'false' }}", '={{ 0 }}'])(
		'for a switch that an expression made text or a number: %s',
		async (substractFeeFromAmount) => {
			const parameters = withdrawal({ substractFeeFromAmount }, { amount: '10' });
			expect(await refusalOf(parameters, [{}])).toMatch(
				/Take Fee From Amount `(false|0)` is neither true nor false/,
			);
		},
	);

	it.each<[string, INodeParameters, RegExp]>([
		[
			'a flow that is not offered',
			payIn({}, { flow: "={{ 'Direct' }}", crossBorderCurrency: 'TJS' }),
			/Flow `Direct` is none of those/,
		],
		['no flow', payIn({}, { flow: nothing, crossBorderCurrency: 'TJS' }), /Flow is empty/],
		['a switch in words', payOut({}, { matching: "={{ 'yes' }}" }), /Use Matching `yes` is neither true/],
	])('for %s, which decides what else is sent', async (_case, parameters, message) => {
		expect(await refusalOf(parameters, orders('o-1'))).toMatch(message);
	});

	const receipt = (change: object): INodeExecutionData => {
		const item = receiptItem();
		return { ...item, binary: { data: { ...item.binary.data, ...change } } };
	};
	const dispute = { id: 'i-1', dealId: byId('d-1'), disputeReason: 'unknown', attachment: 'data' };
	it.each<[string, INodeExecutionData, RegExp]>([
		['missing', { json: {} }, /has no file in the field `data`/],
		[
			'too large',
			receipt({ data: Buffer.alloc(10_000_001, 1).toString('base64') }),
			/10\.0 MB; at most 10 MB/,
		],
		[
			'without a name, of a type that nobody can name',
			receipt({ fileName: undefined, mimeType: 'x/y' }),
			/has no file name/,
		],
		['named like another kind', receipt({ fileName: 'receipt.pdf' }), /is not a pdf file inside/],
		['empty', receipt({ data: '' }), /is empty|no file/],
	])('for a receipt or proof that is %s', async (_case, item, message) => {
		for (const parameters of [
			invoice('confirmTransfer', { id: 'i-1', attachment: 'data' }),
			invoice('openDispute', dispute),
		]) {
			expect(await refusalOf(parameters, [item])).toMatch(message);
		}
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no reason', { disputeReason: nothing, paidAmount: '1' }, /Reason is empty/],
		['no deal', { dealId: byId(nothing) }, /Deal is empty/],
		[
			'a wrong amount without the amount',
			{ disputeReason: 'invalid_sum', paidAmount: nothing },
			/Paid Amount is empty/,
		],
		['no proof', { attachment: nothing }, /Proof File is empty/],
	])('for a dispute with %s', async (_case, fields, message) => {
		expect(await refusalOf(invoice('openDispute', { ...dispute, ...fields }), [receiptItem()])).toMatch(
			message,
		);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['no base URL', { baseUrl: '' }, /Base URL in the credential is empty\. Nothing was sent\./],
		['a base URL without https', { baseUrl: 'http://api.example.com' }, /must begin with https/],
		['a secret with white space', { secret: 'secret\n' }, /Secret in the credential has white space/],
		['no notification token', { notificationToken: '' }, /Notification Token in the credential is empty/],
		['a short notification token', { notificationToken: 'short' }, /must have 16 to 256/],
		['a TOTP secret that is none', { totpSecret: '123456' }, /TOTP Secret in the credential is not/],
	])('for %s in the credential', async (_case, credential, message) => {
		expect(await refusalOf(payOut(), orders('o-1'), credential)).toMatch(message);
	});

	it('but reading and previewing need no notification token', async () => {
		const credentials = setting.credentials({ notificationToken: '', totpSecret: '' });
		const rates = { resource: 'store', operation: 'getRates', options: {} };
		expect((await setting.run(rates, { items: [{}], credentials })).error).toBeUndefined();
		const preview = await setting.run(payIn({ preview: true }), { items: orders('o-1'), credentials });
		expect(preview.items[0]?.json.outcome).toBe('not_sent');
	});
});

describe('with Continue On Fail', () => {
	const items = [...orders('o-1'), { order: 'o-2', amount: '1e3' }, ...orders('o-3')];

	it('the bad item carries its message and the others are paid', async () => {
		const result = await setting.run(payOut(), { items, settings: { onError: 'continueRegularOutput' } });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['applied', 'rejected', 'applied']);
		expect(setting.provider.books.appliedPerReference()).toEqual({ 'o-1': 1, 'o-3': 1 });
	});

	it('the error output tells rejected from unknown', async () => {
		setting.sandbox.fault({ operation: 'createInvoice', kind: 'reset-before-reading', nth: 2 });
		const result = await setting.run(payOut({ timeout: 1 }), {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(result.items.map(({ json }) => json.reference)).toEqual(['o-1']);
		expect(result.errorItems.map(({ json }) => json.details)).toEqual([
			expect.objectContaining({ outcome: 'rejected' }),
			expect.objectContaining({ outcome: 'unknown', reference: 'o-3' }),
		]);
	});
});

describe('with Continue On Fail, a credential that cannot be used', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'does not let the outcome of an earlier node through: %s',
		async (onError) => {
			const { items, errorItems, error } = await setting.run(payOut(), {
				items: orders('o-1', 'o-2').map((order) => ({ ...order, outcome: 'applied' })),
				credentials: setting.credentials({ baseUrl: 'not a URL' }),
				settings: { onError },
			});
			expect(error).toBeUndefined();
			const told = [...items, ...errorItems].map(({ json }) => json.details ?? json);
			expect(told).toEqual(
				Array(2).fill(expect.objectContaining({ outcome: 'unknown', code: 'not_checked', reference: null })),
			);
			expect(setting.provider.requests).toHaveLength(0);
		},
	);
});
