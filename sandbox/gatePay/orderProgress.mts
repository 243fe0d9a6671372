import { compare, multiply, subtract } from '../decimal.mts';
import type { Order } from './merchantState.mts';
import { hashOf, worthIn } from './money.mts';
import { notifyAddressOrder, notifyCredit, notifyOrder, notifyUnresolved } from './orderNotifications.mts';
import { arrived } from './orderShapes.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

/** The fee is 1 %, which is made up. */
const FEE = '0.01';
const STEP_MS = 1000;

/** A payer comes by itself for two magic amounts only. All other orders wait for the console. */
export function startPayer(world: World, order: Order): void {
	const magic = world.magic(order.fiatAmount) ?? world.magic(order.orderAmount);
	world.later(STEP_MS, () => {
		if (order.status !== 'PENDING') return;
		if (magic === 'paidShort' && order.address !== '') payInPart(world, order);
		if (magic === 'inReview') block(order);
	});
}

/** A payer pays the rest, from a Gate account or on chain to the order's address. */
export function pay(world: World, order: Order): void {
	requireStatus(order, ['PENDING', 'PROCESS']);
	if (order.address !== '') receive(world, order, subtract(order.payAmount, arrived(order)));
	else settle(world, order);
}

/** A payer sends half of the amount. The order still waits for the rest. */
export function payInPart(world: World, order: Order): void {
	requireStatus(order, ['PENDING']);
	requireOnChain(order);
	receive(world, order, multiply(order.payAmount, '0.5', 6));
}

/** Money comes late. It is credited, and the order stays expired. For a convert order it is only announced. */
export function payLate(world: World, order: Order): void {
	requireStatus(order, ['EXPIRED']);
	requireOnChain(order);
	receive(world, order, subtract(order.payAmount, arrived(order)));
}

/** A payer sends another currency than the order's. Only a person in the dashboard can resolve that. */
export function payWrong(world: World, order: Order): void {
	requireStatus(order, ['PENDING']);
	requireOnChain(order);
	notifyUnresolved(world, order);
}

export function expire(world: World, order: Order): void {
	requireStatus(order, ['PENDING', 'PROCESS']);
	order.status = 'EXPIRED';
	if (order.kind === 'address') notifyAddressOrder(world, order, 'PAY_CLOSE');
	else notifyOrder(world, order, 'PAY_CLOSE');
}

export function close(world: World, order: Order): void {
	if (order.status === 'PAID') throw new Refusal('400620', 'The order is already paid');
	requireStatus(order, ['PENDING']);
	order.status = 'CANCELLED';
	if (order.kind !== 'address') notifyOrder(world, order, 'PAY_CLOSE');
}

export function fail(world: World, order: Order): void {
	requireStatus(order, ['PENDING', 'PROCESS']);
	order.status = 'ERROR';
	if (order.kind !== 'address') notifyOrder(world, order, 'PAY_ERROR');
}

/** Holds the order for a risk check, without a notification: no page has one. */
export function block(order: Order): void {
	requireStatus(order, ['PENDING', 'PROCESS']);
	order.status = 'BLOCK';
}

function receive(world: World, order: Order, amount: string): void {
	const inTerm = order.status !== 'EXPIRED';
	const txId = hashOf(`${order.prepayId} ${order.payments.length}`);
	const payment = { txId, amount, fromAddress: `0x${'5'.repeat(40)}`, at: world.now(), inTerm };
	order.payments.push(payment);
	notifyCredit(world, order, payment);
	if (!inTerm) return credit(world, order, worthIn(amount, order.payCurrency, order.currency), txId);
	const rest = subtract(order.payAmount, arrived(order));
	if (compare(rest, order.toleranceAmount) <= 0) settle(world, order);
}

function settle(world: World, order: Order): void {
	order.status = 'PAID';
	order.transactTime = world.now();
	order.transactionId = world.nextId();
	order.feeAmount = multiply(order.orderAmount, FEE, 6);
	order.settleAmount = subtract(order.orderAmount, order.feeAmount);
	credit(world, order, order.settleAmount, order.payments.at(-1)?.txId ?? '');
	if (order.kind === 'address') notifyAddressOrder(world, order, 'PAY_SUCCESS');
	else notifyOrder(world, order, 'PAY_SUCCESS');
}

function credit(world: World, order: Order, amount: string, hash: string): void {
	world.credit(order.currency, amount, {
		orderId: order.prepayId,
		merchantTradeNo: order.merchantTradeNo,
		financialType: 'receipt_fi',
		fullChain: order.chain,
		address: order.address,
		hash,
	});
}

function requireStatus(order: Order, allowed: Order['status'][]): void {
	if (!allowed.includes(order.status)) throw new Refusal('400204', `The order is ${order.status}`);
}

function requireOnChain(order: Order): void {
	if (order.address === '') throw new Refusal('500203', `${order.prepayId} has no address`);
}
