import { addressOf } from '../addresses.mts';
import type { Fields } from '../values.mts';
import { pageOf, type Handler } from './call.mts';
import type { Subscription, SubscriptionStatus } from './merchantState.mts';
import { notify } from './orderNotifications.mts';
import { Refusal } from './refusal.mts';
import { findPlan, planByNumber, priceOfPlan } from './subscriptionCatalogue.mts';
import type { World } from './world.mts';

const ENDED: SubscriptionStatus[] = ['COMPLETED', 'CANCELLED', 'CLOSED'];

export const createSubscriptionOrder: Handler = ({ body }, world) => {
	const merchantSubscriptionOrderNo = body.text('merchantSubscriptionOrderNo');
	const { subscriptions } = world.state;
	if (subscriptions.some((each) => each.merchantSubscriptionOrderNo === merchantSubscriptionOrderNo))
		throw new Refusal('400201', `${merchantSubscriptionOrderNo} exists already`);
	const { planNo } = findPlan(world, body);
	const subscription: Subscription = {
		subscriptionOrderNo: world.nextId(),
		merchantSubscriptionOrderNo,
		planNo,
		callbackUrl: body.textOr('callbackUrl', ''),
		status: 'CREATED',
		paidCount: 0,
		totalPaidAmount: '0',
		createTime: world.now(),
		updateTime: world.now(),
		authTime: 0,
		lastPayTime: 0,
	};
	subscriptions.push(subscription);
	const { subscriptionOrderNo } = subscription;
	return { merchantSubscriptionOrderNo, subscriptionOrderNo, subscriptionLink: linkOf(subscription) };
};

export const getSubscriptionOrder: Handler = ({ query }, world) => shape(world, find(world, query));

export const listSubscriptionOrders: Handler = ({ query }, world) => {
	const [from, to] = [query.numberOr('startTime', 0), query.numberOr('endTime', Infinity)];
	const matching = world.state.subscriptions.toReversed().filter((subscription) => {
		const { merchantPlanNo } = planByNumber(world, subscription.planNo);
		const is = (name: string, value: string) => !query.has(name) || query.text(name) === value;
		const { createTime, planNo, status } = subscription;
		if (createTime < from || createTime > to || !is('planNo', planNo)) return false;
		return (
			is('orderStatus', status) &&
			is('merchantPlanNo', merchantPlanNo) &&
			is('userAddress', userOf(subscription))
		);
	});
	// In this list the documented numbers are texts of digits.
	const rows = pageOf(matching, Number(query.text('page')), Number(query.text('count')));
	return { total: matching.length, records: rows.map((row) => shape(world, row)) };
};

export const completeSubscriptionOrder: Handler = ({ body }, world) => {
	const subscription = find(world, body);
	move(world, subscription, body.text('operationType') === 'FINISH' ? 'COMPLETED' : 'CANCELLED');
	return null;
};

/** The subscription with this number. Throws a Refusal when there is none. */
export function findSubscription({ state }: World, id: string): Subscription {
	const found = state.subscriptions.find((each) => each.subscriptionOrderNo === id);
	if (!found) throw new Refusal('400202', `The subscription ${id} does not exist`);
	return found;
}

/** The subscriber follows the link and agrees. */
export function authorize(world: World, subscription: Subscription): void {
	if (subscription.status !== 'CREATED')
		throw new Refusal('400204', `The subscription is ${subscription.status}`);
	subscription.authTime = world.now();
	move(world, subscription, 'AUTHORIZED');
	const { trialDays } = planByNumber(world, subscription.planNo);
	move(world, subscription, trialDays > 0 ? 'TRIAL' : 'RUNNING');
}

/** A debit finds too little money in the subscriber's account. */
export function failToPay(world: World, subscription: Subscription): void {
	move(world, subscription, 'UNPAID');
}

export function cancelByUser(world: World, subscription: Subscription): void {
	move(world, subscription, 'CANCELLED');
}

function move(world: World, subscription: Subscription, to: SubscriptionStatus): void {
	if (ENDED.includes(subscription.status))
		throw new Refusal('400204', `The subscription is ${subscription.status}`);
	subscription.status = to;
	subscription.updateTime = world.now();
	const data = notificationData(world, subscription);
	notify(world, 'SUBSCRIPTION_ORDER_STATUS', subscription.subscriptionOrderNo, to, data);
}

/** The subscription of either number. Throws a Refusal when there is none. */
export function find({ state }: World, given: Fields): Subscription {
	const own = given.textOr('merchantSubscriptionOrderNo', undefined);
	const theirs = given.textOr('subscriptionOrderNo', undefined);
	const found = state.subscriptions.find((each) =>
		own === undefined ? each.subscriptionOrderNo === theirs : each.merchantSubscriptionOrderNo === own,
	);
	if (!found) throw new Refusal('400202', `The subscription ${own ?? theirs} does not exist`);
	return found;
}

function linkOf({ subscriptionOrderNo }: Subscription): string {
	return `https://cashier.sandbox.invalid/subscribe?order=${subscriptionOrderNo}`;
}

/** The subscriber's made-up address, always the same for the same subscription. */
export function userOf({ subscriptionOrderNo }: Subscription): string {
	return addressOf('ARBEVM', subscriptionOrderNo);
}

function shape(world: World, subscription: Subscription) {
	const plan = planByNumber(world, subscription.planNo);
	const price = priceOfPlan(world, plan.priceNo);
	return {
		...notificationData(world, subscription),
		subscriptionLink: linkOf(subscription),
		priceNo: plan.priceNo,
		priceName: price.priceName,
		userId: 0,
		merchantAddress: addressOf('ARBEVM', 'merchant'),
		promoAmount: '',
		promoRate: '',
		isFirstPeriodDiscounted: false,
		nextPayTime: 0,
		callbackUrl: subscription.callbackUrl,
		priceType: price.priceType,
		authTime: subscription.authTime,
	};
}

function notificationData(world: World, subscription: Subscription) {
	const plan = planByNumber(world, subscription.planNo);
	const { product, cryptoAmount, cryptoCurrency, period, interval } = priceOfPlan(world, plan.priceNo);
	return {
		subscriptionOrderNo: subscription.subscriptionOrderNo,
		merchantSubscriptionOrderNo: subscription.merchantSubscriptionOrderNo,
		orderStatus: subscription.status,
		planNo: plan.planNo,
		planName: plan.planName,
		planDesc: plan.planDesc,
		productNo: product.productNo,
		productName: product.productName,
		merchantId: world.account.merchantId,
		authorizedAmount: plan.authorizedAmount,
		chain: 'ARBEVM',
		cryptoAmount,
		cryptoCurrency,
		createTime: subscription.createTime,
		endTime: plan.endTime,
		interval,
		lastPayTime: subscription.lastPayTime,
		paidCount: subscription.paidCount,
		paymentChannel: 'WEB3',
		period,
		totalPaidAmount: subscription.totalPaidAmount,
		totalPayCount: plan.totalPayCount,
		trialDays: plan.trialDays,
		updateTime: subscription.updateTime,
		userAddress: userOf(subscription),
	};
}
