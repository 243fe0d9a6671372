import { add, compare } from '../decimal.mts';
import type { Fields } from '../values.mts';
import { requirePlaces, type Call, type Handler } from './call.mts';
import type { Order, Refund } from './merchantState.mts';
import { hashOf, networksOf, worthIn } from './money.mts';
import { notifyRefund } from './orderNotifications.mts';
import { findOrder } from './orders.mts';
import { arrived } from './orderShapes.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

const REFUND_MS = 1500;

/** Version 1 refunds orders that were paid from a Gate account. */
export const refundOrder: Handler = (call, world) => {
	const order = findOrder(world, call.body.text('prepayId'));
	if (order.address !== '' && order.kind === 'address')
		throw new Refusal('400204', 'Address orders have refund calls of their own');
	const amount = call.body.text('refundAmount');
	const refund = open(call, world, order, amount, order.currency);
	return { ...inOrder(order, refund), channelId: order.channelId };
};

/** Version 2 refunds orders of every kind. */
export const refundOrderV2: Handler = (call, world) => {
	const order = findOrder(world, call.body.text('prepayId'));
	const refund = open(call, world, order, call.body.text('refundAmount'), order.currency);
	return {
		...inOrder(order, refund),
		refundGateId: refund.refundId,
		errMsg: '',
		orderCurrency: order.currency,
		payCurrency: order.payCurrency,
		payAmount: order.payAmount,
	};
};

export const refundAddressOrder: Handler = (call, world) => {
	const order = requireAddressOrder(world, call.body);
	if (order.payCurrency !== order.currency)
		throw new Refusal('400204', 'A convert order is refunded by the other call');
	return inOrder(order, open(call, world, order, call.body.text('refundAmount'), order.currency));
};

export const refundAddressConvertOrder: Handler = (call, world) => {
	const order = requireAddressOrder(world, call.body);
	if (order.payCurrency === order.currency) throw new Refusal('500208', 'The order was not converted');
	return converted(call, world, order);
};

export const refundCheckoutOrder: Handler = (call, world) =>
	converted(call, world, findOrder(world, call.body.text('prepayId')));

function converted(call: Call, world: World, order: Order): unknown {
	const { body } = call;
	const isInPaid = body.has('refundPayAmount');
	const currency = body.textOr(
		isInPaid ? 'refundPayCurrency' : 'refundOrderCurrency',
		isInPaid ? order.payCurrency : order.currency,
	);
	if (currency !== order.currency && currency !== order.payCurrency)
		throw new Refusal('500205', `${currency} is neither the currency of the order nor of its payment`);
	// No page says what is refunded without an amount.
	if (!isInPaid && !body.has('refundOrderAmount')) throw new Refusal('400608', 'No amount is given');
	const amount = body.text(isInPaid ? 'refundPayAmount' : 'refundOrderAmount');
	const refund = open(call, world, order, amount, currency);
	const { refundRequestId, orderAmount } = refund;
	return {
		refundRequestId,
		prepayId: order.prepayId,
		orderCurrency: order.currency,
		orderAmount: order.orderAmount,
		refundOrderAmount: orderAmount,
		payCurrency: order.payCurrency,
		payAmount: order.payAmount,
		refundPayAmount: worthIn(orderAmount, order.currency, order.payCurrency),
	};
}

export const queryRefund: Handler = ({ body }, world) => {
	const refund = findRefund(world, body.text('refundRequestId'));
	const order = findOrder(world, refund.prepayId);
	return { ...inOrder(order, refund), refundStatus: refund.status, channelId: order.channelId };
};

export const getRefundDetails: Handler = ({ query }, world) => {
	const refund = findRefund(world, query.text('refundRequestId'));
	const order = findOrder(world, refund.prepayId);
	const isDone = refund.status === 'REFUND_SUCCESS';
	return {
		refundRequestId: refund.refundRequestId,
		gateRefundId: refund.refundId,
		refundId: refund.refundId,
		orderId: order.prepayId,
		merchantTradeNo: order.merchantTradeNo,
		createTime: refund.createTime,
		transactTime: refund.transactTime,
		transactionId: refund.transactionId,
		txHash: refund.txHash,
		orderAmount: order.orderAmount,
		orderCurrency: order.currency,
		requestAmount: refund.amount,
		requestCurrency: refund.currency,
		amount: isDone ? refund.amount : '0',
		currency: refund.currency,
		status: refund.status,
		remark: refund.reason,
		refund_style: String(refund.style),
		refund_pay_channel: String(refund.payChannel),
		refund_address: refund.address,
		refund_chain: refund.chain,
		refund_bear_type: '1',
		refund_fail_reason: refund.failReason,
		refund_to_gate_uid: refund.toGateUid,
		refundDetails: isDone ? [detail(refund)] : [],
	};
};

function detail({ transactionId, transactTime, status, amount, currency, chain, address }: Refund) {
	return { transactionId, transactTime, payChannel: '1', status, amount, currency, chain, address };
}

export const listRefundChains: Handler = ({ query }) => {
	const currency = query.text('currency');
	const chains = networksOf(currency).map(({ chain, name, fee }) => ({
		chain,
		currency,
		symbol: null,
		hasWithdrawMemo: 0,
		withdrawPercent: '0%',
		withdrawFix: fee,
		full_curr_type: `${currency}_${chain}`,
		explorer_url: null,
		show_chain_name_en: name,
	}));
	return { currency, chains };
};

/** The refund with this request ID. Throws a Refusal when there is none. */
export function findRefund({ state }: World, id: string): Refund {
	const refund = state.refunds.find(({ refundRequestId }) => refundRequestId === id);
	if (!refund) throw new Refusal('400304', `The refund ${id} does not exist`);
	return refund;
}

/** The refund arrives, and a notification is sent. */
export function succeed(world: World, refund: Refund): void {
	move(world, refund, 'REFUND_SUCCESS');
	refund.transactionId = world.nextId();
	if (refund.address !== '') refund.txHash = hashOf(refund.refundId);
	notifyRefund(world, findOrder(world, refund.prepayId), refund);
}

/** The receiver refuses the refund: the money comes back, and a notification is sent. */
export function reject(world: World, refund: Refund): void {
	move(world, refund, 'REFUND_REJECTED');
	refund.failReason = 'The receiver refused it';
	const order = findOrder(world, refund.prepayId);
	world.credit(order.currency, refund.orderAmount, movementOf(order, refund));
	notifyRefund(world, order, refund);
}

function move(world: World, refund: Refund, to: Refund['status']): void {
	if (refund.status !== 'REFUND_PROCESS') throw new Refusal('400204', `The refund is ${refund.status}`);
	refund.status = to;
	refund.transactTime = world.now();
}

function requireAddressOrder(world: World, body: Fields): Order {
	const order = findOrder(world, body.text('prepayId'));
	if (order.kind === 'address') return order;
	throw new Refusal('500203', `${order.prepayId} is not an address order`);
}

function open(
	{ operation, body }: Call,
	world: World,
	order: Order,
	amount: string,
	currency: string,
): Refund {
	const refundRequestId = body.text('refundRequestId');
	// No page says what a repeat does. 400201 is the general code for merchant numbers.
	if (world.state.refunds.some((refund) => refund.refundRequestId === refundRequestId))
		throw new Refusal('400201', `refundRequestId ${refundRequestId} exists already`);
	requirePlaces(amount, 6, 'The refund amount');
	const orderAmount = worthIn(amount, currency, order.currency);
	requireRefundable(world, order, orderAmount);
	world.require(order.currency, orderAmount, '400605');
	const refund: Refund = {
		refundRequestId,
		refundId: world.nextId(),
		prepayId: order.prepayId,
		amount,
		currency,
		orderAmount,
		status: 'REFUND_PROCESS',
		reason: body.textOr('refundReason', ''),
		style: body.numberOr('refundStyle', 1),
		payChannel: body.numberOr('refundPayChannel', 1),
		toGateUid: body.has('receiverId') ? body.scalar('receiverId') : body.textOr('refundToGateUid', ''),
		address: body.textOr('refundAddress', ''),
		chain: body.textOr('refundChain', ''),
		createTime: world.now(),
		transactTime: 0,
		transactionId: '',
		txHash: '',
		failReason: '',
	};
	world.state.refunds.push(refund);
	world.debit(order.currency, orderAmount, movementOf(order, refund));
	world.books.apply(operation, refundRequestId, [{ amount, currency }]);
	world.later(REFUND_MS, () => {
		if (refund.status === 'REFUND_PROCESS') succeed(world, refund);
	});
	return refund;
}

/** Refuses more than was paid, or came late to the order's address, over all refunds of the order together. */
function requireRefundable({ state }: World, order: Order, amount: string): void {
	if (compare(amount, '0') <= 0) throw new Refusal('400608', 'The amount must be above 0');
	const late = order.status === 'EXPIRED' ? arrived(order) : '0';
	const paid = order.status === 'PAID' ? order.orderAmount : worthIn(late, order.payCurrency, order.currency);
	if (compare(paid, '0') <= 0) throw new Refusal('400604', `The order is ${order.status}`);
	const earlier = state.refunds
		.filter((refund) => refund.prepayId === order.prepayId && refund.status !== 'REFUND_REJECTED')
		.map((refund) => refund.orderAmount);
	if (compare(add(amount, ...earlier), paid) > 0)
		throw new Refusal('400608', `${amount} is more than what is left of ${paid} ${order.currency}`);
}

function inOrder({ prepayId, orderAmount }: Order, { refundRequestId, amount }: Refund) {
	return { refundRequestId, prepayId, orderAmount, refundAmount: amount };
}

function movementOf({ prepayId, merchantTradeNo }: Order, { address, chain }: Refund) {
	return { orderId: prepayId, merchantTradeNo, financialType: 'refund_fi', address, fullChain: chain };
}
