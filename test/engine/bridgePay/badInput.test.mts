import type { INodeParameters } from 'n8n-workflow';
import { credential, item, option, parameter } from '../approval.mts';
import {
	badAmounts,
	describeBadFile,
	describeBadInput,
	describeContinueOnFail,
	nothing,
	refusalOf,
} from '../badInput.mts';
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

describe.each([
	['a pay-in', payIn],
	['a pay-out', payOut],
])('%s', (_what, create) => {
	describeBadInput(
		() => setting,
		() => ({ parameters: create(), items: orders('o-1', 'o-2') }),
		[
			...badAmounts('Amount', (amount) => item({ amount }, 1)),
			['3 decimals', item({ amount: '1000.001' }), /has 3 decimals; it takes at most 2/],
			['no Internal ID', item({ order: '' }), /Internal ID is empty/],
			['a long Internal ID', item({ order: 'x'.repeat(65) }), /has 65 characters; it takes at most 64/],
			['a slash in the Internal ID', item({ order: 'a/b' }), /use letters, digits and \. _ ~ -/],
			['an Internal ID in Cyrillic', item({ order: 'заказ' }), /characters that are not taken/],
			['an Internal ID of two dots', item({ order: '..' }), /internalId cannot stand in a path|characters/],
			[
				'an Internal ID that a number has rounded',
				item({ order: Number('7615917337495251231') }),
				/may already be rounded/,
			],
			[
				'neither a notification URL nor a published trigger',
				parameter({ notificationUrl: nothing }),
				/This workflow has no published BridgePay Trigger\. Nothing was sent/,
			],
			['a switch in words', parameter({ matching: "={{ 'yes' }}" }), /Use Matching `yes` is neither true/],
		],
	);
});

describe('a pay-in', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: payIn({}, { crossBorderCurrency: 'TJS' }), items: orders('o-1') }),
		[
			[
				'no second currency',
				parameter({ flow: 'crossBorder', crossBorderCurrency: nothing }),
				/Cross-Border Currency is empty/,
			],
			['a wrong limit', option({ maxAmount: 'much' }), /Max Amount `much` is not a decimal amount/],
			[
				'a flow that is not offered',
				parameter({ flow: "={{ 'Direct' }}" }),
				/Flow `Direct` is none of those/,
			],
			['no flow', parameter({ flow: nothing }), /Flow is empty/],
		],
	);
});

describe('a pay-out', () => {
	const settings = { minPartAmount: '1,5' };
	describeBadInput(
		() => setting,
		() => ({ parameters: payOut(), items: orders('o-1') }),
		[
			['no recipient', parameter({ paymentRequisites: {} }), /Recipient has no line/],
			[
				'a recipient without a number',
				parameter({ paymentRequisites: { recipient: { holder: 'x', requisites: nothing } } }),
				/Requisites is empty/,
			],
			['no payment option', parameter({ paymentOption: byId(nothing) }), /Payment Option is empty/],
			['no payment method', parameter({ paymentMethod: byId(nothing) }), /Payment Method is empty/],
			[
				'a wrong part',
				parameter({ matching: true, matchingSettings: { settings } }),
				/Min Part Amount `1,5` has a comma/,
			],
			[
				'no base URL',
				credential({ baseUrl: '' }),
				/Base URL in the credential is empty\. Nothing was sent\./,
			],
			[
				'a base URL without https',
				credential({ baseUrl: 'http://api.example.com' }),
				/must begin with https/,
			],
			[
				'a secret with white space',
				credential({ secret: 'secret\n' }),
				/Secret in the credential has white space/,
			],
			[
				'no notification token',
				credential({ notificationToken: '' }),
				/Notification Token in the credential is empty/,
			],
			['a short notification token', credential({ notificationToken: 'short' }), /must have 16 to 256/],
			[
				'a TOTP secret that is none',
				credential({ totpSecret: '123456' }),
				/TOTP Secret in the credential is not/,
			],
		],
	);
});

describe('a withdrawal', () => {
	const feeTaken = (substractFeeFromAmount: string) => option({ substractFeeFromAmount });
	describeBadInput(
		() => setting,
		() => ({ parameters: withdrawal({}, { amount: '10' }), items: [{}] }),
		[
			['9 decimals', parameter({ amount: '1.123456789' }), /takes at most 8/],
			['no address', parameter({ address: nothing }), /Address is empty/],
			['an address with a space', parameter({ address: 'T1 2' }), /characters that are not taken/],
			['a code of letters', parameter({ code2FA: 'abcdef' }), /use the digits of the code/],
			['half a code', parameter({ code2FA: '123' }), /2FA Code `123` has characters that are not taken/],
			[
				'a switch that is text',
				feeTaken("={{ 'false' }}"),
				/Take Fee From Amount `false` is neither true nor false/,
			],
			[
				'a switch that is a number',
				feeTaken('={{ 0 }}'),
				/Take Fee From Amount `0` is neither true nor false/,
			],
		],
	);
});

const dispute = { id: 'i-1', dealId: byId('d-1'), disputeReason: 'unknown', attachment: 'data' };

describe('a receipt or proof', () => {
	describeBadFile(
		() => setting,
		{
			'Confirm Transfer': invoice('confirmTransfer', { id: 'i-1', attachment: 'data' }),
			'Open Dispute': invoice('openDispute', dispute),
		},
		{ most: 10_000_000, others: [['receipt.pdf', /is not a pdf file inside/]] },
	);
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
])('a dispute with %s is not opened', async (_case, change, message) => {
	const parameters = invoice('openDispute', { ...dispute, ...change });
	expect(await refusalOf(setting, { parameters, items: [receiptItem()] })).toMatch(message);
});

it('reading and previewing need no notification token', async () => {
	const credentials = setting.credentials({ notificationToken: '', totpSecret: '' });
	const rates = { resource: 'store', operation: 'getRates', options: {} };
	expect((await setting.run(rates, { items: [{}], credentials })).error).toBeUndefined();
	const preview = await setting.run(payIn({ preview: true }), { items: orders('o-1'), credentials });
	expect(preview.items[0]?.json.outcome).toBe('not_sent');
});

describe('several pay-outs', () => {
	describeContinueOnFail(
		() => setting,
		() => ({
			parameters: payOut(),
			impatient: payOut({ timeout: 1 }),
			items: [...orders('o-1'), { order: 'o-2', amount: '1e3' }, ...orders('o-3')],
			references: ['o-1', 'o-2', 'o-3'],
			fault: { operation: 'createInvoice', kind: 'reset-before-reading', nth: 2 },
		}),
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with a credential that cannot be used let no outcome of an earlier node through: %s',
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
