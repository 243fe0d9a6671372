import { add, compare, subtract } from '../decimal.mts';
import type { ChainPayment, Order } from './merchantState.mts';
import { worthIn } from './money.mts';
import type { World } from './world.mts';

/** The answer to the order query, version 1. */
export function orderShape(world: World, order: Order) {
	const isPaid = order.status === 'PAID';
	return {
		...common(order),
		merchantId: world.merchantNumber,
		actualCurrency: order.currency,
		actualAmount: isPaid ? order.settleAmount : '0',
		channel_type: '',
		inUsdt: worthIn(order.orderAmount, order.currency, 'USDT'),
		appName: 'Sandbox',
		appLogo: '',
		totalFeeAmount: order.feeAmount,
		totalSettleAmount: order.settleAmount,
		payDetails: isPaid ? payDetails(order) : [],
	};
}

/** The answer to the order query, version 2. It has the merchant as a text. */
export function orderShapeV2(world: World, order: Order) {
	const { chain, address, fullCurrType, returnUrl } = order;
	return {
		...common(order),
		merchantId: world.account.merchantId,
		actualCurrency: order.currency,
		actualAmount: order.status === 'PAID' ? order.settleAmount : '0',
		address,
		chain,
		fullCurrType,
		inUsdt: worthIn(order.orderAmount, order.currency, 'USDT'),
		location: `https://cashier.sandbox.invalid/cashier?prepayid=${order.prepayId}`,
		merchantName: 'Sandbox',
		returnUrl,
		txHash: order.payments[0]?.txId ?? '',
		transaction_info: { done_amount: arrived(order), confirming_list: [] },
		whiteBrandInfo: { logoUrl: '', brand: 'GatePay', payWays: [] },
	};
}

function common(order: Order) {
	const isPaid = order.status === 'PAID';
	return {
		prepayId: order.prepayId,
		merchantTradeNo: order.merchantTradeNo,
		transactionId: order.transactionId,
		goodsName: order.goodsName,
		currency: order.currency,
		orderAmount: order.orderAmount,
		surchargeAmount: order.surchargeAmount,
		toleranceAmount: order.toleranceAmount,
		underpaidAmount: underpaid(order),
		fiatCurrency: order.fiatCurrency,
		fiatAmount: order.fiatAmount,
		fiatRate: order.fiatCurrency ? '1' : '',
		status: order.status,
		createTime: order.createTime,
		expireTime: order.expireTime,
		transactTime: order.transactTime,
		order_name: `MiniApp-Payment#${order.merchantTradeNo}`,
		pay_currency: isPaid ? order.payCurrency : '',
		pay_amount: isPaid ? order.payAmount : '0',
		expectCurrency: order.currency,
		rate: isPaid ? '1' : '0',
		channelId: order.channelId,
	};
}

/** The answer to the query of address orders, which is documented without an envelope. */
export function addressOrderShape(world: World, order: Order) {
	const isPaid = order.status === 'PAID';
	return {
		prepayId: order.prepayId,
		merchantId: world.merchantNumber,
		merchantTradeNo: order.merchantTradeNo,
		transactionId: order.transactionId,
		goodsName: order.goodsName,
		fromAddress: order.payments[0]?.fromAddress ?? '',
		currency: order.currency,
		orderAmount: order.orderAmount,
		payCurrency: order.payCurrency,
		payAmount: order.payAmount,
		surchargeAmount: order.surchargeAmount,
		toleranceAmount: order.toleranceAmount,
		underpaidAmount: underpaid(order),
		fiatCurrency: order.fiatCurrency,
		fiatAmount: order.fiatAmount,
		fiatRate: '',
		rate: isPaid ? '1' : '0',
		status: order.status,
		createTime: order.createTime,
		expireTime: order.expireTime,
		transactTime: order.transactTime,
		order_name: order.goodsName,
		transaction_info: {
			done_amount: arrived(order),
			done_amount_total: arrived(order),
			confirming_list: [],
			done_tx_item_list: order.payments.map((payment) => transaction(order, payment)),
			confirming_tx_item_list: [],
		},
		channelId: order.channelId,
		chain: order.chain,
		address: order.address,
		totalFeeAmount: order.feeAmount,
		totalSettleAmount: order.settleAmount,
		payDetails: isPaid ? payDetails(order) : [],
	};
}

export function transactionsShape(world: World, order: Order) {
	const part = (inTerm: boolean) => {
		const payments = order.payments.filter((payment) => payment.inTerm === inTerm);
		const amount = add('0', ...payments.map((payment) => payment.amount));
		return {
			done: { amount, txList: payments.map((payment) => transaction(order, payment)) },
			wait: { amount: '0', txList: [] },
		};
	};
	return {
		prepayId: order.prepayId,
		merchantId: world.merchantNumber,
		merchantTradeNo: order.merchantTradeNo,
		transactionId: order.transactionId,
		goodsName: order.goodsName,
		currency: order.currency,
		orderAmount: order.orderAmount,
		payCurrency: order.payCurrency,
		payAmount: order.payAmount,
		status: order.status,
		utcCreateTime: utc(order.createTime),
		utcExpireTime: utc(order.expireTime),
		utcUpdateTime: utc(order.transactTime || order.createTime),
		transactTime: order.transactTime,
		order_name: order.goodsName,
		transactionDetail: { inTerm: part(true), outOfTerm: part(false) },
		channelId: order.channelId,
	};
}

/** The payments of an order, as version 2 lists them. */
export function payDetails(order: Order) {
	return [
		{
			transactionId: order.transactionId,
			payType: order.address ? 'Web3Pay' : 'GatePay',
			payTime: String(order.transactTime),
			payAmount: order.payAmount,
			payCurrency: order.payCurrency,
			feeAmount: order.feeAmount,
			settleAmount: order.settleAmount,
		},
	];
}

/** What has come on chain so far, in the currency in which the payer pays. */
export function arrived({ payments }: Order): string {
	return add('0', ...payments.map(({ amount }) => amount));
}

function underpaid(order: Order): string {
	const rest = subtract(order.payAmount, arrived(order));
	return order.status === 'PAID' && compare(rest, '0') > 0 && order.payments.length > 0 ? rest : '0';
}

function transaction(
	{ chain, address, fullCurrType }: Order,
	{ txId, amount, fromAddress, at }: ChainPayment,
) {
	const times = { utcCreateTime: utc(at), utcUpdateTime: utc(at) };
	return { chain, address, fullCurrType, amount, txId, ...times, fromAddress };
}

function utc(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
