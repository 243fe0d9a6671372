import type { JsonRecord } from '../../sandbox/values.mts';
import { Client, closeAll, eventually, imageForm, start, type Answered } from './client.mts';

afterEach(closeAll);

const merchant = { 'X-GatePay-MerchantId': '10001' };
const manual = { autopilot: false };

async function quote(
	client: Client,
	type: string,
	amounts: JsonRecord = { side: 'FIAT', fiatAmount: '1000' },
) {
	const { data } = await client.call('createOtcQuote', {
		cryptoCurrency: 'USDT',
		fiatCurrency: 'USD',
		type,
		...amounts,
	});
	return String(data.quoteToken);
}

const amountsB = { currency: 'USDT', amount: '1088.42', fiatCurrency: 'USD', fiatAmount: '1000' };
const amountsA = { cryptoCurrency: 'USDT', cryptoAmount: '1088.42', fiatCurrency: 'USD', fiatAmount: '1000' };

async function depositB(client: Client, change: JsonRecord = {}, headers: Record<string, string> = merchant) {
	const quoteToken = await quote(client, 'BUY');
	const body = { quoteToken, bankId: 'ba_123456789', ...amountsB, ...change };
	return client.call('createOtcDeposit', body, { headers });
}

async function depositA(client: Client, clientOrderId: string): Promise<Answered> {
	const quoteToken = await quote(client, 'BUY');
	const body = { quoteToken, bankAccountId: 'ba_123456789', ...amountsA, type: 'BUY', clientOrderId };
	return client.call('createOtcDeposit', body);
}

async function withdraw(client: Client, clientOrderId: string, change: JsonRecord = {}): Promise<Answered> {
	const quoteToken = await quote(client, 'SELL');
	const body = {
		quoteToken,
		bankAccountId: 'ba_123456789',
		...amountsA,
		type: 'SELL',
		clientOrderId,
		...change,
	};
	return client.call('createOtcWithdrawal', body);
}

describe('OTC quotes', () => {
	it('computes exactly, from either side', async () => {
		const { client, sandbox } = await start();
		await quote(client, 'BUY');
		await quote(client, 'BUY', { side: 'CRYPTO', cryptoAmount: '333.333333' });
		expect(sandbox.gatePay.state.quotes).toMatchObject([
			{ cryptoAmount: '1088.42', fiatAmount: '1000' },
			{ cryptoAmount: '333.333333', fiatAmount: '306.25' },
		]);
	});

	it('wants the amount of its side', async () => {
		const { client } = await start();
		const body = { cryptoCurrency: 'USDT', fiatCurrency: 'USD', side: 'FIAT', type: 'BUY' };
		expect((await client.call('createOtcQuote', body)).body.errorMessage).toContain('fiatAmount');
	});

	it('can be used once', async () => {
		const { client } = await start();
		const quoteToken = await quote(client, 'BUY');
		expect((await depositB(client, { quoteToken })).code).toBe('0');
		expect((await depositB(client, { quoteToken })).code).toBe('400204');
	});

	it('expires after 60 seconds', async () => {
		const { client } = await start({ clock: () => Date.now(), ...manual });
		const quoteToken = await quote(client, 'BUY');
		const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
		expect((await depositB(client, { quoteToken })).code).toBe('400603');
		later.mockRestore();
	});

	it('binds type, currency and amounts', async () => {
		const { client } = await start();
		expect((await depositB(client, { amount: '1088.43' })).code).toBe('400621');
		expect((await depositB(client, { currency: 'USDC' })).code).toBe('400205');
		expect((await depositB(client, { quoteToken: await quote(client, 'SELL') })).code).toBe('400204');
		expect((await depositB(client, { quoteToken: 'qt_unknown' })).code).toBe('400202');
	});
});

describe('OTC deposits', () => {
	it('version B: pending, confirmed with a receipt, settled by the desk, announced', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		const created = await depositB(client);
		const orderId = String(created.data.orderId);
		expect(orderId).toMatch(/^\d{17,18}$/);
		expect(created.data).toMatchObject({ status: 'PENDING', paid: false, amount: '1088.42' });
		expect(created.data.card_info).toMatchObject({ transferRemark: created.data.transferRemark });

		await client.upload('confirmOtcDeposit', imageForm({ orderId }), merchant);
		await eventually(() => sandbox.gatePay.state.deposits[0]?.status === 'DONE');
		const detail = await client.call('getOtcDeposit', undefined, { query: { orderId }, headers: merchant });
		expect(detail.data).toMatchObject({ status: 'DONE', paid: true });
		expect(detail.data.paymentReceiptFileUrl).toContain('receipt.png');
		expect(sandbox.gatePay.state.balances.USDT).toBe('1001088.42');
		expect(sandbox.gatePay.deliveries.map(({ event }) => event)).toEqual(['OTC RECHARGE_SUCCESS']);
	});

	it('version A: has a client order id that must be new, and another shape', async () => {
		const { client, sandbox } = await start(manual);
		const created = await depositA(client, 'order-1');
		expect(created.data).toMatchObject({ clientOrderId: 'order-1', status: 'PENDING' });
		expect(created.data.gate_bank_info).toMatchObject({ transfer_remark: expect.stringContaining('GP') });
		expect((await depositA(client, 'order-1')).code).toBe('400201');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ 'order-1': 1 });
	});

	it('tells the versions apart, in lists too', async () => {
		const { client } = await start(manual);
		expect((await depositB(client, {}, {})).code).toBe('400001');
		expect((await depositB(client, {}, { 'X-GatePay-MerchantId': '10002' })).code).toBe('500008');
		await depositB(client);
		expect((await client.call('listOtcDeposits')).data.data).toHaveLength(1);
		const listB = (query: Record<string, string>) =>
			client.call('listOtcDeposits', undefined, { query, headers: merchant });
		expect((await listB({ page: '-1' })).code).toBe('400001');
		const range = { startTime: '0', endTime: '9999999999999' };
		expect((await listB({ ...range, page: '1' })).code).toBe('400001');
		expect((await listB({ ...range, page: '1', pageSize: '10' })).data.list).toHaveLength(1);
		expect((await listB({ ...range, status: 'DONE' })).data.list).toEqual([]);
	});

	it('knows version A orders by client order id in version B', async () => {
		const { client } = await start(manual);
		const { data } = await depositA(client, 'order-1');
		const query = { clientOrderId: 'order-1' };
		const found = await client.call('getOtcDeposit', undefined, { query, headers: merchant });
		expect(found.data.orderId).toBe(data.orderId);
		expect((await client.call('getOtcDeposit', undefined, { query })).code).toBe('400001');
	});

	it('can be cancelled until it is confirmed, and confirmed once', async () => {
		const { client } = await start(manual);
		const first = String((await depositB(client)).data.orderId);
		expect((await client.call('cancelOtcDeposit', { orderId: first })).data).toEqual({ success: true });
		expect((await client.upload('confirmOtcDeposit', imageForm({ orderId: first }))).code).toBe('400204');
		const second = String((await depositB(client)).data.orderId);
		expect((await client.upload('confirmOtcDeposit', imageForm({ orderId: second }))).code).toBe('0');
		expect((await client.upload('confirmOtcDeposit', imageForm({ orderId: second }))).code).toBe('400620');
		expect((await client.call('cancelOtcDeposit', { orderId: second })).code).toBe('400204');
	});

	it('can fail', async () => {
		const { client, sandbox } = await start(manual);
		const id = String((await depositB(client)).data.orderId);
		sandbox.gatePay.act('failDeposit', id);
		expect(sandbox.gatePay.state.deposits[0]?.status).toBe('ERROR');
		expect(sandbox.gatePay.deliveries[0]?.event).toBe('OTC RECHARGE_FAIL');
		expect(() => sandbox.gatePay.act('settleDeposit', id)).toThrow('ERROR');
	});

	it.each([
		['receipt.gif', 10, 'one of'],
		['receipt.png', 0, 'empty'],
		['receipt.png', 4 * 1024 * 1024 + 1, '4 MB'],
	])('refuses the receipt %s with %d bytes', async (name, size, reason) => {
		const { client } = await start(manual);
		const orderId = String((await depositB(client)).data.orderId);
		const answer = await client.upload('confirmOtcDeposit', imageForm({ orderId }, name, size));
		expect(answer.code).toBe('400001');
		expect(answer.body.errorMessage).toContain(reason);
	});
});

describe('OTC withdrawals', () => {
	it('debits at once, dispatches, settles, and announces both', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		const { data } = await withdraw(client, 'w-1');
		expect(data).toMatchObject({ status: 'PROCESSING', clientOrderId: 'w-1', type: 'SELL' });
		expect(sandbox.gatePay.state.balances.USDT).toBe('998911.58');
		await eventually(() => sandbox.gatePay.state.withdrawals[0]?.status === 'DONE');
		const detail = await client.call('getOtcWithdrawal', undefined, {
			query: { orderId: String(data.orderId) },
		});
		expect(detail.data).toMatchObject({ status: 'DONE', bankSlipInfo: expect.stringContaining('.pdf') });
		const events = sandbox.gatePay.deliveries.map(({ event }) => event);
		expect(events).toEqual(['OTC WITHDRAW_DISPATCHED', 'OTC WITHDRAW_SUCCESS']);
	});

	it('gives the crypto back by hand, some time after the bank has failed', async () => {
		const { client, sandbox } = await start(manual);
		const { data } = await withdraw(client, 'w-1');
		sandbox.gatePay.act('failWithdrawal', String(data.orderId));
		expect(sandbox.gatePay.state.balances.USDT).toBe('998911.58');
		sandbox.gatePay.act('returnWithdrawal', String(data.orderId));
		expect(sandbox.gatePay.state.balances.USDT).toBe('1000000');
		expect(sandbox.gatePay.state.withdrawals[0]?.errMsg).not.toBe('');
	});

	it('wants a new client order id, an approved account and enough balance', async () => {
		const { client, sandbox } = await start(manual);
		expect((await withdraw(client, 'w-1')).code).toBe('0');
		expect((await withdraw(client, 'w-1')).code).toBe('400201');
		for (const bankAccountId of ['ba_223456789', 'ba_323456789', 'ba_993456789']) {
			expect((await withdraw(client, 'w-2', { bankAccountId })).code).toBe('400204');
		}
		expect((await withdraw(client, 'w-2', { bankAccountId: 'ba_nobody' })).code).toBe('400202');
		sandbox.gatePay.state.balances.USDT = '1088.41';
		expect((await withdraw(client, 'w-2')).code).toBe('400605');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ 'w-1': 1 });
	});

	it('filters the list', async () => {
		const { client } = await start(manual);
		await withdraw(client, 'w-1');
		await withdraw(client, 'w-2');
		const found = await client.call('listOtcWithdrawals', { clientOrderId: 'w-2', page: 1, pageSize: 5 });
		expect(found.data).toMatchObject({ total: 1, data: [{ clientOrderId: 'w-2' }] });
		expect((await client.call('listOtcWithdrawals', { status: 'DONE' })).data.total).toBe(0);
	});
});

describe('OTC bank accounts', () => {
	const fields = {
		bankName: 'Bank',
		countryId: '826',
		address: '1 Street',
		iban: 'GB00',
		swift: 'BANKGB2L',
	};

	it('are approved when the name is the verified one', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		const name = sandbox.gatePay.account.verifiedName;
		const { data } = await client.upload(
			'createOtcBankAccount',
			imageForm({ bankAccountName: name, ...fields }),
		);
		expect(data.needSupplementMaterial).toBe(false);
		const account = () =>
			sandbox.gatePay.state.bankAccounts.find((each) => each.bankAccountId === data.bankAccountId);
		await eventually(() => account()?.status === 1);
		await client.call('deleteOtcBankAccount', { bankAccountId: data.bankAccountId });
		expect(account()).toBeUndefined();
	});

	it('need more papers when it is another, then review', async () => {
		const { client, sandbox } = await start(manual);
		const form = imageForm({ bankAccountName: 'Somebody Else', ...fields });
		const { data } = await client.upload('createOtcBankAccount', form);
		expect(data.needSupplementMaterial).toBe(true);
		const bankAccountId = String(data.bankAccountId);
		const papers = new FormData();
		papers.append('bankAccountId', bankAccountId);
		const paper = () => new Blob(['%PDF'], { type: 'application/pdf' });
		for (const list of ['certificate', 'passport', 'shareHolders'])
			papers.append(list, paper(), `${list}.pdf`);
		expect((await client.upload('supplementOtcBankMaterial', papers)).code).toBe('400001');
		for (const name of ['1.pdf', '2.pdf']) papers.append('shareHoldingStructure', paper(), name);
		expect((await client.upload('supplementOtcBankMaterial', papers)).body.data).toBe(true);
		sandbox.gatePay.act('rejectBankAccount', bankAccountId);
		expect(sandbox.gatePay.state.bankAccounts.at(-1)).toMatchObject({
			status: 99,
			memo: expect.stringMatching(/./),
		});
	});

	it('want the statement and every field', async () => {
		const { client } = await start();
		const form = new FormData();
		for (const [name, value] of Object.entries({ bankAccountName: 'X', ...fields })) form.append(name, value);
		expect((await client.upload('createOtcBankAccount', form)).code).toBe('400001');
		expect((await client.upload('createOtcBankAccount', imageForm(fields))).code).toBe('400001');
	});
});
