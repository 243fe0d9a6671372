import type { Account, BridgePayState } from './state.mts';

export const RATE = '102.05';
/** The fee of a pay-in in percent. It is "set per store"; the examples have 5, 8.5 and 10. */
export const FEE_PERCENT = 5n;
export const STORE = { storeId: 379, storeName: 'Sandbox Store' };
/** The limits of a store. The real figures differ from store to store. */
export const LIMITS = { least: '1000.00', most: '100000.00' };

export const methods = [
	{ code: 'unknown', name: 'unknown' },
	{ code: 'tinkoff', name: 'Тинькофф', currency: 'RUB' },
	{ code: 'sberbank', name: 'Сбербанк', currency: 'RUB' },
	{ code: 'alfabank', name: 'Альфа-Банк', currency: 'RUB' },
	{ code: 'vtb', name: 'ВТБ', currency: 'RUB' },
	{ code: 'dcbank', name: 'Душанбе Сити', currency: 'RUB' },
	{ code: 'kaspi', name: 'Kaspi', currency: 'KZT' },
];

export const options = [
	{ code: 'SBP', name: 'СБП', currency: 'RUB' },
	{ code: 'TO_CARD', name: 'Перевод на карту', currency: 'RUB' },
	{ code: 'CROSS_BORDER', name: 'Трансграничный перевод', currency: 'RUB' },
	{ code: 'SBP_QR', name: 'QR СБП', currency: 'RUB' },
	{ code: 'TO_CARD', name: 'Перевод на карту', currency: 'KZT' },
];

/** Two banks without free requisites. Each stands for one of the two documented answers. */
export const NO_DEAL_METHOD = 'alfabank';
export const NO_REQUISITES_METHOD = 'vtb';

export const requisitesOf: Record<string, string> = {
	SBP: '+7(996)777-99-77',
	TO_CARD: '2234 7017 2272 7358',
	CROSS_BORDER: '+992 90 000 00 00',
	SBP_QR: 'https://qr.nspk.ru/AS10003P3RH0',
};

function accountSeeds(): Account[] {
	return [
		{
			id: 'df2b175e-0aef-45e3-8d03-80881389901c',
			currency: 'USDT',
			sum: '100000.00000000',
			frozenSum: '0.00000000',
			withdrawalFee: '5.00000000',
		},
	];
}

/** What the sandbox holds when it starts, and again after a reset. */
export function freshState(): BridgePayState {
	return {
		invoices: [],
		withdrawals: [],
		accounts: accountSeeds(),
		store: { payIn: true, payOut: true, twoFactor: true },
	};
}
