import { randomUUID } from 'node:crypto';

import { compare, multiply, PLAIN_DECIMAL } from '../decimal.mts';
import type { Handler } from './call.mts';
import { perUsdt } from './conversions.mts';
import { invalid, Refusal } from './refusal.mts';
import { currencies, type Currency } from './seeds.mts';
import { currencyShape } from './transactionShapes.mts';
import type { World } from './world.mts';

export const listBalances: Handler = (_call, world) => ({
	balances: currencies.map((currency) => balanceShape(world, currency)),
});

export const getBalance: Handler = ({ path }, world) => {
	const own = requireBalance(path.balanceId);
	const others = currencies.filter(({ ticker }) => ticker !== own.ticker);
	const rates = others.map((other) => ({
		id: other.id,
		precision: other.precision,
		exchange_rate: multiply(own.price, perUsdt(other), 8),
		ticker: other.ticker,
		name: other.title,
		title: other.title,
	}));
	return { balance: { ...balanceShape(world, own), currencies: rates } };
};

/**
 * Of the amount's field only the beginning of its name is known. Without an amount the sandbox converts everything, which
 * is the worst that such a call can do. The answer is made up.
 */
export const convertBalance: Handler = ({ operation, path, body }, world) => {
	const own = requireBalance(path.balanceId);
	const wanted = body.text('currency_to');
	const target = currencies.find(({ id, ticker }) => id === wanted || ticker === wanted);
	if (!target || target === own) throw invalid('currency_to', 'The selected currency_to is invalid.');
	const amount = body.textOr('amount_to_convert', world.balance(own.ticker));
	if (!PLAIN_DECIMAL.test(amount) || compare(amount, '0') <= 0)
		throw invalid('currency_to', 'Nothing to convert.');
	world.require(own.ticker, amount, 'currency_to');
	world.debit(own.ticker, amount);
	world.credit(target.ticker, multiply(multiply(amount, own.price, 18), perUsdt(target), 8));
	world.books.apply(operation, randomUUID(), [{ amount, currency: own.ticker }]);
	return { balance: balanceShape(world, own) };
};

function balanceShape(world: World, currency: Currency) {
	return { id: currency.balanceId, currency: currencyShape(currency), value: world.balance(currency.ticker) };
}

function requireBalance(id: string | undefined): Currency {
	const currency = currencies.find(({ balanceId }) => balanceId === id);
	if (!currency) throw new Refusal(404, 'Not Found');
	return currency;
}
