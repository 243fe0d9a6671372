import CryptoJS from 'crypto-js';

import { closeAll, contract, dealOf, payOut, proof, start } from './bridgePayClient.mts';

afterEach(closeAll);

describe('a pay-in', () => {
	it('direct: the requisites come at once, the sums when it is paid', async () => {
		const { client, sandbox } = await start();
		const before = sandbox.bridgePay.state.accounts[0]?.sum;
		const invoice = await client.invoice({ paymentOption: 'TO_CARD', paymentMethod: 'tinkoff' });
		expect(dealOf(invoice)).toMatchObject({
			status: 'transfer_waiting',
			isActive: true,
			paymentMethod: 'tinkoff',
		});
		expect(invoice).toMatchObject({ status: 'new', payoutSum: null, receivedSumFromTaker: null });

		sandbox.bridgePay.act('completeInvoice', String(invoice.id));
		const { body, object } = await client.call('getInvoice', undefined, { path: { id: String(invoice.id) } });
		expect(contract.checkSchema('InvoiceDTO', body)).toEqual([]);
		expect(object).toMatchObject({
			status: 'paid',
			receivedSumFromTaker: { amount: '1000.00', currency: 'RUB' },
			receivedSumFromMaker: { amount: '9.79911807', currency: 'USDT' },
			serviceFeeSum: { amount: '0.48995590' },
			payoutSum: { amount: '9.30916217' },
		});
		expect([before, sandbox.bridgePay.state.accounts[0]?.sum]).toEqual([
			'100000.00000000',
			'100009.30916217',
		]);
	});

	it('step by step: variants, then a deal', async () => {
		const { client } = await start();
		const invoice = await client.invoice({ startDeal: undefined });
		expect(invoice.deals).toEqual([]);
		const path = { id: String(invoice.id) };
		const variants = await client.call('listInvoicePaymentVariants', undefined, { path });
		expect(variants.body).toContainEqual({ option: 'TO_CARD', method: 'tinkoff' });
		const started = await client.call(
			'startDeal',
			{ paymentOption: 'TO_CARD', paymentMethod: null },
			{ path },
		);
		expect(contract.checkSchema('InvoiceDTO', started.body)).toEqual([]);
		expect(dealOf(started.object)).toMatchObject({ paymentOption: 'TO_CARD' });
	});

	it('may find nothing free: the invoice exists without a deal', async () => {
		const { client } = await start();
		expect((await client.invoice({ paymentMethod: 'alfabank' })).deals).toEqual([]);
	});

	it('cross-border, by QR, with an amount made unique', async () => {
		const { client } = await start();
		const cross = await client.invoice({ paymentOption: 'CROSS_BORDER', crossBorderCurrency: 'TJS' });
		expect(cross.crossBorderCurrency).toBe('TJS');
		const qr = await client.invoice({ paymentOption: 'SBP_QR', internalId: 'qr-1' });
		const path = { id: String(qr.id) };
		const picture = await client.call('getInvoiceQrCode', undefined, { path });
		expect([picture.status, picture.type]).toEqual([200, 'image/svg+xml']);
		expect(picture.text).toMatch(/^<\?xml[^>]*>\n<svg .*<\/svg>\n$/s);
		const shifted = await client.invoice({ maxAmount: '1010', internalId: 'm-1' });
		expect(shifted).toMatchObject({
			sum: { amount: '1000.00' },
			receivedSumFromTaker: { amount: '1001.00' },
		});
	});

	it('is confirmed with a receipt, which is not a payment', async () => {
		const { client } = await start();
		const path = { id: String((await client.invoice()).id) };
		const { object } = await client.call('confirmTransfer', proof(), { path });
		expect(object.status).toBe('new');
		expect(dealOf(object)).toMatchObject({ status: 'transfer_confirmed', attachments: [expect.any(String)] });
		const large = await client.call('confirmTransfer', proof({}, 10_485_761), { path });
		expect(large.body).toEqual([{ message: expect.stringContaining('10 MB'), field: 'attachment' }]);
	});

	it('is cancelled, once, with a smaller answer', async () => {
		const { client } = await start();
		const path = { id: String((await client.invoice()).id) };
		const { body } = await client.call('cancelInvoice', undefined, { path });
		expect(contract.checkSchema('CanceledInvoice', body)).toEqual([]);
		expect(body).toMatchObject({ status: 'canceled', deals: [] });
		expect((await client.call('cancelInvoice', undefined, { path })).status).toBe(400);
	});

	it('is found by its internal ID, the latest of those that share it', async () => {
		const { client } = await start();
		await client.invoice({ internalId: 'a b/c' });
		const second = await client.invoice({ internalId: 'a b/c' });
		const { object } = await client.call('getInvoiceByInternalId', undefined, {
			path: { internalId: 'a b/c' },
		});
		expect(object.id).toBe(second.id);
	});
});

describe('a dispute', () => {
	it('takes the deal in the form and the invoice in the path, and may change the amount', async () => {
		const { client, sandbox } = await start();
		const invoice = await client.invoice();
		const path = { id: String(invoice.id) };
		const deal = { dealId: String(dealOf(invoice).id) };
		const sum = { ...deal, disputeReason: 'invalid_sum', 'disputeReasonData[amount]': '1200' };
		const wrong = await client.call('openDispute', proof({ ...sum, dealId: path.id }), { path });
		expect(wrong.status).toBe(400);
		const { body, object } = await client.call('openDispute', proof(sum), { path });
		expect(contract.checkSchema('InvoiceDTO', body)).toEqual([]);
		expect([object.status, dealOf(object).disputeReasonData]).toEqual(['dispute', { amount: '1200' }]);
		sandbox.bridgePay.act('acceptDispute', path.id);
		const paid = await client.call('getInvoice', undefined, { path });
		expect(paid.object).toMatchObject({ status: 'paid', receivedSumFromTaker: { amount: '1200.00' } });
		expect(dealOf(paid.object).disputeResult).toBe('AMOUNT_CHANGED');
	});

	it.each<Record<string, string>>([
		{ disputeReason: 'invalid_sum' },
		{ disputeReason: 'has_payment', 'disputeReasonData[amount]': '1' },
		{ disputeReason: 'nonsense' },
	])('is refused with %j', async (fields) => {
		const { client } = await start();
		const invoice = await client.invoice();
		const form = proof({ dealId: String(dealOf(invoice).id), ...fields });
		expect((await client.call('openDispute', form, { path: { id: String(invoice.id) } })).status).toBe(400);
	});
});

describe('a pay-out', () => {
	it('holds the money, and lets it go when it is paid or cancelled', async () => {
		const { client, sandbox } = await start();
		const { body, object } = await client.call('createInvoice', payOut());
		expect(contract.checkSchema('InvoiceDTO', body)).toEqual([]);
		const account = sandbox.bridgePay.state.accounts[0];
		expect(account).toMatchObject({ sum: '99989.71092603', frozenSum: '10.28907397' });
		sandbox.bridgePay.act('takePayOut', String(object.id));
		sandbox.bridgePay.act('completeInvoice', String(object.id));
		expect(account).toMatchObject({ sum: '99989.71092603', frozenSum: '0' });

		const other = await client.call('createInvoice', payOut({ internalId: 'o-2' }));
		sandbox.bridgePay.act('cancelInvoice', String(other.object.id));
		expect(account).toMatchObject({ sum: '99989.71092603', frozenSum: '0' });
		expect(sandbox.bridgePay.books.appliedPerReference()).toEqual({ 'order-1': 1, 'o-2': 1 });
	});

	it('is refused without funds', async () => {
		const { client, sandbox } = await start();
		const [account] = sandbox.bridgePay.state.accounts;
		if (account) account.sum = '1';
		expect((await client.call('createInvoice', payOut())).body).toEqual([{ message: 'Insufficient funds' }]);
	});
});

describe('a withdrawal', () => {
	const account = 'df2b175e-0aef-45e3-8d03-80881389901c';
	const order = (code2FA: string, more = {}) => ({
		accountId: account,
		amount: '10',
		address: 'T1',
		code2FA,
		...more,
	});

	/** The code of RFC 6238, by another implementation. */
	function codeAt(milliseconds: number): string {
		const message = CryptoJS.enc.Hex.parse(
			Math.floor(milliseconds / 30_000)
				.toString(16)
				.padStart(16, '0'),
		);
		// The sandbox's Base32 secret, decoded by hand: "Hello!" and four bytes more, twice.
		const key = CryptoJS.enc.Hex.parse('48656c6c6f21deadbeef48656c6c6f21deadbeef');
		const hash = Buffer.from(CryptoJS.HmacSHA1(message, key).toString(), 'hex');
		const offset = (hash[19] ?? 0) & 15;
		return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
	}

	it('wants a code of this moment, takes amount and fee, and gets a transaction hash', async () => {
		const { client, sandbox } = await start();
		const old = await client.call('createWithdrawal', order(codeAt(Date.now() - 120_000)));
		expect(old.body).toEqual([{ message: '2FA code is not valid', field: 'code2FA' }]);
		const { body, object } = await client.call('createWithdrawal', order(codeAt(Date.now())));
		expect(contract.checkSchema('WithdrawalDTO', body)).toEqual([]);
		expect(object).toMatchObject({
			sum: { amount: '10.00000000' },
			fee: { amount: '5.00000000' },
			txId: null,
		});
		expect(sandbox.bridgePay.state.accounts[0]).toMatchObject({ sum: '99985', frozenSum: '15' });
		sandbox.bridgePay.act('sendWithdrawal', String(object.id));
		const sent = await client.call('getWithdrawal', undefined, { path: { id: String(object.id) } });
		expect(sent.object.txId).toMatch(/^[0-9a-f]{64}$/);
	});

	it('may have the fee taken out of the amount, and needs 2FA to be on', async () => {
		const { client, sandbox } = await start();
		const inside = await client.call(
			'createWithdrawal',
			order(codeAt(Date.now()), { substractFeeFromAmount: true }),
		);
		expect(inside.object).toMatchObject({ sum: { amount: '5.00000000' } });
		sandbox.bridgePay.act('switchTwoFactor', '');
		expect((await client.call('createWithdrawal', order('000000'))).body).toEqual([
			{ message: '2FA should be enabled for this operation' },
		]);
	});
});
