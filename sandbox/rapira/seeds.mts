import type { OtcOrder, RapiraState } from './state.mts';

/** A row of GET /open/token, with its amounts as texts. */
export interface Token {
	coinId: string;
	chainId: string;
	displayName: string;
	rechargeable: boolean;
	withdrawable: boolean;
	minRecharge: string;
	minWithdraw: string;
	scale: number;
	withdrawFee: string;
	smartContractAddress: string | null;
	apiFormat: string;
	/** The code for POST /open/deposit_address. The real list of codes is not published. */
	deposit: string;
}

/** The first two are as recorded. The minimums, fees and switches of the others are made up. */
export const tokens: Token[] = [
	token('USDT', 'TRX', 'TRC20', 'USDTTRC20', { scale: 2, minWithdraw: '1', withdrawFee: '2' }),
	token('BTC', 'BTC', 'Bitcoin', 'BTC', { scale: 6, minWithdraw: '0.0001', withdrawFee: '0.00003' }),
	token('USDT', 'BSC', 'BEP20', 'USDTBEP20', { scale: 4, minWithdraw: '1', withdrawFee: '0.5' }),
	token('USDT', 'ARB', 'Arbitrum', 'ARBUSDT', { withdrawable: false, rechargeable: false }),
	token('ETH', 'OP', 'Optimism', 'ETHOPTM', { scale: 6, minWithdraw: '0.001', withdrawFee: '0.0001' }),
	token('BTC', 'BSC', 'BSC20', 'BTCBEP20', { withdrawable: false }),
	token('XRP', 'XRP', 'Ripple', 'XRP', { scale: 4, minWithdraw: '1', withdrawFee: '0.2' }),
	token('XLM', 'XLM', 'Stellar', 'XLM', { rechargeable: false, withdrawFee: '0.1' }),
];

function token(
	coinId: string,
	chainId: string,
	displayName: string,
	apiFormat: string,
	change: Partial<Token>,
): Token {
	return {
		coinId,
		chainId,
		displayName,
		rechargeable: true,
		withdrawable: true,
		minRecharge: '0.1',
		minWithdraw: '1',
		scale: 2,
		withdrawFee: '1',
		smartContractAddress: null,
		apiFormat,
		deposit: `${coinId}-${displayName}`.toLowerCase(),
		...change,
	};
}

const balanceSeeds = {
	USDT: '100000',
	BTC: '2',
	ETH: '10',
	XRP: '5000',
	XLM: '1000000',
	RUB: '1000000',
	AMLC: '100',
};

export const pairs = [
	{ symbol: 'USDT/RUB', coinScale: 2, baseCoinScale: 2, fee: '0.0', minVolume: '0.5', minTurnover: '10.0' },
	{
		symbol: 'BTC/USDT',
		coinScale: 6,
		baseCoinScale: 2,
		fee: '0.001',
		minVolume: '0.00001',
		minTurnover: '5',
	},
];

export const rates = [
	{ symbol: 'USDT/RUB', open: '80.0', high: '80.2', low: '79.5', close: '79.6', ask: '79.61', bid: '79.6' },
	{
		symbol: 'BTC/USDT',
		open: '90000',
		high: '91000',
		low: '89500.5',
		close: '90500.25',
		ask: '90501',
		bid: '90500',
	},
];

function otcOrderSeeds(): OtcOrder[] {
	return [
		{
			orderSn: '963936310324625408',
			status: 'UNPAID',
			amount: '100',
			coin: 'USDT',
			fiat: '7961',
			currency: 'RUB',
		},
		{
			orderSn: '963936310324625409',
			status: 'UNPAID',
			amount: '50.5',
			coin: 'USDT',
			fiat: '4020',
			currency: 'RUB',
		},
	];
}

/** Offers of other traders. */
export const ads = Array.from({ length: 25 }, (_, index) => ({
	// Larger than 2^53 on purpose: a client that reads it as a number loses digits.
	advertiseId: `9639363103246${25_000 + index}`,
	merchantSide: index % 2 === 0 ? 'SELL' : 'BUY',
	internalCoinUnit: 'USDT',
	externalCoinUnit: 'RUB',
	price: `79.${60 + index}`,
	minLimit: String(1000 * (index + 1)),
	maxLimit: '500000',
	username: `trader-${index + 1}`,
	isRecommended: index < 6,
}));

/** What the sandbox holds when it starts, and again after a reset. */
export function freshState(): RapiraState {
	return {
		withdrawals: [],
		addresses: [],
		deposits: [],
		otcOrders: otcOrderSeeds(),
		amlChecks: [],
		balances: { ...balanceSeeds },
		frozen: {},
		isRegionBlocked: false,
		access: { p2p: true, withdraw: true },
	};
}
