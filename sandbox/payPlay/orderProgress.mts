import { randomBytes, randomUUID } from 'node:crypto';

import { add, compare, multiply, subtract } from '../decimal.mts';
import { notifyOrder, notifyPayment } from './notifications.mts';
import { netOf } from './orderShapes.mts';
import { invalid } from './refusal.mts';
import { currencies } from './seeds.mts';
import type { Order, OrderStatus } from './state.mts';
import type { World } from './world.mts';

const STEP_MS = 1000;
const COIN = 'USDT';
/** What the payer of a top-up without a fixed amount sends. */
const OPEN_AMOUNT = '25';

/** Starts a payer, who chooses a coin and pays. `partial` or `decline` in the merchant's ID changes what the payer does. */
export function startPayer(world: World, order: Order): void {
	world.later(STEP_MS, () => {
		if (order.status === 'INIT') chooseCoin(world, order);
		world.later(STEP_MS, () => {
			const magic = world.magic(order.value);
			if (order.status !== 'OPEN' || magic === 'inReview') return;
			if (order.externalOrderId?.includes('decline')) decline(world, order);
			else if (magic === 'paidShort' || order.externalOrderId?.includes('partial')) payPart(world, order);
			else payRest(world, order);
		});
	});
}

/** The payer chooses a coin, which fixes the rate. */
export function chooseCoin(_world: World, order: Order): void {
	requireStatus(order, ['INIT']);
	const price = currencies.find(({ ticker }) => ticker === order.currency)?.price ?? '1';
	order.depositedCurrency = COIN;
	order.expectedAmount = order.value === null ? OPEN_AMOUNT : multiply(order.value, price, 6);
	order.status = 'OPEN';
}

/** The payer sends a part of the amount. */
export function payPart(world: World, order: Order): void {
	requireStatus(order, ['OPEN', 'PARTIALLY_FULFILLED']);
	receive(world, order, multiply(subtract(expected(order), order.paid), '0.5', 6));
	order.status = 'PARTIALLY_FULFILLED';
	notifyOrder(world, order, 'order::partially_fulfilled');
}

/** The payer sends what is still missing. Late money completes an order even after DECLINED and CANCELED. */
export function payRest(world: World, order: Order): void {
	if (order.status === 'INIT') chooseCoin(world, order);
	requireStatus(order, ['OPEN', 'PARTIALLY_FULFILLED', 'DECLINED', 'CANCELED']);
	const rest = subtract(expected(order), order.paid);
	if (compare(rest, '0') > 0) receive(world, order, rest);
	notifyOrder(world, order, 'order::final_amount_was_received');
	finish(world, order);
}

export function completeOrder(world: World, order: Order): void {
	if (order.status !== 'PARTIALLY_FULFILLED') throw invalid('order', `The order is ${order.status}.`);
	finish(world, order);
}

export function decline(world: World, order: Order): void {
	requireStatus(order, ['INIT', 'OPEN', 'PARTIALLY_FULFILLED']);
	order.status = 'DECLINED';
	notifyOrder(world, order, 'order::declined');
}

/** Cancels the order without a notification: no page has an event for it. */
export function cancel(_world: World, order: Order): void {
	requireStatus(order, ['INIT', 'OPEN', 'PARTIALLY_FULFILLED']);
	order.status = 'CANCELED';
}

export function askRefund(world: World, order: Order): void {
	if (order.status !== 'COMPLETE' || order.refund !== 'none') {
		throw invalid('order', 'A refund is not available for this order.');
	}
	world.require(COIN, order.paid, 'order');
	world.debit(COIN, order.paid);
	order.refund = 'asked';
	world.later(STEP_MS, () => settleRefund(world, order));
}

export function settleRefund(_world: World, order: Order): void {
	if (order.refund === 'asked') order.refund = 'done';
}

function finish(world: World, order: Order): void {
	order.status = 'COMPLETE';
	order.completedAt = world.now();
	world.credit(COIN, netOf(order.paid));
	notifyOrder(world, order, 'order::completed');
}

function receive(world: World, order: Order, value: string): void {
	const payment = {
		id: randomUUID(),
		type: 'CRYPTO_INVOICE' as const,
		currency: COIN,
		value,
		status: 'COMPLETE' as const,
		hash: randomBytes(32).toString('hex'),
		createdAt: world.now(),
	};
	order.payments.push(payment);
	order.paid = add(order.paid, value);
	notifyPayment(world, order, payment);
}

function expected({ expectedAmount }: Order): string {
	return expectedAmount ?? OPEN_AMOUNT;
}

function requireStatus(order: Order, allowed: OrderStatus[]): void {
	if (!allowed.includes(order.status)) throw invalid('order', `The order is ${order.status}.`);
}
