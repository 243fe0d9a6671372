import type { PayPlayState } from './state.mts';

const balanceSeeds = { USDT: '1000000', EUR: '50000', BTC: '10', TON: '5000' };

/** The ids of PayPlay's page. They may differ from one installation to the next. */
export const orderStatuses = [
	{ id: '5af96312-b7b9-4d21-9958-30285a54f4c8', label: 'CANCELED' },
	{ id: '7f8550ad-11da-4060-8d1d-54a6d9c08e10', label: 'INIT' },
	{ id: 'f46218e8-e883-4478-abac-f5b8c94f97c2', label: 'PARTIALLY_FULFILLED' },
	{ id: 'ab306dbd-b837-413a-add5-3bd76542c1c4', label: 'COMPLETE' },
	{ id: '1ca06987-ede3-44e3-be1c-f883e82d267b', label: 'DECLINED' },
	{ id: '984617f8-81fc-4971-b5d0-acebbc6d9d9c', label: 'OPEN' },
];

export interface Network {
	fixed: string;
	minimum: string;
	/** `0` means that there is no maximum. */
	maximum: string;
	memo: boolean;
}

export interface Currency {
	id: string;
	/** The ID of the balance in this currency. */
	balanceId: string;
	ticker: string;
	title: string;
	isFiat: boolean;
	precision: number;
	/** How many USDT one unit is worth. The figure is made up. */
	price: string;
	minimum: string;
	networks: Record<string, Network>;
}

const network = (fixed: string, minimum: string, memo = false): Network => ({
	fixed,
	minimum,
	maximum: '0',
	memo,
});

/** Fees and prices are made up. The IDs of USDT are those of the samples. */
export const currencies: Currency[] = [
	{
		id: 'd9da4bdc-1c0b-4835-8ec6-a7118247340f',
		balanceId: '9a747ebd-1b42-4bd2-a72e-62ffedd3f4aa',
		ticker: 'USDT',
		title: 'Tether US',
		isFiat: false,
		precision: 6,
		price: '1',
		minimum: '5',
		networks: { TRC20: network('1', '5'), ERC20: network('3', '20'), TON: network('0.5', '5', true) },
	},
	{
		id: 'a4d2e5b4-aa82-43dc-af9c-663e8d5c33d5',
		balanceId: '1f0c2a44-7d1f-4a55-9d62-1b1b6f0f5a01',
		ticker: 'EUR',
		title: 'Euro',
		isFiat: true,
		precision: 2,
		price: '1.052',
		minimum: '1',
		networks: {},
	},
	{
		id: '7b8ab62a-76fe-4d24-ae5f-c757bfce60f6',
		balanceId: '2e1d3b55-8e20-4b66-8e73-2c2c7a1a6b02',
		ticker: 'BTC',
		title: 'Bitcoin',
		isFiat: false,
		precision: 8,
		price: '60000',
		minimum: '0.0001',
		networks: { BTC: network('0.0001', '0.001') },
	},
	{
		id: '44415cca-78a8-4df9-bc19-2409ab859a17',
		balanceId: '3d2e4c66-9f31-4c77-9f84-3d3d8b2b7c03',
		ticker: 'TON',
		title: 'Toncoin',
		isFiat: false,
		precision: 9,
		price: '5',
		minimum: '1',
		networks: { TON: network('0.05', '1', true) },
	},
];

/** How many units of an external currency one USDT buys. */
export const externalRates: Record<string, string> = { NGN: '1660.2759444311', UAH: '41.25' };

export const icon = 'https://media.payplay.io/currency-default-icon.svg';

/** What the sandbox holds when it starts, and again after a reset. */
export function freshState(): PayPlayState {
	return { orders: [], transactions: [], balances: { ...balanceSeeds } };
}
