import { add, compare, multiply } from '../decimal.mts';
import { notify } from './notifications.mts';
import type { Order, StatusName } from './state.mts';
import type { World } from './world.mts';

const STEP_MS = 1000;

const FINAL: readonly StatusName[] = ['Completed', 'Cancelled', 'Deleted'];

/** Whether nothing can happen to the order any more. */
export function isFinal({ status }: Order): boolean {
	return FINAL.includes(status);
}

/** The order with this ID of OkiPays or of the merchant. Throws when there is none. */
export function findOrder({ state }: World, id: string): Order {
	const order = state.orders.find((each) => each.id === id || String(each.order_id) === id);
	if (!order) throw new Error(`OkiPays has no order ${id}`);
	return order;
}

/** Gives the order a status and tells the Result URL. Called at every change of status or of the received amount. */
export function move(world: World, order: Order, status: StatusName): void {
	if (isFinal(order)) throw new Error(`The order is ${order.status}`);
	order.status = status;
	order.time_update = world.now;
	if (isFinal(order)) order.time_done = world.now;
	notify(world, order);
}

/** The payer chooses the first coin that the order offers. */
export function choose(world: World, order: Order): void {
	order.chosen ??= order.currencies[0] ?? { iso: 'USDT', network: 1 };
	move(world, order, 'In Process');
}

/** Money of the payer arrives. @param share the part of the price that arrives, e.g. 0.5 */
export function receive(world: World, order: Order, share: string): void {
	order.chosen ??= order.currencies[0] ?? { iso: 'USDT', network: 1 };
	order.received = add(order.received, multiply(order.price, share, 8));
	const difference = compare(order.received, order.price);
	move(world, order, difference < 0 ? 'Partially' : difference > 0 ? 'Overpayment' : 'Paid');
}

/** Starts a payer, who chooses a coin and then pays, unless the order expires first. A magic price changes what comes. */
export function startPayer(world: World, order: Order): void {
	const magic = world.magic(order.price);
	world.later(STEP_MS, () => order.status === 'Created' && choose(world, order));
	world.later(2 * STEP_MS, () => {
		if (order.status !== 'In Process' || magic === 'inReview') return;
		receive(world, order, magic === 'paidShort' ? '0.5' : '1');
	});
	if (order.time_expired === 0) return;
	const left = Math.max(0, order.time_expired - world.now) * 1000;
	world.later(Math.min(left, 2 ** 31 - 1), () => {
		const isOpen = ['Created', 'In Process', 'Partially'].includes(order.status);
		if (isOpen && order.time_expired <= world.now) move(world, order, 'Expired');
	});
}

/** Obeys the merchant's answer to a notification: `done` closes the order, whatever was paid, and `cancel` cancels it. */
export function decide(world: World, id: string, answer: unknown): void {
	const order = world.state.orders.find((each) => each.id === id);
	if (!order || isFinal(order)) return;
	if (answer === 'done') move(world, order, 'Completed');
	if (answer === 'cancel') move(world, order, 'Cancelled');
}
