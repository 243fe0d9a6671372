import { compare, decimalsOf } from '../decimal.mts';
import type { Fields } from '../values.mts';
import { startPayer } from './progress.mts';
import { Refusal } from './refusal.mts';
import { coins, paymentCurrencies } from './seeds.mts';
import { phpText } from './signing.mts';
import { STATUS, type InvoiceCurrency, type Order } from './state.mts';
import type { World } from './world.mts';

export interface Handled {
	message: string;
	data: unknown;
}

export function createOrder(body: Fields, world: World): Handled {
	const order_id = body.number('order_id');
	const payment_currency_iso = body.text('payment_currency_iso');
	const pricing = paymentCurrencies.find(({ iso3 }) => iso3 === payment_currency_iso);
	if (!pricing) throw new Refusal('framework', -1, 'Currency not available');
	if (world.state.orders.some((order) => order.order_id === order_id)) {
		throw new Refusal('application', 8, `Order ID "${order_id}" has already been taken.`);
	}
	const price = priceOf(body, pricing.decimal);
	const order: Order = {
		id: world.nextId(),
		order_id,
		status: 'Created',
		price,
		payment_currency_iso,
		include_commission: body.numberOr('include_commission', 0),
		description: body.textOr('description', null),
		currencies: currenciesOf(body),
		received: '0',
		time_create: world.now,
		time_update: world.now,
		time_done: 0,
		time_expired: body.numberOr('time_expired', 0),
	};
	world.state.orders.push(order);
	world.books.apply('createOrder', String(order_id), [{ amount: price, currency: payment_currency_iso }]);
	startPayer(world, order);
	return { message: 'Success send request to create order', data: shown(order) };
}

export function getOrder(body: Fields, { state }: World): Handled {
	const order = state.orders.find(({ order_id }) => order_id === body.number('order_id'));
	if (!order) throw new Refusal('application', 14, 'Order not found');
	return { message: 'Success get order data.', data: shown(order) };
}

function shown({ id, order_id, status, price, payment_currency_iso, ...more }: Order) {
	const { include_commission, description, currencies } = more;
	return {
		id,
		order_id,
		status,
		status_id: STATUS[status],
		price,
		payment_currency_iso,
		include_commission,
		description,
		link: `https://checkout.okipays.sandbox.invalid/${id}`,
		currencies,
	};
}

/** The price as PHP writes it: a number goes through a float, a text stays as it is. */
function priceOf(body: Fields, decimals: number): string {
	if (!body.has('price')) throw new Refusal('application', 20, 'Required price');
	const price = body.isNumber('price') ? phpText(body.number('price')) : body.text('price');
	if (!/^\d+(\.\d+)?$/.test(price) || compare(price, '0') === 0) {
		throw new Refusal('application', 21, `Price ${price} is not valid`);
	}
	if (decimalsOf(price) <= decimals) return price;
	throw new Refusal('application', 21, `Price ${price} has more than ${decimals} decimals`);
}

function currenciesOf(body: Fields): InvoiceCurrency[] {
	const all = coins.flatMap(({ iso3, networks }) => networks.map(({ id }) => ({ iso: iso3, network: id })));
	if (!body.has('currencies')) return all;
	const wanted = body
		.list('currencies')
		.map((one) => ({ iso: one.text('iso'), network: one.number('network') }));
	const isKnown = (one: InvoiceCurrency) =>
		all.some(({ iso, network }) => iso === one.iso && network === one.network);
	if (!wanted.every(isKnown)) throw new Refusal('framework', -1, 'Currency not available');
	return wanted;
}
