import { cancel, chooseCoin, decline, payPart, payRest, settleRefund } from './orderProgress.mts';
import { requireOrder } from './orders.mts';
import { requireTransaction, settle } from './withdrawals.mts';
import type { World } from './world.mts';

type Action = (world: World, id: string) => void;

/** What payers, chains and PayPlay's staff do. Each is a button of the console. */
export const actions = {
	chooseCoin: (world, id) => chooseCoin(world, requireOrder(world, id)),
	payPart: (world, id) => payPart(world, requireOrder(world, id)),
	payOrder: (world, id) => payRest(world, requireOrder(world, id)),
	declineOrder: (world, id) => decline(world, requireOrder(world, id)),
	cancelOrder: (world, id) => cancel(world, requireOrder(world, id)),
	settleRefund: (world, id) => settleRefund(world, requireOrder(world, id)),
	completeTransaction: (world, id) => settle(world, requireTransaction(world, id), 'COMPLETE'),
	declineTransaction: (world, id) => settle(world, requireTransaction(world, id), 'DECLINED'),
	cancelTransaction: (world, id) => settle(world, requireTransaction(world, id), 'CANCELLED'),
} satisfies Record<string, Action>;

export type PayPlayAction = keyof typeof actions;

export function isAction(name: string): name is PayPlayAction {
	return Object.hasOwn(actions, name);
}
