import { findBankAccount, review } from './bankAccounts.mts';
import * as deposits from './deposits.mts';
import { advancePayout } from './payouts.mts';
import * as withdrawals from './withdrawals.mts';
import type { World } from './world.mts';

type Action = (world: World, id: string) => void;

/** What payers, banks, chains and Gate's staff do; the buttons of the console. */
export const actions = {
	confirmDeposit: (world, id) => deposits.confirm(world, deposits.findDeposit(world, id), ''),
	settleDeposit: (world, id) => deposits.settle(world, deposits.findDeposit(world, id)),
	failDeposit: (world, id) => deposits.fail(world, deposits.findDeposit(world, id)),
	cancelDeposit: (world, id) => deposits.cancel(world, deposits.findDeposit(world, id)),
	dispatchWithdrawal: (world, id) => withdrawals.dispatch(world, withdrawals.findWithdrawal(world, id)),
	settleWithdrawal: (world, id) => withdrawals.settle(world, withdrawals.findWithdrawal(world, id)),
	failWithdrawal: (world, id) => withdrawals.fail(world, withdrawals.findWithdrawal(world, id)),
	/** Payouts: a suborder_id, or a batch_id for all its open sub-orders. */
	advancePayout: (world, id) => advancePayout(world, id),
	reviewPayout: (world, id) => advancePayout(world, id, 'CHECK'),
	approvePayout: (world, id) => advancePayout(world, id, 'PROCESSING'),
	completePayout: (world, id) => advancePayout(world, id, 'DONE'),
	failPayout: (world, id) => advancePayout(world, id, 'FAIL'),
	approveBankAccount: (world, id) => review(findBankAccount(world, id), 1, ''),
	rejectBankAccount: (world, id) => review(findBankAccount(world, id), 99, 'Rejected in the console'),
	askForBankMaterial: (world, id) => review(findBankAccount(world, id), 3, 'More papers are wanted'),
} satisfies Record<string, Action>;

export type GatePayAction = keyof typeof actions;

export function isAction(name: string): name is GatePayAction {
	return Object.hasOwn(actions, name);
}
