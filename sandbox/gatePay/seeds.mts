import type { Customer, SubAccount } from './merchantState.mts';
import type { BankAccount, BankAccountStatus, GatePayState } from './state.mts';

const balanceSeeds = { USDT: '1000000', USDC: '500000', BTC: '10' };

export const countries = [
	{ countryId: 826, countryName: 'United Kingdom', countryCn: '英国' },
	{ countryId: 276, countryName: 'Germany', countryCn: '德国' },
	{ countryId: 702, countryName: 'Singapore', countryCn: '新加坡' },
	{ countryId: 840, countryName: 'United States', countryCn: '美国' },
];

/** The bank account to which the payer sends the fiat. */
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

/** What one unit of each currency costs in dollars. */
export const prices: Record<string, string> = { USDT: '1', USDC: '1', BTC: '60000' };

export interface Chain {
	chain: string;
	name: string;
	contract: string;
	/** How many decimals a payout may have. Gate Pay's general rule allows at most 6. */
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

/** The chains are those of the documentation's examples. Fees and minimums are made up. */
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

function bankAccountSeeds(): BankAccount[] {
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

/** How much of a currency one dollar buys. These are the inverse prices: exact decimals cannot divide. */
export const perDollar: Record<string, string> = { USDT: '1', USDC: '1', BTC: '0.0000166667' };

/** What one unit of a fiat currency costs in dollars, which is made up. The rate call documents these currencies. */
export const fiatPrices: Record<string, string> = {
	EUR: '1.08',
	GBP: '1.27',
	USD: '1',
	CNY: '0.14',
	JPY: '0.0066',
	AUD: '0.65',
	CAD: '0.73',
	CHF: '1.13',
};

export const giftCardTemplates = [
	{ card_temp_id: '1', image_url: 'https://files.sandbox.invalid/covers/1.png', title_en: 'Birthday' },
	{ card_temp_id: '2', image_url: 'https://files.sandbox.invalid/covers/2.png', title_en: 'Thank you' },
].map((template) => ({ ...template, title_cn: template.title_en, cover_type: 'image' }));

/** The institution's own account, which has the merchant's balances. */
export const INSTITUTION_ACCOUNT = '2124538349';

function subAccountSeeds(): SubAccount[] {
	const seed = (accountId: string, displayName: string): SubAccount => ({
		requestId: `request-${accountId}`,
		accountId,
		customerId: `customer-${accountId}`,
		displayName,
		status: 'ACTIVE',
		accountHolder: { entity_country: 'GB', entity_type: 'BUSINESS', entity_name: displayName },
		metadata: null,
		created: 1_780_036_614_339,
		updated: 1_780_036_614_339,
		balances: { USDT: '5000', USDC: '1000' },
	});
	return [seed('53695180', 'North Shop'), seed('53695181', 'South Shop')];
}

function customerSeeds(): Customer[] {
	return [
		{
			channelId: 'smart_shop',
			desc: 'Seeded customer',
			channelType: '1',
			address: '',
			chain: '',
			customFields: [],
			createTime: 1_780_036_614_339,
			updateTime: 1_780_036_614_339,
		},
	];
}

/** What the sandbox holds when it starts, and again after a reset. */
export function freshState(): GatePayState {
	return {
		quotes: [],
		bankAccounts: bankAccountSeeds(),
		deposits: [],
		withdrawals: [],
		payoutBatches: [],
		transfers: [],
		balances: { ...balanceSeeds },
		ledger: [],
		orders: [],
		refunds: [],
		staticAddresses: [],
		staticAddressPayments: [],
		convertQuotes: [],
		conversions: [],
		giftCards: [],
		customers: customerSeeds(),
		products: [],
		plans: [],
		subscriptions: [],
		debits: [],
		subAccounts: subAccountSeeds(),
		institutionMoves: [],
		feeRules: [],
	};
}
