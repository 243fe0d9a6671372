import { findAddress, findDeposit, move as moveDeposit, receive } from './deposits.mts';
import { findOrder } from './otc.mts';
import { findWithdrawal, move as moveWithdrawal } from './payouts.mts';
import type { DepositStatus, WithdrawalStatus } from './state.mts';
import type { World } from './world.mts';

type Action = (world: World, id: string) => void;

const withdrawal =
	(to?: WithdrawalStatus): Action =>
	(world, id) =>
		moveWithdrawal(world, findWithdrawal(world, id), to);

const deposit =
	(to?: DepositStatus): Action =>
	(world, id) =>
		moveDeposit(world, findDeposit(world, id), to);

/** What payers, chains and Rapira's staff do. Each is a button of the console. */
export const actions = {
	advancePayout: withdrawal(),
	holdPayout: withdrawal('WAITING'),
	completePayout: withdrawal('SUCCESS'),
	failPayout: withdrawal('FAIL'),
	rejectPayout: withdrawal('REJECT'),
	cancelPayout: withdrawal('CANCELED'),
	cancelPayoutByUser: withdrawal('CANCEL_BY_USER'),
	payToAddress: (world, id) => receive(world, findAddress(world, id)),
	advanceDeposit: deposit(),
	checkDeposit: deposit('MANUAL_CHECK'),
	rejectDeposit: deposit('REJECTED'),
	failDeposit: deposit('FAILED'),
	returnDeposit: deposit('RETURNED'),
	cancelOrder: (world, id) => {
		findOrder(world, id).status = 'CANCELLED';
	},
	revokeTokens: ({ gatekeeper }) => gatekeeper.revokeTokens(),
	blockRegion: ({ state }) => {
		state.isRegionBlocked = true;
	},
	unblockRegion: ({ state }) => {
		state.isRegionBlocked = false;
	},
	toggleP2p: ({ state }) => {
		state.access.p2p = !state.access.p2p;
	},
	toggleWithdraw: ({ state }) => {
		state.access.withdraw = !state.access.withdraw;
	},
} satisfies Record<string, Action>;

export type RapiraAction = keyof typeof actions;

export function isAction(name: string): name is RapiraAction {
	return Object.hasOwn(actions, name);
}
