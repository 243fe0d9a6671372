import { add, compare } from '../decimal.mts';
import { activeDeal, confirm, end, startDeal, startPayOut } from './deals.mts';
import { money } from './money.mts';
import { absent, Refusal, refused } from './refusal.mts';
import { requireFile, type Call, type Handler } from './requests.mts';
import { LIMITS, methods, NO_DEAL_METHOD, NO_REQUISITES_METHOD, options, RATE } from './seeds.mts';
import { cancelledShape, invoiceShape, sumsOf } from './shapes.mts';
import type { Fields } from '../values.mts';
import type { Invoice } from './state.mts';
import type { World } from './world.mts';

const LIFETIME_MS = 60 * 60_000;

/** No page says whether an internal ID must be unique. Here two invoices may share one, so that a double send is seen. */
export const createInvoice: Handler = (call, world) => {
	const { body, operation } = call;
	const invoice = draft(call, world);
	requireAllowed(world, invoice, body);
	if (invoice.type === 'out') hold(world, invoice);
	else if (body.has('startDeal') && invoice.paymentMethod === NO_REQUISITES_METHOD) {
		throw refused('PAYMENT_METHOD_NOT_AVAILABLE');
	}
	world.state.invoices.push(invoice);
	const { amount, currency } = invoice.sum;
	world.books.apply(operation, invoice.internalId ?? invoice.id, [{ amount, currency }]);
	if (invoice.type === 'out') startPayOut(world, invoice, invoice.paymentMethod ?? 'unknown');
	else if (body.flag('startDeal')) startDeal(world, invoice, invoice.paymentOption, invoice.paymentMethod);
	world.deadline(LIFETIME_MS, () => {
		if (invoice.status === 'new' && invoice.type === 'in') end(world, invoice, 'expired');
	});
	return invoiceShape(invoice);
};

function draft({ body, inner }: Call, world: World): Invoice {
	const now = world.now();
	const recipient = inner('paymentRequisites');
	const nullable = (name: string) => (body.isNull(name) ? null : body.textOr(name, null));
	return {
		id: world.nextId(),
		internalId: body.textOr('internalId', null),
		userId: body.textOr('userId', null),
		type: body.text('type') === 'out' ? 'out' : 'in',
		status: 'new',
		paymentMethod: nullable('paymentMethod'),
		paymentOption: nullable('paymentOption'),
		paymentRequisites: recipient
			? {
					requisites: recipient.text('requisites'),
					...(recipient.has('holder') && { holder: recipient.text('holder') }),
				}
			: null,
		sum: money(body.text('amount'), body.text('currency')),
		actual: uniqueAmount(body),
		rate: RATE,
		held: undefined,
		allowMatching: body.flag('allowMatching'),
		crossBorderCurrency: body.textOr('crossBorderCurrency', undefined),
		successUrl: body.textOr('successUrl', null),
		cancelUrl: body.textOr('cancelUrl', null),
		notificationUrl: body.text('notificationUrl'),
		notificationToken: body.text('notificationToken'),
		createdAt: now,
		expireAt: now + LIFETIME_MS,
		updatedAt: now,
		deals: [],
	};
}

/** "Randomisation": the amount gets one unit more, where maxAmount leaves room for it. */
function uniqueAmount(body: Fields): string | undefined {
	if (!body.has('maxAmount')) return undefined;
	const [amount, most] = [body.text('amount'), body.text('maxAmount')];
	if (compare(most, amount) < 0) throw refused('maxAmount can not be less than amount');
	const shifted = add(amount, '1');
	return compare(shifted, most) <= 0 ? shifted : undefined;
}

function requireAllowed(world: World, invoice: Invoice, body: Fields): void {
	const { type, sum, paymentMethod, paymentOption } = invoice;
	const { state } = world;
	if (type === 'in' && !state.store.payIn) throw new Refusal(404, { message: 'Pay in disabled' });
	if (type === 'out' && !state.store.payOut) throw new Refusal(404, { message: 'Pay out disabled' });
	// A magic amount is below the minimum, which is made up like the maximum.
	if (compare(sum.amount, LIMITS.least) < 0 && !world.magic(sum.amount)) {
		throw refused(`Invoice amount should be not less than ${LIMITS.least}`);
	}
	if (compare(sum.amount, LIMITS.most) > 0) {
		throw refused(`Invoice amount should be not greater than ${LIMITS.most}`);
	}
	requirePair(paymentOption, paymentMethod, sum.currency);
	// The documentation's placeholder is no secret: everybody knows this token.
	if (body.text('notificationToken').startsWith('['))
		throw refused('this value is a placeholder', 'notificationToken');
}

function requirePair(option: string | null, method: string | null, currency?: string): void {
	const has = (list: { code: string; currency?: string }[], code: string) =>
		list.some((one) => one.code === code && (!currency || !one.currency || one.currency === currency));
	if (option !== null && !has(options, option)) throw refused('Payment option not allowed');
	if (method !== null && !has(methods, method)) throw refused('Payment method not allowed');
}

function hold(world: World, invoice: Invoice): void {
	const { maker, fee } = sumsOf(invoice);
	const held = add(maker.amount, fee.amount);
	world.freeze(held);
	invoice.held = held;
}

export const getInvoice: Handler = ({ path }, world) => invoiceShape(findInvoice(world, path.id ?? ''));

/** No page says which invoice comes when several share the internal ID. Here it is the latest. */
export const getInvoiceByInternalId: Handler = ({ path }, { state }) => {
	const found = state.invoices.findLast(({ internalId }) => internalId === path.internalId);
	if (!found) throw absent();
	return invoiceShape(found);
};

export const listVariants: Handler = ({ path }, world) => {
	const invoice = findInvoice(world, path.id ?? '');
	if (invoice.status !== 'new' || invoice.type === 'out' || activeDeal(invoice)) return [];
	return [
		{ option: 'TO_CARD', method: 'sberbank' },
		{ option: 'SBP', method: 'sberbank' },
		{ option: 'TO_CARD', method: 'tinkoff' },
		{ option: 'SBP', method: NO_DEAL_METHOD },
	];
};

export const startInvoiceDeal: Handler = ({ path, body }, world) => {
	const invoice = findInvoice(world, path.id ?? '');
	if (invoice.type === 'out' || invoice.status !== 'new') throw refused('Invoice data not available');
	const [option, method] = ['paymentOption', 'paymentMethod'].map((name) =>
		body.isNull(name) ? null : body.textOr(name, null),
	);
	requirePair(option ?? null, method ?? null, invoice.sum.currency);
	startDeal(world, invoice, option ?? null, method ?? null);
	return invoiceShape(invoice);
};

export const confirmTransfer: Handler = (call, world) => {
	const invoice = findInvoice(world, call.path.id ?? '');
	confirm(world, invoice, `https://files.sandbox.invalid/${requireFile(call).name}`);
	return invoiceShape(invoice);
};

/** No page says whether a pay-out can be cancelled. Here it can until a trader takes it. */
export const cancelInvoice: Handler = ({ path }, world) => {
	const invoice = findInvoice(world, path.id ?? '');
	const isTaken = invoice.type === 'out' && invoice.deals.some(({ status }) => status !== 'new');
	if (invoice.status !== 'new' || isTaken) throw refused('Invoice data not available');
	end(world, invoice, 'canceled');
	return cancelledShape(invoice);
};

/** The invoice with this ID. Throws a Refusal when there is none. */
export function findInvoice({ state }: World, id: string): Invoice {
	const found = state.invoices.find((invoice) => invoice.id === id);
	if (!found) throw absent();
	return found;
}

/** A picture for the content type alone: it is an SVG, and no scanner can read it. */
export const qrCode: Handler = ({ path }, world) => {
	const { id, deals } = findInvoice(world, path.id ?? '');
	const link = deals[0]?.qrCodeLink;
	if (!link) throw absent();
	return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><title>${id}</title><path d="M0 0h7v7h-7zM14 0h7v7h-7zM0 14h7v7h-7z"/></svg>\n`;
};
