import type { JsonObject } from '../../core/exact/json';
import type { Payment } from '../../core/provider/payment';
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
import { batchTransfer, otcOrder, payoutBatch, payoutLine } from './payoutRecords';
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
