import type { Fields } from '../values.mts';
import { isRecord } from '../values.mts';
import { pageOf, type Handler } from './call.mts';
import type { Plan, Price, Product } from './merchantState.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

const DEFAULT_COUNT = 10;

export const createSubscriptionProduct: Handler = ({ body }, world) => {
	const merchantProductNo = body.text('merchantProductNo');
	if (world.state.products.some((product) => product.merchantProductNo === merchantProductNo))
		throw new Refusal('400201', `merchantProductNo ${merchantProductNo} exists already`);
	const productNo = world.nextId();
	const given: unknown = body.value('priceList');
	const prices = (Array.isArray(given) ? given : []).map((price): Price => {
		return { priceNo: world.nextId(), given: isRecord(price) ? price : {} };
	});
	if (prices.length === 0) throw new Refusal('400001', 'priceList is empty');
	const product: Product = {
		productNo,
		merchantProductNo,
		productName: body.text('productName'),
		productDesc: body.textOr('productDesc', ''),
		productLogo: body.textOr('productLogo', ''),
		prices,
		createTime: world.now(),
	};
	world.state.products.push(product);
	return productShape(product);
};

/** Takes either number: the documented example has the platform's number under the merchant's name. */
export const getSubscriptionProduct: Handler = ({ body }, { state }) => {
	const wanted = body.textOr('merchantProductNo', body.textOr('merchantProdNo', ''));
	const product = state.products.find(
		({ merchantProductNo, productNo }) => merchantProductNo === wanted || productNo === wanted,
	);
	if (!product) throw new Refusal('400202', `The product ${wanted} does not exist`);
	return productShape(product);
};

export const listSubscriptionProducts: Handler = ({ body }, { state }) => {
	const rows = pageOf(state.products, body.numberOr('pageNo', 1), body.numberOr('pageSize', DEFAULT_COUNT));
	return { total: state.products.length, list: rows.map(productShape) };
};

export const createSubscriptionPlan: Handler = ({ body }, world) => {
	const merchantPlanNo = body.text('merchantPlanNo');
	if (world.state.plans.some((plan) => plan.merchantPlanNo === merchantPlanNo))
		throw new Refusal('400201', `merchantPlanNo ${merchantPlanNo} exists already`);
	const priceNo = body.text('priceNo');
	priceOfPlan(world, priceNo);
	const plan: Plan = {
		planNo: world.nextId(),
		merchantPlanNo,
		planName: body.text('planName'),
		planDesc: body.text('planDesc'),
		priceNo,
		trialDays: body.numberOr('trialDays', 0),
		totalPayCount: body.numberOr('totalPayCount', 0),
		endTime: body.numberOr('endTime', 0),
		authorizedAmount: body.textOr('authorizedAmount', '1000'),
		createTime: world.now(),
	};
	world.state.plans.push(plan);
	return { merchantPlanNo, planNo: plan.planNo };
};

export const getSubscriptionPlan: Handler = ({ query }, world) => planShape(world, findPlan(world, query));

export const listSubscriptionPlans: Handler = ({ query }, world) => {
	const matching = world.state.plans.filter((plan) => {
		// In the sandbox all plans are active.
		if (query.textOr('planStatus', 'ACTIVE') !== 'ACTIVE') return false;
		const { product } = priceOfPlan(world, plan.priceNo);
		return !query.has('productNo') || product.productNo === query.text('productNo');
	});
	const rows = pageOf(matching, query.numberOr('page', 1), query.numberOr('count', DEFAULT_COUNT));
	return { total: matching.length, list: rows.map((plan) => planShape(world, plan)) };
};

/** The plan of either number. Throws a Refusal when there is none. */
export function findPlan({ state }: World, given: Fields): Plan {
	const planNo = given.textOr('planNo', undefined);
	const merchantPlanNo = given.textOr('merchantPlanNo', undefined);
	const plan = state.plans.find((each) =>
		merchantPlanNo === undefined ? each.planNo === planNo : each.merchantPlanNo === merchantPlanNo,
	);
	if (!plan) throw new Refusal('400202', `The plan ${merchantPlanNo ?? planNo} does not exist`);
	return plan;
}

/** The plan with Gate Pay's number. Throws a Refusal when there is none. */
export function planByNumber({ state }: World, planNo: string): Plan {
	const plan = state.plans.find((each) => each.planNo === planNo);
	if (!plan) throw new Refusal('400202', `The plan ${planNo} does not exist`);
	return plan;
}

export interface PricedProduct {
	product: Product;
	priceName: string;
	priceType: string;
	cryptoCurrency: string;
	cryptoAmount: string;
	fiatCurrency: string | null;
	fiatAmount: string;
	period: string;
	interval: number;
}

/** The price with this number and its product. Throws a Refusal when there is none. */
export function priceOfPlan({ state }: World, priceNo: string): PricedProduct {
	const product = state.products.find(({ prices }) => prices.some((price) => price.priceNo === priceNo));
	const price = product?.prices.find((each) => each.priceNo === priceNo);
	if (!product || !price) throw new Refusal('400202', `The price ${priceNo} does not exist`);
	const { given } = price;
	const text = (name: string) => {
		const value = given[name];
		return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	};
	return {
		product,
		priceName: text('priceName'),
		priceType: text('priceType') || 'FIX_AMOUNT',
		cryptoCurrency: text('cryptoCurrency') || 'USDT',
		cryptoAmount: text('cryptoAmount') || text('fiatAmount') || '0',
		fiatCurrency: text('fiatCurrency') || null,
		fiatAmount: text('fiatAmount'),
		period: text('period') || 'NONE',
		interval: Number(text('interval') || '1'),
	};
}

function productShape({ prices, createTime, ...product }: Product) {
	const times = { createTime, updateTime: createTime };
	return {
		...product,
		status: 'ACTIVE',
		...times,
		priceList: prices.map(({ priceNo, given }) => {
			return { ...given, priceNo, productNo: product.productNo, status: 'ACTIVE', ...times };
		}),
	};
}

function planShape(world: World, plan: Plan) {
	const { product, priceName, cryptoCurrency, cryptoAmount, fiatCurrency, fiatAmount, period, interval } =
		priceOfPlan(world, plan.priceNo);
	return {
		merchantPlanNo: plan.merchantPlanNo,
		planNo: plan.planNo,
		planName: plan.planName,
		planDesc: plan.planDesc,
		merchantId: world.account.merchantId,
		productName: product.productName,
		productNo: product.productNo,
		priceNo: plan.priceNo,
		priceName,
		cryptoCurrency,
		cryptoAmount,
		fiatCurrency,
		fiatAmount,
		period,
		interval,
		trialDays: plan.trialDays,
		totalPayCount: plan.totalPayCount,
		endTime: plan.endTime,
		planStatus: 'on',
		authorizedAmount: plan.authorizedAmount,
		promoAmount: '',
		promoRate: '',
		createTime: plan.createTime,
		updateTime: plan.createTime,
	};
}
