import type { OkiPaysState } from './state.mts';

/** Names and IDs are from the documentation's samples. Where these have none, they are made up. */
export const paymentCurrencies = [
	{ id: 4, name: 'Dollar', iso3: 'USD', decimal: 2 },
	{ id: 5, name: 'Euro', iso3: 'EUR', decimal: 2 },
	{ id: 6, name: 'Hryvnia', iso3: 'UAH', decimal: 2 },
	{ id: 7, name: 'Bitcoin', iso3: 'BTC', decimal: 8 },
];

export interface Coin {
	iso3: string;
	name: string;
	icon: string;
	networks: { id: number; name: string }[];
	/** What one coin costs, the same in every pricing currency. `inverse` is the coins for one unit of that currency. */
	rate: string;
	inverse: string;
	decimals: number;
}

const icon = 'https://api.okipays.com/upload/files/image/svg/4/8/481e9018956fa31d4dfe16c18366ea32.svg';

export const coins: Coin[] = [
	{
		iso3: 'USDT',
		name: 'Tether',
		icon,
		networks: [
			{ id: 1, name: 'ETH' },
			{ id: 2, name: 'TRX' },
			{ id: 4, name: 'BSC' },
		],
		rate: '1',
		inverse: '1',
		decimals: 6,
	},
	{
		iso3: 'BTC',
		name: 'Bitcoin',
		icon,
		networks: [{ id: 0, name: 'Main' }],
		rate: '100000',
		inverse: '0.00001',
		decimals: 8,
	},
];

/** What the sandbox holds when it starts, and again after a reset. */
export function freshState(): OkiPaysState {
	return { orders: [], networkShape: 'list' };
}
