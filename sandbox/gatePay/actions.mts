import { findBankAccount, review } from './bankAccounts.mts';
import { findConversion, settle as settleConversion } from './conversions.mts';
import * as deposits from './deposits.mts';
import { findRule, takeEffect } from './feeRules.mts';
import * as giftCards from './giftCards.mts';
import { findSubAccount, review as reviewSubAccount } from './institution.mts';
import * as orderProgress from './orderProgress.mts';
import { findOrder } from './orders.mts';
import { advancePayout } from './payouts.mts';
import * as refunds from './refunds.mts';
import * as staticAddresses from './staticAddresses.mts';
import { debitByPlan, missByPlan } from './subscriptionDebits.mts';
import * as subscriptions from './subscriptions.mts';
import * as withdrawals from './withdrawals.mts';
import type { World } from './world.mts';

type Action = (world: World, id: string) => void;

/** What payers, banks, chains and Gate's staff do. Each is a button of the console. */
export const actions = {
	confirmDeposit: (world, id) => deposits.confirm(world, deposits.findDeposit(world, id), ''),
	settleDeposit: (world, id) => deposits.settle(world, deposits.findDeposit(world, id)),
	failDeposit: (world, id) => deposits.fail(world, deposits.findDeposit(world, id)),
	cancelDeposit: (world, id) => deposits.cancel(world, deposits.findDeposit(world, id)),
	dispatchWithdrawal: (world, id) => withdrawals.dispatch(world, withdrawals.findWithdrawal(world, id)),
	settleWithdrawal: (world, id) => withdrawals.settle(world, withdrawals.findWithdrawal(world, id)),
	failWithdrawal: (world, id) => withdrawals.fail(world, withdrawals.findWithdrawal(world, id)),
	returnWithdrawal: (world, id) => withdrawals.giveBack(world, withdrawals.findWithdrawal(world, id)),
	/** Payouts, by the suborder_id, or by the batch_id for all its open sub-orders. */
	advancePayout: (world, id) => advancePayout(world, id),
	reviewPayout: (world, id) => advancePayout(world, id, 'CHECK'),
	approvePayout: (world, id) => advancePayout(world, id, 'PROCESSING'),
	completePayout: (world, id) => advancePayout(world, id, 'DONE'),
	failPayout: (world, id) => advancePayout(world, id, 'FAIL'),
	approveBankAccount: (world, id) => review(findBankAccount(world, id), 1, ''),
	rejectBankAccount: (world, id) => review(findBankAccount(world, id), 99, 'Rejected in the console'),
	askForBankMaterial: (world, id) => review(findBankAccount(world, id), 3, 'More papers are wanted'),
	/** Orders, by the prepay ID or the merchant's number. A payer pays in full or in part, in time or late. */
	payOrder: (world, id) => orderProgress.pay(world, findOrder(world, id)),
	payOrderInPart: (world, id) => orderProgress.payInPart(world, findOrder(world, id)),
	payOrderLate: (world, id) => orderProgress.payLate(world, findOrder(world, id)),
	payOrderWrongCurrency: (world, id) => orderProgress.payWrong(world, findOrder(world, id)),
	expireOrder: (world, id) => orderProgress.expire(world, findOrder(world, id)),
	failOrder: (world, id) => orderProgress.fail(world, findOrder(world, id)),
	blockOrder: (world, id) => orderProgress.block(findOrder(world, id)),
	succeedRefund: (world, id) => refunds.succeed(world, refunds.findRefund(world, id)),
	rejectRefund: (world, id) => refunds.reject(world, refunds.findRefund(world, id)),
	/** Static addresses, by customer and chain, such as `smart_shop TRX`. */
	receiveOnAddress: (world, id) =>
		staticAddresses.receive(world, staticAddresses.findByKey(world, id), false),
	holdOnAddress: (world, id) => staticAddresses.receive(world, staticAddresses.findByKey(world, id), true),
	flagAddress: (world, id) => staticAddresses.flag(world, staticAddresses.findByKey(world, id)),
	settleConversion: (world, id) => settleConversion(findConversion(world, id)),
	redeemGiftCard: (world, id) => giftCards.redeem(world, giftCards.findGiftCard(world, id)),
	freezeGiftCard: (world, id) => giftCards.freeze(giftCards.findGiftCard(world, id)),
	approveGiftCard: (world, id) => giftCards.approve(giftCards.findGiftCard(world, id)),
	failGiftCard: (world, id) => giftCards.failToPay(world, giftCards.findGiftCard(world, id)),
	rejectGiftCard: (world, id) => giftCards.reject(world, giftCards.findGiftCard(world, id)),
	authorizeSubscription: (world, id) =>
		subscriptions.authorize(world, subscriptions.findSubscription(world, id)),
	debitSubscription: (world, id) => debitByPlan(world, subscriptions.findSubscription(world, id)),
	failDebit: (world, id) => missByPlan(world, subscriptions.findSubscription(world, id), 'FAIL'),
	blockDebit: (world, id) => missByPlan(world, subscriptions.findSubscription(world, id), 'BLOCK'),
	failSubscription: (world, id) => subscriptions.failToPay(world, subscriptions.findSubscription(world, id)),
	cancelSubscription: (world, id) =>
		subscriptions.cancelByUser(world, subscriptions.findSubscription(world, id)),
	approveSubAccount: (world, id) => reviewSubAccount(world, findSubAccount(world, id), 'ACTIVE'),
	refuseSubAccount: (world, id) => reviewSubAccount(world, findSubAccount(world, id), 'FAIL'),
	startFeeRule: (world, id) => takeEffect(world, findRule(world, id)),
} satisfies Record<string, Action>;

export type GatePayAction = keyof typeof actions;

export function isAction(name: string): name is GatePayAction {
	return Object.hasOwn(actions, name);
}
