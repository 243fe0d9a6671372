import { isObject, present, textOf, type Json, type JsonObject } from '../../core/exact/json';
import {
	filled,
	payment,
	type Payment,
	type PaymentDetails,
	type StatusTable,
} from '../../core/provider/payment';
import { orderStatus, refundStatus, transactionStatus } from './statuses';

const PROVIDER = 'payPlay';

/** For an answer to a create call without a status: the request was accepted but not carried out yet. */
const ACCEPTED: StatusTable = { '': { status: 'created' } };

/**
 * Turns one of PayPlay's objects into a Payment record.
 * @param sent the request of a call; it fills what the answer leaves out
 */
export function toPayment(kind: string, data: JsonObject, sent?: JsonObject): Payment {
	switch (kind) {
		case 'order':
			return order(data, sent);
		case 'staticWallet':
			return staticWallet(data, sent);
		case 'transaction':
			return transaction(kind, data, sent);
		case 'withdrawal':
			return withdrawal(data, sent);
		case 'convertWithdrawal':
			return conversion(data, sent);
		case 'refund':
			return refund(data);
		default:
			throw new TypeError(`PayPlay has no payments of the kind ${kind}`);
	}
}

/** A currency is a ticker in orders and transactions, and an object in withdrawals, conversions and balances. */
export function tickerOf(currency: Json | undefined): string | undefined {
	return isObject(currency) ? textOf(currency.ticker) : textOf(currency);
}

function order(data: JsonObject, sent: JsonObject | undefined): Payment {
	const record = payment(PROVIDER, 'order', stateOf(orderStatus, data, sent), orderDetails(data, sent));
	return data.is_refunded === true ? { ...record, status: 'refunded', final: true } : record;
}

/**
 * `received_total` is left out, because it is the amount after the fee. Compared with the amount, a paid order would
 * look unpaid.
 */
function orderDetails(data: JsonObject, sent: JsonObject | undefined): PaymentDetails {
	const lines = objects(data.transactions).map((line) => transaction('transaction', line, undefined));
	return {
		id: textOf(data.id),
		reference: textOf(data.external_order_id) ?? textOf(sent?.external_order_id),
		amount: textOf(data.value) ?? textOf(sent?.amount),
		currency: tickerOf(data.currency) ?? textOf(sent?.currency),
		rate: textOf(data.exchange_rate),
		payUrl: textOf(data.acquiring_url),
		...localTimes(data),
		...(lines.length > 0 ? { lines } : {}),
	};
}

/** An order whose payer gets an address. If there is a memo, the payer must see it too. */
function staticWallet(data: JsonObject, sent: JsonObject | undefined): Payment {
	const wallet = isObject(data.wallet) ? data.wallet : {};
	const currency = tickerOf(data.currency);
	const { expected_amount, min_deposit_amount, invoice_reminder } = data;
	return payment(PROVIDER, 'staticWallet', stateOf(orderStatus, data, sent), {
		id: textOf(data.id),
		reference: textOf(data.external_order_id) ?? textOf(sent?.external_order_id),
		amount: textOf(data.amount) ?? textOf(sent?.amount),
		currency,
		network: textOf(wallet.network) ?? textOf(sent?.network),
		rate: textOf(data.exchange_rate),
		fee: textOf(data.network_fee),
		address: textOf(wallet.address),
		payUrl: textOf(data.payment_url),
		requisites: filled(present({ ...wallet, expected_amount, min_deposit_amount, invoice_reminder })),
		...localTimes(data),
	});
}

function transaction(kind: string, data: JsonObject, sent: JsonObject | undefined): Payment {
	return payment(PROVIDER, kind, stateOf(transactionStatus, data, undefined), {
		id: textOf(data.id),
		reference: textOf(data.external_id) ?? textOf(data.external_order_id) ?? textOf(sent?.external_id),
		amount: textOf(data.value) ?? textOf(sent?.amount),
		currency: tickerOf(data.currency) ?? textOf(sent?.currency),
		network: textOf(data.network) ?? textOf(sent?.network),
		rate: textOf(data.exchange_rate),
		fee: textOf(data.fee),
		address: textOf(data.address) ?? textOf(sent?.wallet) ?? textOf(sent?.address),
		txHash: chainHash(data),
		...localTimes(data),
	});
}

/** The answer to a withdrawal is a list of transactions. One of them describes the withdrawal itself. */
function withdrawal(data: JsonObject, sent: JsonObject | undefined): Payment {
	const lines = objects(data.transactions).map((line) => transaction('transaction', line, sent));
	const [only] = lines;
	if (only && lines.length === 1) return { ...only, kind: 'withdrawal', lines };
	return payment(
		PROVIDER,
		'withdrawal',
		{ table: ACCEPTED, text: '' },
		{
			id: textOf(data.request_id),
			reference: textOf(sent?.external_id),
			amount: textOf(sent?.amount),
			currency: textOf(sent?.currency),
			network: textOf(sent?.network),
			address: textOf(sent?.wallet),
			...(lines.length > 0 ? { lines } : {}),
		},
	);
}

/** The amount and currency are those before the conversion. The line has those of the withdrawal. */
function conversion(data: JsonObject, sent: JsonObject | undefined): Payment {
	const record = transaction('convertWithdrawal', data, sent);
	const target = textOf(data.target_value);
	if (target === undefined) return record;
	const state = stateOf(transactionStatus, data, undefined);
	const line = payment(PROVIDER, 'withdrawal', state, {
		amount: target,
		currency: tickerOf(data.target_currency) ?? textOf(sent?.target_currency),
		network: textOf(data.network) ?? textOf(sent?.network),
		address: textOf(data.address) ?? textOf(sent?.address),
	});
	return { ...record, lines: [line] };
}

function refund(data: JsonObject): Payment {
	const text = typeof data.is_refunded === 'boolean' ? String(data.is_refunded) : undefined;
	const record = payment(PROVIDER, 'refund', { table: refundStatus, text }, orderDetails(data, undefined));
	return { ...record, providerStatus: textOf(data.status) ?? '' };
}

function stateOf(table: StatusTable, data: JsonObject, sent: JsonObject | undefined) {
	const text = textOf(data.status);
	return text === undefined && sent !== undefined ? { table: ACCEPTED, text: '' } : { table, text };
}

/**
 * The hash of a transaction on chain. Old samples hold the text "null". For a transfer within PayPlay the hash is
 * only a reference and is on no chain.
 */
function chainHash({ hash, is_internal }: JsonObject): string | undefined {
	return is_internal === true || hash === 'null' ? undefined : textOf(hash);
}

/** Times like `2024-09-19 09:45:14`, unchanged, because their zone is not documented. */
function localTimes({ created_at, completed_at }: JsonObject): PaymentDetails {
	return { createdAtLocal: textOf(created_at), updatedAtLocal: textOf(completed_at) };
}

function objects(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
