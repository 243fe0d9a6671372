import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { payOut } from '../bridgePay/setting.mts';
import { payoutPerItem } from '../gatePay/setting.mts';
import { byId, withdrawalPerItem } from '../payPlay/setting.mts';
import { payoutPerItem as rapiraPayout } from '../rapira/setting.mts';
import { HostileServer } from './hostileServer.mts';
import { customSend, runAt, victims } from './subjects.mts';

let provider: HostileServer;
beforeAll(async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	provider = await HostileServer.start();
});
afterAll(() => provider.stop());

/** HTTP status and body; a body that is text is sent as it is. */
type Said = readonly [status: number, body: unknown];

interface Played {
	victim: string;
	parameters: INodeParameters;
	item?: IDataObject;
	/** The path of the send. */
	path: string;
	send: Said;
	/** Everything else that is asked; absent where there is nothing to ask. */
	lookup?: Said;
}

async function play({ victim: name, parameters, item = {}, path, send, lookup = [404, ''] }: Played) {
	const victim = victims.find((one) => one.name === name);
	if (!victim) throw new Error(`No ${name}`);
	const seen = { sends: 0, asks: 0 };
	provider.begin((response, { url }) => {
		const isSend = url.split('?')[0] === path;
		seen[isSend ? 'sends' : 'asks'] += 1;
		const [status, body] = isSend ? send : lookup;
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	const { items, error } = await runAt(victim, provider.origin, parameters, {
		items: [item],
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	return { ...seen, json: items[0]?.json ?? {} };
}

const ok = (data: unknown) => [200, { status: 'SUCCESS', code: '000000', data }] as const;
const refused = (code: string, text: string) =>
	[200, { status: 'FAIL', code, label: '', errorMessage: text }] as const;

const line = {
	merchant_withdraw_id: 'p_1_1',
	currency: 'USDT',
	chain: 'TRX',
	address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	amount: '10.5',
	memo: '',
	fee_type: 0,
};
const batch = { batch_id: 'p_1', status: 'INIT', withdraw_list: [line] };
const absent = refused('400202', 'The batch p_1 does not exist');

const payout = (send: Said, lookup: Said, options: IDataObject = { checkFirst: false }): Played => ({
	victim: 'gatePay',
	parameters: payoutPerItem(options),
	item: { batch: 'p_1', amount: '10.5' },
	path: '/v1/pay/withdraw',
	send,
	lookup,
});

describe('a refusal of Gate Pay', () => {
	it('is rejected when one lookup says that there is nothing: then it is safe to send it again', async () => {
		const { json, sends, asks } = await play(payout(refused('559999', 'Balance too low'), absent));
		expect([sends, asks]).toEqual([1, 1]);
		expect(json).toMatchObject({ outcome: 'rejected', nextStep: 'It is safe to send it again.' });
	});

	it('is the payment of an earlier execution when that is there', async () => {
		const { json } = await play(payout(refused('550233', 'Balance too low'), ok(batch)));
		expect(json).toMatchObject({ outcome: 'applied', replayed: true });
	});

	it('is unknown when another payment is there, or the same in another spelling', async () => {
		const other = { ...batch, withdraw_list: [{ ...line, chain: 'TRC20' }] };
		const { json } = await play(payout(refused('550233', 'Balance too low'), ok(other)));
		expect(json).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
	});

	it.each<[string, Said]>([
		['a 404 of a gateway', [404, { code: 404, message: 'Not Found' }]],
		['a route that is missing', [404, { message: 'no Route matched with those values' }]],
		['another who is missing', refused('9', 'Merchant does not exist')],
		['a success without anything', [200, { success: true }]],
	])('is unknown when the lookup meets %s', async (_what, lookup) => {
		const { json } = await play(payout(refused('550233', 'Balance too low'), lookup));
		expect(json).toMatchObject({ outcome: 'unknown', code: '550233' });
	});
});

it('without a lookup no refusal says that it is safe to send again', async () => {
	for (const played of [
		{
			victim: 'payPlay',
			parameters: withdrawalPerItem(),
			item: { reference: 'w-1', amount: '10.5' },
			path: '/private-api/acme/withdrawal',
			send: [422, { message: 'Too small', errors: { amount: ['x'] } }],
		},
		{
			victim: 'rapira',
			parameters: rapiraPayout(),
			item: { address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', amount: '100.5' },
			path: '/open/withdraw/create',
			send: [400, { data: null, code: 400, message: 'Balance too low', isWorking: 1 }],
		},
	] as const) {
		// n8n remembers what was sent under a reference, so the path is asked for with another one.
		const other = { ...played, item: { ...played.item, reference: 'w-0' } };
		const path = played.victim === 'payPlay' ? await pathOf(other) : played.path;
		const { json } = await play({ ...played, path });
		expect(json).toMatchObject({ outcome: 'rejected' });
		expect(json.nextStep).toMatch(/This attempt moved nothing; if it was sent before, find out first\.$/);
		expect(json.nextStep).not.toContain('safe');
	}
});

/** The path that the credential's slug makes. */
async function pathOf(played: Played): Promise<string> {
	await play(played);
	return provider.seen.at(-1)?.url ?? '';
}

it("Rapira's payout with a nonce of an earlier one is unknown, whatever refuses it", async () => {
	for (const message of ['Balance too low', 'nonce was used before', 'Internal error, try later']) {
		const { json } = await play({
			victim: 'rapira',
			parameters: { ...rapiraPayout(), options: { nonce: '1767225600123' } },
			item: { address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', amount: '100.5' },
			path: '/open/withdraw/create',
			send: [400, { data: null, code: 400, message, isWorking: 1 }],
		});
		expect(json).toMatchObject({ outcome: 'unknown' });
	}
});

it.each<[string, Said]>([
	['an empty 401', [401, {}]],
	['401 of a gateway', [401, { message: 'Unauthorized' }]],
	['401 beside an id', [200, { code: 401, withdrawRecordId: 1000001 }]],
])('Rapira is sent a payout once when it answers %s', async (_what, send) => {
	const { json, sends } = await play({
		victim: 'rapira',
		parameters: rapiraPayout(),
		item: { address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', amount: '100.5' },
		path: '/open/withdraw/create',
		send,
	});
	expect(sends).toBe(1);
	expect(json).toMatchObject({ outcome: 'unknown' });
});

describe('a success that proves nothing of what was asked', () => {
	it.each<[string, unknown]>([
		['of another batch', { status: 'SUCCESS', code: '000000', data: { batch_id: 'somebody_else' } }],
		['that is bare', { success: true }],
		['that is a code', { code: 0 }],
		['beside a refusal', { status: 'SUCCESS', code: '550239', data: { batch_id: 'p_1' } }],
		['without data', { status: 'SUCCESS', code: '000000' }],
	])('at Gate Pay is unknown, and asked for: %s', async (_what, body) => {
		const { json, asks } = await play(payout([200, body], absent));
		expect(json).toMatchObject({ outcome: 'unknown' });
		expect(asks).toBe(3);
		const found = await play(payout([200, body], ok(batch)));
		expect(found.json).toMatchObject({ outcome: 'applied' });
	});

	const invoice = {
		id: 'i-1',
		status: 'new',
		type: 'out',
		internalId: 'o-1',
		sum: { amount: '1500.50', currency: 'RUB' },
		paymentOption: 'TO_CARD',
	};
	it.each<[string, object]>([
		['another internal ID', { internalId: 'o-2' }],
		['another amount', { sum: { amount: '999999', currency: 'RUB' } }],
		['another direction', { type: 'in' }],
		['another rail', { paymentOption: 'SBP' }],
		['another recipient', { paymentRequisites: { requisites: '5555 0000 0000 0000' } }],
	])('at BridgePay is unknown: %s', async (_what, change) => {
		const { json } = await play({
			victim: 'bridgePay',
			parameters: payOut({ checkFirst: false }),
			item: { order: 'o-1', amount: '1500.50' },
			path: '/api/merchant/invoices',
			send: [200, { ...invoice, ...change }],
			lookup: [404, 'null'],
		});
		expect(json).toMatchObject({ outcome: 'unknown' });
	});

	it.each([
		{ success: false, message: 'Insufficient balance' },
		{ status: 'error' },
		{ error: 'no' },
		{ errors: ['no'] },
	])('of a custom request is unknown: %j', async (body) => {
		for (const victim of ['payPlay', 'bridgePay', 'rapira']) {
			const { json } = await play({
				victim,
				parameters: customSend,
				path: '/v1/anything',
				send: [200, body],
			});
			expect([victim, json.outcome]).not.toEqual([victim, 'applied']);
		}
	});
});

describe('Check First', () => {
	const moved = {
		merchantBatchNo: 't-1',
		status: 'PAID',
		fromAccountId: '11',
		toAccountId: '22',
		currency: 'USDT',
		amount: '5',
	};
	const transfer = (lookup: Said): Promise<{ sends: number; json: IDataObject }> =>
		play({
			victim: 'gatePay',
			parameters: {
				resource: 'payout',
				operation: 'createBatchTransfer',
				merchant_batch_no: 't-1',
				currency: byId('USDT'),
				batchorderList: { transfer: [{ user_id: '22', amount: '5' }] },
				options: {},
			},
			path: '/v1/pay/batch/transfer',
			send: ok(moved),
			lookup,
		});

	it.each<[string, Said]>([
		['a 404 of a gateway', [404, { code: 404, message: 'Not Found' }]],
		['a service', [200, { code: 'SVC_404', message: 'Service not found' }]],
		['a merchant', refused('9', 'Merchant does not exist')],
		['a bare success', [200, { success: true }]],
		['a code', [200, { code: 0, message: 'ok' }]],
		['an allow-list', [403, { code: '9', message: 'Host not found in allowlist' }]],
		['nothing', [200, {}]],
	])('sends nothing when it meets %s', async (_what, lookup) => {
		const { sends, json } = await transfer(lookup);
		expect(sends).toBe(0);
		expect(json).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
	});

	it('sends after a documented absence', async () => {
		expect((await transfer(refused('400202', 'no'))).sends).toBe(1);
	});

	it.each<[string, object]>([
		['a memo', { memo: '104328' }],
		['the fee', { fee_type: 1 }],
		['the address', { address: 'TXYZ' }],
		['the chain', { chain: 'ETH' }],
	])('takes another payment for another: %s', async (_what, change) => {
		const found = { ...batch, withdraw_list: [{ ...line, ...change }] };
		const { sends, json } = await play(payout(ok({ batch_id: 'p_1' }), ok(found), {}));
		expect(sends).toBe(0);
		expect(json).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
	});

	it('takes 1.05E+1 for 10.5', async () => {
		const found = { ...batch, withdraw_list: [{ ...line, amount: '1.05E+1' }] };
		const { json } = await play(payout(ok({ batch_id: 'p_1' }), ok(found), {}));
		expect(json).toMatchObject({ outcome: 'applied', replayed: true });
	});

	const row = (index: number) => ({
		orderId: String(index),
		clientOrderId: `other-${index}`,
		type: 'BUY',
		cryptoAmount: '10',
	});
	it.each<[string, unknown]>([
		[
			'names more rows than it has',
			{ page: 1, pageSize: 10, total: 25, data: Array.from({ length: 10 }, (_, i) => row(i)) },
		],
		['has rows without any reference', { data: [{ orderId: '1' }, { orderId: '2' }] }],
	])('sends nothing where the list %s', async (_what, data) => {
		const { sends, json } = await play({
			victim: 'gatePay',
			parameters: {
				resource: 'otc',
				operation: 'createDepositOlder',
				clientOrderId: 'd-1',
				quoteToken: 'q-1',
				bankAccountId: byId('7'),
				cryptoCurrency: byId('USDT'),
				cryptoAmount: '10',
				fiatCurrency: byId('USD'),
				fiatAmount: '10',
				options: {},
			},
			path: '/open/otc/api/recharge',
			send: ok({ orderId: 'new', clientOrderId: 'd-1', status: 'PENDING' }),
			lookup: ok(data),
		});
		expect(sends).toBe(0);
		expect(json).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
	});
});

it.each(['get', 'waitUntilFinal'])("Rapira's payout: %s does not believe another one", async (operation) => {
	const { json } = await play({
		victim: 'rapira',
		parameters: {
			resource: 'payout',
			operation,
			withdrawRecordId: byId('1000001'),
			maximumWait: 0,
			options: {},
		},
		path: '/nothing',
		send: [404, ''],
		lookup: [200, { id: 999, status: 'SUCCESS', totalAmount: 1 }],
	});
	expect(json.status).not.toBe('succeeded');
	expect(JSON.stringify(json)).toContain('does not name what was asked for');
});
