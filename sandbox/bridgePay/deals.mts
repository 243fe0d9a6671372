import { notify } from './notifications.mts';
import { refused } from './refusal.mts';
import { NO_DEAL_METHOD, NO_REQUISITES_METHOD, requisitesOf } from './seeds.mts';
import { sumsOf } from './shapes.mts';
import type { Deal, DealStatus, Invoice, InvoiceStatus } from './state.mts';
import type { World } from './world.mts';

const MINUTE = 60_000;
const DEADLINE_MS = 30 * MINUTE;
/** How long payers and traders take when they act by themselves. */
const PAYER_MS = 3000;
const TRADER_MS = 1500;
/** The bank refuses a recipient whose number ends like this. */
const FAILING = /0{4}\D*$/;

/** The deal of an invoice that is not over yet. */
export function activeDeal({ deals }: Invoice): Deal | undefined {
	return deals.find(({ status }) => !['canceled', 'completed', 'expired'].includes(status));
}

/** Gives a pay-in its requisites. A bank without free requisites leaves the invoice without a deal. */
export function startDeal(
	world: World,
	invoice: Invoice,
	option: string | null,
	method: string | null,
): void {
	if (activeDeal(invoice)) throw refused('The invoice has an active deal');
	if (method === NO_REQUISITES_METHOD) throw refused('PAYMENT_METHOD_NOT_AVAILABLE');
	// An invoice has at most one deal: a new one takes the place of the old.
	invoice.deals = [];
	if (method === NO_DEAL_METHOD) return;
	const paymentOption = option ?? 'SBP';
	const deal = newDeal(world, invoice, {
		status: 'transfer_waiting',
		paymentOption,
		paymentMethod: method ?? 'sberbank',
		requisites: { requisites: requisitesOf[paymentOption] ?? '2234 7017 2272 7358', holder: 'holder name' },
		qrCodeLink: paymentOption.endsWith('QR') ? (requisitesOf.SBP_QR ?? null) : null,
	});
	world.deadline(DEADLINE_MS, () => {
		if (deal.status === 'transfer_waiting') expire(world, invoice);
	});
	// With matching the payer sends a receipt, so the money is not acknowledged by itself.
	if (world.magic(invoice.sum.amount) === 'inReview')
		world.later(PAYER_MS, () => sayPaid(world, invoice, deal));
	else if (!invoice.allowMatching) world.later(PAYER_MS, () => complete(world, invoice, deal));
}

/** Starts a pay-out: a trader takes it after a while and pays. */
export function startPayOut(world: World, invoice: Invoice, method: string): void {
	const requisites = invoice.paymentRequisites ?? { requisites: '' };
	const paymentOption = invoice.paymentOption ?? 'TO_CARD';
	const deal = newDeal(world, invoice, {
		status: 'new',
		paymentOption,
		paymentMethod: method === 'unknown' ? 'sberbank' : method,
		requisites,
		qrCodeLink: null,
	});
	world.later(TRADER_MS, () => {
		if (deal.status === 'new') deal.status = 'transfer_waiting';
		if (world.magic(invoice.sum.amount) === 'inReview') return;
		world.later(TRADER_MS, () =>
			FAILING.test(requisites.requisites) ? end(world, invoice, 'canceled') : complete(world, invoice, deal),
		);
	});
}

function newDeal(
	world: World,
	invoice: Invoice,
	parts: Pick<Deal, 'status' | 'paymentOption' | 'paymentMethod' | 'requisites' | 'qrCodeLink'>,
): Deal {
	const deal: Deal = {
		id: world.nextId(),
		...parts,
		canceledAt: world.now() + DEADLINE_MS,
		rate: invoice.rate,
		attachments: [],
		disputeReason: null,
		disputeAmount: undefined,
		disputeAttachment: null,
		disputeResult: null,
	};
	invoice.deals = [deal];
	invoice.updatedAt = world.now();
	return deal;
}

/** The payer says with a receipt that they paid. The trader looks at it and acknowledges the money. */
export function confirm(world: World, invoice: Invoice, attachment: string): void {
	const deal = requireDeal(invoice, ['transfer_waiting', 'transfer_confirmed']);
	deal.status = 'transfer_confirmed';
	deal.attachments.push(attachment);
	invoice.updatedAt = world.now();
	if (world.magic(invoice.sum.amount) === 'inReview') return;
	world.later(TRADER_MS, () => complete(world, invoice, deal));
}

/** The payer says that they paid, and nobody acknowledges the money. */
function sayPaid(world: World, invoice: Invoice, deal: Deal): void {
	if (deal.status !== 'transfer_waiting') return;
	deal.status = 'transfer_confirmed';
	invoice.updatedAt = world.now();
}

/** Acknowledges the money and marks the invoice as paid. */
export function complete(world: World, invoice: Invoice, deal: Deal): void {
	if (invoice.status !== 'new' || !invoice.deals.includes(deal) || deal !== activeDeal(invoice)) return;
	deal.paidAt = world.now();
	deal.status = 'completed';
	settle(world, invoice);
	move(world, invoice, 'paid');
}

function settle(world: World, invoice: Invoice): void {
	if (invoice.type === 'in') return world.credit(sumsOf(invoice).payout.amount);
	if (invoice.held !== undefined) world.thaw(invoice.held, true);
	invoice.held = undefined;
}

/** Ends an invoice without a payment. Money that was held for a pay-out comes back. */
export function end(world: World, invoice: Invoice, status: 'canceled' | 'expired'): void {
	if (invoice.status !== 'new' && invoice.status !== 'dispute') return;
	const deal = activeDeal(invoice);
	if (deal) deal.status = status;
	if (invoice.held !== undefined) world.thaw(invoice.held, false);
	invoice.held = undefined;
	move(world, invoice, status);
}

/** Ends an invoice whose deadline has passed. */
export function expire(world: World, invoice: Invoice): void {
	end(world, invoice, 'expired');
}

/** Gives the invoice its new status and notifies the merchant. */
export function move(world: World, invoice: Invoice, status: InvoiceStatus): void {
	invoice.status = status;
	invoice.updatedAt = world.now();
	notify(world, invoice);
}

/** The deal, where it has one of these statuses. Throws a Refusal otherwise. */
export function requireDeal(invoice: Invoice, allowed: DealStatus[]): Deal {
	const deal = invoice.deals.find(({ status }) => allowed.includes(status));
	if (!deal) throw refused(`The invoice has no deal in ${allowed.join(' or ')}`);
	return deal;
}
