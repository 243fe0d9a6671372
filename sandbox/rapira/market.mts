import { number, type Handler } from './call.mts';
import { ads, pairs, rates, tokens } from './seeds.mts';

export const getServerTime: Handler = (_call, world) => ({ serverTime: world.now() });

export const getTokens: Handler = () =>
	tokens.map((token) => ({
		coinId: token.coinId,
		chainId: token.chainId,
		displayName: token.displayName,
		rechargeable: token.rechargeable,
		withdrawable: token.withdrawable,
		minRecharge: number(token.minRecharge),
		minWithdraw: number(token.minWithdraw),
		scale: token.scale,
		rechargeFee: 0,
		withdrawFee: number(token.withdrawFee),
		smartContractAddress: token.smartContractAddress,
		apiFormat: token.apiFormat,
	}));

export const getPairs: Handler = () =>
	pairs.map(({ symbol, fee, minVolume, minTurnover, ...scales }) => {
		const [coinSymbol, baseSymbol] = symbol.split('/');
		const limits = { fee: number(fee), minVolume: number(minVolume), minTurnover: number(minTurnover) };
		return { symbol, coinSymbol, baseSymbol, ...scales, ...limits, exchangeable: true };
	});

export const getSpotFees: Handler = () =>
	pairs.map(({ symbol, fee }, index) => {
		return { id: index + 1, level: '0', symbol, makerFee: number('0.0'), takerFee: number(fee) };
	});

/** Base and quote have each other's names, as in the recorded rows. */
export const getRatesJson: Handler = () => ({
	data: rates.map(({ symbol, ask, bid, open, high, low, close }) => {
		const [quoteCurrency, baseCurrency] = symbol.split('/');
		return {
			symbol,
			open: number(open),
			high: number(high),
			low: number(low),
			close: number(close),
			askPrice: number(ask),
			bidPrice: number(bid),
			fee: 0,
			quoteCurrencyName: quoteCurrency,
			quoteCurrency,
			baseCurrency,
		};
	}),
	code: 0,
	message: 'SUCCESS',
	totalPage: null,
	totalElement: null,
	isWorking: 1,
});

/** The root element is made up. The elements in it are those that integrations read. */
export const getRatesXml: Handler = () => {
	const items = rates.map(({ symbol, close }) => {
		const [from, to] = symbol.split('/');
		return `<item><from>${from}</from><to>${to}</to><out>${close}</out></item>`;
	});
	return `<?xml version="1.0" encoding="UTF-8"?><rates>${items.join('')}</rates>`;
};

export const getMarketDepth: Handler = ({ query, body }) => {
	const symbol = query.textOr('symbol', undefined) ?? body.textOr('symbol', '');
	const rate = rates.find((one) => one.symbol === symbol);
	if (!rate) return {};
	const side = (direction: string, price: string) => ({
		symbol,
		direction,
		highestPrice: number(price),
		lowestPrice: number(price),
		minAmount: number('10.0'),
		maxAmount: number('5000.0'),
		items: [{ price: number(price), amount: number('1200.5') }],
	});
	return { ask: side('SELL', rate.ask), bid: side('BUY', rate.bid) };
};

export const getBalances: Handler = (_call, { state }) =>
	Object.entries(state.balances).map(([unit, balance]) => {
		return { unit, name: unit, balance, frozenBalance: state.frozen[unit] ?? '0' };
	});

/** The real keys and values are not known. Here they are coins and amounts. */
export const getFrozenBalances: Handler = (_call, { state }) => ({ ...state.frozen });

export const getAvailableTokenSettings: Handler = () =>
	tokens.map((token) => ({
		tokenId: `${token.chainId}_${token.coinId}`,
		coin: token.coinId,
		coinDisplayFullName: token.coinId,
		smartContractAddress: token.smartContractAddress,
		processingScale: token.scale,
		decimals: 6,
		networkFee: number('0.0'),
		networkFeeType: 'FIXED',
		enable: token.rechargeable,
		chain: {
			name: token.chainId,
			displayName: token.displayName,
			blockConfirmations: 20,
			memoRecharge: token.chainId === 'XRP',
			paymentMethodTtlMinutes: 30,
		},
	}));

export const adRows = ads.map((ad) => ({
	advertiseId: number(ad.advertiseId),
	merchantSide: ad.merchantSide,
	internalCoinUnit: ad.internalCoinUnit,
	externalCoinUnit: ad.externalCoinUnit,
	price: number(ad.price),
	merchantFee: number('0.001'),
	minLimit: number(ad.minLimit),
	maxLimit: number(ad.maxLimit),
	quantity: number('1500.25'),
	timeLimit: 15,
	paymentTypes: [{ id: 1, category: 'CARDS', paymentName: 'Card' }],
	merchant: { profileUid: null, username: ad.username, p2pLevel: 'REGULAR', totalCompletedCount: 12 },
}));
