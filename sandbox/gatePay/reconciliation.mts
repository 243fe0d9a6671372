import { add, multiply } from '../decimal.mts';
import { pageOf, type Handler } from './call.mts';
import { requireClientId } from './headers.mts';
import type { Order } from './merchantState.mts';
import { priceOf } from './money.mts';
import { payDetails } from './orderShapes.mts';
import { Refusal } from './refusal.mts';
import type { PayoutBatch, PayoutLine } from './state.mts';
import type { World } from './world.mts';

const DEFAULT_COUNT = 20;

const ORDER_TYPES: Record<Order['kind'], string> = {
	checkout: 'checkout_pt',
	prepay: 'call_pt',
	native: 'web_pt',
	address: 'address_pt',
};

export const getOrderFee: Handler = ({ query }, { state }) => {
	const merchantTradeNo = query.text('merchantTradeNo');
	const order = state.orders.find((each) => each.merchantTradeNo === merchantTradeNo);
	if (!order) throw new Refusal('550139', `There is no bill for ${merchantTradeNo}`);
	if (order.status !== 'PAID') throw new Refusal('550140', `${merchantTradeNo} is ${order.status}`);
	return {
		merchantTradeNo,
		orderCurrency: order.currency,
		orderAmount: order.orderAmount,
		payAmount: order.payAmount,
		totalFeeAmount: order.feeAmount,
		totalSettleAmount: order.settleAmount,
		payDetails: payDetails(order),
	};
};

/** The fee is 1 % for Gate Pay and 0.5 % for Web3. Both figures are made up. */
export const previewMerchantFee: Handler = ({ body }, world) => {
	const orderAmount = body.text('orderAmount');
	const accessMode = body.number('accessMode');
	const orderCurrency = body.text('orderCurrency');
	priceOf(orderCurrency);
	return {
		merchantId: world.account.merchantId,
		merchantType: 0,
		accessMode,
		orderCurrency,
		orderAmount: Number(orderAmount),
		orderFee: Number(multiply(orderAmount, accessMode === 0 ? '0.01' : '0.005', 6)),
	};
};

export const listPaymentOrders: Handler = (call, world) => {
	requireClientId(call, world);
	const { body } = call;
	const [from, to] = [body.number('startTime'), body.number('endTime')];
	const wanted = (name: string, value: string) => !body.has(name) || body.text(name) === value;
	const matching = world.state.orders
		.toReversed()
		.filter(({ createTime }) => createTime >= from && createTime <= to)
		.filter((order) => wanted('status', order.status) && wanted('orderType', ORDER_TYPES[order.kind]))
		.filter((order) => wanted('payType', payTypeOf(order)));
	const rows = pageOf(matching, body.numberOr('page', 1), body.numberOr('count', DEFAULT_COUNT));
	return { Total: matching.length, orderList: rows.map((order) => orderRow(world, order)) };
};

function payTypeOf({ address }: Order): string {
	return address === '' ? 'GatePay' : 'Web3Pay';
}

/** A row of the list of orders. The documented amounts are numbers here. */
function orderRow({ state, account }: World, order: Order) {
	const refunds = state.refunds.filter(({ prepayId }) => prepayId === order.prepayId);
	const sumOf = (status: string) =>
		add('0', ...refunds.filter((refund) => refund.status === status).map((refund) => refund.orderAmount));
	const isPaid = order.status === 'PAID';
	return {
		refund_info: {
			canRefund: isPaid,
			refundSuccessAmount: sumOf('REFUND_SUCCESS'),
			refundProcessAmount: sumOf('REFUND_PROCESS'),
			refundSuccessTimes: refunds.filter(({ status }) => status === 'REFUND_SUCCESS').length,
			refundFailTimes: refunds.filter(({ status }) => status === 'REFUND_REJECTED').length,
			refundCurrency: order.currency,
			canNotRefundReason: isPaid ? '' : `The order is ${order.status}`,
			existRefund: refunds.length > 0,
		},
		create_time: order.createTime,
		pay_type: payTypeOf(order),
		is_refund: refunds.length > 0,
		orderType: ORDER_TYPES[order.kind],
		merchantTradeNo: order.merchantTradeNo,
		orderId: order.prepayId,
		goodsName: order.goodsName,
		orderCurrency: order.currency,
		orderAmount: Number(order.orderAmount),
		payCurrency: order.payCurrency,
		payAmount: isPaid ? Number(order.payAmount) : 0,
		surchargeAmount: Number(order.surchargeAmount),
		payableAmount: Number(order.payAmount),
		receiveCurrency: order.currency,
		receiveAmount: Number(order.settleAmount),
		// The page's example is PAY_SUCCESS. It shows no other value; here they are those of the filter.
		generalizedStatus: isPaid ? 'PAY_SUCCESS' : order.status,
		payChannel: 'sandbox',
		billType: 0,
		chain: order.chain,
		orderTime: order.createTime,
		clientId: account.clientId,
		channelId: order.channelId,
		fromAddress: order.payments[0]?.fromAddress ?? '',
		settleCurrency: order.currency,
	};
}

export const listPayoutSuborders: Handler = (call, world) => {
	requireClientId(call, world);
	const { query } = call;
	const [from, to] = [query.numberOr('startTime', 0), query.numberOr('endTime', Infinity)];
	const all = world.state.payoutBatches.flatMap((batch) => batch.lines.map((line) => ({ batch, line })));
	const matching = all
		.toReversed()
		.filter(({ line }) => line.create_time >= from && line.create_time <= to)
		.filter(({ line }) => !query.has('status') || line.status === query.text('status'))
		.filter(({ batch }) => !query.has('channelId') || batch.channel_id === query.text('channelId'))
		.filter(({ line }) => isReviewed(line, query.textOr('auditStatus', undefined)));
	const rows = pageOf(matching, query.number('page'), query.number('count'));
	return {
		merchant_id: world.merchantNumber,
		total: matching.length,
		total_amount: add('0', ...matching.map(({ line }) => line.amount)),
		order_count: matching.length,
		user_count: new Set(matching.map(({ line }) => line.address)).size,
		suborder_list: rows.map(({ batch, line }) => payoutRow(world, batch, line)),
	};
};

/** Whether the line is in the wanted state of review. Here only a line in CHECK is in review, and no other ever was. */
function isReviewed({ status }: PayoutLine, wanted: string | undefined): boolean {
	return wanted === undefined || (wanted === 'AUDITING' && status === 'CHECK');
}

function payoutRow(world: World, batch: PayoutBatch, line: PayoutLine) {
	const isDone = line.status === 'DONE';
	return {
		create_time: line.create_time,
		finish_time: line.finish_time,
		batch_id: batch.batch_id,
		merchant_withdraw_id: line.merchant_withdraw_id,
		suborder_id: line.suborder_id,
		withdraw_id: line.suborder_id,
		currency: line.currency,
		amount: line.amount,
		fee: line.fee,
		fee_type: line.fee_type,
		chain: line.chain,
		show_chain_name: line.chain,
		address: line.address,
		channel_id: batch.channel_id,
		desc: line.err_msg,
		status: line.status,
		pay_status: isDone ? 'PAID' : '',
		pay_amount: line.sub_amount,
		pay_time: line.finish_time,
		pay_account: '',
		done_amount: isDone ? line.done_amount : '0',
		memo: line.memo,
		tx_id: line.tx_id,
		err_msg: line.err_msg,
		from_address: '',
		settle_merchant_id: world.merchantNumber,
	};
}
