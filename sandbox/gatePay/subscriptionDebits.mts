import { addressOf } from '../addresses.mts';
import { add, compare, decimalsOf, subtract } from '../decimal.mts';
import { pageOf, type Handler } from './call.mts';
import type { Subscription, SubscriptionDebit, SubscriptionStatus } from './merchantState.mts';
import { hashOf } from './money.mts';
import { notify } from './orderNotifications.mts';
import { Refusal } from './refusal.mts';
import { planByNumber, priceOfPlan } from './subscriptionCatalogue.mts';
import { find, findSubscription, userOf } from './subscriptions.mts';
import type { World } from './world.mts';

const DEFAULT_COUNT = 10;
const LEAST_DEBIT = '0.01';
const DEBITABLE: SubscriptionStatus[] = ['AUTHORIZED', 'TRIAL', 'RUNNING', 'UNPAID'];

/** A repeat returns the first debit: the page calls `merchantDeductNo` idempotent. */
export const deductSubscription: Handler = ({ operation, body }, world) => {
	const subscription = find(world, body);
	const merchantDeductNo = body.text('merchantDeductNo');
	const earlier = world.state.debits.find((debit) => debit.merchantDeductNo === merchantDeductNo);
	if (earlier) return deducted(world, subscription, earlier);
	const plan = planByNumber(world, subscription.planNo);
	const { priceType } = priceOfPlan(world, plan.priceNo);
	if (priceType !== 'ACCOUNT_AUTH') throw new Refusal('400204', `The price type is ${priceType}`);
	// The documented request has the amount as a number.
	const amount = body.scalar('amount');
	const currency = body.text('currency');
	if (decimalsOf(amount) > 6 || compare(amount, LEAST_DEBIT) < 0)
		throw new Refusal('400621', `The amount ${amount} is below ${LEAST_DEBIT} or has too many decimals`);
	if (compare(add(subscription.totalPaidAmount, amount), plan.authorizedAmount) > 0)
		throw new Refusal('400605', `Only ${plan.authorizedAmount} were authorized`);
	const description = body.textOr('description', '');
	const debit = take(world, subscription, { merchantDeductNo, amount, currency, description });
	world.books.apply(operation, merchantDeductNo, [{ amount, currency }]);
	notify(world, 'ACCOUNT_AUTH_DEDUCTION', debit.paymentOrderNo, 'DEDUCT_SUCCESS', {
		...debitData(world, subscription, debit),
		deductOrderNo: debit.paymentOrderNo,
	});
	return deducted(world, subscription, debit);
};

export const getSubscriptionDeduction: Handler = ({ query }, world) => {
	const merchantDeductNo = query.textOr('merchantDeductNo', undefined);
	const paymentOrderNo = query.textOr('paymentOrderNo', undefined);
	const debit = world.state.debits.find((each) =>
		merchantDeductNo === undefined
			? each.paymentOrderNo === paymentOrderNo
			: each.merchantDeductNo === merchantDeductNo,
	);
	if (!debit) throw new Refusal('400202', `The debit ${merchantDeductNo ?? paymentOrderNo} does not exist`);
	return debitShape(world, debit);
};

export const listSubscriptionDeductions: Handler = ({ query }, world) => {
	const { subscriptionOrderNo } = find(world, query);
	const [from, to] = [query.numberOr('startTime', 0), query.numberOr('endTime', Infinity)];
	const matching = world.state.debits
		.toReversed()
		.filter((debit) => debit.subscriptionOrderNo === subscriptionOrderNo)
		.filter(({ payTime }) => payTime >= from && payTime <= to)
		.filter(({ status }) => !query.has('payStatus') || status === query.text('payStatus'));
	const rows = pageOf(matching, query.numberOr('page', 1), query.numberOr('count', DEFAULT_COUNT));
	return { total: matching.length, records: rows.map((row) => debitShape(world, row)) };
};

/** Gate Pay debits a subscription when the plan's cycle says so. */
export function debitByPlan(world: World, subscription: Subscription): void {
	const debit = take(world, subscription, debitOfPlan(world, subscription));
	const data = debitData(world, subscription, debit);
	notify(world, 'SUBSCRIPTION_PAYMENT', debit.paymentOrderNo, 'SUCCESS', data);
}

/** A debit fails, or is held for risk. No money moves, and no notification is sent: no page has one. */
export function missByPlan(world: World, subscription: Subscription, status: 'FAIL' | 'BLOCK'): void {
	const { subscriptionOrderNo } = subscription;
	const result = { status, errMsg: 'The allowance is used up', txHash: '', payTime: world.now() };
	const given = debitOfPlan(world, subscription);
	world.state.debits.push({ ...given, paymentOrderNo: world.nextId(), subscriptionOrderNo, ...result });
}

function debitOfPlan(world: World, subscription: Subscription) {
	const { priceNo } = planByNumber(world, subscription.planNo);
	const { cryptoAmount: amount, cryptoCurrency: currency } = priceOfPlan(world, priceNo);
	return { merchantDeductNo: '', amount, currency, description: '' };
}

function take(
	world: World,
	subscription: Subscription,
	given: Pick<SubscriptionDebit, 'merchantDeductNo' | 'amount' | 'currency' | 'description'>,
): SubscriptionDebit {
	if (!DEBITABLE.includes(subscription.status))
		throw new Refusal('400204', `The subscription is ${subscription.status}`);
	const paymentOrderNo = world.nextId();
	const { subscriptionOrderNo, merchantSubscriptionOrderNo } = subscription;
	const txHash = hashOf(paymentOrderNo);
	const result = { status: 'SUCCESS' as const, errMsg: '', txHash, payTime: world.now() };
	const debit: SubscriptionDebit = { ...given, paymentOrderNo, subscriptionOrderNo, ...result };
	world.state.debits.push(debit);
	subscription.paidCount += 1;
	subscription.totalPaidAmount = add(subscription.totalPaidAmount, debit.amount);
	subscription.lastPayTime = world.now();
	world.credit(debit.currency, debit.amount, {
		orderId: paymentOrderNo,
		merchantTradeNo: merchantSubscriptionOrderNo,
		financialType: 'receipt_fi',
	});
	return debit;
}

function debitData(world: World, subscription: Subscription, debit: SubscriptionDebit) {
	return {
		subscriptionOrderNo: subscription.subscriptionOrderNo,
		merchantSubscriptionOrderNo: subscription.merchantSubscriptionOrderNo,
		planNo: subscription.planNo,
		paymentOrderNo: debit.paymentOrderNo,
		merchantId: world.account.merchantId,
		payStatus: debit.status,
		payTime: debit.payTime,
		paymentChannel: 'WEB3',
		cryptoAmount: debit.amount,
		cryptoCurrency: debit.currency,
		chain: 'ARBEVM',
		txHash: debit.txHash,
		authorizedAddress: addressOf('ARBEVM', 'authorized'),
		merchantAddress: addressOf('ARBEVM', 'merchant'),
		userAddress: userOf(subscription),
	};
}

function debitShape(world: World, debit: SubscriptionDebit) {
	const subscription = findSubscription(world, debit.subscriptionOrderNo);
	return {
		subscriptionOrderNo: subscription.subscriptionOrderNo,
		merchantSubscriptionOrderNo: subscription.merchantSubscriptionOrderNo,
		planNo: subscription.planNo,
		paymentOrderNo: debit.paymentOrderNo,
		txHash: debit.txHash,
		merchantId: world.account.merchantId,
		cryptoCurrency: debit.currency,
		chain: 'ARBEVM',
		userAddress: userOf(subscription),
		merchantAddress: addressOf('ARBEVM', 'merchant'),
		cryptoAmount: debit.amount,
		isDiscounted: false,
		authorizeWalletAddress: addressOf('ARBEVM', 'authorized'),
		merchantDeductNo: debit.merchantDeductNo,
		description: debit.description || null,
		errMsg: debit.errMsg,
		payTime: debit.payTime,
		payStatus: debit.status,
		totalFeeAmount: '0',
		totalSettleAmount: debit.amount,
		payDetails: [],
	};
}

function deducted(world: World, subscription: Subscription, debit: SubscriptionDebit) {
	const { authorizedAmount } = planByNumber(world, subscription.planNo);
	return {
		deductOrderNo: debit.paymentOrderNo,
		merchantDeductNo: debit.merchantDeductNo,
		status: debit.status,
		amount: debit.amount,
		currency: debit.currency,
		totalDeducted: subscription.totalPaidAmount,
		remainingAmount: subtract(authorizedAmount, subscription.totalPaidAmount),
		deductTime: debit.payTime,
	};
}
