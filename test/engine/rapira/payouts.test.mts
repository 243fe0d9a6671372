import type { INodeParameters } from 'n8n-workflow';
import { RUNBOOK } from '../../../core/provider/pages.ts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { sentIn } from '../approval.mts';
import { openRapira, payoutPerItem, paidBy, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const CREATE = 'createCryptoWithdrawal';
const requests = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);
const sends = () => requests(CREATE).length;
const nonces = () => requests(CREATE).map(({ body }) => JSON.parse(body).nonce);
const applied = () => paidBy(setting.provider);
const quick = { timeout: 1 };

describe('a payout', () => {
	it('is made, with a record that says so', async () => {
		const { items, error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: 'TA1',
			provider: 'rapira',
			kind: 'payout',
			id: expect.stringMatching(/^\d{7}$/),
			status: 'created',
			final: false,
			providerStatus: '',
			amount: '100.5',
			currency: 'USDT',
			network: 'TRX',
			address: addressOf('TRX', 'TA1'),
		});
		expect(applied()).toEqual({ TA1: 1 });
		expect(setting.provider.books.total('USDT')).toBe('100.5');
	});

	it('sends one row of the token list and the nonce as a number', async () => {
		const before = Date.now();
		await setting.run(payoutPerItem({ memo: 'tag 7' }), { items: payouts('TA1') });
		const [sent] = requests(CREATE);
		const nonce = nonces()[0];
		expect(sent?.body).toBe(
			`{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"${addressOf('TRX', 'TA1')}","amount":"100.5","memo":"tag 7","nonce":${nonce}}`,
		);
		expect(nonce).toBeGreaterThanOrEqual(before);
		expect(sent?.headers['content-type']).toBe('application/json');
	});

	it('sends the nonce that the user set, as text', async () => {
		await setting.run(payoutPerItem({ nonce: '1767225600123' }), { items: payouts('TA1') });
		expect(nonces()).toEqual(['1767225600123']);
	});

	it('can be paid with another coin', async () => {
		const conversion = {
			conversionEnabled: true,
			convertFromCurrency: { __rl: true, mode: 'id', value: 'RUB' },
			enoughCoinPayment: false,
		};
		const { error } = await setting.run(payoutPerItem({ conversionDetails: { conversion } }), {
			items: payouts('TA1'),
		});
		expect(error).toBeUndefined();
		expect(JSON.parse(requests(CREATE)[0]?.body ?? '').conversionDetails).toEqual({
			...conversion,
			convertFromCurrency: 'RUB',
		});
	});

	it.each([['={{ { conversionEnabled: true } }}'], [{ conversions: { conversionEnabled: true } }], [{}]])(
		'is not sent without the conversion that was given as %j',
		async (conversionDetails) => {
			const parameters = payoutPerItem({ conversionDetails });
			const { error } = await setting.run(parameters, { items: payouts('TA1') });
			expect(error?.message).toMatch(/was added among the options and has nothing in it\. Nothing was sent/);
			expect(sends()).toBe(0);
		},
	);

	it('gives the exact answer as Raw', async () => {
		const { items } = await setting.run(payoutPerItem({ output: 'raw' }), { items: payouts('TA1') });
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: 'TA1',
			data: { withdrawRecordId: expect.any(Number) },
		});
	});

	it('has a nonce of its own per item, and with Allow Repeats two equal items are two payouts', async () => {
		await setting.run(payoutPerItem({ allowRepeats: true }), { items: payouts('TA1', 'TA1', 'TA2') });
		expect(applied()).toEqual({ TA1: 2, TA2: 1 });
		expect(new Set(nonces()).size).toBe(3);
	});
});

describe('as a tool of an AI agent', () => {
	it.each([true, 'byEngine' as const])('pays once when the model repeats its call (%p)', async (asTool) => {
		const parameters = payoutPerItem({ allowAgents: true });
		await setting.run(parameters, { items: payouts('TA1'), asTool, calls: 3 });
		expect(applied()).toEqual({ TA1: 1 });
		expect(sends()).toBe(1);
	});

	it.each([true, 'byEngine' as const])(
		'pays once when it writes the amount otherwise (%p)',
		async (asTool) => {
			const parameters = {
				...payoutPerItem({ allowAgents: true }),
				amount: "={{ ['100.5', '100.50', '100.500'][$runIndex] ?? '100.5' }}",
			};
			await setting.run(parameters, { items: payouts('TA1'), asTool, calls: 3 });
			expect(applied()).toEqual({ TA1: 1 });
		},
	);

	it.each([
		['an expression in the switch', { allowAgents: '={{ true }}' }],
		['a switch that the model fills in', { allowAgents: "={{ $fromAI('allow', '', 'boolean') }}" }],
		['options made by an expression', '={{ { allowAgents: true } }}'],
	])('does not pay with %s', async (_what, options) => {
		const parameters = { ...payoutPerItem(), options } as INodeParameters;
		const { error } = await setting.run(parameters, { items: payouts('TA1'), asTool: 'byEngine' });
		expect(error?.message).toMatch(/An AI agent asked to move money, and this node does not allow it/);
		expect(sends()).toBe(0);
	});
});

describe('Retry On Fail', () => {
	it.each(['timeout-after-applying', 'timeout-before-applying', 'reset-after-applying', 'half-a-body'])(
		'does not pay again after %s of the second of three payouts, and does not go on',
		async (kind) => {
			setting.sandbox.fault({ operation: CREATE, kind: kind as never, nth: 2, seconds: 5 });
			const { error } = await setting.run(payoutPerItem(quick), {
				items: payouts('TA1', 'TA2', 'TA3'),
				settings: { retryOnFail: true, maxTries: 3 },
			});
			expect(error?.message).toContain('Money may or may not have moved. [item 2]');
			expect(applied().TA1).toBe(1);
			expect(applied().TA2 ?? 0).toBeLessThanOrEqual(1);
			expect(applied()).not.toHaveProperty('TA3');
			expect(sends()).toBe(2);
		},
	);

	it('pays the others once when the unknown one goes on', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-after-applying', nth: 2 });
		const { items, error } = await setting.run(payoutPerItem({ whenUnknown: 'continue', ...quick }), {
			items: payouts('TA1', 'TA2', 'TA3'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual(['applied', 'unknown', 'applied']);
		expect(applied()).toEqual({ TA1: 1, TA2: 1, TA3: 1 });
	});

	it('sends what was refused again with the same nonce', async () => {
		setting.provider.state.balances.USDT = '10';
		const { error } = await setting.run(payoutPerItem(), {
			items: payouts('TA1'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error?.message).toContain(
			'Rapira refused Payout: Create `TA1`: Balance too low: 10 USDT available, 100.5 wanted (400). No money was moved by it. [item 1]',
		);
		expect(sends()).toBe(3);
		expect(new Set(nonces()).size).toBe(1);
	});

	it.each(['retryOnFail', 'retry'])(
		'nobody is paid twice where a value is another one at each try (%s)',
		async (how) => {
			const changing = payoutPerItem({ memo: "={{ 'try ' + String(Math.random()) }}" });
			const items = payouts('TA1', 'TA2');
			setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading', nth: 2 });
			const settings = how === 'retry' ? {} : { retryOnFail: true, maxTries: 3 };
			const first = await setting.run(changing, { items, settings });
			const last = how === 'retry' ? await setting.retry(first, changing, { items }) : first;
			expect(last.error?.message).toMatch(
				/this item was sent with other values before\. Money may have moved then\./,
			);
			expect(setting.provider.books.entries).toHaveLength(1);
		},
	);

	it("keeps the nonce in the editor's Retry, and gives another item another one", async () => {
		setting.provider.state.balances.USDT = '10';
		const first = await setting.run(payoutPerItem(), { items: payouts('TA1', 'TA2') });
		setting.provider.state.balances.USDT = '1000';
		const again = await setting.retry(first, payoutPerItem(), { items: payouts('TA1', 'TA2') });
		expect(again.error).toBeUndefined();
		const [refused, paid, other] = nonces();
		expect(paid).toBe(refused);
		expect(other).not.toBe(refused);
		expect(applied()).toEqual({ TA1: 1, TA2: 1 });
	});
});

describe('every fault ends in one of three outcomes, and none pays twice', () => {
	it.each<[string, object, string, number | undefined]>([
		['dns', {}, 'rejected', undefined],
		['connection-refused', {}, 'rejected', undefined],
		['tls-handshake', {}, 'unknown', undefined],
		['reset-before-reading', {}, 'unknown', undefined],
		['reset-after-applying', {}, 'unknown', 1],
		['timeout-before-applying', { seconds: 5 }, 'unknown', undefined],
		['timeout-after-applying', { seconds: 5 }, 'unknown', 1],
		['half-a-body', {}, 'unknown', 1],
		['slow-drip', { seconds: 0.2 }, 'unknown', 1],
		['unauthorized', { status: 401 }, 'unknown', undefined],
		['unauthorized', { status: 401, applied: true }, 'unknown', 1],
		['unauthorized', { status: 403 }, 'unknown', undefined],
		['redirect', { status: 302 }, 'unknown', undefined],
		['redirect', { status: 307 }, 'unknown', undefined],
		['too-many-requests', { status: 429, retryAfter: 1 }, 'unknown', undefined],
		['too-many-requests', { status: 429, retryAfter: null }, 'unknown', undefined],
		['bad-gateway', { status: 502 }, 'unknown', undefined],
		['bad-gateway', { status: 502, applied: true }, 'unknown', 1],
		['ok-but-wrong', { body: 'html' }, 'unknown', undefined],
		['ok-but-wrong', { body: 'html', applied: true }, 'unknown', 1],
		['ok-but-wrong', { body: 'refusal' }, 'rejected', undefined],
	])('%s %j', async (kind, details, outcome, count) => {
		setting.sandbox.fault({ operation: CREATE, kind: kind as never, ...details });
		const { items, error } = await setting.run(payoutPerItem({ whenUnknown: 'continue', ...quick }), {
			items: payouts('TA1'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ outcome, reference: 'TA1' });
		expect(items[0]?.json).not.toHaveProperty('error');
		expect(applied().TA1).toBe(count);
		expect(sends()).toBeLessThanOrEqual(1);
	});
});

describe('what a person reads', () => {
	it('says how to find out when the outcome is unknown, and with what it was sent', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-after-applying' });
		const { error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error?.message).toContain(
			'Rapira gave no clear answer to Payout: Create `TA1`: the connection was cut. Money may or may not have moved. [item 1]',
		);
		expect(error?.description).toBe(
			'Do not send it again before you know. Use Payout: Get Many and look for the same address, coin and amount (the newest stand first), or look in your Rapira account. ' +
				'If it was paid, add `TA1` to the option Checked and Paid. Only if it was not paid, add `TA1` to the option Checked and Not Paid. Then run the node again. ' +
				`It was sent with Nonce ${nonces()[0]}; if you decide to send it again, set the same Nonce in its options. ` +
				`Payout: Get Many shows what could be this payment: ${setting.provider.state.withdrawals.at(-1)?.id}. Only a person can say whether it is. What to press: ${RUNBOOK}`,
		);
	});

	it('explains a blocked region', async () => {
		setting.provider.act('blockRegion', 'account');
		const { error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error?.message).toContain('the region or the IP address of this machine is blocked (HTTP 451)');
		expect(error?.description).toContain('Sending it again does not help');
		expect(applied()).toEqual({});
	});

	it('names the access level when the key may not withdraw', async () => {
		setting.provider.act('toggleWithdraw', 'account');
		const { error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error?.message).toContain('The key has no right to withdraw (403). No money was moved by it.');
		expect(error?.description).toContain('access level');
	});
});

describe('Preview and approval', () => {
	const hash = async (item = payouts('TA1')) => {
		const { items } = await setting.run(payoutPerItem({ preview: true }), { items: item });
		return items[0]?.json ?? {};
	};

	it('shows what would be sent without the nonce, and sends nothing', async () => {
		expect(await hash()).toMatchObject({
			outcome: 'not_sent',
			body: `{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"${addressOf('TRX', 'TA1')}","amount":"100.5"}`,
			approvalHash: expect.stringMatching(/^1-recipient-100\.5-USDT-[0-9a-f]{64}$/),
		});
		expect(sentIn(setting)).toEqual([]);
	});

	it('keeps back a coin of one limit whose code can mean the coin of another', async () => {
		const token = { __rl: true, mode: 'id', value: 'USD:TRX:USDTTRC20' };
		for (const name of ['mostPerPayment', 'mostPerRun']) {
			const { error } = await setting.run(
				{ ...payoutPerItem(), token },
				{
					items: payouts('TA1'),
					credentials: setting.credentials({ [name]: 'USDT 10, USD 5000' }),
				},
			);
			expect(error?.message).toContain(
				'the request names USD in one member, and USDT can be meant in another',
			);
		}
		expect(sentIn(setting)).toEqual([]);
	});

	it("says what is left by Rapira's list of balances", async () => {
		setting.provider.state.balances.USDT = '100.25';
		expect(await hash()).toMatchObject({
			balances: { USDT: '100.25' },
			shortBy: { USDT: '0.25' },
			summary: '1 recipient, 100.5 USDT: short by 0.25 USDT',
		});
	});

	it('says what n8n remembers, because Rapira cannot be asked by a reference', async () => {
		expect(await hash()).toMatchObject({ sentBefore: 'no', toSend: 1 });
		await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(await hash()).toMatchObject({ sentBefore: 'yes', alreadySent: 1, toSend: 0 });
		const other = [{ ...payouts('TA2')[0], reference: 'TA1' }];
		expect(await hash(other)).toMatchObject({ sentBefore: 'other', toLookAt: 1, toSend: 0 });
	});

	it('does not count as open what an earlier execution has sent without an answer', async () => {
		setting.sandbox.fault({ operation: 'createCryptoWithdrawal', kind: 'reset-after-applying' });
		await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(await hash()).toMatchObject({ sentBefore: 'unknown', toSend: 0, toLookAt: 1 });
	});

	it('pays what was approved, and nothing else', async () => {
		const approvalHash = String((await hash()).approvalHash);
		const other = await setting.run(payoutPerItem({ approvalHash }), { items: payouts('TA2') });
		expect(other.error?.message).toContain('differs from the one that was approved');
		const { items } = await setting.run(payoutPerItem({ approvalHash }), { items: payouts('TA1') });
		expect(items[0]?.json.outcome).toBe('applied');
		expect(applied()).toEqual({ TA1: 1 });
	});
});

describe('as a tool of an AI agent', () => {
	it('money does not move unless it is allowed', async () => {
		const denied = await setting.run(payoutPerItem(), { items: payouts('TA1'), asTool: true });
		expect(`${denied.error?.message} ${JSON.stringify(denied.items)}`).toContain(
			'An AI agent asked to move money',
		);
		expect(applied()).toEqual({});
		await setting.run(payoutPerItem({ allowAgents: true }), { items: payouts('TA1'), asTool: true });
		expect(applied()).toEqual({ TA1: 1 });
	});
});
