import { complete, confirm, end, expire, requireDeal } from './deals.mts';
import { decide } from './disputes.mts';
import { findInvoice } from './invoices.mts';
import { findWithdrawal, sendOut } from './withdrawals.mts';
import type { World } from './world.mts';

type Action = (world: World, id: string) => void;

/** What payers, traders and BridgePay's staff do. Each is a button of the console. */
export const actions = {
	takePayOut: (world, id) => void (requireDeal(findInvoice(world, id), ['new']).status = 'transfer_waiting'),
	sayPaid: (world, id) => confirm(world, findInvoice(world, id), 'https://files.sandbox.invalid/console.png'),
	completeInvoice: (world, id) => {
		const invoice = findInvoice(world, id);
		complete(world, invoice, requireDeal(invoice, ['new', 'transfer_waiting', 'transfer_confirmed']));
	},
	cancelInvoice: (world, id) => end(world, findInvoice(world, id), 'canceled'),
	expireInvoice: (world, id) => expire(world, findInvoice(world, id)),
	acceptDispute: (world, id) => decide(world, findInvoice(world, id), true),
	rejectDispute: (world, id) => decide(world, findInvoice(world, id), false),
	sendWithdrawal: (world, id) => sendOut(world, findWithdrawal(world, id)),
	switchPayIns: ({ state: { store } }) => void (store.payIn = !store.payIn),
	switchPayOuts: ({ state: { store } }) => void (store.payOut = !store.payOut),
	switchTwoFactor: ({ state: { store } }) => void (store.twoFactor = !store.twoFactor),
} satisfies Record<string, Action>;

export type BridgePayAction = keyof typeof actions;

export function isAction(name: string): name is BridgePayAction {
	return Object.hasOwn(actions, name);
}
