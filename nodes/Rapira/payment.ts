import { withoutExponent } from '../../core/exact/decimal';
import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import { isoTime, payment, type Payment, type PaymentStatus } from '../../core/provider/payment';
import { depositStatus, payoutStatus } from './statuses';

const PROVIDER = 'rapira';

/** Turns Rapira's object into a Payment record. `sent` is set for an object that the node has just made. */
export function toPayment(kind: string, data: JsonObject, sent?: JsonObject): Payment {
	return kind === 'deposit' ? deposit(data) : payout(data, sent);
}

/** A withdrawal from the history, or from the answer to Create. That answer has only the id. */
export function payout(data: JsonObject, sent?: JsonObject): Payment {
	const text = textOf(data.status);
	const isFresh = text === undefined && sent !== undefined;
	const { currency, network } = tokenOf(data.token, data.chain);
	const record = payment(
		PROVIDER,
		'payout',
		{ table: payoutStatus, text },
		{
			id: textOf(data.id) ?? textOf(data.withdrawRecordId),
			// The amount that leaves the balance. The answer to Create lacks it, so the requested amount stands in.
			amount: amountOf(data.totalAmount) ?? textOf(sent?.amount),
			currency: currency ?? textOf(sent?.coin),
			network: network ?? textOf(sent?.chain),
			paidAmount: amountOf(data.arrivedAmount),
			fee: amountOf(data.fee),
			feeCurrency: data.fee === undefined ? undefined : currency,
			address: textOf(data.address) ?? textOf(sent?.address),
			txHash: textOf(data.transactionNumber),
			requisites: memoOf(data.memo ?? sent?.memo),
			createdAtLocal: textOf(data.createTime),
			updatedAtLocal: textOf(data.endTime) ?? textOf(data.dealTime),
		},
	);
	if (isFresh) return { ...record, status: 'created' };
	return { ...record, status: heldOr(record.status, data) };
}

/** A payout may wait for a confirmation outside of the API. It may also be declined before its status says so. */
function heldOr(status: PaymentStatus, data: JsonObject): PaymentStatus {
	const isOpen = status === 'created' || status === 'pending';
	const isHeld = [data.confirmRequired, data.isDeclined, data.isAddressBanned].includes(true);
	return isOpen && isHeld ? 'action_required' : status;
}

/** Coins that arrived at an address of the account. */
export function deposit(data: JsonObject): Payment {
	const { network } = tokenOf(data.token, undefined);
	return payment(
		PROVIDER,
		'deposit',
		{ table: depositStatus, text: textOf(data.status) },
		{
			id: textOf(data.id),
			amount: amountOf(data.amount),
			currency: textOf(data.unit),
			network,
			address: textOf(data.address),
			txHash: textOf(data.txid),
			requisites: memoOf(data.memo),
			createdAt: isoTime(data.createTimeTimestamp),
		},
	);
}

/** Splits a token id. The chain comes first: `TRX_USDT`. */
function tokenOf(token: Json | undefined, chain: Json | undefined) {
	const id = textOf(token);
	const [first, ...rest] = id?.split('_') ?? [];
	const known = textOf(chain);
	if (id === undefined || rest.length === 0) return { currency: id, network: known };
	return { currency: rest.join('_'), network: known ?? first };
}

/** A tag that the payer or the receiver needs in addition to the address. */
function memoOf(memo: Json | undefined): JsonObject | undefined {
	const text = textOf(memo);
	return text === undefined ? undefined : { memo: text };
}

function amountOf(value: Json | undefined): string | undefined {
	const text = textOf(value);
	return text === undefined ? undefined : withoutExponent(text);
}

/** Fields of reads that hold amounts, prices, fees or shares. Rapira sends the same field as `2` and as `2.5`. */
const EXACT = new Set(
	[
		'open high low close change chg lastDayClose usdRate baseUsdRate askPrice bidPrice fee',
		'makerFee takerFee minVolume minTurnover minRecharge minWithdraw rechargeFee withdrawFee networkFee',
		'highestPrice lowestPrice minAmount maxAmount price amount balance frozenBalance',
		'merchantFee minLimit maxLimit quantity totalCompletedPercent riskscore',
		'totalAmount arrivedAmount',
	].flatMap((names) => names.split(' ')),
);

/** The same content with every amount as decimal text. Each field then has one type and all its digits. */
export function exactNumbers(data: Json): Json {
	if (Array.isArray(data)) return data.map(exactNumbers);
	if (!isObject(data)) return data;
	return Object.fromEntries(
		Object.entries(data).map(([name, value]) => {
			if (EXACT.has(name)) return [name, amountOf(value) ?? value];
			if (name === 'signals' && isObject(value)) return [name, shares(value)];
			return [name, exactNumbers(value)];
		}),
	);
}

/** The categories of an AML check with their shares. A category may have any name. */
function shares(signals: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(signals).map(([name, value]) => [name, amountOf(value) ?? value]));
}
