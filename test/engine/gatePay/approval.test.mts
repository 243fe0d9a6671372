import type { INodeParameters } from 'n8n-workflow';
import {
	credential,
	describeApproval,
	item,
	lookAlike,
	option,
	parameter,
	type Given,
	type Tampering,
} from '../approval.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
const OTHER = 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE';

const line: INodeParameters = {
	address: '={{ $json.address }}',
	amount: '={{ $json.amount }}',
	chain: { __rl: true, mode: 'id', value: '={{ $json.chain }}' },
	currency: { __rl: true, mode: 'id', value: '={{ $json.currency }}' },
	fee_type: 0,
	memo: '={{ $json.memo }}',
	merchant_withdraw_id: '={{ $json.id }}',
};

const payment = {
	batch: 'inv_1042',
	id: 'inv_1042_a',
	address: ADDRESS,
	amount: '10.5',
	chain: 'TRX',
	currency: 'USDT',
	memo: 'topic-7',
};

/** Changes for every operation: of one recipient, of the account and of the URL. */
const anywhere: Tampering[] = [
	['another merchant of the account', credential({ merchantId: '99999' })],
	['a larger amount', item({ amount: '10.50001' })],
	['a smaller amount', item({ amount: '1.05' })],
	['the same amount with another zero', item({ amount: '10.50' })],
	['the same amount with a zero before it', item({ amount: '010.5' })],
	['an amount with an exponent', item({ amount: '1.05e1' }), 'unfit'],
	['a negative amount', item({ amount: '-10.5' }), 'unfit'],
	['an amount with a comma', item({ amount: '10,5' }), 'unfit'],
	['white space before the amount', item({ amount: ' 10.5' }), 'unfit'],
	['wide digits in the amount', item({ amount: '１０.5' }), 'unfit'],
	['another address', item({ address: OTHER })],
	['an address in other letters', item({ address: ADDRESS.toLowerCase() })],
	['one letter of the address in the other case', item({ address: ADDRESS.replace('X', 'x') })],
	['a letter that looks alike in the address', item({ address: lookAlike(ADDRESS) }), 'unfit'],
	['white space behind the address', item({ address: `${ADDRESS} ` }), 'unfit'],
	['a space without width in the address', item({ address: `${ADDRESS}\u200b` }), 'unfit'],
	['a line break in the address', item({ address: `${ADDRESS}\n${OTHER}` }), 'unfit'],
	['another network', item({ chain: 'NEAR' })],
	['the network in small letters', item({ chain: 'trx' })],
	['another currency', item({ currency: 'USDC' })],
	['a currency that looks alike', item({ currency: 'USDТ' })],
	['another reference of the batch', item({ batch: 'inv_1043' })],
	['the reference in capitals', item({ batch: 'INV_1042' })],
	['another reference of the line', item({ id: 'inv_1042_x' })],
	['another memo', item({ memo: 'topic-8' })],
	['no memo', item({ memo: '' })],
	['a memo that looks alike', item({ memo: lookAlike('topic-7') })],
	['a memo with white space', item({ memo: 'topic-7 ' }), 'unfit'],
	['another customer', option({ channel_id: 'somebody' })],
	['another account', credential({ clientId: 'another' })],
	['a sub-account', credential({ onBehalfOf: '2124538349' })],
	['another host', credential({ baseUrl: 'https://openplatform.example.com' })],
];

const lineOf = ({ parameters }: Given): INodeParameters => {
	const [found] = (parameters.withdraw_list as { payout: INodeParameters[] }).payout;
	if (!found) throw new Error('There is no line');
	return found;
};

describe('the approval of a payout', () => {
	describeApproval(
		() => setting,
		() => ({
			parameters: {
				resource: 'payout',
				operation: 'create',
				batch_id: '={{ $json.batch }}',
				withdraw_list: { payout: [line] },
				options: {},
			},
			items: [payment],
		}),
		[
			...anywhere,
			['another payer of the fee', (given) => void (lineOf(given).fee_type = 1)],
			['no payer of the fee', (given) => void (lineOf(given).fee_type = '')],
			[
				'another line',
				parameter({ withdraw_list: { payout: [line, { ...line, merchant_withdraw_id: 'inv_1042_b' }] } }),
			],
			['no line', parameter({ withdraw_list: {} }), 'unfit'],
			['the same lines by Create Many', parameter({ operation: 'createMany', batch_id: 'inv', ...line })],
		],
	);
});

describe('the approval of a mass payout', () => {
	const third = { amount: '30.25', currency: 'USDC', chain: 'ETH', address: addressOf('ETH', 'third') };
	const people = [
		payment,
		{ ...payment, id: 'inv_1042_b', address: OTHER, amount: '20' },
		{ ...payment, ...third, id: 'inv_1042_c' },
	];
	/** Changes a field that all items share, so it changes in all of them. */
	const all =
		(change: (index: number) => Given['items'][number]) =>
		({ items }: Given): void =>
			items.forEach((_one, index) => item(change(index), index)({ items } as Given));
	const shared = new Map([
		['another reference of the batch', all(() => ({ batch: 'inv_1043' }))],
		['the reference in capitals', all(() => ({ batch: 'INV_1042' }))],
	]);

	describeApproval(
		() => setting,
		() => ({
			parameters: createMany({}, { batch_id: '={{ $json.batch }}', ...line }),
			items: people,
		}),
		[
			...anywhere.map(([what, tamper, how]): Tampering => [
				what,
				shared.get(what) ?? tamper,
				...((how ? [how] : []) as []),
			]),
			['another payer of the fee', parameter({ fee_type: 1 })],
			['a recipient more', ({ items }) => void items.push({ ...payment, id: 'inv_1042_d' })],
			['a recipient fewer', ({ items }) => void items.pop()],
			['the first recipient left out', ({ items }) => void items.shift()],
			['a recipient twice', ({ items }) => void items.push({ ...people[0] }), 'unfit'],
			['two recipients swapped', ({ items }) => void items.reverse()],
			[
				'the amounts of two recipients swapped: the total stays',
				(given) => {
					item({ amount: '20' }, 0)(given);
					item({ amount: '10.5' }, 1)(given);
				},
			],
			['the address of the last one changed', item({ address: ADDRESS.replace('G', 'H') }, 2)],
			['larger batches', option({ recipientsPerBatch: 3 })],
			['smaller batches', option({ recipientsPerBatch: 1 })],
			['one item of another batch', item({ batch: 'inv_1043' }, 1), 'unfit'],
			[
				'the same lines by Create',
				(given) => {
					given.parameters.operation = 'create';
					given.parameters.withdraw_list = { payout: [line] };
					given.items.length = 1;
				},
			],
		],
	);

	it('shows the approver every recipient, and the exact total per currency', async () => {
		const { items } = await setting.run(
			createMany({ preview: true }, { batch_id: '={{ $json.batch }}', ...line }),
			{ items: people },
		);
		expect(items.map(({ json, pairedItem }) => [json.reference, json.batchReference, pairedItem])).toEqual([
			['inv_1042_a', 'inv_1042_1', { item: 0 }],
			['inv_1042_b', 'inv_1042_1', { item: 1 }],
			['inv_1042_c', 'inv_1042_2', { item: 2 }],
		]);
		expect(items[1]?.json).toEqual({
			outcome: 'not_sent',
			reference: 'inv_1042_b',
			batchReference: 'inv_1042_1',
			preview: true,
			method: 'POST',
			url: `${setting.provider.url}/v1/pay/withdraw`,
			line: {
				address: OTHER,
				amount: '20',
				chain: 'TRX',
				currency: 'USDT',
				fee_type: 0,
				memo: 'topic-7',
				merchant_withdraw_id: 'inv_1042_b',
			},
			verdict: 'would_send',
			sentBefore: 'no',
			recipients: 3,
			batches: 2,
			totals: { USDT: '30.5', USDC: '30.25' },
			alreadySent: 0,
			toSend: 3,
			toLookAt: 0,
			totalsToSend: { USDT: '30.5', USDC: '30.25' },
			fees: { fromAmount: { USDT: '0.6', USDC: '0.5' } },
			balances: { USDT: '1000000', USDC: '500000' },
			balancesAfter: { USDT: '999969.5', USDC: '499969.75' },
			summary: '3 recipients, 30.5 USDT, 30.25 USDC',
			approvalHash: items[0]?.json.approvalHash,
		});
		expect(items[0]?.json.approvalHash).toMatch(/^3-recipients-30\.5-USDT-30\.25-USDC-[0-9a-f]{64}$/);
	});

	it('goes from the preview to the payment in one flow, and a retry pays nobody twice', async () => {
		const items = recipients(5);
		const { items: shown } = await setting.run(createMany({ preview: true }), { items });
		const approvalHash = String(shown[0]?.json.approvalHash);
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-after-applying', nth: 2 });
		const settings = { retryOnFail: true, maxTries: 3 };
		const { error } = await setting.run(createMany({ approvalHash }), { items, settings });
		expect(error).toBeUndefined();
		expect(setting.provider.books.appliedPerReference()).toEqual({
			payroll_2026_11_1: 1,
			payroll_2026_11_2: 1,
			payroll_2026_11_3: 1,
		});
		expect(shown[0]?.json.totals).toEqual({ USDT: setting.provider.books.total('USDT') });
	});

	it('refuses all items with Continue On Fail, too', async () => {
		const { items } = await setting.run(createMany({ approvalHash: '0'.repeat(64) }), {
			items: recipients(3),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => [json.outcome, json.message])).toEqual(
			[1, 2, 3].map((number) => [
				'rejected',
				`The request differs from the one that was approved. Nothing was sent. [item ${number}]`,
			]),
		);
		expect(setting.provider.requests).toHaveLength(0);
	});
});

describe('as a tool of an AI agent', () => {
	it.each([true, 'byEngine' as const])('money does not move unless it is allowed (%p)', async (asTool) => {
		const denied = await setting.run(createMany(), { items: recipients(1), asTool });
		expect(`${denied.error?.message} ${JSON.stringify(denied.items)}`).toContain(
			'An AI agent asked to move money',
		);
		expect(setting.provider.books.entries).toEqual([]);
		await setting.run(createMany({ allowAgents: true }), { items: recipients(1), asTool });
		expect(setting.provider.books.appliedPerReference()).toEqual({ payroll_2026_11_1: 1 });
	});
});
