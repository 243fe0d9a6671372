import { addressOf } from '../addresses.mts';
import { add, compare, multiply } from '../decimal.mts';
import type { Fields } from '../values.mts';
import { requirePlaces, type Call, type Handler } from './call.mts';
import type { Order } from './merchantState.mts';
import { priceOf, requireNetwork, worthIn } from './money.mts';
import { addressOrderShape, orderShape, orderShapeV2, transactionsShape } from './orderShapes.mts';
import { close, expire, startPayer } from './orderProgress.mts';
import { Refusal } from './refusal.mts';
import { fiatPrices } from './seeds.mts';
import type { World } from './world.mts';

const HOUR_MS = 3_600_000;

export const createCheckoutOrder: Handler = (call, world) => {
	const order = open(call, world, 'checkout');
	const { prepayId, orderAmount, currency, payCurrency, payAmount } = order;
	return {
		prepayId,
		orderAmount,
		surchargeAmount: order.surchargeAmount,
		currency,
		fiatCurrency: order.fiatCurrency,
		fiatAmount: order.fiatAmount,
		toleranceAmount: order.toleranceAmount,
		terminalType: order.terminalType,
		expireTime: order.expireTime,
		qrContent: qrOf(order),
		location: cashierOf(order),
		payCurrency,
		payAmount,
		chain: chainOf(order),
		channelId: order.channelId,
		goodsName: order.goodsName,
		inUsdt: worthIn(orderAmount, currency, 'USDT'),
	};
};

export const createPrepayOrder: Handler = (call, world) => brief(open(call, world, 'prepay'));

export const createNativeOrder: Handler = (call, world) => {
	const order = open(call, world, 'native');
	return { ...brief(order), location: cashierOf(order), qrContent: qrOf(order) };
};

export const createAddressOrder: Handler = (call, world) => {
	const order = open(call, world, 'address');
	return { ...brief(order), chain: chainOf(order) };
};

export const queryOrder: Handler = ({ body }, world) => orderShape(world, find(world, body));

export const queryOrderV2: Handler = ({ query }, world) => ({
	bizCode: '000000',
	bizData: orderShapeV2(world, find(world, query)),
	bizMessage: '',
});

export const getAddressOrder: Handler = ({ query }, world) =>
	addressOrderShape(world, requireAddress(find(world, query)));

export const getAddressTransactionDetail: Handler = ({ query }, world) =>
	transactionsShape(world, requireAddress(find(world, query)));

export const closeOrder: Handler = ({ body }, world) => {
	close(world, find(world, body));
	return { result: 'SUCCESS' };
};

/** The order with this prepay ID or merchant's number. Throws a Refusal when there is none. */
export function findOrder({ state }: World, id: string): Order {
	const order = state.orders.find((each) => each.prepayId === id || each.merchantTradeNo === id);
	if (!order) throw new Refusal('400202', `The order ${id} does not exist`);
	return order;
}

/** The order of either number. When both are given, they must name the same order. */
function find(world: World, given: Fields): Order {
	const prepayId = given.textOr('prepayId', undefined);
	const merchantTradeNo = given.textOr('merchantTradeNo', undefined);
	if (prepayId === undefined && merchantTradeNo === undefined)
		throw new Refusal('400001', 'prepayId or merchantTradeNo is required');
	const found = world.state.orders.find(
		(order) =>
			(prepayId === undefined || order.prepayId === prepayId) &&
			(merchantTradeNo === undefined || order.merchantTradeNo === merchantTradeNo),
	);
	if (!found) throw new Refusal('400202', `The order ${prepayId ?? merchantTradeNo} does not exist`);
	return found;
}

function requireAddress(order: Order): Order {
	if (order.kind === 'address') return order;
	throw new Refusal('500203', `${order.prepayId} is not an address order`);
}

function open({ body }: Call, world: World, kind: Order['kind']): Order {
	const merchantTradeNo = body.text('merchantTradeNo');
	if (world.state.orders.some((order) => order.merchantTradeNo === merchantTradeNo)) {
		throw new Refusal('400201', `merchantTradeNo ${merchantTradeNo} exists already`);
	}
	const price = priceOfOrder(body);
	const prepayId = world.nextId();
	const order: Order = {
		kind,
		prepayId,
		merchantTradeNo,
		status: 'PENDING',
		...price,
		...networkOf(body, kind, prepayId, price),
		surchargeAmount: body.textOr('surchargeAmount', '0'),
		toleranceAmount: body.textOr('toleranceAmount', '0'),
		goodsName: body.object('goods')?.text('goodsName') ?? '',
		goodsType: body.object('goods')?.textOr('goodsType', '') ?? '',
		terminalType: body.object('env')?.text('terminalType') ?? '',
		channelId: body.textOr('channelId', ''),
		returnUrl: body.textOr('returnUrl', ''),
		merchantUserId: body.numberOr('merchantUserId', 0),
		createTime: world.now(),
		expireTime: lifetimeOf(body, world),
		transactTime: 0,
		transactionId: '',
		feeAmount: '0',
		settleAmount: '0',
		payments: [],
	};
	order.payAmount = worthIn(add(order.orderAmount, order.surchargeAmount), order.currency, order.payCurrency);
	world.state.orders.push(order);
	startPayer(world, order);
	world.later(order.expireTime - world.now(), () => {
		if (order.status === 'PENDING') expire(world, order);
	});
	return order;
}

/** The amount and currency of one complete pair. When both pairs are there, the crypto pair counts; no page says which. */
function priceOfOrder(body: Fields) {
	const payCurrency = body.textOr('payCurrency', undefined);
	if (body.has('currency') && body.has('orderAmount')) {
		const currency = body.text('currency');
		const orderAmount = body.text('orderAmount');
		priceOf(currency);
		requirePositive(orderAmount, 6, 'orderAmount');
		return {
			currency,
			orderAmount,
			fiatCurrency: body.textOr('fiatCurrency', ''),
			fiatAmount: body.textOr('fiatAmount', ''),
			payCurrency: payCurrency ?? currency,
			payAmount: orderAmount,
		};
	}
	const fiatCurrency = body.text('fiatCurrency');
	const fiatAmount = body.text('fiatAmount');
	const fiatPrice = fiatPrices[fiatCurrency];
	if (fiatPrice === undefined) throw new Refusal('400205', `${fiatCurrency} is no known fiat currency`);
	requirePositive(fiatAmount, 2, 'fiatAmount');
	const currency = payCurrency ?? 'USDT';
	const orderAmount = worthIn(multiply(fiatAmount, fiatPrice, 6), 'USDT', currency);
	return { currency, orderAmount, fiatCurrency, fiatAmount, payCurrency: currency, payAmount: orderAmount };
}

function requirePositive(amount: string, places: number, field: string): void {
	requirePlaces(amount, places, field);
	if (compare(amount, '0') <= 0) throw new Refusal('400621', `${field} must be above 0`);
}

/** The network and currency in which the payer pays. Only checkout and address orders name them. */
function networkOf(
	body: Fields,
	kind: Order['kind'],
	prepayId: string,
	{ payCurrency }: { payCurrency: string },
): Pick<Order, 'chain' | 'address' | 'fullCurrType' | 'payCurrency'> {
	const none = { chain: '', address: '', fullCurrType: '', payCurrency };
	if (kind !== 'checkout' && kind !== 'address') return none;
	const fullCurrType = body.text('fullCurrType');
	const chain = body.text('chain');
	const [onChain = ''] = fullCurrType.split('_');
	if (fullCurrType !== `${onChain}_${chain}`)
		throw new Refusal('400001', `fullCurrType ${fullCurrType} is not on the chain ${chain}`);
	requireNetwork(onChain, chain);
	return { chain, address: addressOf(chain, prepayId), fullCurrType, payCurrency: onChain };
}

function lifetimeOf(body: Fields, world: World): number {
	const longest = world.now() + HOUR_MS;
	const asked = body.numberOr('orderExpireTime', longest);
	if (asked > world.now() && asked <= longest) return asked;
	throw new Refusal('400001', 'orderExpireTime must be in the future and at most one hour ahead');
}

function brief({ prepayId, terminalType, expireTime }: Order) {
	return { prepayId, terminalType, expireTime };
}

function chainOf({ chain, address, fullCurrType }: Order) {
	return { chain_type: chain, address, fullCurrType };
}

function cashierOf({ prepayId }: Order): string {
	return `https://cashier.sandbox.invalid/cashier?prepayid=${prepayId}`;
}

function qrOf({ prepayId }: Order): string {
	return `http://cashier.sandbox.invalid/qr/${Buffer.from(prepayId).toString('base64')}`;
}
