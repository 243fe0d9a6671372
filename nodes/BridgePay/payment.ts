import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import {
	filled,
	payment,
	type Payment,
	type PaymentDetails,
	type StatusTable,
} from '../../core/provider/payment';

/** Invoices. A dispute can open `paid`, `canceled` and `expired` again; the pages call them final all the same. */
export const invoiceStatus: StatusTable = {
	new: { status: 'created' },
	paid: { status: 'succeeded', final: true },
	canceled: { status: 'cancelled', final: true },
	expired: { status: 'expired', final: true },
	dispute: { status: 'action_required' },
};

/**
 * Deals, as they refine a `new` invoice: only the invoice itself says that it is paid or over. `transfer_confirmed` is
 * the payer's word, not money.
 */
export const dealStatus: StatusTable = {
	new: { status: 'created' },
	transfer_waiting: { status: 'pending' },
	transfer_confirmed: { status: 'processing' },
	completed: { status: 'processing' },
	canceled: { status: 'action_required' },
	expired: { status: 'action_required' },
	dispute: { status: 'action_required' },
};

/** Results of a dispute, as they refine an invoice in `dispute`. The result alone ends nothing. */
export const disputeResult: StatusTable = {
	ACCEPTED: { status: 'processing' },
	AMOUNT_CHANGED: { status: 'processing' },
	REQUISITES_MISMATCH_IN_CONFIRM_DOCS: { status: 'action_required' },
	INVALID_PAYMENT_METHOD: { status: 'action_required' },
	TTL_EXPIRED: { status: 'action_required' },
	FRAUD_CONFIRM_DOCS: { status: 'action_required' },
	WAITING_CONFIRM_DOCS_FROM_MERCHANT: { status: 'action_required' },
	WAITING_CONFIRM_DOCS_FROM_TRADER: { status: 'processing' },
	UNKNOWN: { status: 'action_required' },
};

/** Withdrawals have a number for a status, and no page says what it means; a transaction hash is the only sign. */
export const withdrawalStatus: StatusTable = {
	'no txId': { status: 'pending' },
	txId: { status: 'succeeded', final: true },
};

const PROVIDER = 'bridgePay';

/** One of BridgePay's objects as a Payment record: from an answer, or the `invoice` of a notification. */
export function toPayment(kind: string, data: JsonObject): Payment {
	if (kind === 'invoice') return invoice(data);
	if (kind === 'withdrawal') return withdrawal(data);
	throw new TypeError(`BridgePay has no payments of the kind ${kind}`);
}

const KINDS: ReadonlyMap<Json | undefined, string> = new Map([
	['in', 'payIn'],
	['out', 'payOut'],
]);

/** The invoice of an answer (`deals`), of a notification (`deal`) and of the smaller answer to Cancel. */
function invoice(data: JsonObject): Payment {
	const deal = dealOf(data);
	const actual = isObject(data.receivedSumFromTaker) ? data.receivedSumFromTaker : undefined;
	const asked = isObject(data.sum) ? data.sum : undefined;
	const fee = isObject(data.serviceFeeSum) ? data.serviceFeeSum : undefined;
	const isPaid = data.status === 'paid';
	const details: PaymentDetails = {
		id: textOf(data.id),
		reference: textOf(data.internalId),
		amount: textOf(asked?.amount),
		currency: textOf(asked?.currency),
		paidAmount: isPaid ? textOf(actual?.amount) : undefined,
		fiatAmount: textOf(actual?.amount) ?? textOf(asked?.amount),
		fiatCurrency: textOf(actual?.currency) ?? textOf(asked?.currency),
		rate: textOf(deal?.rate) ?? textOf(data.rate),
		fee: textOf(fee?.amount),
		feeCurrency: textOf(fee?.currency),
		payUrl: textOf(data.invoiceUrl),
		requisites: requisites(deal),
		createdAt: isoDate(data.createdAt),
		updatedAt: isoDate(data.updatedAt),
		expiresAt: earlier(isoDate(data.expireAt) ?? isoDate(data.expiredAt), isoDate(deal?.canceledAt)),
	};
	return payment(PROVIDER, KINDS.get(data.type) ?? 'invoice', stateOf(data, deal), details);
}

/** `deals` holds one element or none, `deal` one object; the active one counts, should there ever be several. */
export function dealOf({ deals, deal }: JsonObject): JsonObject | undefined {
	const all = Array.isArray(deals) ? deals.filter(isObject) : [deal].filter(isObject);
	return all.find(({ isActive }) => isActive === true) ?? all[0];
}

function stateOf(data: JsonObject, deal: JsonObject | undefined) {
	const text = textOf(data.status);
	const finer =
		text === 'new'
			? known(dealStatus, deal?.status)
			: text === 'dispute'
				? known(disputeResult, deal?.disputeResult)
				: undefined;
	return { table: text !== undefined && finer ? { [text]: finer } : invoiceStatus, text };
}

function known(table: StatusTable, value: Json | undefined): StatusTable[string] | undefined {
	const text = textOf(value);
	return Object.entries(table).find(([key]) => key === text)?.[1];
}

/** Where to pay. Those of a deal that is over are left out: nobody may pay to them any more. */
function requisites(deal: JsonObject | undefined): JsonObject | undefined {
	if (!deal) return undefined;
	const isOver = deal.status === 'canceled' || deal.status === 'expired';
	const place = isOver || !isObject(deal.requisites) ? {} : deal.requisites;
	return filled({
		dealId: deal.id ?? null,
		dealStatus: deal.status ?? null,
		disputeResult: deal.disputeResult ?? null,
		paymentOption: deal.paymentOption ?? null,
		paymentMethod: deal.paymentMethod ?? null,
		paymentMethodName: deal.paymentMethodName ?? null,
		requisites: place.requisites ?? null,
		holder: place.holder ?? null,
		qrCodeLink: (isOver ? null : deal.qrCodeLink) ?? null,
		...(looksLikeTest(place) ? { looksLikeTest: true } : {}),
	});
}

/** Requisites of a trader who was left over from testing: a live store handed some out. No payer may see them. */
function looksLikeTest({ requisites: place, holder }: JsonObject): boolean {
	const digits = (textOf(place) ?? '').replace(/[\s()+-]/g, '');
	return /^(?:[78]?9{10}|0{6,})$/.test(digits) || /^test name$/i.test((textOf(holder) ?? '').trim());
}

function withdrawal(data: JsonObject): Payment {
	const sum = isObject(data.sum) ? data.sum : undefined;
	const fee = isObject(data.fee) ? data.fee : undefined;
	const txHash = textOf(data.txId);
	const state = { table: withdrawalStatus, text: txHash === undefined ? 'no txId' : 'txId' };
	const record = payment(PROVIDER, 'withdrawal', state, {
		id: textOf(data.id),
		amount: textOf(sum?.amount),
		currency: textOf(sum?.currency),
		fee: textOf(fee?.amount),
		feeCurrency: textOf(fee?.currency),
		address: textOf(data.address),
		txHash,
		createdAt: isoDate(data.createdAt),
		updatedAt: isoDate(data.updatedAt),
	});
	return { ...record, providerStatus: textOf(data.status) ?? '' };
}

/** `2024-11-20T14:56:14+00:00` in UTC. Without an offset it is not known which moment is meant. */
function isoDate(value: Json | undefined): string | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(value))
		return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The invoice's end and the deadline of the requisites: to the payer the earlier one counts. */
function earlier(left: string | undefined, right: string | undefined): string | undefined {
	return [left, right].filter((time) => time !== undefined).sort()[0];
}
