import { toPayment } from '../../../nodes/GatePay/payment.ts';

const sent = {
	merchantTradeNo: 'A-1',
	currency: 'USDT',
	orderAmount: '118.75',
	chain: 'MATIC',
	goodsName: 'x',
};

describe('an order is one record, wherever it comes from', () => {
	it('the documented answer of a checkout order, filled up from the request', () => {
		const answer = {
			prepayId: '65466648727916544',
			orderAmount: '1',
			currency: 'USDT',
			fiatCurrency: '',
			fiatAmount: '',
			expireTime: 1677573665219,
			qrContent: 'http://openplatform.gate.io/qr/GA0=',
			location: 'https://www.gate.com/cashier?prepayid=65466648727916544',
			payCurrency: 'USDT',
			payAmount: '1',
			chain: { chain_type: 'BSC', address: '0x86608d3C', fullCurrType: 'USDT_EOS' },
		};
		expect(toPayment('paymentOrder', answer, { merchantTradeNo: 'A-1' })).toEqual({
			provider: 'gatePay',
			kind: 'paymentOrder',
			id: '65466648727916544',
			reference: 'A-1',
			status: 'created',
			final: false,
			providerStatus: '',
			amount: '1',
			currency: 'USDT',
			network: 'BSC',
			address: '0x86608d3C',
			payUrl: 'https://www.gate.com/cashier?prepayid=65466648727916544',
			requisites: { qrContent: 'http://openplatform.gate.io/qr/GA0=' },
			expiresAt: '2023-02-28T08:41:05.219Z',
		});
	});

	it('a create answer with an ID alone', () => {
		expect(toPayment('paymentOrder', { prepayId: '7' }, sent)).toMatchObject({
			id: '7',
			reference: 'A-1',
			amount: '118.75',
			currency: 'USDT',
			network: 'MATIC',
			status: 'created',
		});
	});

	it('the documented query, version 1, of an order that expired', () => {
		const order = {
			prepayId: '50620368071692288',
			merchantId: 10002,
			merchantTradeNo: '4379824792349592345',
			currency: 'GT',
			orderAmount: '0.1',
			status: 'EXPIRED',
			createTime: 1674030436229,
			expireTime: 1663054706000,
			transactTime: 0,
			pay_currency: '',
			pay_amount: '0',
			totalFeeAmount: '0',
		};
		const record = toPayment('paymentOrder', order);
		expect(record).toMatchObject({ status: 'expired', final: true, amount: '0.1', fee: '0' });
		expect(record).not.toHaveProperty('updatedAt');
	});

	it('the documented query, version 2, of an order that was paid on chain', () => {
		const order = {
			prepayId: '65466648727916544',
			merchantTradeNo: '163',
			currency: 'USDT',
			orderAmount: '118.75',
			fiatCurrency: 'USD',
			fiatAmount: '100',
			fiatRate: '1.1875',
			status: 'PAID',
			transactTime: 1677573665219,
			pay_currency: 'USDT',
			pay_amount: '118.75',
			address: '0x86608d3C',
			chain: 'MATIC',
			txHash: '0xabc',
			transaction_info: { done_amount: '118.75', confirming_list: [] },
		};
		expect(toPayment('paymentOrder', order)).toMatchObject({
			status: 'succeeded',
			final: true,
			paidAmount: '118.75',
			fiatAmount: '100',
			rate: '1.1875',
			network: 'MATIC',
			txHash: '0xabc',
			updatedAt: '2023-02-28T08:41:05.219Z',
		});
	});

	it('an order with an address that expired may still be credited', () => {
		const late = { prepayId: '1', status: 'EXPIRED', address: '0x1', chain: 'BSC' };
		expect(toPayment('paymentOrder', late)).toMatchObject({ status: 'expired', final: false });
		expect(toPayment('addressPayment', { ...late, address: '' })).toMatchObject({ final: false });
		expect(toPayment('paymentOrder', { ...late, address: '' })).toMatchObject({ final: true });
	});

	it('what was paid in another currency is not shown as if it were the order’s', () => {
		const converted = { status: 'PAID', currency: 'BTC', orderAmount: '0.1', payCurrency: 'USDT' };
		const arrived = { ...converted, transaction_info: { done_amount_total: '6000' } };
		expect(toPayment('addressPayment', arrived)).not.toHaveProperty('paidAmount');
		const begun = {
			status: 'PENDING',
			currency: 'USDT',
			pay_currency: '',
			fullCurrType: 'USDC_MATIC',
			transaction_info: { done_amount: '50' },
		};
		expect(toPayment('paymentOrder', begun)).not.toHaveProperty('paidAmount');
		expect(toPayment('paymentOrder', { ...begun, currency: 'USDC' })).toMatchObject({ paidAmount: '50' });
	});

	it('a row of the reconciliation list, whose amounts are numbers', () => {
		const row = {
			orderId: '7',
			merchantTradeNo: 'A-1',
			orderCurrency: 'USDT',
			orderAmount: '1.10',
			payCurrency: 'USDT',
			payAmount: '1.10',
			generalizedStatus: 'PAY_SUCCESS',
			create_time: 1677573665219,
		};
		expect(toPayment('paymentOrder', row)).toMatchObject({
			id: '7',
			status: 'succeeded',
			amount: '1.10',
			currency: 'USDT',
			paidAmount: '1.10',
		});
		expect(toPayment('paymentOrder', { ...row, generalizedStatus: 'PENDING' })).not.toHaveProperty(
			'paidAmount',
		);
	});
});

describe('a refund', () => {
	it('accepted by either generation is created, and names its currency only where it is certain', () => {
		const answer = {
			refundRequestId: '202508271923022',
			refundGateId: '1991045981847818240',
			prepayId: '35214673103159414',
			orderAmount: '10',
			refundAmount: '0.018',
			orderCurrency: 'USDT',
			payCurrency: 'USDT',
		};
		expect(toPayment('refund', answer, { refundRequestId: '202508271923022' })).toMatchObject({
			id: '1991045981847818240',
			reference: '202508271923022',
			status: 'created',
			amount: '0.018',
			currency: 'USDT',
		});
		expect(toPayment('refund', { ...answer, payCurrency: 'BTC' }, {})).not.toHaveProperty('currency');
	});

	it('of a converted order is in the currency that was asked for', () => {
		const answer = {
			refundRequestId: 'r-1',
			orderCurrency: 'BTC',
			orderAmount: '2.2',
			refundOrderAmount: '1.1',
			payCurrency: 'USDT',
			payAmount: '44000',
			refundPayAmount: '1000.1',
		};
		expect(
			toPayment('refund', answer, { refundPayAmount: '1000.1', refundPayCurrency: 'USDT' }),
		).toMatchObject({
			amount: '1000.1',
			currency: 'USDT',
		});
		expect(
			toPayment('refund', answer, { refundOrderAmount: '1.1', refundOrderCurrency: 'BTC' }),
		).toMatchObject({
			amount: '1.1',
			currency: 'BTC',
		});
		expect(toPayment('refund', answer)).toMatchObject({ amount: '1.1', currency: 'BTC' });
	});

	it('has a state of the notifications or none that is known', () => {
		const state = (data: object) => toPayment('refund', { refundRequestId: 'r', ...data }).status;
		expect(state({ status: 'REFUND_SUCCESS' })).toBe('refunded');
		expect(state({ refundStatus: 'REFUND_PROCESS' })).toBe('processing');
		expect(state({ refundStatus: 'SUCCESS' })).toBe('unknown');
		expect(state({})).toBe('unknown');
	});

	it('shows what was received where it is in the requested currency', () => {
		const details = {
			refundRequestId: 'r-1',
			gateRefundId: '9',
			requestAmount: '1.5',
			requestCurrency: 'USDT',
			amount: '1.4',
			currency: 'USDT',
			refund_gas_amount: '0.1',
			refund_address: '0x1',
			refund_chain: 'BSC',
			status: 'REFUND_SUCCESS',
		};
		expect(toPayment('refund', details)).toMatchObject({
			amount: '1.5',
			paidAmount: '1.4',
			fee: '0.1',
			address: '0x1',
			network: 'BSC',
		});
		expect(toPayment('refund', { ...details, currency: 'USDC' })).not.toHaveProperty('paidAmount');
	});
});

describe('numbers as states', () => {
	it('conversions: sold, bought, and a state without a documented meaning', () => {
		const answer = {
			order_id: '327196066546229248',
			sellCurrency: 'GT',
			buyCurrency: 'USDT',
			sellAmount: '0.04464002',
			buyAmount: '1',
			status: 1,
			rate: '22.40142365527614',
			createTime: 1739971221273,
		};
		expect(toPayment('conversion', answer, { clientReqId: '181147' })).toEqual({
			provider: 'gatePay',
			kind: 'conversion',
			id: '327196066546229248',
			reference: '181147',
			status: 'unknown',
			final: false,
			providerStatus: '1',
			amount: '0.04464002',
			currency: 'GT',
			rate: '22.40142365527614',
			createdAt: '2025-02-19T13:20:21.273Z',
			buyAmount: '1',
			buyCurrency: 'USDT',
		});
	});

	it.each([
		[0, 'unknown', false],
		[1, 'pending', false],
		[2, 'succeeded', false],
		[3, 'succeeded', true],
		[4, 'action_required', false],
		[5, 'failed', true],
		[6, 'processing', false],
		[7, 'failed', true],
		[8, 'failed', true],
		[9, 'unknown', false],
		['CREATED', 'unknown', false],
	])('gift cards: %p is %s', (status, ours, final) => {
		const record = toPayment('giftCard', {
			card_num: '1',
			card_key: 'SECRET-CODE',
			key: 'SECRET-CODE',
			status,
		});
		expect(record).toMatchObject({ status: ours, final });
		expect(JSON.stringify(record)).not.toContain('SECRET-CODE');
	});
});

describe('the other kinds', () => {
	it('a subscription and its debits', () => {
		const order = {
			subscriptionOrderNo: '84',
			merchantSubscriptionOrderNo: 's-1',
			orderStatus: 'UNPAID',
			cryptoAmount: '9.9',
			cryptoCurrency: 'USDT',
			totalPaidAmount: '19.8',
			subscriptionLink: 'https://x.example',
		};
		expect(toPayment('subscriptionOrder', order)).toMatchObject({
			status: 'action_required',
			paidAmount: '19.8',
			payUrl: 'https://x.example',
		});
		const debited = {
			deductOrderNo: '9',
			merchantDeductNo: 'd-1',
			status: 'SUCCESS',
			amount: '9.9',
			currency: 'USDT',
		};
		expect(toPayment('subscriptionDebit', debited, {})).toMatchObject({
			id: '9',
			reference: 'd-1',
			status: 'succeeded',
			amount: '9.9',
		});
	});

	it('a transfer and a charge name the account that receives', () => {
		const move = { merchantBatchNo: 't', status: 'PAID', fromAccountId: '1', toAccountId: '2', amount: '5' };
		for (const kind of ['institutionTransfer', 'institutionCharge']) {
			expect(toPayment(kind, move)).toMatchObject({
				kind,
				status: 'succeeded',
				final: true,
				address: '2',
				requisites: { fromAccountId: '1', toAccountId: '2' },
			});
		}
	});

	it('what a static address received', () => {
		const row = { transactionId: '7', channelId: 'shop', status: 'PAID', amount: '1', txTime: 1739971221273 };
		expect(toPayment('staticAddressPayment', row)).toMatchObject({
			id: '7',
			reference: 'shop',
			status: 'succeeded',
			createdAt: '2025-02-19T13:20:21.273Z',
		});
	});

	it('a kind that does not exist is a mistake in a row', () => {
		expect(() => toPayment('loan', {})).toThrow(TypeError);
	});
});
