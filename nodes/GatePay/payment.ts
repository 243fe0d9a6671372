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

/**
 * Turns one of Gate Pay's objects into a Payment record.
 * @param sent the request of a create call; it fills what the answer leaves out
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

/** A payout batch contains lines, and each line ends independently. */
export function parts(kind: string, data: JsonObject): Part[] | undefined {
	return kind === 'payout' ? payoutParts(data) : undefined;
}

/** Maps the words of notifications and older pages to the words of the queries. Both name the same state. */
const SAME_STATE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	otcBuy: { RECHARGE_SUCCESS: 'DONE', RECHARGE_FAIL: 'ERROR' },
	otcSell: { WITHDRAW_DISPATCHED: 'DISPATCHED', WITHDRAW_SUCCESS: 'DONE', WITHDRAW_FAIL: 'FAIL' },
	payoutLine: { CREATED: 'INIT', UNDER_REVIEW: 'CHECK', PAYOUT_SUCCESS: 'DONE', PAYOUT_FAIL: 'FAIL' },
};

/**
 * What tells two changes apart: for refunds, subscriptions and lines of a batch also a second value. For other kinds,
 * not every source gives such a value.
 */
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
