import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { payOut } from '../bridgePay/setting.mts';
import { payoutPerItem } from '../gatePay/setting.mts';
import { byId, cryptoOrderPerItem } from '../payPlay/setting.mts';
import { HostileServer } from './hostileServer.mts';
import { runAt, victims } from './subjects.mts';

let provider: HostileServer;
beforeAll(async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	provider = await HostileServer.start();
});
afterAll(() => provider.stop());

const SEND = { method: 'POST' };

/** How the server answers Check First, by the number of the page. It applies what is sent. */
interface Asked {
	victim: string;
	parameters: INodeParameters;
	item: IDataObject;
	/** The path of the request that sends. */
	path: string;
	answer: (page: number) => unknown;
	made: unknown;
}

async function play({ victim: name, parameters, item, path, answer, made }: Asked) {
	const victim = victims.find((one) => one.name === name);
	if (!victim) throw new Error(`No ${name}`);
	let sends = 0;
	provider.begin((response, { method, url, body }) => {
		const isSend = method === SEND.method && url === path;
		if (isSend) sends += 1;
		const page = Number(/"page":(\d+)/.exec(body)?.[1] ?? new URL(url, 'http://a').searchParams.get('page'));
		response.end(JSON.stringify(isSend ? made : answer(page)));
	});
	const { items, error } = await runAt(victim, provider.origin, parameters, {
		items: [item],
		settings: { onError: 'continueRegularOutput' },
	});
	return { sends, asks: provider.seen.length - sends, error, json: items[0]?.json };
}

const notChecked = { outcome: 'unknown', code: 'not_checked' };

describe('asked for one object', () => {
	const sum = { amount: '1500.50', currency: 'RUB' };
	const invoice = { id: 'i-1', status: 'new', type: 'out', sum, internalId: 'o-1' };
	const bridgePay = (answer: unknown): Asked => ({
		victim: 'bridgePay',
		parameters: payOut(),
		item: { order: 'o-1', amount: '1500.50' },
		path: '/api/merchant/invoices',
		answer: () => answer,
		made: invoice,
	});
	const batch = { batch_id: 'p_1', status: 'INIT' };
	const gatePay = (data: unknown): Asked => ({
		victim: 'gatePay',
		parameters: payoutPerItem(),
		item: { batch: 'p_1', amount: '10.5' },
		path: '/v1/pay/withdraw',
		answer: () => ({ status: 'SUCCESS', code: '000000', data }),
		made: { status: 'SUCCESS', code: '000000', data: batch },
	});

	it.each<[string, Asked]>([
		['in other letters', bridgePay({ ...invoice, internalId: 'O-1' })],
		['of another kind', bridgePay({ ...invoice, internalId: 'another' })],
		['that does not name it', bridgePay({ ...invoice, internalId: null })],
		['under another number', gatePay({ ...batch, batch_id: 'P_1' })],
		['without its number', gatePay({ status: 'PROCESSING', withdraw_list: [] })],
		['inside of a list', gatePay([batch])],
		['as text', gatePay('p_1')],
	])('it sends nothing when it is shown one %s', async (_what, asked) => {
		const { sends, json } = await play(asked);
		expect(sends).toBe(0);
		expect(json).toMatchObject(notChecked);
		expect(json?.message).toMatch(/does not name (?:the reference|what was asked for).*earlier execution/);
	});

	it.each<[string, unknown]>([
		['nothing', null],
		['an empty object', {}],
		['an empty text', ''],
		['an empty list', []],
	])('it sends when there is %s', async (_what, data) => {
		const { sends, json } = await play(gatePay(data));
		expect(sends).toBe(1);
		expect(json).toMatchObject({ outcome: 'applied' });
	});
});

describe('asked by a filter that does not keep what it promises', () => {
	const order = {
		cryptoAmount: '10',
		cryptoCurrency: 'USDT',
		fiatCurrency: 'USD',
		bankAccountId: '7',
		type: 'SELL',
	};
	const others = (count: number, page: number) =>
		Array.from({ length: count }, (_one, index) => ({
			...order,
			orderId: `${page}-${index}`,
			clientOrderId: `other-${page}-${index}`,
		}));
	const gatePay = (answer: Asked['answer']): Asked => ({
		victim: 'gatePay',
		parameters: {
			resource: 'otc',
			operation: 'createWithdrawal',
			clientOrderId: 's-1',
			quoteToken: 'q-1',
			...order,
			bankAccountId: byId('7'),
			cryptoCurrency: byId('USDT'),
			fiatCurrency: byId('USD'),
			fiatAmount: '10',
			options: {},
		},
		item: {},
		path: '/withdraw/open/otc/api/order/create',
		answer: (page) => ({ status: 'SUCCESS', code: '000000', data: answer(page) }),
		made: { status: 'SUCCESS', code: '000000', data: { ...order, orderId: 'new', clientOrderId: 's-1' } },
	});

	it('it finds the reference on a later page', async () => {
		const own = { ...order, orderId: 'own', clientOrderId: 's-1' };
		const pages = (page: number) => (page < 3 ? others(100, page) : [own]);
		const { sends, asks, json } = await play(gatePay((page) => ({ data: pages(page), total: 201 })));
		expect(json).toMatchObject({ outcome: 'applied', replayed: true, id: 'own' });
		expect([sends, asks]).toEqual([0, 3]);
	});

	it('it sends after the last page has not had it', async () => {
		const { sends, asks } = await play(gatePay((page) => ({ data: page < 2 ? others(100, page) : [] })));
		expect([sends, asks]).toEqual([1, 2]);
	});

	it.each<[string, unknown]>([
		['nothing', null],
		['an empty object', {}],
		['no rows', { data: null, total: 0 }],
	])('it sends when the list is %s', async (_what, data) => {
		expect(await play(gatePay(() => data))).toMatchObject({ sends: 1, asks: 1 });
	});

	it.each<[string, Asked['answer']]>([
		['is elsewhere', () => ({ records: [{ ...order, clientOrderId: 's-1' }] })],
		['does not end', (page) => ({ data: others(100, page) })],
		['gives less than it names', (page) => ({ data: page < 2 ? others(100, page) : [], total: 150 })],
		['always gives the same page', () => ({ data: others(100, 1) })],
		['has it in other letters', () => ({ data: [...others(3, 1), { ...order, clientOrderId: 'S-1' }] })],
		['has it with a space', () => ({ data: [{ ...order, clientOrderId: 's-1 ' }], total: 1 })],
	])('it sends nothing where the list %s', async (_what, answer) => {
		const { sends, asks, json } = await play(gatePay(answer));
		expect(sends).toBe(0);
		expect(json).toMatchObject(notChecked);
		expect(asks).toBeLessThanOrEqual(10);
	});

	it('it finds an order of PayPlay behind those whose ID begins alike', async () => {
		const row = (external: string) => ({
			id: external,
			external_order_id: external,
			value: '10',
			currency: 'USDT',
		});
		const alike = Array.from({ length: 50 }, (_one, index) => row(`INV-1${index}`));
		const { sends, json } = await play({
			victim: 'payPlay',
			parameters: cryptoOrderPerItem(),
			item: { reference: 'INV-1', amount: '10' },
			path: '/private-api/crypto-orders/shop',
			answer: (page) => ({ orders: page < 2 ? alike : [row('INV-1')], meta: { total: 51 } }),
			made: { order: row('INV-1') },
		});
		expect(sends).toBe(0);
		expect(json).toMatchObject({ outcome: 'applied', replayed: true });
	});
});

describe('a reference that cannot be asked for', () => {
	const asked = (options: IDataObject): Asked => ({
		victim: 'bridgePay',
		parameters: payOut(options),
		item: { order: '..', amount: '1500.50' },
		path: '/api/merchant/invoices',
		answer: () => ({}),
		made: { message: 'cut off' },
	});

	it('is not sent where the provider has to be asked first', async () => {
		const { sends, error, json } = await play(asked({}));
		expect([sends, error]).toEqual([0, undefined]);
		expect(json).toMatchObject(notChecked);
	});

	it('leaves the outcome unknown where it was sent', async () => {
		const { sends, error, json } = await play(asked({ checkFirst: false }));
		expect([sends, error]).toEqual([1, undefined]);
		expect(json).toMatchObject({ outcome: 'unknown', reference: '..' });
	});
});
