import { isObject, parseJsonOrNothing, textOf, type Json, type JsonObject } from '../../core/json';
import { isoTime, payment, type Payment, type PaymentDetails, type StatusTable } from '../../core/payment';
import { eventId, header, LARGEST_DELIVERY_BYTES, type Delivery, type Received } from '../../core/webhook';
import {
	batchTransfer,
	otcBuyStatus,
	otcSellStatus,
	payoutBatch,
	refundStatus,
	staticAddressPaymentStatus,
	subscriptionDebitStatus,
	subscriptionStatus,
	toPayment,
} from './payment';
import { verify } from './signing';

/**
 * How old a notification may be. Retries go on for a day and it is not documented whether they are signed anew; the
 * 10 seconds of the documentation are for requests. Milliseconds.
 */
export const NOTIFICATION_WINDOW_MS = 26 * 60 * 60 * 1000;

/** How far Gate Pay's clock may be ahead. Milliseconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/** The acknowledgement that stops the retries, to the letter. */
export const ACKNOWLEDGEMENT = { returnCode: 'SUCCESS', returnMessage: '' };

/** What the trigger lets through; empty lists let everything through. */
export interface Filter {
	events: readonly string[];
	statuses: readonly string[];
}

/** The documented notifications, by `bizType`; a payout's has none. */
export const EVENTS: Readonly<Record<string, string>> = {
	PAY: 'paymentOrder',
	PAY_REFUND: 'refund',
	PAY_BATCH: 'batchTransfer',
	PAY_GIFT_BATCH: 'giftCardBatch',
	PAY_ADDRESS: 'addressPayment',
	TRANSFER_ADDRESS: 'addressPayment',
	PAY_FIXED_ADDRESS: 'staticAddressPayment',
	FIXED_ADDRESS_RISK: 'staticAddressRisk',
	PAY_UNRESOLVED: 'unresolvedPayment',
	OTC: 'otc',
	SUBSCRIPTION_ORDER_STATUS: 'subscriptionOrder',
	SUBSCRIPTION_PAYMENT: 'subscriptionDebit',
	ACCOUNT_AUTH_DEDUCTION: 'subscriptionDebit',
	INSTITUTION: 'institutionAccount',
};

/** `bizStatus` of the notifications about payments; section "state machines" of MAPPING.md has the pages. */
export const notificationStatus: Readonly<Record<string, StatusTable>> = {
	paymentOrder: {
		PAY_SUCCESS: { status: 'succeeded', final: true },
		PAY_ERROR: { status: 'failed', final: true },
		PAY_CLOSE: { status: 'cancelled', final: true },
	},
	refund: refundStatus,
	batchTransfer: { PAID: { status: 'succeeded', final: true } },
	giftCardBatch: { PAID: { status: 'succeeded', final: true } },
	addressPayment: {
		PAY_SUCCESS: { status: 'succeeded', final: true },
		// Money that arrives after expiry is still credited and announced, so it is not final.
		PAY_CLOSE: { status: 'expired' },
		PAY_EXPIRED_IN_PROCESS: { status: 'processing' },
		TRANSFERRED_ADDRESS_IN_TERM: { status: 'processing' },
		TRANSFERRED_ADDRESS_DELAY: { status: 'processing' },
		TRANSFERRED_ADDRESS_BLOCK: { status: 'action_required' },
		CONVERT_ADDRESS_PAY_DELAY: { status: 'action_required' },
		PAY_BLOCK: { status: 'action_required' },
	},
	staticAddressPayment: staticAddressPaymentStatus,
	staticAddressRisk: { RISK_ADDRESS: { status: 'action_required' } },
	unresolvedPayment: { UNRESOLVED_PENDING: { status: 'action_required' } },
	otc: { ...otcBuyStatus, ...otcSellStatus },
	subscriptionOrder: subscriptionStatus,
	subscriptionDebit: subscriptionDebitStatus,
	institutionAccount: {
		INSTITUTION_ACCOUNT_SUCCESS: { status: 'succeeded', final: true },
		INSTITUTION_ACCOUNT_FAIL: { status: 'failed', final: true },
	},
};

/**
 * Verifies a notification on its raw bytes and turns it into an event. Fails closed: no secret, no event.
 * @param now unix milliseconds
 */
export function receive(delivery: Delivery, secret: string, filter: Filter, now: number): Received {
	const forgery = whyForged(delivery, secret, now);
	if (forgery !== undefined) return refuse(forgery);
	const body = parseJsonOrNothing(delivery.body.toString('utf8'));
	if (!isObject(body)) return refuse('The notification is not a JSON object');
	const event = toEvent(body);
	return { state: 'genuine', answer: ACKNOWLEDGEMENT, events: passes(event, filter) ? [event] : [] };
}

function refuse(reason: string): Received {
	return { state: 'forged', reason, answer: { returnCode: 'FAIL', returnMessage: reason } };
}

function whyForged(delivery: Delivery, secret: string, now: number): string | undefined {
	if (secret === '') return 'The trigger has no Payment API Secret';
	if (delivery.body.length > LARGEST_DELIVERY_BYTES) return 'The notification is too large';
	const timestamp = header(delivery, 'x-gatepay-timestamp');
	const nonce = header(delivery, 'x-gatepay-nonce');
	const signature = header(delivery, 'x-gatepay-signature');
	if (timestamp === undefined || nonce === undefined || signature === undefined)
		return 'A signature header is missing';
	if (!/^\d{13}$/.test(timestamp)) return 'The timestamp is not in milliseconds';
	if (!verify(secret, { timestamp, nonce, body: delivery.body }, signature))
		return 'The signature does not fit';
	const age = now - Number(timestamp);
	if (age > NOTIFICATION_WINDOW_MS || age < -CLOCK_TOLERANCE_MS) return 'The timestamp is outside the window';
	return undefined;
}

function passes({ event, status }: JsonObject, { events, statuses }: Filter): boolean {
	const allows = (list: readonly string[], value: unknown) =>
		list.length === 0 || list.some((one) => one === value);
	return allows(events, event) && allows(statuses, status);
}

/** The event as the trigger emits it. Unknown kinds pass through with `event: 'other'`. */
function toEvent(body: JsonObject): JsonObject {
	const raw = { ...body, ...('data' in body ? { data: opened(body.data) } : {}) };
	if (isObject(body.main_order)) return payoutEvent(body, body.main_order, raw);
	const bizType = textOf(body.bizType) ?? '';
	const event = Object.prototype.hasOwnProperty.call(EVENTS, bizType)
		? (EVENTS[bizType] ?? 'other')
		: 'other';
	const data = isObject(raw.data) ? raw.data : {};
	const record = toRecord(event, textOf(body.bizStatus), textOf(body.bizId), data);
	const id = eventId('gatePay', [
		bizType,
		textOf(body.bizId),
		record.providerStatus,
		textOf(record.reference),
		textOf(data.transactionId) ??
			textOf(data.txHash) ??
			textOf(data.paymentOrderNo) ??
			textOf(data.deductOrderNo),
		textOf(record.amount),
		textOf(record.paidAmount),
		textOf(data.updateTime),
	]);
	return { eventId: id, event, ...record, raw };
}

/** `data` is JSON text inside the JSON body; some pages show an object. */
function opened(data: Json | undefined): Json {
	return typeof data === 'string' ? (parseJsonOrNothing(data) ?? data) : (data ?? null);
}

function payoutEvent(body: JsonObject, main: JsonObject, raw: JsonObject): JsonObject {
	const record = payoutBatch({ ...main, suborders: body.suborders ?? [] });
	const lines = Array.isArray(record.lines) ? record.lines.filter(isObject) : [];
	const id = eventId('gatePay', [
		'payout',
		textOf(record.reference),
		record.providerStatus,
		textOf(main.pay_back_status),
		...lines.flatMap((line) => [
			textOf(line.reference),
			textOf(line.providerStatus),
			textOf(line.paidAmount),
			textOf(line.txHash),
		]),
	]);
	return { eventId: id, event: 'payout', ...record, raw };
}

function toRecord(
	event: string,
	status: string | undefined,
	bizId: string | undefined,
	data: JsonObject,
): Payment {
	const withStatus = { ...data, ...(status === undefined ? {} : { status }) };
	if (event === 'otc')
		return toPayment(textOf(data.type) === 'SELL' ? 'otcSell' : 'otcBuy', {
			orderId: bizId ?? null,
			...withStatus,
		});
	if (event === 'batchTransfer')
		return { ...batchTransfer(withStatus), ...(bizId === undefined ? {} : { id: bizId }) };
	const table = notificationStatus[event] ?? {};
	return payment('gatePay', event, { table, text: status }, details(event, bizId, data));
}

function details(event: string, bizId: string | undefined, data: JsonObject): PaymentDetails {
	const text = (...names: string[]) =>
		names.map((name) => textOf(data[name])).find((value) => value !== undefined);
	const times = {
		createdAt: isoTime(data.createTime ?? data.created),
		updatedAt: isoTime(data.updateTime ?? data.payTime ?? data.transactionTime),
	};
	switch (event) {
		case 'refund': {
			const refund = isObject(data.refundInfo) ? data.refundInfo : {};
			return {
				id: bizId,
				reference: textOf(refund.refundRequestId),
				amount: textOf(refund.refundAmount),
				currency: text('currency'),
				paidAmount: undefined,
				...times,
			};
		}
		case 'unresolvedPayment':
			return {
				id: text('exceptionId') ?? bizId,
				reference: text('originalOrderId'),
				amount: text('expectedAmount'),
				currency: text('actualCurrency'),
				network: text('actualChain'),
				paidAmount: text('actualAmount'),
				address: text('toAddress'),
				txHash: text('hash'),
				...times,
			};
		case 'giftCardBatch':
			return { id: bizId, reference: text('externalId'), ...times };
		case 'institutionAccount':
			return { id: text('account_id') ?? bizId, reference: text('request_id'), ...times };
		case 'subscriptionOrder':
		case 'subscriptionDebit':
			return {
				id: bizId,
				reference: text('merchantSubscriptionOrderNo'),
				amount: text('cryptoAmount'),
				currency: text('cryptoCurrency'),
				network: text('chain'),
				txHash: text('txHash'),
				...times,
			};
		default:
			return {
				id: bizId,
				reference: text('merchantTradeNo', 'channel_id', 'channelId', 'customer_name'),
				amount: text('orderAmount', 'amount'),
				currency: text('currency'),
				network: text('chain'),
				paidAmount: text('doneAmountOnChain'),
				address: text('address'),
				txHash: text('txHash'),
				...times,
			};
	}
}
