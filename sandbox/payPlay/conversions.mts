import { multiply } from '../decimal.mts';
import { amountOf, currencyOf, type Handler } from './call.mts';
import { currencies, type Currency } from './seeds.mts';
import type { Transaction } from './state.mts';
import { currencyShape } from './transactionShapes.mts';
import { localTime } from './wireText.mts';
import { fresh, networkOf, pay } from './withdrawals.mts';

const ESTIMATE_MS = 138_000;

/** The long rate of the sample: a client that reads it as a number loses digits. */
const SAMPLE_RATE = '0.98686588093984211645';

/**
 * Serves both the quote and the instant call. No page says whether a quote moves money without its second step. Here it
 * does, so that a client which sends it twice is seen.
 */
export const convertAndWithdraw: Handler = ({ operation, body }, world) => {
	const currency = currencyOf(body.text('currency'), 'currency');
	const target = currencyOf(body.text('target_currency'), 'target_currency');
	const amount = amountOf(body, 'amount', currency);
	networkOf(target, body.text('network'), body.textOr('memo', undefined));
	const value = multiply(multiply(amount, currency.price, 18), perUsdt(target), 8);
	const transaction: Transaction = {
		...fresh(world),
		type: 'CONVERT_WITHDRAWAL',
		currency: currency.ticker,
		value: amount,
		fee: '0',
		network: body.text('network'),
		address: body.text('address'),
		memo: body.textOr('memo', null),
		externalId: body.textOr('external_id', null),
		comment: null,
		target: { currency: target.ticker, value, rate: SAMPLE_RATE },
	};
	pay(world, operation, transaction);
	return { transaction: conversionShape(transaction, currency, target) };
};

/** Only the path of this call is documented. The answer is made up. */
export const listConvertWithdrawalCurrencies: Handler = () => ({
	currencies: currencies.map(currencyShape),
});

function conversionShape(transaction: Transaction, currency: Currency, target: Currency) {
	const { id, value, network, address, memo, externalId, status, type, createdAt } = transaction;
	return {
		id,
		currency: currencyShape(currency),
		target_currency: currencyShape(target),
		value,
		target_value: transaction.target?.value ?? '0',
		exchange_rate: SAMPLE_RATE,
		fee: null,
		network: network ?? '',
		address,
		memo,
		external_id: externalId,
		status,
		type,
		created_at: localTime(createdAt),
		estimated_at: localTime(createdAt + ESTIMATE_MS),
		completed_at: null,
	};
}

/** How many units of the currency one USDT buys. */
export function perUsdt({ ticker }: Currency): string {
	return { USDT: '1', EUR: '0.95', BTC: '0.00001667', TON: '0.2' }[ticker] ?? '1';
}
