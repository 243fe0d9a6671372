import { subtract } from '../decimal.mts';
import { inUsdt, money, percentOf } from './money.mts';
import { FEE_PERCENT, STORE, methods } from './seeds.mts';
import type { Account, Deal, Invoice, Withdrawal } from './state.mts';

/** A time as BridgePay writes it: `2024-11-20T14:56:14+00:00`. */
function iso(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19)}+00:00`;
}

/** The sums of an invoice: what the payer sends and what the merchant gets or pays. */
export function sumsOf({ sum, actual, rate, type }: Invoice) {
	const taker = money(actual ?? sum.amount, sum.currency);
	const maker = inUsdt(taker.amount, rate);
	const fee = percentOf(maker, FEE_PERCENT);
	// No page says what a pay-out costs beside its amount. Here the fee comes on top.
	const payout = type === 'in' ? money(subtract(maker.amount, fee.amount), 'USDT') : maker;
	return { taker, maker, fee, payout };
}

function receivedSums(invoice: Invoice) {
	const { taker, maker, fee, payout } = sumsOf(invoice);
	const isPaid = invoice.deals.some(({ paidAt }) => paidAt !== undefined);
	return {
		// In newer examples it is there at once when the amount was made unique.
		receivedSumFromTaker: isPaid || invoice.actual ? taker : null,
		receivedSumFromMaker: isPaid ? maker : null,
		serviceFeeSum: isPaid ? fee : null,
		payoutSum: isPaid ? payout : null,
	};
}

function dealCore(deal: Deal, invoice: Invoice) {
	const { taker, maker, fee } = sumsOf(invoice);
	const { id, status, paymentMethod, paymentOption, requisites, disputeAttachment, disputeReason } = deal;
	return {
		id,
		type: invoice.type,
		status,
		paymentMethod,
		paymentOption,
		requisites,
		canceledAt: iso(deal.canceledAt),
		disputeAttachment,
		disputeReason,
		disputeReasonData: deal.disputeAmount === undefined ? [] : { amount: deal.disputeAmount },
		payment:
			deal.paidAt === undefined
				? null
				: { date: iso(deal.paidAt), takerSum: taker, makerSum: maker, feeSum: fee },
		attachments: deal.attachments,
		disputeResult: deal.disputeResult,
	};
}

function dealShape(deal: Deal, invoice: Invoice) {
	const isOver = ['canceled', 'completed', 'expired'].includes(deal.status);
	return {
		...dealCore(deal, invoice),
		paymentMethodName: methods.find(({ code }) => code === deal.paymentMethod)?.name ?? deal.paymentMethod,
		rate: deal.rate,
		isActive: !isOver,
		...(invoice.type === 'in' && { qrCodeLink: deal.qrCodeLink }),
	};
}

/** An InvoiceDTO. It is one object, as in every example. */
export function invoiceShape(invoice: Invoice) {
	const { id, internalId, userId, type, status, paymentMethod, paymentOption, paymentRequisites, sum } =
		invoice;
	return {
		...{ id, internalId, userId, type, status, paymentMethod, paymentOption, paymentRequisites, sum },
		...STORE,
		...receivedSums(invoice),
		createdAt: iso(invoice.createdAt),
		expireAt: iso(invoice.expireAt),
		updatedAt: iso(invoice.updatedAt),
		...(type === 'in' && { invoiceUrl: `https://pay.sandbox.invalid/invoice?id=${id}` }),
		...(invoice.crossBorderCurrency !== undefined && { crossBorderCurrency: invoice.crossBorderCurrency }),
		deals: invoice.deals.map((deal) => dealShape(deal, invoice)),
	};
}

/** The answer to Cancel, which has fewer fields. */
export function cancelledShape(invoice: Invoice) {
	const { id, internalId, type, paymentMethod, paymentOption, paymentRequisites, sum, status } = invoice;
	return {
		...{ id, internalId, type, paymentMethod, paymentOption, paymentRequisites },
		expiredAt: iso(invoice.expireAt),
		...{ sum, status },
		deals: [],
		successUrl: invoice.successUrl,
		cancelUrl: invoice.cancelUrl,
		isSumChanged: invoice.actual !== undefined,
		flow: 'DEFAULT',
		flowData: null,
	};
}

/** The body of a notification. It has `deal` in place of `deals`, and fewer fields. */
export function notificationShape(invoice: Invoice, now: number) {
	const { id, internalId, type, status, sum } = invoice;
	const [deal] = invoice.deals;
	return {
		notificationType: 'invoice',
		notificationDate: iso(now),
		invoice: {
			...{ id, internalId, type, status, sum },
			...STORE,
			...receivedSums(invoice),
			rate: invoice.rate,
			createdAt: iso(invoice.createdAt),
			expireAt: iso(invoice.expireAt),
			updatedAt: iso(invoice.updatedAt),
			deal: deal ? dealCore(deal, invoice) : null,
		},
	};
}

export function withdrawalShape({ createdAt, updatedAt, ...withdrawal }: Withdrawal) {
	return { ...withdrawal, createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
}

export function accountShape({ id, currency, sum, frozenSum, withdrawalFee }: Account) {
	return {
		id,
		currency,
		sum: money(sum, currency),
		frozenSum: money(frozenSum, currency),
		withdrawalFee: money(withdrawalFee, currency),
	};
}
