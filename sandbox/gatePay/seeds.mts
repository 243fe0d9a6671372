import type { BankAccount, BankAccountStatus } from './state.mts';

export const balanceSeeds = { USDT: '1000000', USDC: '500000', BTC: '10' };

export const countries = [
	{ countryId: 826, countryName: 'United Kingdom', countryCn: '英国' },
	{ countryId: 276, countryName: 'Germany', countryCn: '德国' },
	{ countryId: 702, countryName: 'Singapore', countryCn: '新加坡' },
	{ countryId: 840, countryName: 'United States', countryCn: '美国' },
];

/** Where the payer has to send the fiat. */
export const gateBank = {
	accountName: 'Gate Sandbox Settlement',
	bankName: 'Sandbox Settlement Bank',
	countryId: 702,
	countryName: 'Singapore',
	address: '1 Sandbox Way, Singapore',
	iban: 'SG00SANDBOX000000001',
	swift: 'SANDSGSG',
	remittanceLineNumber: '021000021',
	agentBankName: 'Sandbox Correspondent Bank',
	agentBankSwift: 'SANDUS33',
};

/** One dollar price per currency, for the total balance. */
export const prices: Record<string, string> = { USDT: '1', USDC: '1', BTC: '60000' };

export interface Chain {
	chain: string;
	name: string;
	contract: string;
	/** Decimals that a payout may have, at most 6 by Gate Pay's general rule. */
	decimals: number;
	fee: string;
	minimum: string;
}

const evm = (chain: string, name: string, fee: string): Chain => ({
	chain,
	name,
	contract: '0xdac17f958d2ee523a2206206994597c13d831ec7',
	decimals: 6,
	fee,
	minimum: '0.1',
});

/** Fees and minimums are made up; the chains are those of the documentation's examples. */
export const payoutChains: Record<string, Chain[]> = {
	USDT: [
		evm('ETH', 'ETH/ERC20', '0.5'),
		evm('BSC', 'BSC/BEP20', '0.01'),
		evm('MATIC', 'Polygon', '0.05'),
		{ ...evm('TRX', 'TRON/TRC20', '0.3'), contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' },
	],
	USDC: [evm('ETH', 'ETH/ERC20', '0.5'), evm('BASEEVM', 'Base', '0.0499'), evm('MATIC', 'Polygon', '0.05')],
	BTC: [{ chain: 'BTC', name: 'Bitcoin', contract: '', decimals: 6, fee: '0.0001', minimum: '0.001' }],
};

export function bankAccountSeeds(): BankAccount[] {
	const seed = (bankAccountId: string, status: BankAccountStatus, memo: string): BankAccount => ({
		bankAccountId,
		bankAccountName: 'Sandbox Trading Ltd',
		bankName: 'Bank of the Sandbox',
		countryId: 826,
		countryName: 'United Kingdom',
		address: '1 Test Street, London',
		iban: `GB33SAND${bankAccountId.slice(3)}`,
		swift: 'SANDGB2L',
		remittanceLineNumber: '',
		agentBankName: '',
		agentBankSwift: '',
		status,
		memo,
	});
	return [
		seed('ba_123456789', 1, ''),
		seed('ba_223456789', 2, ''),
		seed('ba_323456789', 3, 'Please upload the shareholding structure'),
		seed('ba_993456789', 99, 'The statement is older than 3 months'),
	];
}
