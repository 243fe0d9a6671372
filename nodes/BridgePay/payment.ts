import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import {
	filled,
	payment,
	type Payment,
	type PaymentDetails,
	type StatusTable,
} from '../../core/provider/payment';
import { dealStatus, disputeResult, invoiceStatus, withdrawalStatus } from './statuses';

const PROVIDER = 'bridgePay';

/** Turns one of BridgePay's objects, from an answer or from a notification's `invoice`, into a Payment record. */
export function toPayment(kind: string, data: JsonObject): Payment {
	if (kind === 'invoice') return invoice(data);
	if (kind === 'withdrawal') return withdrawal(data);
	throw new TypeError(`BridgePay has no payments of the kind ${kind}`);
}

const KINDS: ReadonlyMap<Json | undefined, string> = new Map([
	['in', 'payIn'],
	['out', 'payOut'],
]);

/**
 * Reads the invoice of an answer (with `deals`), of a notification (with `deal`), or of the shorter answer to Cancel.
 */
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

/** `deals` holds one element or none, and `deal` is one object. If there are several deals, the active one counts. */
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

/** The account to pay to. It is left out once the deal is over, because nobody may pay to it any longer. */
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

/** Whether requisites belong to a test trader. A live store handed out such requisites. No payer may see them. */
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

/** Turns `2024-11-20T14:56:14+00:00` into UTC. A time without an offset is undefined, because its zone is not known. */
function isoDate(value: Json | undefined): string | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(value))
		return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * The earlier one of two times. The invoice has an end and the requisites have a deadline, and the earlier one counts
 * for the payer.
 */
function earlier(left: string | undefined, right: string | undefined): string | undefined {
	return [left, right].filter((time) => time !== undefined).sort()[0];
}
