import { openPayPlay, row, withdrawalPerItem, withdrawals, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const quick = { timeout: 1 };
const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createWithdrawal').length;
const applied = () => setting.provider.books.appliedPerReference();

describe('a withdrawal', () => {
	it('goes to the company, and its record has the ticker and the id to follow', async () => {
		const { items } = await setting.run(withdrawalPerItem(), { items: withdrawals('w-1') });
		const record = items[0]?.json ?? {};
		expect(record).toMatchObject({
			outcome: 'applied',
			reference: 'w-1',
			provider: 'payPlay',
			kind: 'withdrawal',
			status: 'processing',
			final: false,
			providerStatus: 'PENDING_WITHDRAWAL',
			amount: '10.5',
			currency: 'USDT',
			network: 'TRC20',
			fee: '1',
			address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			createdAtLocal: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
		});
		expect(record).not.toHaveProperty('createdAt');
		expect(setting.provider.requests[0]).toMatchObject({
			path: '/private-api/sandbox-company/withdrawal',
			body: '{"amount":"10.5","currency":"USDT","wallet":"TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G","network":"TRC20","external_id":"w-1"}',
		});

		const get = row('transaction', 'get', { transactionId: String(record.id) });
		const before = await setting.run(get, { items: [{}] });
		expect(before.items[0]?.json).toMatchObject({
			kind: 'transaction',
			status: 'processing',
			currency: 'USDT',
		});
		setting.provider.act('completeTransaction', String(record.id));
		const { items: after } = await setting.run(get, { items: [{}] });
		expect(after[0]?.json).toMatchObject({ status: 'succeeded', final: true, txHash: expect.any(String) });
	});

	it('gives the exact answer as Raw', async () => {
		const { items } = await setting.run(withdrawalPerItem({ output: 'raw' }), { items: withdrawals('w-1') });
		expect(items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'w-1',
			data: { request_id: expect.any(String), transactions: [{ currency: { ticker: 'USDT' } }] },
		});
	});

	it('goes to another company when the operation says so', async () => {
		const { error } = await setting.run(withdrawalPerItem({ slug: 'other-company' }), {
			items: withdrawals('w-1'),
		});
		expect(error?.message).toContain(
			'PayPlay refused Withdrawal: Create `w-1`: Not Found (404). No money was moved by it. [item 1]',
		);
		expect(error?.description).toContain('Check the Company Slug');
		expect(setting.provider.requests[0]?.path).toBe('/private-api/other-company/withdrawal');
	});

	it('carries comment and memo, and nothing that was left empty', async () => {
		const parameters = {
			...withdrawalPerItem({ comment: 'оплата', memo: 'm-1' }),
			external_id: '',
			paymentReference: 'w-1',
		};
		const { items } = await setting.run(parameters, { items: withdrawals('') });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'w-1' });
		expect(JSON.parse(setting.provider.requests[0]?.body ?? '')).toEqual({
			amount: '10.5',
			currency: 'USDT',
			wallet: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			network: 'TRC20',
			memo: 'm-1',
			comment: 'оплата',
		});
	});
});

describe('Retry On Fail with a time-out after the second of three was applied', () => {
	it('pays each reference once and says that the second is not known', async () => {
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'createWithdrawal',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		const items = withdrawals('w-1', 'w-2', 'w-3');
		const first = await setting.run(withdrawalPerItem(quick), {
			items,
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(first.error?.message).toContain(
			'PayPlay gave no clear answer to Withdrawal: Create `w-2`: no whole answer came in time. Money may or may not have moved. [item 2]',
		);
		expect(first.error?.description).toMatch(
			/^Do not send it again before you know\. Look in the PayPlay CRM .* or wait for its webhook\. .* add `w-2` to the option Checked and Not Paid\. .* Already applied in this run: w-1 \([\w-]+\); a retry of this execution does not repeat them\. Not sent: item 3\.$/,
		);
		expect(applied()).toEqual({ 'w-1': 1, 'w-2': 1 });
		expect(sends()).toBe(2);
		expect(setting.waits).toEqual([]);
	});

	it('pays the others when the unknown one goes on', async () => {
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'createWithdrawal',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		const { items } = await setting.run(withdrawalPerItem({ whenUnknown: 'continue', ...quick }), {
			items: withdrawals('w-1', 'w-2', 'w-3'),
		});
		expect(items.map(({ json }) => [json.reference, json.outcome])).toEqual([
			['w-1', 'applied'],
			['w-2', 'unknown'],
			['w-3', 'applied'],
		]);
		expect(items[1]?.json.nextStep).toContain('or wait for its webhook');
		expect(applied()).toEqual({ 'w-1': 1, 'w-2': 1, 'w-3': 1 });
	});
});

describe('what PayPlay refuses', () => {
	it('is told in its words, with the field, and nothing was applied', async () => {
		const { error } = await setting.run(withdrawalPerItem(), { items: [{ reference: 'w-1', amount: '1' }] });
		expect(error?.message).toContain(
			'PayPlay refused Withdrawal: Create `w-1`: The given data was invalid; amount: Мінімальна сума: 5 (422). No money was moved by it. [item 1]',
		);
		expect(applied()).toEqual({});
	});

	it('may be sent again in the same execution, because nothing was applied', async () => {
		const items = withdrawals('w-1');
		setting.provider.state.balances.USDT = '1';
		const first = await setting.run(withdrawalPerItem(), { items });
		expect(first.error?.message).toContain('Insufficient funds');
		setting.provider.state.balances.USDT = '100';
		const again = await setting.retry(first, withdrawalPerItem(), { items });
		expect(again.items[0]?.json.outcome).toBe('applied');
	});

	it('names the token when it is wrong, and never shows one', async () => {
		const { error, saved } = await setting.run(withdrawalPerItem(), {
			items: withdrawals('w-1'),
			credentials: setting.credentials({ apiToken: 'wrong-token-12345' }),
		});
		// A gateway says 401 too, so it proves nothing; the hint is there all the same.
		expect(error?.message).toContain(
			'it answered 401 Unauthenticated: Check the Private API Token in the credential',
		);
		expect(saved).not.toContain('wrong-token-12345');
		expect(sends()).toBe(1);
	});
});

describe('the same External ID', () => {
	it('is sent once for two equal items, and not at all for two that differ', async () => {
		const { items } = await setting.run(withdrawalPerItem(), { items: withdrawals('w-1', 'w-1') });
		expect(items.map(({ json }) => json.replayed ?? false)).toEqual([false, true]);
		expect(applied()).toEqual({ 'w-1': 1 });
		const { error } = await setting.run(withdrawalPerItem(), {
			items: [...withdrawals('w-2'), { reference: 'w-2', amount: '11' }],
		});
		expect(error?.message).toContain(
			'Two items use the reference `w-2` for different requests. Nothing was sent.',
		);
		expect(applied()).toEqual({ 'w-1': 1 });
	});

	it('is not paid by a second execution, although PayPlay cannot be asked: n8n remembers it', async () => {
		await setting.run(withdrawalPerItem(), { items: withdrawals('w-1') });
		await setting.run(withdrawalPerItem(), { items: withdrawals('w-1') });
		expect(applied()).toEqual({ 'w-1': 1 });
	});
});
