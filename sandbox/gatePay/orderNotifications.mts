import type { ChainPayment, Order, Refund } from './merchantState.mts';
import { arrived } from './orderShapes.mts';
import type { World } from './world.mts';
import { subtract } from '../decimal.mts';

/** Sends a notification. `data` is JSON text inside the JSON body, as in all documented examples but one. */
export function notify(
	world: World,
	bizType: string,
	bizId: string,
	bizStatus: string,
	data: object,
	ownUrl?: string,
): void {
	const { clientId } = world.account;
	// The documented example about static addresses has no client ID.
	const client = bizType === 'PAY_FIXED_ADDRESS' ? {} : { clientId };
	const body = { bizType, bizId, bizStatus, ...client, data: JSON.stringify(data) };
	world.deliveries.send(`${bizType} ${bizStatus}`, JSON.stringify(body), ownUrl ? { ownUrl } : {});
}

export function notifyOrder(
	world: World,
	order: Order,
	status: 'PAY_SUCCESS' | 'PAY_ERROR' | 'PAY_CLOSE',
): void {
	notify(world, 'PAY', order.prepayId, status, {
		...goods(order),
		channelId: order.channelId,
		createTime: order.createTime,
		currency: order.currency,
		doneAmountOnChain: arrived(order),
		merchantTradeNo: order.merchantTradeNo,
		orderAmount: order.orderAmount,
		payerId: 16_839_589,
		waitAmountOnChain: '0',
	});
}

export function notifyAddressOrder(world: World, order: Order, status: 'PAY_SUCCESS' | 'PAY_CLOSE'): void {
	notify(world, 'PAY_ADDRESS', order.prepayId, status, addressData(world, order));
}

/** Notifies of money on the address of an order, in time or late. */
export function notifyCredit(world: World, order: Order, { amount, inTerm, txId }: ChainPayment): void {
	const status = inTerm ? 'TRANSFERRED_ADDRESS_IN_TERM' : 'TRANSFERRED_ADDRESS_DELAY';
	const data = { ...addressData(world, order), amount, transactionId: txId };
	notify(world, 'TRANSFER_ADDRESS', order.prepayId, status, data);
}

function addressData(world: World, order: Order) {
	const done = arrived(order);
	return {
		...goods(order),
		address: order.address,
		chain: order.chain,
		channelId: order.channelId,
		clientId: world.account.clientId,
		createTime: order.createTime,
		currency: order.currency,
		doneAmountOnChain: done,
		fromAddress: order.payments.at(-1)?.fromAddress ?? '',
		merchantTradeNo: order.merchantTradeNo,
		orderAmount: order.orderAmount,
		originalOrderId: '',
		payerId: 0,
		transactionId: '',
		waitAmountOnChain: order.status === 'PAID' ? '0' : subtract(order.payAmount, done),
	};
}

export function notifyRefund(world: World, order: Order, refund: Refund): void {
	notify(world, 'PAY_REFUND', order.prepayId, refund.status, {
		...product(order),
		merchantTradeNo: order.merchantTradeNo,
		currency: order.currency,
		orderAmount: order.orderAmount,
		createTime: order.createTime,
		transactionId: refund.transactionId,
		refundInfo: {
			refundRequestId: refund.refundRequestId,
			prepayId: order.prepayId,
			orderAmount: order.orderAmount,
			refundAmount: refund.orderAmount,
			refundPayCurrency: refund.currency,
			refundPayAmount: refund.amount,
		},
		channelId: order.channelId,
	});
}

/** Sends `data` as an object, as in the example of this notification. A receiver has to take both. */
export function notifyUnresolved(world: World, order: Order): void {
	const exceptionId = world.nextId();
	const data = {
		exceptionId,
		orderType: 'acquiring_type',
		errorType: 'address_error_currency',
		originalOrderId: order.prepayId,
		expectedAmount: order.payAmount,
		expectedChainCurrency: [{ chain: order.chain, currencies: [order.payCurrency] }],
		actualAmount: '1',
		actualCurrency: order.payCurrency === 'USDC' ? 'USDT' : 'USDC',
		actualChain: order.chain,
		customerName: order.channelId,
		toAddress: order.address,
		fromAddress: `0x${'5'.repeat(40)}`,
		hash: `0x${exceptionId.padStart(64, '0')}`,
		updateTime: world.now(),
	};
	const body = { bizType: 'PAY_UNRESOLVED', bizId: exceptionId, bizStatus: 'UNRESOLVED_PENDING', data };
	world.deliveries.send('PAY_UNRESOLVED UNRESOLVED_PENDING', JSON.stringify(body));
}

function goods({ goodsName, goodsType, terminalType }: Order) {
	return { ...product({ goodsName, terminalType }), productType: goodsType };
}

function product({ goodsName, terminalType }: Pick<Order, 'goodsName' | 'terminalType'>) {
	return { goodsName, productName: goodsName, terminalType, tradeType: terminalType };
}
