import type { Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import { externalRates } from './seeds.mts';

/** The documented rate has a decimal comma. */
export const getUsdtUsdRate: Handler = () => ({ USDT_USD: '1,00' });

export const getExchangeRate: Handler = ({ path }) => {
	const ticker = path.currencyTicker ?? '';
	const exchange_rate = externalRates[ticker];
	if (exchange_rate === undefined) throw new Refusal(404, 'Not Found');
	return { ticker, exchange_rate };
};
