import { operations } from '../../sandbox/payPlay/operations.mts';
import { SECOND_PAGE } from '../../sandbox/payPlay/account.mts';
import { eventually } from './client.mts';
import { closeAllPayPlay, contract, order, record, startPayPlay, withdrawal } from './payPlayClient.mts';

afterEach(closeAllPayPlay);

const crypto = { amount: '100', currency: 'USDT', external_order_id: 'INV-1' };

describe('who may call PayPlay', () => {
	it.each([
		['no token', {}, false],
		['another token', { Authorization: 'Bearer sandbox-private-api-token-0002' }, undefined],
		['a longer token', { Authorization: 'Bearer sandbox-private-api-token-00011' }, undefined],
		['another scheme', { Authorization: 'Basic sandbox-private-api-token-0001' }, undefined],
		['the token alone', { Authorization: 'sandbox-private-api-token-0001' }, undefined],
	] as const)('refuses %s', async (_case, headers, token) => {
		const { call, payPlay } = await startPayPlay();
		const { status, body } = await call('createWithdrawal', {
			body: withdrawal(),
			headers,
			...(token === false && { token }),
		});
		expect([status, body]).toEqual([401, { message: 'Unauthenticated.' }]);
		expect(payPlay.requests[0]?.verdict).toMatchObject({ kind: 'refused', code: '401' });
		expect(payPlay.books.entries).toEqual([]);
	});

	it('takes calls outside /private-api without a token, but not with a wrong one', async () => {
		const { call } = await startPayPlay();
		expect((await call('getUsdtUsdRate', { token: false })).status).toBe(200);
		expect((await call('getUsdtUsdRate', { headers: { Authorization: 'Bearer x' } })).status).toBe(401);
	});

	it('keeps the two slugs apart', async () => {
		const { call, payPlay } = await startPayPlay();
		const { companySlug, paymentPageSlug } = payPlay.account;
		const wrong = await call('createWithdrawal', { path: { slug: paymentPageSlug }, body: withdrawal() });
		expect(wrong.status).toBe(404);
		expect((await call('listOrders', { path: { slug: companySlug } })).body).toEqual({
			message: 'Page not found',
		});
		expect((await call('listOrders', { path: { slug: SECOND_PAGE } })).status).toBe(200);
	});
});

describe('what the contract allows', () => {
	it('serves every operation that is documented, and those that only read', () => {
		const left = contract.operations.filter((name) => !(name in operations));
		expect(left.sort()).toEqual(['confirmConvertWithdrawal', 'createMassPayout', 'refreshConvertWithdrawal']);
	});

	it.each([
		['an unknown field', { ...withdrawal(), note: 'x' }, 'note'],
		['a missing field', withdrawal({ wallet: undefined }), 'wallet'],
		['a number where text is wanted', withdrawal({ amount: 100 }), 'amount'],
	])('refuses %s with 422 and its name', async (_case, body, field) => {
		const { call, payPlay } = await startPayPlay();
		const answer = await call('createWithdrawal', { body });
		expect(answer.status).toBe(422);
		expect(Object.keys(record(answer.body.errors))).toContain(field);
		expect(payPlay.books.entries).toEqual([]);
	});

	it('refuses an External Order ID with other characters, and an unknown filter', async () => {
		const { call } = await startPayPlay();
		const spaced = await call('createCryptoOrder', { body: { ...crypto, external_order_id: 'a b' } });
		expect(Object.keys(record(spaced.body.errors))).toEqual(['external_order_id']);
		expect((await call('listOrders', { query: { status: 'OPEN' } })).status).toBe(422);
	});

	it('refuses another content type and a body where none is documented', async () => {
		const { call } = await startPayPlay();
		const headers = { 'Content-Type': 'text/plain' };
		expect((await call('createWithdrawal', { body: withdrawal(), headers })).status).toBe(415);
		const { body } = await call('createCryptoOrder', { body: crypto });
		const path = { orderId: String(order(body).id) };
		expect((await call('completeCryptoOrder', { path, body: {} })).status).toBe(422);
	});

	it('gives the documented shape on every call that only reads', async () => {
		const { call, payPlay } = await startPayPlay();
		await call('createCryptoOrder', { body: crypto });
		const [made] = payPlay.state.orders;
		const [balance] = (await call('listBalances')).body.balances as { id: string }[];
		const reads = [
			['listOrders', {}],
			['listCryptoOrders', {}],
			['getOrder', { orderId: made?.id }],
			['getCryptoOrder', { orderId: made?.id }],
			['listOrderStatuses', {}],
			['listCryptoOrderCurrencies', {}],
			['listCryptoTopupCurrencies', {}],
			['listStaticWalletCurrencies', {}],
			['getWithdrawalFees', {}],
			['listTransactions', {}],
			['listConvertWithdrawalCurrencies', {}],
			['getBalance', { balanceId: balance?.id }],
			['getExchangeRate', { currencyTicker: 'NGN' }],
			['getUsdtUsdRate', {}],
		] as const;
		for (const [operation, path] of reads) {
			const { status } = await call(operation, { path: path as Record<string, string> });
			expect([operation, status]).toEqual([operation, 200]);
		}
	});

	it('answers as PHP writes JSON', async () => {
		const { call } = await startPayPlay();
		const { text } = await call('createCryptoOrder', { body: crypto });
		expect(text).toContain('https:\\/\\/merchant.pay.payplay.io\\/crypto-orders\\/');
		const refused = await call('createCryptoOrder', { body: { ...crypto, amount: '1' } });
		expect(refused.text).toMatch(/"amount":\["\\u041c/);
	});
});

describe('orders', () => {
	it('go from the form to the money, with a received total net of the fee', async () => {
		const { call, payPlay } = await startPayPlay();
		const { body } = await call('createCryptoOrder', { body: crypto });
		expect(order(body)).toMatchObject({
			status: 'INIT',
			value: '100',
			expected_amount: null,
			received_total: '0',
		});
		const path = { orderId: String(order(body).id) };
		payPlay.act('chooseCoin', path.orderId);
		payPlay.act('payPart', path.orderId);
		expect(order((await call('getOrder', { path })).body).status).toBe('PARTIALLY_FULFILLED');
		payPlay.act('payOrder', path.orderId);
		const paid = order((await call('getCryptoOrder', { path })).body);
		expect(paid).toMatchObject({ status: 'COMPLETE', expected_amount: '100', received_total: '99' });
		expect(payPlay.state.balances.USDT).toBe('1000099');
		expect(payPlay.deliveries.map(({ event }) => event)).toEqual([
			'transaction::complete',
			'order::partially_fulfilled',
			'transaction::complete',
			'order::final_amount_was_received',
			'order::completed',
		]);
	});

	it('may be completed after they were declined', async () => {
		const { call, payPlay } = await startPayPlay();
		const { body } = await call('createCryptoOrder', { body: crypto });
		const id = String(order(body).id);
		payPlay.act('chooseCoin', id);
		payPlay.act('declineOrder', id);
		payPlay.act('payOrder', id);
		expect(payPlay.state.orders[0]?.status).toBe('COMPLETE');
		expect(() => payPlay.act('cancelOrder', id)).toThrow('invalid');
		expect(() => payPlay.act('burn', id)).toThrow('no action');
	});

	it('are made twice by a repeated External Order ID', async () => {
		const { call, payPlay } = await startPayPlay();
		await call('createCryptoOrder', { body: crypto });
		await call('createCryptoOrder', { body: crypto });
		expect(payPlay.books.appliedPerReference()).toEqual({ 'INV-1': 2 });
	});

	it('are listed by page, status, time and External Order ID', async () => {
		const { call, payPlay } = await startPayPlay();
		for (const n of [1, 2, 3]) {
			await call('createCryptoOrder', { body: { ...crypto, external_order_id: `INV-${n}` } });
		}
		await call('createCryptoTopup', { body: {} });
		payPlay.act('payOrder', String(payPlay.state.orders[1]?.id));
		const total = async (query: Record<string, string>, operation = 'listOrders') =>
			record((await call(operation, { query })).body.meta).total;
		expect(await total({})).toBe(4);
		expect(await total({}, 'listCryptoOrders')).toBe(3);
		expect(await total({ external_order_id: 'INV-2' })).toBe(1);
		expect(await total({ order_status_id: 'ab306dbd-b837-413a-add5-3bd76542c1c4' })).toBe(1);
		expect(await total({ date_from: '2999-01-01 00:00:00' })).toBe(0);
		expect(await total({ date_to: '2999-01-01 00:00:00' })).toBe(4);
		expect(await total({ completed_at_from: '2000-01-01 00:00:00' })).toBe(1);
		const wrong = await call('listOrders', { query: { date_from: '2022-06-01+00:00:00' } });
		expect(wrong.status).toBe(422);
		const second = await call('listOrders', { query: { page: '2', per_page: '3' } });
		expect(second.body.meta).toEqual({ current_page: 2, last_page: 2, total: 4 });
		expect(second.body.orders).toHaveLength(1);
	});

	it('are completed in part, refunded once, and only then', async () => {
		const { call, payPlay } = await startPayPlay();
		const { body } = await call('createCryptoOrder', { body: crypto });
		const path = { orderId: String(order(body).id) };
		expect((await call('completeCryptoOrder', { path })).status).toBe(422);
		expect((await call('refundOrder', { path, body: {} })).status).toBe(422);
		payPlay.act('chooseCoin', path.orderId);
		payPlay.act('payPart', path.orderId);
		expect(order((await call('completeCryptoOrder', { path })).body)).toMatchObject({ status: 'COMPLETE' });
		const refunded = order((await call('refundOrder', { path, body: {} })).body);
		expect(refunded).toMatchObject({ is_refund_available: false, is_refunded: false, status: 'COMPLETE' });
		expect((await call('refundOrder', { path, body: {} })).status).toBe(422);
		payPlay.act('settleRefund', path.orderId);
		expect(payPlay.state.orders[0]?.refund).toBe('done');
	});

	it('go on by themselves, as their id says', async () => {
		const { call, payPlay } = await startPayPlay({ pace: 100 });
		for (const id of ['a', 'decline-b', 'partial-c']) {
			await call('createCryptoOrder', { body: { ...crypto, external_order_id: id } });
		}
		await eventually(() => payPlay.state.orders.every(({ status }) => !['INIT', 'OPEN'].includes(status)));
		expect(payPlay.state.orders.map(({ status }) => status)).toEqual([
			'COMPLETE',
			'DECLINED',
			'PARTIALLY_FULFILLED',
		]);
	});
});

describe('static wallets', () => {
	const wallet = {
		currency_id: '44415cca-78a8-4df9-bc19-2409ab859a17',
		network: 'TON',
		amount: '20',
		method: 'WALLET',
		external_order_id: 'wallet-1',
	};

	it('give an address and, where the network needs one, a memo', async () => {
		const { call, payPlay } = await startPayPlay();
		const { body } = await call('createStaticWalletOrder', { body: wallet });
		expect(Object.keys(order(body))).toEqual(['id']);
		const path = { orderId: String(order(body).id) };
		const open = order((await call('getStaticWalletOrder', { path })).body);
		expect(open).toMatchObject({ status: 'OPEN', expected_amount: '20.05', invoice_reminder: '20.05' });
		expect(open.wallet).toMatchObject({ network: 'TON', memo: expect.any(String) });
		payPlay.act('payOrder', path.orderId);
		expect(order((await call('getStaticWalletOrder', { path })).body)).toMatchObject({
			status: 'COMPLETE',
			invoice_reminder: '0',
		});
	});

	it.each([
		[{ currency_id: 'x' }, 'currency_id'],
		[{ network: 'TRC20' }, 'network'],
		[{ method: 'FORM' }, 'method'],
		[{ amount: '0.1' }, 'amount'],
		[{ amount: '-1' }, 'amount'],
		[{ amount: '1.0123456789' }, 'amount'],
	])('refuses %j', async (change, field) => {
		const { call } = await startPayPlay();
		const { status, body } = await call('createStaticWalletOrder', { body: { ...wallet, ...change } });
		expect([status, Object.keys(record(body.errors))]).toEqual([422, [field]]);
	});
});

describe('withdrawals', () => {
	it('take amount and fee, and end in a transaction whose currency is a ticker', async () => {
		const { call, payPlay } = await startPayPlay();
		const { body } = await call('createWithdrawal', { body: withdrawal() });
		const [made] = body.transactions as { id: string; currency: object }[];
		expect(made).toMatchObject({ currency: { ticker: 'USDT' }, status: 'PENDING_WITHDRAWAL', fee: '1' });
		expect(payPlay.state.balances.USDT).toBe('999899');
		payPlay.act('completeTransaction', String(made?.id));
		const { transaction } = (await call('getTransaction', { path: { transactionId: String(made?.id) } }))
			.body;
		expect(transaction).toMatchObject({ currency: 'USDT', status: 'COMPLETE', hash: expect.any(String) });
		expect(() => payPlay.act('declineTransaction', String(made?.id))).toThrow();
	});

	it('are paid twice under a repeated External ID', async () => {
		const { call, payPlay } = await startPayPlay();
		await call('createWithdrawal', { body: withdrawal() });
		await call('createWithdrawal', { body: withdrawal() });
		expect(payPlay.books.appliedPerReference()).toEqual({ 'w-1': 2 });
	});

	it('that are declined or cancelled come back', async () => {
		const { call, payPlay } = await startPayPlay();
		for (const action of ['declineTransaction', 'cancelTransaction']) {
			await call('createWithdrawal', { body: withdrawal() });
			payPlay.act(action, String(payPlay.state.transactions.at(-1)?.id));
		}
		expect(payPlay.state.transactions.map(({ status }) => status)).toEqual(['DECLINED', 'CANCELLED']);
		expect(payPlay.state.balances.USDT).toBe('1000000');
		expect(payPlay.deliveries.map(({ event }) => event)).toEqual(Array(2).fill('withdrawal::declined'));
	});

	it('go on by themselves; the burn address declines', async () => {
		const { call, payPlay } = await startPayPlay({ pace: 100 });
		await call('createWithdrawal', { body: withdrawal() });
		await call('createWithdrawal', {
			body: withdrawal({ wallet: '0x000000000000000000000000000000000000dEaD' }),
		});
		await eventually(() => payPlay.state.transactions.every(({ completedAt }) => completedAt !== null));
		expect(payPlay.state.transactions.map(({ status }) => status)).toEqual(['COMPLETE', 'DECLINED']);
	});

	it.each([
		[{ currency: 'DOGE' }, 'currency'],
		[{ network: 'SOL' }, 'network'],
		[{ network: undefined }, 'network'],
		[{ network: 'TON' }, 'memo'],
		[{ amount: '1' }, 'amount'],
		[{ amount: '1.1234567' }, 'amount'],
		[{ amount: '1e3' }, 'amount'],
		[{ amount: '1000000' }, 'amount'],
	])('refuses %j and applies nothing', async (change, field) => {
		const { call, payPlay } = await startPayPlay();
		const { status, body } = await call('createWithdrawal', { body: withdrawal(change) });
		expect([status, Object.keys(record(body.errors))]).toEqual([422, [field]]);
		expect(payPlay.books.entries).toEqual([]);
		expect(payPlay.state.balances.USDT).toBe('1000000');
	});

	it('with conversion keep a rate of twenty decimals', async () => {
		const { call, payPlay } = await startPayPlay();
		const body = {
			currency: 'EUR',
			amount: '50',
			target_currency: 'USDT',
			address: 'EQAigd8MjqsJejMuIB0UPhErOlGe22dezkpjvpWt9kOrtkG8',
			network: 'TON',
			memo: '4116605216',
			external_id: 'c-1',
		};
		for (const operation of ['createConvertWithdrawal', 'createInstantConvertWithdrawal']) {
			const { transaction } = (await call(operation, { body })).body;
			expect(transaction).toMatchObject({ exchange_rate: '0.98686588093984211645', target_value: '52.6' });
		}
		expect(payPlay.state.balances.EUR).toBe('49900');
	});

	it('say which call is not modelled', async () => {
		const { call } = await startPayPlay();
		const { status, body } = await call('createMassPayout', { body: {} });
		expect([status, body.message]).toEqual([501, 'The sandbox does not model createMassPayout']);
	});
});

describe('balances', () => {
	it('are converted whole when no amount is named', async () => {
		const { call, payPlay } = await startPayPlay();
		const path = { balanceId: '1f0c2a44-7d1f-4a55-9d62-1b1b6f0f5a01' };
		await call('convertBalance', { path, body: { currency_to: 'USDT', amount_to_convert: '100' } });
		expect(payPlay.state.balances).toMatchObject({ EUR: '49900', USDT: '1000105.2' });
		await call('convertBalance', { path, body: { currency_to: 'USDT' } });
		expect(payPlay.state.balances.EUR).toBe('0');
		expect((await call('convertBalance', { path, body: { currency_to: 'EUR' } })).status).toBe(422);
		expect(
			(await call('convertBalance', { path: { balanceId: 'x' }, body: { currency_to: 'EUR' } })).status,
		).toBe(404);
	});
});

it('shows orders, withdrawals and balances, with what can be done to them', async () => {
	const { call, payPlay } = await startPayPlay();
	await call('createCryptoOrder', { body: crypto });
	await call('createWithdrawal', { body: withdrawal() });
	const [orders, transactions, balances] = payPlay.tables();
	expect(orders?.rows[0]).toMatchObject({
		cells: { Amount: '100 USDT', Status: 'INIT' },
		actions: expect.arrayContaining(['chooseCoin']),
	});
	expect(transactions?.rows[0]).toMatchObject({
		cells: { 'External ID': 'w-1' },
		actions: expect.arrayContaining(['completeTransaction']),
	});
	expect(balances?.rows).toHaveLength(4);
});
