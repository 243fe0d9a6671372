import { randomBytes } from 'node:crypto';

import { multiply } from '../decimal.mts';
import { requirePlaces, requireSameAmount, type Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import type { Quote } from './state.mts';
import type { World } from './world.mts';

/** The rate of the documented example. */
const FIAT_PER_CRYPTO = '0.918762';
const CRYPTO_PER_FIAT = '1.088420';
const VALID_SECONDS = 60;
const CRYPTO_CURRENCIES = ['USDT', 'USDC'];
const FIAT_CURRENCIES = ['USD'];

export const createOtcQuote: Handler = ({ body }, world) => {
	const cryptoCurrency = oneOf(body.text('cryptoCurrency'), CRYPTO_CURRENCIES);
	const fiatCurrency = oneOf(body.text('fiatCurrency'), FIAT_CURRENCIES);
	const side = body.text('side');
	const fiatGiven = side === 'FIAT' ? body.text('fiatAmount') : undefined;
	const cryptoGiven = side === 'CRYPTO' ? body.text('cryptoAmount') : undefined;
	if (fiatGiven) requirePlaces(fiatGiven, 2, 'fiatAmount');
	if (cryptoGiven) requirePlaces(cryptoGiven, 6, 'cryptoAmount');
	const quote: Quote = {
		quoteToken: `qt_${randomBytes(8).toString('hex').toUpperCase()}`,
		type: body.text('type') === 'BUY' ? 'BUY' : 'SELL',
		side,
		cryptoCurrency,
		fiatCurrency,
		cryptoAmount: cryptoGiven ?? multiply(fiatGiven ?? '0', CRYPTO_PER_FIAT, 6),
		fiatAmount: fiatGiven ?? multiply(cryptoGiven ?? '0', FIAT_PER_CRYPTO, 2),
		fiatRate: FIAT_PER_CRYPTO,
		cryptoRate: CRYPTO_PER_FIAT,
		expiresAt: world.now() + VALID_SECONDS * 1000,
	};
	world.state.quotes.push(quote);
	const { quoteToken, cryptoAmount, fiatAmount, fiatRate, cryptoRate } = quote;
	const currencies = { cryptoCurrency, fiatCurrency };
	return {
		quoteToken,
		validPeriod: VALID_SECONDS,
		...currencies,
		cryptoAmount,
		fiatAmount,
		fiatRate,
		cryptoRate,
	};
};

export interface QuotedOrder {
	quoteToken: string;
	type: Quote['type'];
	cryptoCurrency: string;
	fiatCurrency: string;
	cryptoAmount: string;
	fiatAmount: string;
}

/** The order's quote, where it fits and is unused. The codes of the Refusals are guesses: the OTC group documents none. */
export function requireQuote(world: World, order: QuotedOrder): Quote {
	const quote = world.state.quotes.find(({ quoteToken }) => quoteToken === order.quoteToken);
	if (!quote) throw new Refusal('400202', `The quote ${order.quoteToken} does not exist`);
	if (quote.usedBy) throw new Refusal('400204', `The quote was used for order ${quote.usedBy}`);
	if (world.now() > quote.expiresAt)
		throw new Refusal('400603', `The quote expired; it was valid ${VALID_SECONDS} s`);
	if (quote.type !== order.type) throw new Refusal('400204', `The quote is for ${quote.type}`);
	if (quote.cryptoCurrency !== order.cryptoCurrency || quote.fiatCurrency !== order.fiatCurrency) {
		throw new Refusal('400205', `The quote is for ${quote.cryptoCurrency} against ${quote.fiatCurrency}`);
	}
	requireSameAmount(order.cryptoAmount, quote.cryptoAmount, 'The crypto amount');
	requireSameAmount(order.fiatAmount, quote.fiatAmount, 'The fiat amount');
	return quote;
}

function oneOf(currency: string, allowed: string[]): string {
	if (allowed.includes(currency)) return currency;
	throw new Refusal('400205', `${currency} is not traded; ${allowed.join(', ')} are`);
}
