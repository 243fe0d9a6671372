import { clock } from '../../../core/clock.ts';
import { sentIn } from '../approval.mts';
import {
	getOrder,
	openOkiPays,
	orderPerItem,
	orders,
	otherProgram,
	type OkiPaysSetting,
} from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const creates = () => setting.provider.requests.filter(({ operation }) => operation === 'createOrder');
const applied = () => setting.provider.books.appliedPerReference();
const quick = { timeout: 1 };

describe('an order', () => {
	it('is created, with a record that says so', async () => {
		const { items, error } = await setting.run(orderPerItem(), { items: orders(1042) });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: '1042',
			provider: 'okiPays',
			kind: 'order',
			id: expect.stringMatching(/^[0-9A-Z]{8}$/),
			status: 'created',
			final: false,
			providerStatus: 'Created',
			amount: '15.5',
			currency: 'USD',
			payUrl: expect.stringContaining('https://checkout'),
		});
		expect(applied()).toEqual({ '1042': 1 });
		expect(setting.provider.books.total('USD')).toBe('15.5');
	});

	it('is sent as the contract has it, with everything that was set', async () => {
		const options = {
			description: 'Замовлення №125 – café €',
			time_expired: '2030-01-01T00:00:00Z',
			currencies: {
				currency: [
					{
						iso: { __rl: true, mode: 'list', value: 'USDT' },
						network: { __rl: true, mode: 'list', value: '2' },
					},
					{ iso: { __rl: true, mode: 'id', value: 'BTC' }, network: { __rl: true, mode: 'id', value: '0' } },
				],
			},
		};
		const { items, error } = await setting.run(orderPerItem(options), { items: orders(1042) });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', expiresAt: '2030-01-01T00:00:00.000Z' });
		expect(creates()[0]?.body.replace(/"\d{13}"/, '"ID"')).toBe(
			'{"order_id":1042,"payment_currency_iso":"USD","price":15.50,"include_commission":1,"currencies":[{"iso":"USDT","network":2},{"iso":"BTC","network":0}],"description":"Замовлення №125 – café €","time_expired":1893456000,"request_id":"ID"}',
		);
		expect(setting.provider.state.orders[0]).toMatchObject({
			description: 'Замовлення №125 – café €',
			time_expired: 1_893_456_000,
			currencies: [
				{ iso: 'USDT', network: 2 },
				{ iso: 'BTC', network: 0 },
			],
		});
	});

	it('gives the exact answer as Raw, without the token', async () => {
		const { items, saved } = await setting.run(orderPerItem({ output: 'raw' }), { items: orders(1042) });
		expect(items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: '1042',
			data: { order_id: 1042, status: 'Created', status_id: 0, price: '15.5' },
		});
		expect(saved).not.toContain(setting.provider.account.token);
	});

	it('is followed by its status', async () => {
		await setting.run(orderPerItem(), { items: orders(1042) });
		const statuses: unknown[] = [];
		for (const action of ['chooseCoin', 'payHalf', 'payHalf', 'complete']) {
			setting.provider.act(action, '1042');
			const { items } = await setting.run(getOrder, { items: orders(1042) });
			statuses.push([items[0]?.json.providerStatus, items[0]?.json.status, items[0]?.json.final]);
		}
		expect(statuses).toEqual([
			['In Process', 'processing', false],
			['Partially', 'action_required', false],
			['Paid', 'succeeded', false],
			['Completed', 'succeeded', true],
		]);
	});
});

describe('Retry On Fail with a time-out after the second of three orders was created', () => {
	it.each([true, false])('creates each order once (Check First %p)', async (checkFirst) => {
		setting.sandbox.fault({ operation: 'createOrder', kind: 'timeout-after-applying', nth: 2, seconds: 5 });
		const { items, error } = await setting.run(orderPerItem({ checkFirst, ...quick }), {
			items: orders(1, 2, 3),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.reference, json.outcome])).toEqual([
			['1', 'applied'],
			['2', 'applied'],
			['3', 'applied'],
		]);
		expect(applied()).toEqual({ '1': 1, '2': 1, '3': 1 });
		expect(creates()).toHaveLength(3);
	});

	it.each([true, false])('also when no lookup is answered at first (Check First %p)', async (checkFirst) => {
		setting.sandbox.fault({ operation: 'createOrder', kind: 'timeout-after-applying', nth: 2, seconds: 5 });
		setting.sandbox.fault({
			operation: 'getOrder',
			kind: 'bad-gateway',
			status: 503,
			nth: (checkFirst ? 2 : 0) + 1,
			times: 12,
		});
		const { error } = await setting.run(orderPerItem({ checkFirst, ...quick }), {
			items: orders(1, 2, 3),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(applied()).toEqual({ '1': 1, '2': 1, '3': 1 });
		expect(creates()).toHaveLength(3);
	});
});

describe('every fault ends in one of three outcomes, and none creates twice', () => {
	it.each<[string, object, string, number | undefined]>([
		['dns', {}, 'rejected', undefined],
		['connection-refused', {}, 'rejected', undefined],
		['tls-handshake', {}, 'unknown', undefined],
		['reset-before-reading', {}, 'unknown', undefined],
		['reset-after-applying', {}, 'applied', 1],
		['timeout-before-applying', { seconds: 5 }, 'unknown', undefined],
		['timeout-after-applying', { seconds: 5 }, 'applied', 1],
		['half-a-body', {}, 'applied', 1],
		['slow-drip', { seconds: 0.2 }, 'applied', 1],
		['unauthorized', { status: 401 }, 'unknown', undefined],
		['redirect', { status: 302 }, 'unknown', undefined],
		['redirect', { status: 307 }, 'unknown', undefined],
		['too-many-requests', { status: 429, retryAfter: 1 }, 'unknown', undefined],
		['too-many-requests', { status: 429, retryAfter: null }, 'unknown', undefined],
		['bad-gateway', { status: 502 }, 'unknown', undefined],
		['bad-gateway', { status: 502, applied: true }, 'applied', 1],
		['ok-but-wrong', { body: 'html' }, 'unknown', undefined],
		['ok-but-wrong', { body: 'html', applied: true }, 'applied', 1],
		['ok-but-wrong', { body: 'refusal' }, 'rejected', undefined],
	])('%s %j', async (kind, details, outcome, count) => {
		setting.sandbox.fault({ operation: 'createOrder', kind: kind as never, ...details });
		const { items, error } = await setting.run(orderPerItem({ whenUnknown: 'continue', ...quick }), {
			items: orders(1),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ outcome, reference: '1' });
		expect(items[0]?.json).not.toHaveProperty('error');
		expect(applied()['1']).toBe(count);
		expect(creates().length).toBeLessThanOrEqual(1);
	});
});

describe('the same order ID', () => {
	it("is not created again by the editor's Retry", async () => {
		setting.sandbox.fault({ operation: 'createOrder', kind: 'reset-before-reading', nth: 2 });
		const first = await setting.run(orderPerItem(quick), { items: orders(1, 2) });
		expect(first.error).toBeDefined();
		const again = await setting.retry(first, orderPerItem(quick), { items: orders(1, 2) });
		expect(again.error?.message).toContain('`2`');
		expect(applied()).toEqual({ '1': 1 });
		expect(creates()).toHaveLength(2);
	});

	it('is created once by two executions', async () => {
		await setting.run(orderPerItem(), { items: orders(1) });
		const { items } = await setting.run(orderPerItem(), { items: orders(1) });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true, reference: '1' });
		expect(creates()).toHaveLength(1);
	});

	it('is created once by two executions without Check First, because OkiPays refuses the second', async () => {
		await setting.run(orderPerItem(), { items: orders(1) });
		const { items } = await setting.run(orderPerItem({ checkFirst: false }), { items: orders(1) });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true, reference: '1' });
		expect(applied()).toEqual({ '1': 1 });
	});

	it.each<[string, object, string]>([
		['price', { price: '15.51' }, 'price is 15.51 here and 15.5 there'],
		['currency', { payment_currency_iso: 'EUR' }, 'payment_currency_iso is EUR here and USD there'],
		['commission', { include_commission: 0 }, 'include_commission is 0 here and 1 there'],
	])('with another %s is refused, with and without Check First', async (_field, change, difference) => {
		await setting.run(orderPerItem(), { items: orders(1) });
		for (const checkFirst of [true, false]) {
			const { error } = await setting.run(
				{ ...orderPerItem({ checkFirst }), ...change },
				{ items: orders(1) },
			);
			expect(error?.message).toContain('already used at the provider');
			expect(error?.message).toContain(difference);
		}
		expect(applied()).toEqual({ '1': 1 });
	});

	it('is not sent when Check First is refused for anything but a missing order', async () => {
		const credentials = setting.credentials({ secret: 'another-secret' });
		const { error } = await setting.run(orderPerItem(), { items: orders(1), credentials });
		expect(error?.message).toContain('Check First got no answer (Wrong sign (5))');
		expect(creates()).toHaveLength(0);
	});
});

describe('request_id', () => {
	const ids = () =>
		setting.provider.requests.flatMap(({ body }) =>
			body === '' ? [] : [Number(JSON.parse(body).request_id)],
		);
	const refused = () => setting.provider.requests.filter(({ verdict }) => verdict.code === '7').length;

	it('grows from call to call, also when four executions run at once', async () => {
		const runs = [1, 2, 3, 4].map((run) =>
			setting.run(orderPerItem(), { items: orders(run * 10 + 1, run * 10 + 2, run * 10 + 3) }),
		);
		const results = await Promise.all(runs);
		expect(results.flatMap(({ items }) => items.map(({ json }) => json.outcome))).toEqual(
			new Array(12).fill('applied'),
		);
		expect(ids()).toHaveLength(24);
		expect([...ids()].sort((a, b) => a - b)).toEqual(ids());
		expect(new Set(ids()).size).toBe(24);
		expect(refused()).toBe(0);
	});

	it.each(['seconds', 'milliseconds', 'microseconds'])('grows in %s', async (requestIdUnit) => {
		// Each unit has its own token: the IDs of a coarser unit are always smaller than those of a finer one.
		setting.provider.account.token = `token-for-${requestIdUnit}`;
		const { error } = await setting.run(orderPerItem(), {
			items: orders(1, 2, 3),
			credentials: setting.credentials({ requestIdUnit }),
		});
		setting.provider.account.token = 'sandbox-token-90b413637637634d';
		expect(error).toBeUndefined();
		expect(applied()).toEqual({ '1': 1, '2': 1, '3': 1 });
		const digits = { seconds: 10, milliseconds: 13, microseconds: 16 }[requestIdUnit];
		expect(ids().map((id) => String(id).length)).toEqual(new Array(6).fill(digits));
	});

	it('that is refused as too small is taken anew and signed anew', async () => {
		const time = Date.now() + 10_000;
		const now = jest.spyOn(clock, 'now').mockReturnValue(time);
		await otherProgram(setting, time + 1);
		const { items, error } = await setting.run(orderPerItem({ checkFirst: false }), { items: orders(1) });
		now.mockRestore();
		expect(error).toBeUndefined();
		expect(items[0]?.json.outcome).toBe('applied');
		expect(ids()).toEqual([time + 1, time, time + 1, time + 2]);
		expect(applied()).toEqual({ '1': 1 });
	});

	it('is not taken anew for ever, and the message names the unit', async () => {
		await otherProgram(setting, Date.now() * 1000);
		const { error } = await setting.run(orderPerItem({ checkFirst: false }), { items: orders(1) });
		expect(error?.message).toContain(
			'OkiPays gave no clear answer to Order: Create `1`: request_id must be greater than the previous one, and whether it is there already is not known (request_id must be greater than the previous one (7)) (7). It may or may not have been carried out. [item 1]',
		);
		expect(error?.description).toContain('set the same Request ID Unit in the credential');
		expect(creates()).toHaveLength(7);
	});

	it('of a custom request is not: it has no reference', async () => {
		await otherProgram(setting, Date.now() * 1000);
		const { error } = await setting.run(
			{
				resource: 'customRequest',
				operation: 'send',
				paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
				method: 'POST',
				path: '/v1/order/get',
				query: {},
				body: '{"order_id":1}',
				options: {},
			},
			{ items: [{}] },
		);
		expect(error?.message).toContain('(7)');
		expect(setting.provider.requests).toHaveLength(2);
	});
});

describe('what a person reads', () => {
	it('names the reference, what may have happened and the way to find out', async () => {
		setting.sandbox.fault({ operation: 'createOrder', kind: 'timeout-before-applying', seconds: 5 });
		const { error } = await setting.run(orderPerItem(quick), { items: orders(1) });
		expect(error?.message).toContain(
			'OkiPays gave no clear answer to Order: Create `1`: no whole answer came in time. It may or may not have been carried out. [item 1]',
		);
		expect(error?.description).toContain('Use Order: Get with 1, or look in the OkiPays cabinet');
		expect(setting.waits).toEqual(expect.arrayContaining([1000, 2000, 4000]));
	});

	it('quotes a refusal with its next step', async () => {
		const { error } = await setting.run(
			{ ...orderPerItem(), payment_currency_iso: 'XXX' },
			{ items: orders(1) },
		);
		expect(error?.message).toContain(
			'OkiPays refused Order: Create `1`: Currency not available (-1). Nothing was changed by it. [item 1]',
		);
		expect(error?.description).toContain('Choose the payment currency from its list');
	});

	it('never shows the token, the secret or a signature', async () => {
		for (const kind of ['reset-before-reading', 'ok-but-wrong', 'unauthorized'] as const) {
			setting.sandbox.fault({ operation: 'createOrder', kind, body: 'refusal' });
			const { saved } = await setting.run(orderPerItem(quick), { items: orders(1) });
			expect(saved).not.toContain(setting.provider.account.token);
			expect(saved).not.toContain(setting.provider.account.secret);
			for (const { headers } of creates()) expect(saved).not.toContain(headers['x-auth-sign'] ?? 'none');
		}
	});
});

describe('Preview and approval', () => {
	it('covers everything but the request_id', async () => {
		const { items } = await setting.run(orderPerItem({ preview: true }), { items: orders(1) });
		expect(items[0]?.json).toMatchObject({
			outcome: 'not_sent',
			method: 'POST',
			url: `${setting.provider.url}/v1/order/create`,
			body: '{"order_id":1,"payment_currency_iso":"USD","price":15.50,"include_commission":1}',
		});
		expect(sentIn(setting)).toEqual([]);
		const approvalHash = String(items[0]?.json.approvalHash);
		const changed = [{ order: 1, price: '15.5' }];
		const refusedRun = await setting.run(orderPerItem({ approvalHash }), { items: changed });
		expect(refusedRun.error?.message).toContain('differs from the one that was approved');
		const { items: made } = await setting.run(orderPerItem({ approvalHash }), { items: orders(1) });
		expect(made[0]?.json.outcome).toBe('applied');
	});
});
