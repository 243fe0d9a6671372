import type { INodeParameters } from 'n8n-workflow';
import { credential, item, parameter } from '../approval.mts';
import { badAmounts, describeBadFile, describeBadInput, describeContinueOnFail } from '../badInput.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const otc = (operation: string, fields: INodeParameters): INodeParameters => ({
	resource: 'otc',
	operation,
	...fields,
	options: {},
});

describe('a payout', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: payoutPerItem(), items: payouts('p_1', 'p_2') }),
		[
			...badAmounts('Amount', (amount) => item({ amount }, 1)),
			['9 decimals', item({ amount: '1.123456789' }), /`1\.123456789` has 9 decimals; it takes at most 6/],
			['no Batch ID', item({ batch: '' }), /Batch ID is empty/],
			['a long Batch ID', item({ batch: 'x'.repeat(33) }), /Batch ID has 33 characters; it takes at most 32/],
			[
				'forbidden characters in the Batch ID',
				item({ batch: 'p-1' }),
				/Batch ID `p-1` has characters that are not taken; use letters, digits and _/,
			],
			['a line break in the Batch ID', item({ batch: 'p_1\nX: y' }), /characters that are not taken/],
			['space around the Batch ID', item({ batch: ' p_1' }), /white space around it/],
			[
				'a Batch ID that a number has rounded',
				item({ batch: Number('7615917337495251231') }),
				/may already be rounded/,
			],
			[
				'a secret with white space',
				credential({ paymentSecret: 'secret ' }),
				/Payment API Secret in the credential has white space around it\. Nothing was sent\..*Paste it again/,
			],
			['no secret', credential({ paymentSecret: '' }), /Payment API Secret in the credential is empty/],
			[
				'a base URL without https',
				credential({ baseUrl: 'http://openplatform.gateapi.io' }),
				/must begin with https/,
			],
			[
				'a base URL with a path',
				credential({ baseUrl: 'https://openplatform.gateapi.io/v1' }),
				/must be the host alone/,
			],
			[
				'a Merchant ID with letters',
				credential({ merchantId: 'M1' }),
				/Merchant ID in the credential must have digits only/,
			],
		],
	);
});

describe('a receipt', () => {
	describeBadFile(
		() => setting,
		{ confirmDeposit: otc('confirmDeposit', { orderId: '71347515709194240', file: 'data' }) },
		{
			most: 4_000_000,
			others: [
				['receipt.jpg', /is not a jpg file inside/],
				['receipt.pdf', /`receipt\.pdf` must be one of: jpg, jpeg, png/],
			],
		},
	);
});

describe('an order', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: otc('getDeposit', { orderId: '1', clientOrderId: '' }), items: [{}] }),
		[
			[
				'no path on behalf of another account',
				(given) => {
					given.parameters = otc('cancelDeposit', { orderId: '1' });
					given.credential = { onBehalfOf: '2124538349' };
				},
				/no documented path for acting on behalf/,
			],
			[
				'an order ID that a number has rounded',
				parameter({ orderId: '={{ 71347515709194240123 }}' }),
				/pass it as text/,
			],
			[
				'none of the alternatives',
				parameter({ orderId: '' }),
				/One of these must be set: Order ID, Client Order ID/,
			],
		],
	);
});

describe.each([
	['refund', 'createCheckoutOlder'],
	['addressPayment', 'refundConvert'],
])(
	'a refund whose amount is hidden by what an expression made of Refund In: %s.%s',
	(resource, operation) => {
		describeBadInput(
			() => setting,
			() => ({
				parameters: {
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
				},
				items: [{ refundIn: 'order' }],
			}),
			[
				['the label for the value', item({ refundIn: 'Pay' }), /Refund In `Pay` is none of those offered/],
				['nothing', ({ items }) => void items.splice(0, 1, {}), /Refund In is empty/],
			],
		);
	},
);

describe('a custom path that leaves the host', () => {
	const paths = [
		'//evil.example/v1',
		'https://evil.example',
		'/a/../b',
		'/a?b=1',
		'/a b',
		'v1',
		'/\\evil.example',
	];
	describeBadInput(
		() => setting,
		() => ({
			parameters: { resource: 'customRequest', operation: 'read', path: '/v1', query: {}, options: {} },
			items: [{}],
		}),
		paths.map((path) => [path, parameter({ path }), /must begin with one \//]),
	);
});

describe('several payouts', () => {
	describeContinueOnFail(
		() => setting,
		() => ({
			parameters: payoutPerItem(),
			impatient: payoutPerItem({ timeout: 1 }),
			items: [...payouts('p_1'), { batch: 'p_2', amount: '1e3' }, ...payouts('p_3')],
			references: ['p_1', 'p_2', 'p_3'],
			fault: { operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 },
		}),
	);

	it('let no outcome of an earlier node stand in its place on the error output', async () => {
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
