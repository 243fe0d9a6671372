import { ownMember, type JsonObject } from '../../core/exact/json';
import type { Payment } from '../../core/provider/payment';
import type { Part } from '../../core/provider/provider';
import {
	conversion,
	giftCard,
	institutionMove,
	order,
	refund,
	staticAddressPayment,
	subscription,
	subscriptionDebit,
} from './orderRecords';
import { batchTransfer, otcOrder, payoutBatch, payoutLine, payoutParts } from './payoutRecords';
import { otcBuyStatus, otcSellStatus } from './statuses';

export * from './statuses';
export { batchTransfer, payoutBatch } from './payoutRecords';

/**
 * One of Gate Pay's objects as a Payment record.
 * @param sent the request of a create call, whose answer leaves out what was asked for
 */
export function toPayment(kind: string, data: JsonObject, sent?: JsonObject): Payment {
	switch (kind) {
		case 'otcBuy':
			return otcOrder(kind, otcBuyStatus, data, sent);
		case 'otcSell':
			return otcOrder(kind, otcSellStatus, data, sent);
		case 'payout':
			return payoutBatch(data, sent);
		case 'payoutLine':
			return payoutLine(data);
		case 'batchTransfer':
			return batchTransfer(data, sent);
		case 'paymentOrder':
		case 'addressPayment':
			return order(kind, data, sent);
		case 'refund':
			return refund(data, sent);
		case 'conversion':
			return conversion(data, sent);
		case 'giftCard':
			return giftCard(data, sent);
		case 'subscriptionOrder':
			return subscription(data, sent);
		case 'subscriptionDebit':
			return subscriptionDebit(data, sent);
		case 'institutionTransfer':
		case 'institutionCharge':
			return institutionMove(kind, data, sent);
		case 'staticAddressPayment':
			return staticAddressPayment(data);
		default:
			throw new TypeError(`Gate Pay has no payments of the kind ${kind}`);
	}
}

/** A payout batch tells of its lines, each of which ends for itself. */
export function parts(kind: string, data: JsonObject): Part[] | undefined {
	return kind === 'payout' ? payoutParts(data) : undefined;
}

/** One state in the words of a notification, or of an older page, and in those of the queries. */
const SAME_STATE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	otcBuy: { RECHARGE_SUCCESS: 'DONE', RECHARGE_FAIL: 'ERROR' },
	otcSell: { WITHDRAW_DISPATCHED: 'DISPATCHED', WITHDRAW_SUCCESS: 'DONE', WITHDRAW_FAIL: 'FAIL' },
	payoutLine: { CREATED: 'INIT', UNDER_REVIEW: 'CHECK', PAYOUT_SUCCESS: 'DONE', PAYOUT_FAIL: 'FAIL' },
};

/** What a refund, a subscription or a batch's line is told apart by; the other kinds tell it in one source alone. */
export function eventVersion({ kind, providerStatus, reference, batchReference, updatedAt }: Payment) {
	const word = ownMember(ownMember(SAME_STATE, kind) ?? {}, providerStatus) ?? providerStatus;
	switch (kind) {
		case 'payoutLine':
			return [word, batchReference];
		case 'refund':
			return [word, reference];
		case 'subscriptionOrder':
		case 'unresolvedPayment':
			return [word, updatedAt];
		default:
			return [word];
	}
}
