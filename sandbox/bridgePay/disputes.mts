import { subtract, compare, add } from '../decimal.mts';
import { absent } from './refusal.mts';
import { move } from './deals.mts';
import { requireFile, type Handler } from './requests.mts';
import { invoiceShape, sumsOf } from './shapes.mts';
import type { Invoice } from './state.mts';
import { findInvoice } from './invoices.mts';
import { refused } from './refusal.mts';
import type { World } from './world.mts';

const REVIEW_MS = 3000;

export const openDispute: Handler = (call, world) => {
	const { body, path } = call;
	const invoice = findInvoice(world, path.id ?? '');
	// "An invoice that was not created or is cancelled": 404 null.
	if (invoice.status === 'canceled') throw absent();
	const deal = invoice.deals.find(({ id }) => id === body.text('dealId'));
	if (!deal) throw refused('The deal does not belong to the invoice', 'dealId');
	if (invoice.status === 'dispute') throw refused('The deal is under dispute');
	const reason = body.text('disputeReason');
	const amount = body.textOr('disputeReasonData[amount]', undefined);
	if ((reason === 'invalid_sum') !== (amount !== undefined)) {
		throw refused('The amount goes with invalid_sum, and only with it', 'disputeReasonData[amount]');
	}
	deal.disputeAttachment = `https://files.sandbox.invalid/${requireFile(call).name}`;
	deal.disputeReason = reason;
	deal.disputeAmount = amount;
	deal.disputeResult = 'WAITING_CONFIRM_DOCS_FROM_TRADER';
	deal.status = 'dispute';
	move(world, invoice, 'dispute');
	world.later(REVIEW_MS, () => decide(world, invoice, true));
	return invoiceShape(invoice);
};

/** Ends a dispute. Accepted: the invoice is paid, with the dispute's amount where it names one. Refused: it is as before. */
export function decide(world: World, invoice: Invoice, isAccepted: boolean): void {
	const deal = invoice.deals.find(({ status }) => status === 'dispute');
	if (invoice.status !== 'dispute' || !deal) return;
	const before = deal.paidAt === undefined ? '0' : sumsOf(invoice).payout.amount;
	deal.disputeResult = isAccepted
		? deal.disputeAmount
			? 'AMOUNT_CHANGED'
			: 'ACCEPTED'
		: 'FRAUD_CONFIRM_DOCS';
	deal.status = isAccepted ? 'completed' : 'expired';
	if (!isAccepted) return move(world, invoice, deal.paidAt === undefined ? 'expired' : 'paid');
	if (deal.disputeAmount) invoice.actual = deal.disputeAmount;
	deal.paidAt ??= world.now();
	const now = sumsOf(invoice).payout.amount;
	const account = world.usdt;
	if (invoice.type === 'in') {
		account.sum =
			compare(now, before) >= 0
				? add(account.sum, subtract(now, before))
				: subtract(account.sum, subtract(before, now));
	}
	move(world, invoice, 'paid');
}
