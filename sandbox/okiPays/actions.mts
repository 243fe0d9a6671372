import { choose, findOrder, move, receive } from './progress.mts';
import type { Order } from './state.mts';
import type { World } from './world.mts';

type Action = (world: World, order: Order) => void;

/** What payers, the chain and OkiPays' staff do. Each is a button of the console. */
export const actions = {
	chooseCoin: choose,
	payInFull: (world, order) => receive(world, order, '1'),
	payHalf: (world, order) => receive(world, order, '0.5'),
	payDouble: (world, order) => receive(world, order, '2'),
	expire: (world, order) => move(world, order, 'Expired'),
	failPayment: (world, order) => move(world, order, 'Pay Failed'),
	breakOrder: (world, order) => move(world, order, 'Error'),
	complete: (world, order) => move(world, order, 'Completed'),
	cancel: (world, order) => move(world, order, 'Cancelled'),
	deleteOrder: (world, order) => move(world, order, 'Deleted'),
} satisfies Record<string, Action>;

export type OkiPaysAction = keyof typeof actions;

function isAction(name: string): name is OkiPaysAction {
	return Object.hasOwn(actions, name);
}

/** Does one of the actions to the order with this ID. Throws when there is no such action or order. */
export function act(world: World, name: string, id: string): void {
	if (!isAction(name)) throw new Error(`OkiPays has no action ${name}`);
	actions[name](world, findOrder(world, id));
}
