import { isObject, present, textOf, type Json, type JsonObject } from '../../core/exact/json';
import { tickerOf } from './payment';

/** The answer is `{"USDT_USD":"1,00"}`. No other answer has a decimal comma. */
function rates(data: Json): Json {
	if (!isObject(data)) return data;
	return Object.fromEntries(Object.entries(data).map(([pair, rate]) => [pair, withPoint(rate)]));
}

function withPoint(rate: Json): Json {
	return typeof rate === 'string' && /^\d+,\d+$/.test(rate) ? rate.replace(',', '.') : rate;
}

/** A balance with its ticker. The rates for its conversion are added where PayPlay sends them. */
function balance(data: Json): Json {
	if (!isObject(data)) return data;
	const { id, currency, value, currencies } = data;
	return present({
		id,
		currency: tickerOf(currency),
		value,
		title: isObject(currency) ? currency.title : undefined,
		currencyId: isObject(currency) ? currency.id : undefined,
		rates: Array.isArray(currencies) ? currencies.filter(isObject).map(rateOf) : undefined,
	});
}

function rateOf({ id, ticker, exchange_rate }: JsonObject): JsonObject {
	return present({ currencyId: id, currency: ticker, rate: exchange_rate });
}

/** Networks and fees as a list, with one spelling of the names. */
function withdrawalFees(data: Json): Json {
	if (!isObject(data)) return data;
	const { network_fees, ...rest } = data;
	return { ...rest, networks: networksOf(network_fees) };
}

function walletCurrency(data: Json): Json {
	if (!isObject(data)) return data;
	const { id, ticker, name, min, max, precision } = data;
	return present({
		id,
		ticker,
		name,
		precision,
		min,
		max: limit(max),
		networks: networksOf(data.networks),
	});
}

function networksOf(networks: Json | undefined): JsonObject[] {
	if (!isObject(networks)) return [];
	return Object.entries(networks).map(([network, terms]) =>
		present({ network, ...(isObject(terms) ? termsOf(terms) : {}) }),
	);
}

function termsOf({
	min_amount,
	max_amount,
	fixed,
	flex,
	is_memo_required,
}: JsonObject): Record<string, Json | undefined> {
	const share = isObject(flex) ? flex : {};
	return {
		minAmount: min_amount,
		maxAmount: limit(max_amount),
		fixedFee: fixed,
		feePercent: share.percent,
		minFee: share.min_fee ?? share.minFee,
		maxFee: share.max_fee ?? share.maxFee,
		isMemoRequired: is_memo_required,
	};
}

/** A maximum of `"0"` means that there is no maximum. Other answers have null for that. */
function limit(maximum: Json | undefined): Json | undefined {
	return /^0(?:\.0+)?$/.test(textOf(maximum) ?? '') ? null : maximum;
}

/** Functions that make an answer readable that is not a payment. Rows name them. */
export const shapes = { rates, balance, withdrawalFees, walletCurrency };
