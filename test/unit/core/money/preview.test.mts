import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, get, payout, type Reply } from '../../examplePay.mts';
import { linesOf, moneyStage, sendsIn, unreachable } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };
const boris = { ...anna, reference: 'p_2', amount: '4' };

const list = (value: string, request: Operation['request']): Operation => ({
	...get,
	value,
	request,
	fields: [],
	returns: { list: 'data' },
});
const getBalances = list('getBalances', 'GET /balances');
const getFees = list('getFees', 'GET /fees');

const charged: Operation = {
	...payout,
	fields: [
		...(payout.fields ?? []),
		{ displayName: 'Fee From', name: 'feeFrom', type: 'string', default: '' },
	],
	balance: { operation: 'payout.getBalances', currency: 'coin', available: 'free' },
	fee: {
		operation: 'payout.getFees',
		by: { coin: 'currency' },
		same: { currency: 'coin' },
		fixed: 'fixed',
		percent: 'percent',
		fromAmount: { member: 'feeFrom', values: ['recipient'] },
	},
};

const ONE_FEE = [{ coin: 'USDT', fixed: '1', percent: '2%' }];

interface Provider {
	balances?: unknown;
	fees?: unknown;
	reply?: (line: string) => Reply | undefined;
}

async function previewed(
	items: IDataObject[],
	{ balances = [{ coin: 'USDT', free: '100' }], fees = ONE_FEE, reply }: Provider = {},
) {
	const bank = exampleBank();
	const stage = moneyStage({
		operation: charged,
		more: [getBalances, getFees],
		respond: (call) => {
			const own = reply?.(call.line);
			if (own) return own;
			if (call.line === 'GET /balances') return { body: { data: balances as never } };
			return call.line === 'GET /fees' ? { body: { data: fees as never } } : bank.respond(call);
		},
	});
	const ran = await stage.execution().run(items, { options: { preview: true } });
	expect(sendsIn(ran)).toBe(0);
	return { ...ran, item: ran.items[0] ?? {} };
}

describe('a preview of fees', () => {
	it('adds a share of the amount to the fixed part, exactly', async () => {
		const { item } = await previewed([anna]);
		expect(item.fees).toEqual({ onTop: { USDT: '1.21' } });
	});

	it('takes a fee from the amount where the recipient bears it', async () => {
		const { item } = await previewed([{ ...anna, feeFrom: 'recipient' }]);
		expect(item.fees).toEqual({ fromAmount: { USDT: '1.21' } });
	});

	it('asks once for payments of one currency, and tells the sum of the run', async () => {
		const ran = await previewed([anna, boris]);
		expect(linesOf(ran).filter((line) => line === 'GET /fees')).toHaveLength(1);
		expect(ran.item.fees).toEqual({ onTop: { USDT: '2.29' } });
	});

	it.each<[string, unknown]>([
		['no row', []],
		['a row about another coin', [{ coin: 'BTC', fixed: '1', percent: '0' }]],
		['two rows', [...ONE_FEE, ...ONE_FEE]],
		['a row without the fixed part', [{ coin: 'USDT', percent: '2%' }]],
		['a fixed part below zero', [{ coin: 'USDT', fixed: '-1', percent: '2%' }]],
		['a fixed part that is no amount', [{ coin: 'USDT', fixed: 'free', percent: '2%' }]],
		['a share that may be a percentage or not', [{ coin: 'USDT', fixed: '1', percent: '0.02' }]],
	])('says that it is not known where the provider gives %s', async (_what, fees) => {
		const { item } = await previewed([anna], { fees });
		expect(item).toMatchObject({ fees: {}, feesNotKnown: 1 });
	});

	it('counts no fee of a payment that was sent already', async () => {
		const reply = (line: string) => (line === 'GET /payouts/p_1' ? { body: { data: anna } } : undefined);
		const { item } = await previewed([anna, boris], { reply });
		expect(item).toMatchObject({ sentBefore: 'yes', fees: { onTop: { USDT: '1.08' } } });
	});

	it('is there, and says why, where the fees cannot be read', async () => {
		const reply = (line: string) => (line === 'GET /fees' ? unreachable() : undefined);
		const { item } = await previewed([anna], { reply });
		expect(item).toMatchObject({ outcome: 'not_sent', feesNotRead: expect.any(String) });
		expect(item).not.toHaveProperty('fees');
		expect(item.approvalHash).toEqual(expect.any(String));
	});
});

describe('a preview of balances', () => {
	it('says what is left after the payments and their fees', async () => {
		const { item } = await previewed([anna]);
		expect(item).toMatchObject({ balances: { USDT: '100' }, balancesAfter: { USDT: '88.29' } });
		expect(item).not.toHaveProperty('shortBy');
	});

	it('says what is missing, and that a fee makes it missing', async () => {
		const { item } = await previewed([anna], { balances: [{ coin: 'USDT', free: '11' }] });
		expect(item).toMatchObject({ shortBy: { USDT: '0.71' }, balancesAfter: {} });
		expect(item.summary).toBe('1 recipient, 10.5 USDT: fees of 1.21 USDT on top, short by 0.71 USDT');
	});

	it('is not missing anything where exactly enough is there', async () => {
		const { item } = await previewed([anna], { balances: [{ coin: 'USDT', free: '11.71' }] });
		expect(item).toMatchObject({ balancesAfter: { USDT: '0' } });
		expect(item).not.toHaveProperty('shortBy');
	});

	it.each<[string, unknown]>([
		['does not name the currency', [{ coin: 'BTC', free: '5' }]],
		['names it twice', Array(2).fill({ coin: 'USDT', free: '100' })],
		['says no amount', [{ coin: 'USDT', free: 'much' }]],
	])('makes up none where the list %s', async (_what, balances) => {
		const { item } = await previewed([anna], { balances });
		expect(item).toMatchObject({ balances: {}, balancesAfter: {} });
		expect(item).not.toHaveProperty('shortBy');
	});

	it('is there, and says why, where the balances cannot be read', async () => {
		const reply = (line: string) =>
			line === 'GET /balances' ? { body: { code: 'CLOSED', message: 'no access' } } : undefined;
		const { item } = await previewed([anna], { reply });
		expect(item).toMatchObject({ outcome: 'not_sent', balancesNotRead: 'no access' });
		expect(item).not.toHaveProperty('balances');
	});

	it('says nothing where the items pay from two accounts', async () => {
		const bank = exampleBank();
		const stage = moneyStage({
			operation: charged,
			more: [getBalances, getFees],
			respond: bank.respond,
			credentialsOf: (item) => ({ account: `a${item}`, secret: 's' }),
		});
		const ran = await stage.execution().run([anna, boris], { options: { preview: true } });
		expect(linesOf(ran).sort()).toEqual(['GET /payouts/p_1', 'GET /payouts/p_2']);
		expect(ran.items[0]).not.toHaveProperty('balances');
	});
});

describe('a preview of one payment that stands there twice', () => {
	it('counts it once, in the sums and in the fees', async () => {
		const ran = await previewed([anna, anna]);
		expect(ran.item).toMatchObject({
			toSend: 1,
			totals: { USDT: '10.5' },
			fees: { onTop: { USDT: '1.21' } },
		});
		expect(ran.items[1]).toMatchObject({
			sentBefore: 'yes',
			sentBeforeReason: 'an item before it is the same payment',
		});
	});
});
