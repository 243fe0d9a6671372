import { randomUUID } from 'node:crypto';

import type { Fields } from '../values.mts';
import { SECOND_PAGE } from './account.mts';
import { amountOf, currencyOf, requireAtLeast, requireAtMost, type Call, type Handler } from './call.mts';
import { askRefund, completeOrder, startPayer } from './orderProgress.mts';
import { orderShape } from './orderShapes.mts';
import { invalid, Refusal } from './refusal.mts';
import { currencies, icon, orderStatuses } from './seeds.mts';
import type { Order, OrderKind } from './state.mts';
import { localTime } from './wireText.mts';
import type { World } from './world.mts';

const MAXIMUM = '10000000';
/** The default of per_page. No page has a default or a maximum. */
const PAGE_SIZE = 15;
const LARGEST_PAGE = 50;

export const createCryptoOrder: Handler = (call, world) => createOrder(call, world, 'crypto');

export const createCryptoTopup: Handler = (call, world) => createOrder(call, world, 'topup');

function createOrder({ operation, path, body }: Call, world: World, kind: OrderKind): unknown {
	const page = requirePage(world, path.slug);
	const currency = body.has('currency') ? currencyOf(body.text('currency'), 'currency') : undefined;
	const value = currency && amountOf(body, 'amount', currency);
	if (currency && value) {
		requireAtLeast(value, currency.minimum, 'amount');
		requireAtMost(value, MAXIMUM, 'amount');
	}
	const order = newOrder(world, kind, page, body);
	Object.assign(order, { value: value ?? null, currency: currency?.ticker ?? null });
	keep(world, operation, order);
	return { order: orderShape(order) };
}

/** Makes an order. A repeated external_order_id makes a second one, because no page says that it is refused. */
export function newOrder(world: World, kind: OrderKind, page: string, body: Fields): Order {
	return {
		id: randomUUID(),
		kind,
		page,
		number: world.nextNumber(),
		externalOrderId: body.textOr('external_order_id', null),
		value: null,
		currency: null,
		expectedAmount: null,
		depositedCurrency: null,
		paid: '0',
		status: 'INIT',
		createdAt: world.now(),
		completedAt: null,
		successfulLink: body.textOr('successful_link', null),
		failureLink: body.textOr('failure_link', null),
		refund: 'none',
		payments: [],
	};
}

/** Stores a new order, books it, and starts its payer. */
export function keep(world: World, operation: string, order: Order): void {
	world.state.orders.push(order);
	const applied = { amount: order.value ?? '0', currency: order.currency ?? '' };
	world.books.apply(operation, order.externalOrderId ?? order.id, [applied]);
	startPayer(world, order);
}

export const getOrder: Handler = ({ path }, world) => ({
	order: orderShape(requireOrder(world, path.orderId, requirePage(world, path.slug))),
});

export const getCryptoOrder: Handler = ({ path }, world) => {
	const order = requireOrder(world, path.orderId, requirePage(world, path.slug));
	if (order.kind !== 'crypto') throw new Refusal(404, 'Not Found');
	return { order: orderShape(order) };
};

export const listOrders: Handler = (call, world) => listPage(call, world, () => true);

export const listCryptoOrders: Handler = (call, world) =>
	listPage(call, world, ({ kind }) => kind === 'crypto');

function listPage({ path, query }: Call, world: World, wanted: (order: Order) => boolean): unknown {
	const page = requirePage(world, path.slug);
	const matching = world.state.orders
		.filter((order) => order.page === page && wanted(order) && passes(order, query))
		.toReversed();
	const current = query.numberOr('page', 1);
	const size = Math.min(query.numberOr('per_page', PAGE_SIZE), LARGEST_PAGE);
	const rows = matching.slice((current - 1) * size, current * size);
	const last_page = Math.max(1, Math.ceil(matching.length / size));
	return { orders: rows.map(orderShape), meta: { current_page: current, last_page, total: matching.length } };
}

const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

function passes(order: Order, query: Fields): boolean {
	const { createdAt, completedAt, status, externalOrderId } = order;
	if (query.has('external_order_id') && query.text('external_order_id') !== externalOrderId) return false;
	if (query.has('order_status_id') && query.text('order_status_id') !== statusId(status)) return false;
	return (
		isWithin(createdAt, timeOf(query, 'date_from'), timeOf(query, 'date_to')) &&
		isWithin(completedAt, timeOf(query, 'completed_at_from'), timeOf(query, 'completed_at_to'))
	);
}

function timeOf(query: Fields, name: string): string | undefined {
	const text = query.textOr(name, undefined);
	if (text !== undefined && !TIME.test(text)) throw invalid(name, `The ${name} is not a valid date.`);
	return text;
}

function isWithin(at: number | null, from: string | undefined, to: string | undefined): boolean {
	if (from === undefined && to === undefined) return true;
	if (at === null) return false;
	const time = localTime(at);
	return (from === undefined || time >= from) && (to === undefined || time <= to);
}

function statusId(status: string): string | undefined {
	return orderStatuses.find(({ label }) => label === status)?.id;
}

export const listOrderStatuses: Handler = () => ({ order_statuses: orderStatuses });

export const completeCryptoOrder: Handler = ({ operation, path }, world) => {
	const order = requireOrder(world, path.orderId, requirePage(world, path.slug));
	completeOrder(world, order);
	const applied = { amount: order.paid, currency: order.depositedCurrency ?? '' };
	world.books.apply(operation, order.id, [applied]);
	return { order: orderShape(order) };
};

export const refundOrder: Handler = ({ operation, path }, world) => {
	const order = requireOrder(world, path.orderId);
	askRefund(world, order);
	const applied = { amount: order.paid, currency: order.depositedCurrency ?? '' };
	world.books.apply(operation, order.id, [applied]);
	// Only answers about refunds have these two members.
	return {
		order: { ...orderShape(order), is_refund_available: false, is_refunded: order.refund === 'done' },
	};
};

/** The shape is that of the list for static wallets. Here orders and top-ups have the same list. */
export const listInvoiceCurrencies: Handler = () => ({
	currencies: currencies.map(({ id, ticker, title, isFiat, minimum, precision }) => ({
		id,
		ticker,
		title,
		is_fiat: isFiat,
		is_used_for_order_exchange: !isFiat,
		is_billable: true,
		min_amount: minimum,
		max_amount: MAXIMUM,
		precision,
		icon,
	})),
});

/** The slug of a payment page of this account. Throws a Refusal for another slug. */
export function requirePage({ account }: World, slug: string | undefined): string {
	if (slug !== undefined && [account.paymentPageSlug, SECOND_PAGE].includes(slug)) return slug;
	throw new Refusal(404, 'Page not found');
}

/** The order with this ID, on this page where one is given. Throws a Refusal when there is none. */
export function requireOrder({ state }: World, id: string | undefined, page?: string): Order {
	const order = state.orders.find((each) => each.id === id && (page === undefined || each.page === page));
	if (!order) throw new Refusal(404, 'Not Found');
	return order;
}
