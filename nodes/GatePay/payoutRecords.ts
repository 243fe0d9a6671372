import { isNamed } from '../../core/events/event';
import { isObject, present, textOf, type Json, type JsonObject } from '../../core/exact/json';
import {
	filled,
	isoTime,
	payment,
	type Payment,
	type PaymentDetails,
	type StatusTable,
} from '../../core/provider/payment';
import type { Part } from '../../core/provider/provider';
import { batchTransferStatus, payoutBatchStatus, payoutLineStatus } from './statuses';

export const PROVIDER = 'gatePay';

/** For an answer to a create call without a status: the request was accepted but not carried out yet. */
const ACCEPTED: StatusTable = { '': { status: 'created' } };

/** `sent` is set for the answer to a create call. */
export function state(table: StatusTable, text: string | undefined, sent: JsonObject | undefined) {
	return text === undefined && sent !== undefined ? { table: ACCEPTED, text: '' } : { table, text };
}

/** Reads both versions of the deposit order, the withdrawal order and the order in a notification. */
export function otcOrder(
	kind: string,
	table: StatusTable,
	data: JsonObject,
	sent: JsonObject | undefined,
): Payment {
	const first = firstOf(data, sent);
	const bank = isObject(data.card_info)
		? data.card_info
		: isObject(data.gate_bank_info)
			? data.gate_bank_info
			: undefined;
	const remark = textOf(data.transferRemark) ?? textOf(bank?.transferRemark) ?? textOf(bank?.transfer_remark);
	const requisites = filled({ ...bank, ...(remark === undefined ? {} : { transferRemark: remark }) });
	const details: PaymentDetails = {
		id: first('orderId'),
		reference: first('clientOrderId'),
		amount: first('cryptoAmount', 'amount'),
		currency: first('cryptoCurrency', 'currency'),
		fiatAmount: first('fiatAmount'),
		fiatCurrency: first('fiatCurrency'),
		rate: textOf(data.fiatRate) ?? textOf(data.cfRate),
		fee: textOf(data.tradeFee),
		requisites,
		createdAt: isoTime(data.createTime),
		updatedAt: isoTime(data.updateTime),
	};
	return payment(PROVIDER, kind, state(table, textOf(data.status), sent), details);
}

/** Finds the first filled field among these names, first in the answer and then in the request. */
export function firstOf(data: JsonObject, sent: JsonObject | undefined) {
	return (...names: string[]): string | undefined =>
		[data, sent ?? {}]
			.flatMap((source) => names.map((name) => textOf(source[name])))
			.find((text) => text !== undefined);
}

/**
 * A batch with its lines. The batch gets a line's amounts only if one line was requested, because an answer may show
 * one line of many.
 */
export function payoutBatch(data: JsonObject, sent?: JsonObject): Payment {
	const found = lines(data.withdraw_list ?? data.suborders);
	const asked = lines(sent?.withdraw_list);
	const records =
		found.length > 0 ? found.map((line) => payoutLine(line)) : asked.map((line) => payoutLine(line, sent));
	const only = asked.length === 1 && records.length === 1 ? records[0] : undefined;
	return payment(PROVIDER, 'payout', state(payoutBatchStatus, textOf(data.status), sent), {
		reference: textOf(data.batch_id) ?? textOf(sent?.batch_id),
		...(only ? amounts(only) : {}),
		createdAt: isoTime(data.create_time),
		...(records.length > 0 ? { lines: records } : {}),
	});
}

/** The lists that hold a batch's lines. The query has the first, the notification the second. */
const LINE_LISTS = ['withdraw_list', 'suborders'];

/**
 * The lines of a batch as separate records. A notification shows one line of many, and each line ends independently.
 * Undefined for a batch without lines.
 */
export function payoutParts(data: JsonObject): Part[] | undefined {
	const list = LINE_LISTS.find((name) => lines(data[name]).length > 0);
	if (list === undefined) return undefined;
	const parts = lines(data[list]).map((line) => {
		const batchReference = textOf(data.batch_id) ?? textOf(line.batch_withdraw_id);
		const batch = present({ batchReference, batchStatus: textOf(data.status) });
		return { record: { ...payoutLine(line), ...batch }, raw: { ...data, [list]: [line] } };
	});
	// Lines without their own ID stay within their batch.
	return parts.every(({ record }) => isNamed(record)) ? parts : undefined;
}

/** `sent` is set for a line of an accepted request. */
export function payoutLine(line: JsonObject, sent?: JsonObject): Payment {
	return payment(PROVIDER, 'payoutLine', state(payoutLineStatus, textOf(line.status), sent), {
		id: textOf(line.suborder_id) ?? textOf(line.withdraw_id),
		reference: textOf(line.merchant_withdraw_id),
		amount: textOf(line.amount),
		currency: textOf(line.currency),
		network: textOf(line.chain),
		paidAmount: textOf(line.done_amount),
		fee: textOf(line.fee),
		feeCurrency: textOf(line.fee) === undefined ? undefined : textOf(line.currency),
		address: textOf(line.address),
		txHash: textOf(line.tx_id),
		createdAt: isoTime(line.create_time),
		updatedAt: isoTime(line.finish_time) ?? isoTime(line.update_time),
	});
}

/** The members of a line that also describe a batch of one line. */
function amounts(line: Payment): PaymentDetails {
	const text = (name: string) => textOf(line[name]);
	return {
		id: text('id'),
		amount: text('amount'),
		currency: text('currency'),
		network: text('network'),
		paidAmount: text('paidAmount'),
		fee: text('fee'),
		feeCurrency: text('feeCurrency'),
		address: text('address'),
		txHash: text('txHash'),
		updatedAt: text('updatedAt'),
	};
}

/** Rewards and transfers to Gate users, from the query, the notification or the request. */
export function batchTransfer(data: JsonObject, sent?: JsonObject): Payment {
	const found = lines(data.orders_list ?? data.batchItemList);
	const asked = lines(sent?.batchorderList);
	const records = (found.length > 0 ? found : asked).map((line) =>
		payment(
			PROVIDER,
			'batchTransferLine',
			state(batchTransferStatus, textOf(line.status), found.length > 0 ? undefined : sent),
			{
				id: textOf(line.transaction_id),
				reference: textOf(line.reward_id) ?? textOf(line.rewardId),
				amount: textOf(line.amount),
				currency: textOf(line.currency) ?? textOf(sent?.currency),
				address: textOf(line.receiver_id) ?? textOf(line.user_id),
				createdAt: isoTime(line.create_time),
			},
		),
	);
	const only = asked.length === 1 && records.length === 1 ? records[0] : undefined;
	return payment(PROVIDER, 'batchTransfer', state(batchTransferStatus, textOf(data.status), sent), {
		id: textOf(data.batch_id),
		reference: textOf(data.merchant_batch_no) ?? textOf(sent?.merchant_batch_no),
		amount: textOf(only?.amount),
		currency: textOf(data.currency) ?? textOf(sent?.currency),
		address: textOf(only?.address),
		createdAt: isoTime(data.create_time),
		...(records.length > 0 ? { lines: records } : {}),
	});
}

function lines(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
