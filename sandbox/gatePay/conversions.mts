import { randomBytes } from 'node:crypto';

import { compare, isSameAmount, multiply } from '../decimal.mts';
import type { Handler } from './call.mts';
import type { Conversion, ConvertQuote } from './merchantState.mts';
import { priceOf, worthIn } from './money.mts';
import { Refusal } from './refusal.mts';
import { fiatPrices, perDollar, prices } from './seeds.mts';
import type { World } from './world.mts';

const SETTLE_MS = 1000;

export const listConvertCurrencies: Handler = () => ({ currency: Object.keys(prices) });

export const listConvertPairs: Handler = ({ query }) => {
	const currency = query.text('currency');
	priceOf(currency);
	const isBought = query.textOr('side', 'sell') === 'buy';
	return Object.keys(prices)
		.filter((other) => other !== currency)
		.map((other) => pair(isBought ? other : currency, isBought ? currency : other));
};

function pair(sellCurrency: string, buyCurrency: string) {
	return {
		pair: `${sellCurrency}_${buyCurrency}`,
		sellCurrency,
		sellCurrencyMax: worthIn('1000000', 'USDT', sellCurrency),
		sellCurrencyMin: worthIn('1', 'USDT', sellCurrency),
		buyCurrency,
		buyCurrencyMax: worthIn('1000000', 'USDT', buyCurrency),
		buyCurrencyMin: worthIn('1', 'USDT', buyCurrency),
	};
}

export const previewConvert: Handler = ({ body }, { state }) => {
	const [sellCurrency, buyCurrency] = [body.text('sellCurrency'), body.text('buyCurrency')];
	const sold = body.textOr('sellAmount', undefined);
	const bought = body.textOr('buyAmount', undefined);
	const sellAmount = sold ?? worthIn(bought ?? '0', buyCurrency, sellCurrency);
	const buyAmount = bought ?? worthIn(sellAmount, sellCurrency, buyCurrency);
	if (compare(sellAmount, '0') <= 0 || compare(buyAmount, '0') <= 0)
		throw new Refusal('400621', 'The amount is too small to convert');
	const rate = multiply(priceOf(sellCurrency), perDollar[buyCurrency] ?? '0', 10);
	const quoteId = `PAY-${randomBytes(4).toString('hex')}`;
	const quote: ConvertQuote = { quoteId, sellCurrency, sellAmount, buyCurrency, buyAmount, rate };
	state.convertQuotes.push(quote);
	return { sellCurrency, buyCurrency, buyAmount, sellAmount, rate, price: rate, quoteId };
};

/** A repeat returns the first conversion: `clientReqId` is the documented idempotency key. */
export const createConvert: Handler = ({ operation, body }, world) => {
	const clientReqId = body.text('clientReqId');
	const earlier = world.state.conversions.find((each) => each.clientReqId === clientReqId);
	const quote = world.state.convertQuotes.find(({ quoteId }) => quoteId === body.text('quoteId'));
	if (!quote) throw new Refusal('400202', `The quote ${body.text('quoteId')} does not exist`);
	const isAsQuoted =
		body.text('sellCurrency') === quote.sellCurrency &&
		body.text('buyCurrency') === quote.buyCurrency &&
		isSameAmount(body.text('sellAmount'), quote.sellAmount) &&
		isSameAmount(body.text('buyAmount'), quote.buyAmount);
	if (!isAsQuoted) throw new Refusal('400621', 'The amounts are not those of the quote');
	if (earlier?.quote === quote) return shape(world, earlier);
	if (earlier) throw new Refusal('400201', `clientReqId ${clientReqId} was used for another conversion`);
	if (quote.usedBy) throw new Refusal('400204', `The quote was used for ${quote.usedBy}`);
	world.require(quote.sellCurrency, quote.sellAmount, '400605');

	const orderId = world.nextId();
	const conversion: Conversion = { orderId, clientReqId, quote, status: 1, createTime: world.now() };
	quote.usedBy = orderId;
	world.state.conversions.push(conversion);
	const names = { orderId, merchantTradeNo: clientReqId };
	world.debit(quote.sellCurrency, quote.sellAmount, { ...names, financialType: 'convert_sell_fi' });
	world.credit(quote.buyCurrency, quote.buyAmount, { ...names, financialType: 'convert_buy_fi' });
	world.books.apply(operation, clientReqId, [{ amount: quote.sellAmount, currency: quote.sellCurrency }]);
	world.later(SETTLE_MS, () => settle(conversion));
	return shape(world, conversion);
};

export const getConvertOrder: Handler = ({ query }, world) =>
	shape(world, findConversion(world, query.text('orderId')));

export const getExchangeRate: Handler = ({ body }, world) => {
	const [sourceCurrency, targetCurrency] = [body.text('sourceCurrency'), body.text('targetCurrency')];
	const rate = fiatPrices[sourceCurrency];
	if (rate === undefined || targetCurrency !== 'USDT')
		throw new Refusal('400205', `There is no rate of ${sourceCurrency} in ${targetCurrency}`);
	return { sourceCurrency, targetCurrency, rate, updateTime: world.now() };
};

/** The conversion with this order ID. Throws a Refusal when there is none. */
export function findConversion({ state }: World, id: string): Conversion {
	const found = state.conversions.find(({ orderId }) => orderId === id);
	if (!found) throw new Refusal('400202', `The conversion ${id} does not exist`);
	return found;
}

/** Ends a conversion that is under way. */
export function settle(conversion: Conversion): void {
	conversion.status = 6;
}

function shape(world: World, { orderId, quote, status, createTime }: Conversion) {
	const { quoteId, sellCurrency, sellAmount, buyCurrency, buyAmount, rate } = quote;
	const money = { sellCurrency, buyCurrency, sellAmount, buyAmount };
	// The documented rate is a number.
	return {
		order_id: orderId,
		userId: world.merchantNumber,
		...money,
		status,
		rate: Number(rate),
		quoteId,
		createTime,
	};
}
