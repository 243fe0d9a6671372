import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch').length;
const applied = () => setting.provider.books.appliedPerReference();
const quick = { timeout: 1 };

describe('a payout', () => {
	it('is made, with a record that says so', async () => {
		const { items, error } = await setting.run(payoutPerItem(), { items: payouts('p_1') });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'p_1',
			provider: 'gatePay',
			kind: 'payout',
			status: 'created',
			final: false,
			amount: '10.5',
			currency: 'USDT',
			network: 'TRX',
		});
		expect(applied()).toEqual({ p_1: 1 });
		expect(setting.provider.books.total('USDT')).toBe('10.5');
	});

	it('gives the exact answer as Raw', async () => {
		const { items } = await setting.run(payoutPerItem({ output: 'raw' }), { items: payouts('p_1') });
		expect(items[0]?.json).toEqual({ outcome: 'applied', reference: 'p_1', data: { batch_id: 'p_1' } });
	});
});

describe('Retry On Fail with a time-out after the second of three payouts was applied', () => {
	it.each([true, false])('pays each reference once (Check First %p)', async (checkFirst) => {
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		const { items, error } = await setting.run(payoutPerItem({ checkFirst, ...quick }), {
			items: payouts('p_1', 'p_2', 'p_3'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.reference, json.outcome])).toEqual([
			['p_1', 'applied'],
			['p_2', 'applied'],
			['p_3', 'applied'],
		]);
		expect(applied()).toEqual({ p_1: 1, p_2: 1, p_3: 1 });
		expect(sends()).toBe(3);
	});

	it.each([true, false])('also when no lookup is answered at first (Check First %p)', async (checkFirst) => {
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		const lookups = checkFirst ? 2 : 0;
		// No lookup after the time-out gets an answer, in all its tries.
		setting.sandbox.fault({
			operation: 'queryPayoutBatch',
			kind: 'bad-gateway',
			status: 503,
			nth: lookups + 1,
			times: 12,
		});
		const { error } = await setting.run(payoutPerItem({ checkFirst, ...quick }), {
			items: payouts('p_1', 'p_2', 'p_3'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(applied()).toEqual({ p_1: 1, p_2: 1, p_3: 1 });
		expect(sends()).toBe(3);
	});
});

describe('every fault ends in one of three outcomes, and none pays twice', () => {
	const never = { p_1: undefined };
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
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: kind as never, ...details });
		const { items, error } = await setting.run(payoutPerItem({ whenUnknown: 'continue', ...quick }), {
			items: payouts('p_1'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ outcome, reference: 'p_1' });
		expect(items[0]?.json).not.toHaveProperty('error');
		expect(applied().p_1).toBe(count ?? never.p_1);
		expect(sends()).toBeLessThanOrEqual(1);
	});
});

describe('what a person reads', () => {
	it('names the reference, what may have happened and the way to find out when the outcome is unknown', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'timeout-before-applying', seconds: 5 });
		const { error } = await setting.run(payoutPerItem(quick), { items: payouts('p_1', 'p_2') });
		expect(error?.message).toContain(
			'Gate Pay gave no clear answer to Payout: Create `p_1`: no whole answer came in time. Money may or may not have moved. [item 1]',
		);
		expect(error?.description).toContain(
			'Do not send it again under another reference. Use Payout: Get with p_1',
		);
		expect(setting.waits).toEqual([1000, 2000, 4000]);
		expect(sends()).toBe(1);
	});

	it('names what was already applied when a later item stops the run', async () => {
		setting.provider.state.balances.USDT = '20';
		const { error } = await setting.run(payoutPerItem(), { items: payouts('p_1', 'p_2') });
		expect(error?.message).toMatch(
			/^Gate Pay refused Payout: Create `p_2`: .*\(550233\)\. No money was moved by it\. \[item 2\]/,
		);
		expect(error?.description).toContain('Top up the payment account');
		expect(error?.description).toContain('Already applied in this run: p_1');
	});

	it('never shows the secret or a signature', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading' });
		const { saved } = await setting.run(payoutPerItem(quick), { items: payouts('p_1') });
		expect(saved).not.toContain(setting.provider.account.paymentSecret);
		expect(saved).not.toMatch(/[0-9a-f]{128}/);
	});
});

describe('the same reference', () => {
	it("is not paid again by the editor's Retry", async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 });
		const first = await setting.run(payoutPerItem(quick), { items: payouts('p_1', 'p_2') });
		expect(first.error).toBeDefined();
		const again = await setting.retry(first, payoutPerItem(quick), { items: payouts('p_1', 'p_2') });
		// Nobody knows whether it arrived. So the node looks it up and does not send it, and a person decides.
		expect(again.error?.message).toContain('p_2');
		expect(applied()).toEqual({ p_1: 1 });
		expect(sends()).toBe(2);
	});

	it('is paid once by two executions', async () => {
		await setting.run(payoutPerItem(), { items: payouts('p_1') });
		const { items } = await setting.run(payoutPerItem(), { items: payouts('p_1') });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true, reference: 'p_1' });
		expect(applied()).toEqual({ p_1: 1 });
		expect(sends()).toBe(1);
	});

	it('is paid once by two executions without Check First, because Gate Pay refuses the second', async () => {
		await setting.run(payoutPerItem(), { items: payouts('p_1') });
		const { items } = await setting.run(payoutPerItem({ checkFirst: false }), { items: payouts('p_1') });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true });
		expect(applied()).toEqual({ p_1: 1 });
	});

	it.each([true, false])('with another amount is refused (Check First %p)', async (checkFirst) => {
		await setting.run(payoutPerItem(), { items: payouts('p_1') });
		const { error } = await setting.run(payoutPerItem({ checkFirst }), {
			items: [{ batch: 'p_1', amount: '99' }],
		});
		expect(error?.message).toContain('already used at the provider');
		expect(error?.message).toContain('amount is 99 here and 10.5 there');
		expect(applied()).toEqual({ p_1: 1 });
	});

	it('for two different items of one run is refused before anything is sent', async () => {
		const items = [...payouts('p_1'), { batch: 'p_1', amount: '11' }];
		const { error } = await setting.run(payoutPerItem(), { items });
		expect(error?.message).toBe(
			'Two items use the reference `p_1` for different requests. Nothing was sent. [item 2]',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('for two equal items of one run has one answer: what was refused as the first is not sent as the second', async () => {
		for (const kind of ['dns', 'ok-but-wrong'] as const) {
			setting.sandbox.fault({ operation: 'createPayoutBatch', kind, body: 'refusal' });
			const { items } = await setting.run(payoutPerItem(), {
				items: payouts('p_1', 'p_1'),
				settings: { onError: 'continueRegularOutput' },
			});
			// A flow pays a rejected item elsewhere. If the node sent the second one too, it would be paid twice.
			expect(items.map(({ json }) => json.outcome)).toEqual(['rejected', 'rejected']);
			expect(applied()).toEqual({});
		}
		expect(sends()).toBe(1);
	});

	it('for two equal items of one run is paid once', async () => {
		const { items } = await setting.run(payoutPerItem(), { items: payouts('p_1', 'p_1') });
		expect(items.map(({ json }) => json.replayed ?? false)).toEqual([false, true]);
		expect(applied()).toEqual({ p_1: 1 });
	});
});

describe('signing anew', () => {
	it('sends again what was refused for its age alone', async () => {
		const now = jest.spyOn((await import('../../../core/clock.ts')).clock, 'now');
		// The clock of this machine is late until the first request has come.
		now.mockImplementation(() => Date.now() - (sends() === 0 ? 60_000 : 0));
		const { items } = await setting.run(payoutPerItem({ checkFirst: false }), { items: payouts('p_1') });
		now.mockRestore();
		expect(items[0]?.json.outcome).toBe('applied');
		expect(applied()).toEqual({ p_1: 1 });
		expect(sends()).toBe(2);
	});
});
