import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, optionalTime, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { untilFinal } from '../../../core/provider/standingOn';
import { address, cryptoAmount, milliseconds, ownId, PAGES, text } from './fields';
import { products } from './subscriptionProduct';

const GROUP = `${PAGES}/subscription`;

const merchantPlanNo: INodeProperties = optionalText({
	displayName: 'Merchant Plan Number',
	name: 'merchantPlanNo',
	placeholder: 'e.g. monthly-basic',
	description: 'Your own reference of the plan',
});

const planNo: INodeProperties = optionalText({
	displayName: 'Plan Number',
	name: 'planNo',
	placeholder: 'e.g. 84670588016525317',
	description: "Gate Pay's number of the plan, used when your own is not known",
});

const merchantOrderNo: INodeProperties = optionalText({
	displayName: 'Merchant Subscription Number',
	name: 'merchantSubscriptionOrderNo',
	placeholder: 'e.g. sub-2026-0001',
	description: 'Your own reference of the subscription',
});

const orderNo: INodeProperties = optionalText({
	displayName: 'Subscription Number',
	name: 'subscriptionOrderNo',
	placeholder: 'e.g. 84670588016525427',
	description: "Gate Pay's number of the subscription, used when your own is not known",
});

const range: INodeProperties[] = [
	optionalTime({
		displayName: 'End Time',
		name: 'endTime',
		description: 'At most one year after the start',
	}),
	optionalTime({ displayName: 'Start Time', name: 'startTime' }),
];

const totalPayCount: INodeProperties = {
	displayName: 'Number of Debits',
	name: 'totalPayCount',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 12,
	description: 'Open ended when it is not set',
};

const trialDays: INodeProperties = {
	displayName: 'Trial Days',
	name: 'trialDays',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Days between the authorization and the first debit',
};

const createPlan: Operation = {
	name: 'Create Plan',
	value: 'createPlan',
	action: 'Create subscription plan',
	description: 'Create a plan for a price of a product',
	request: 'POST /pay-subscription/open/v1/plan/save',
	effect: 'write',
	referenceField: 'merchantPlanNo',
	lookup: { operation: 'subscription.getPlan', by: 'merchantPlanNo', field: 'merchantPlanNo' },
	same: { fields: { priceNo: 'priceNo', planName: 'planName' } },
	proof: { has: ['planNo'], reference: 'merchantPlanNo' },
	returns: {},
	docs: `${GROUP}/planSave`,
	fields: [
		{
			...merchantPlanNo,
			required: true,
			description: 'Your own reference of the plan. It must be unique.',
		},
		requiredText({
			displayName: 'Plan Name',
			name: 'planName',
			placeholder: 'e.g. Monthly',
			description: 'At most 20 characters',
		}),
		requiredText({
			displayName: 'Plan Description',
			name: 'planDesc',
			placeholder: 'e.g. Monthly plan',
			description: 'At most 100 characters',
		}),
		fromList(
			{ displayName: 'Price', name: 'priceNo', description: 'A price of one of your products' },
			'searchSubscriptionPrices',
			'e.g. 84670588016525201',
			'By Number',
		),
	],
	options: [
		optionalText({
			displayName: 'Authorized Amount',
			name: 'authorizedAmount',
			placeholder: 'e.g. 120',
			description: 'How much the subscriber has to authorize',
		}),
		optionalTime({ displayName: 'Ends At', name: 'endTime', description: 'Open ended when empty' }),
		totalPayCount,
		trialDays,
	],
	rules: {
		merchantPlanNo: ownId,
		planName: text(20),
		planDesc: text(100),
		trialDays: { kind: 'integer', minimum: 0 },
		totalPayCount: { kind: 'integer', minimum: 1 },
		endTime: milliseconds,
		authorizedAmount: cryptoAmount,
	},
};

/** A plan is its numbers, its price and its rhythm. */
const PLAN_DETAILS = [
	'planDesc',
	'merchantId',
	'productName',
	'productNo',
	'priceNo',
	'priceName',
	'trialDays',
	'totalPayCount',
	'endTime',
	'promoRate',
	'createTime',
	'updateTime',
];

const getPlan: Operation = {
	name: 'Get Plan',
	value: 'getPlan',
	action: 'Get subscription plan',
	description: 'Get a plan by your own reference or by its number',
	request: 'GET /pay-subscription/open/v1/plan/detail',
	onBehalfOf: '/pay-subscription/open/institution/v1/plan/detail',
	effect: 'read',
	about: { merchantPlanNo: 'merchantPlanNo' },
	returns: { leavesOut: PLAN_DETAILS },
	docs: `${GROUP}/planDetail`,
	fields: [merchantPlanNo, planNo],
	oneOf: ['merchantPlanNo', 'planNo'],
};

const getPlans: Operation = {
	name: 'Get Many Plans',
	value: 'getPlans',
	action: 'Get many subscription plans',
	description: 'List your plans',
	request: 'GET /pay-subscription/open/v1/plan/list',
	effect: 'read',
	returns: {
		leavesOut: PLAN_DETAILS,
		list: 'list',
		page: { number: 'page', size: 'count', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${GROUP}/planList`,
	options: [
		optionalText({
			displayName: 'Product Number',
			name: 'productNo',
			placeholder: 'e.g. 84670588016525200',
		}),
		{
			displayName: 'Status',
			name: 'planStatus',
			type: 'options',
			options: [
				{ name: 'Active', value: 'ACTIVE' },
				{ name: 'Inactive', value: 'INACTIVE' },
			],
			default: 'ACTIVE',
		},
	],
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create subscription',
	description: 'Create a subscription with a link where the subscriber authorizes it',
	request: 'POST /pay-subscription/open/v1/order/create',
	onBehalfOf: '/pay-subscription/open/institution/v1/order/create',
	effect: 'write',
	referenceField: 'merchantSubscriptionOrderNo',
	lookup: {
		operation: 'subscription.get',
		by: 'merchantSubscriptionOrderNo',
		field: 'merchantSubscriptionOrderNo',
	},
	// The answer has no merchantPlanNo, so that field is not compared. A subscription under the same reference counts
	// as the same.
	same: {
		fields: { merchantSubscriptionOrderNo: 'merchantSubscriptionOrderNo' },
		ifSent: { planNo: 'planNo' },
	},
	proof: { has: ['subscriptionOrderNo'], reference: 'merchantSubscriptionOrderNo' },
	returns: { kind: 'subscriptionOrder' },
	docs: `${GROUP}/orderCreate`,
	fields: [
		{
			...merchantOrderNo,
			required: true,
			description: 'Your own reference. It must be unique; never use a new one to try a subscription again.',
		},
		merchantPlanNo,
		{
			...fromList(
				{
					displayName: 'Plan',
					name: 'planNo',
					description: "Gate Pay's number of the plan, used when Merchant Plan Number is empty",
				},
				'searchSubscriptionPlans',
				'e.g. 84670588016525317',
				'By Number',
			),
			required: false,
		},
	],
	oneOf: ['merchantPlanNo', 'planNo'],
	options: [
		optionalText({
			displayName: 'Return URL',
			name: 'callbackUrl',
			placeholder: 'e.g. https://shop.example/thanks',
			description: 'The page that the subscriber sees afterwards, at most 128 characters. Not a webhook.',
		}),
	],
	rules: { merchantSubscriptionOrderNo: ownId, callbackUrl: address(128) },
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get subscription',
	description: 'Get a subscription by your own reference or by its number',
	request: 'GET /pay-subscription/open/v1/order/detail',
	onBehalfOf: '/pay-subscription/open/institution/v1/order/detail',
	effect: 'read',
	about: { merchantSubscriptionOrderNo: 'merchantSubscriptionOrderNo' },
	returns: { kind: 'subscriptionOrder' },
	docs: `${GROUP}/orderDetail`,
	fields: [merchantOrderNo, orderNo],
	oneOf: ['merchantSubscriptionOrderNo', 'subscriptionOrderNo'],
};

const orderStatus: INodeProperties = {
	displayName: 'Status',
	name: 'orderStatus',
	type: 'options',
	options: [
		{ name: 'Authorized', value: 'AUTHORIZED' },
		{ name: 'Cancelled', value: 'CANCELLED' },
		{ name: 'Closed', value: 'CLOSED' },
		{ name: 'Completed', value: 'COMPLETED' },
		{ name: 'Confirming', value: 'CONFIRMING' },
		{ name: 'Created', value: 'CREATED' },
		{ name: 'Held', value: 'BLOCKED' },
		{ name: 'Running', value: 'RUNNING' },
		{ name: 'Trial', value: 'TRIAL' },
		{ name: 'Unpaid', value: 'UNPAID' },
	],
	default: 'RUNNING',
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many subscriptions',
	description: 'List subscriptions',
	request: 'GET /pay-subscription/open/v1/order/list',
	onBehalfOf: '/pay-subscription/open/institution/v1/order/list',
	effect: 'read',
	returns: {
		kind: 'subscriptionOrder',
		list: 'records',
		// The text says that pages begin at 0, but its example begins at 1.
		page: { number: 'page', size: 'count', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${GROUP}/orderList`,
	options: [
		merchantPlanNo,
		planNo,
		...range,
		orderStatus,
		optionalText({
			displayName: 'User Address',
			name: 'userAddress',
			description: 'The address of the subscriber',
		}),
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

const complete: Operation = {
	name: 'Finish or Cancel',
	value: 'complete',
	action: 'Finish or cancel subscription',
	description: 'End a subscription',
	request: 'POST /pay-subscription/open/v1/order/complete',
	onBehalfOf: '/pay-subscription/open/institution/v1/order/complete',
	effect: 'write',
	referenceField: 'merchantSubscriptionOrderNo',
	once: { see: 'subscription.get' },
	returns: {},
	docs: `${GROUP}/orderComplete`,
	fields: [
		{
			displayName: 'How',
			name: 'operationType',
			type: 'options',
			options: [
				{ name: 'Cancel', value: 'CANCEL' },
				{ name: 'Finish', value: 'FINISH' },
			],
			required: true,
			default: 'FINISH',
		},
		merchantOrderNo,
		orderNo,
	],
	oneOf: ['merchantSubscriptionOrderNo', 'subscriptionOrderNo'],
	options: [optionalText({ displayName: 'Reason', name: 'reason', description: 'At most 100 characters' })],
	rules: { reason: text(100) },
};

const debit: Operation = {
	name: 'Debit',
	value: 'debit',
	action: 'Debit subscription',
	description: 'Take money from a subscriber, within what was authorized (price type ACCOUNT_AUTH)',
	request: 'POST /pay-subscription/open/v1/order/deduct',
	onBehalfOf: '/pay-subscription/open/institution/v1/order/deduct',
	effect: 'money',
	once: { remembered: true },
	moves: { amount: ['amount'], currency: ['currency'], to: 'own account' },
	referenceField: 'merchantDeductNo',
	lookup: { operation: 'subscription.getDebit', by: 'merchantDeductNo', field: 'merchantDeductNo' },
	same: {
		fields: { amount: 'cryptoAmount' },
		ifSent: {
			currency: 'cryptoCurrency',
			subscriptionOrderNo: 'subscriptionOrderNo',
			merchantSubscriptionOrderNo: 'merchantSubscriptionOrderNo',
		},
	},
	proof: {
		has: ['deductOrderNo'],
		reference: 'merchantDeductNo',
		same: { fields: { amount: 'amount', currency: 'currency' } },
	},
	returns: { kind: 'subscriptionDebit' },
	docs: `${GROUP}/orderDeduct`,
	fields: [
		requiredText({
			displayName: 'Merchant Debit Number',
			name: 'merchantDeductNo',
			placeholder: 'e.g. debit-2026-11',
			description: 'Your own reference. It must be unique; never use a new one to try a debit again.',
		}),
		merchantOrderNo,
		orderNo,
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 9.9',
			description: 'At least 0.01, with at most 6 decimals. Sent as a number with exactly these digits.',
		}),
		requiredText({ displayName: 'Currency', name: 'currency', placeholder: 'e.g. USDT' }),
	],
	oneOf: ['merchantSubscriptionOrderNo', 'subscriptionOrderNo'],
	options: [
		optionalText({
			displayName: 'Description',
			name: 'description',
			description: 'Shown to the subscriber, at most 100 characters',
		}),
	],
	rules: {
		merchantDeductNo: ownId,
		amount: { kind: 'amount', as: 'number', decimals: 6, minimum: '0.01' },
		description: text(100),
	},
};

const getDebit: Operation = {
	name: 'Get Debit',
	value: 'getDebit',
	action: 'Get subscription debit',
	description: 'Get a debit by your own reference or by its number',
	request: 'GET /pay-subscription/open/v1/deduction/order/detail',
	onBehalfOf: '/pay-subscription/open/institution/v1/deduction/order/detail',
	effect: 'read',
	about: { merchantDeductNo: 'merchantDeductNo' },
	returns: { kind: 'subscriptionDebit' },
	docs: `${GROUP}/deductionOrderDetail`,
	fields: [
		optionalText({
			displayName: 'Merchant Debit Number',
			name: 'merchantDeductNo',
			placeholder: 'e.g. debit-2026-11',
			description: 'Your own reference of the debit',
		}),
		optionalText({
			displayName: 'Payment Order Number',
			name: 'paymentOrderNo',
			placeholder: 'e.g. 84670588016525429',
			description: "Gate Pay's number of the debit, used when your own is not known",
		}),
	],
	oneOf: ['merchantDeductNo', 'paymentOrderNo'],
};

const waitUntilDebitIsFinal: Operation = {
	...untilFinal('subscription', getDebit),
	name: 'Wait Until Debit Is Final',
	value: 'waitUntilDebitIsFinal',
	action: 'Wait until subscription debit is final',
	description:
		'Read a subscription debit repeatedly until its state is final. It is final when the debit was paid or failed.',
};

const getDebits: Operation = {
	name: 'Get Many Debits',
	value: 'getDebits',
	action: 'Get many subscription debits',
	description: 'List the debits of a subscription',
	request: 'GET /pay-subscription/open/v1/deduction/order/list',
	onBehalfOf: '/pay-subscription/open/institution/v1/deduction/order/list',
	effect: 'read',
	returns: {
		kind: 'subscriptionDebit',
		// We could not see an answer. Similar lists have their rows at one of these two paths.
		list: ['records', 'list'],
		page: { number: 'page', size: 'count', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${GROUP}/deductionOrderList`,
	fields: [merchantOrderNo, orderNo],
	oneOf: ['merchantSubscriptionOrderNo', 'subscriptionOrderNo'],
	options: [
		...range,
		{
			displayName: 'Status',
			name: 'payStatus',
			type: 'options',
			options: [
				{ name: 'Held', value: 'BLOCK' },
				{ name: 'Not Carried Out', value: 'FAIL' },
				{ name: 'Succeeded', value: 'SUCCESS' },
			],
			default: 'SUCCESS',
		},
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

/** Recurring payments: products with prices, plans, subscriptions and their debits. */
export const subscription: Resource = {
	name: 'Subscription',
	value: 'subscription',
	operations: [
		create,
		get,
		getMany,
		complete,
		debit,
		getDebit,
		waitUntilDebitIsFinal,
		getDebits,
		createPlan,
		getPlan,
		getPlans,
		...products,
	],
};
