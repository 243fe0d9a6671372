import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import { search, type Search, withBalance } from '../../core/reads/listSearch';
import { Refusal } from '../../core/refusal';
import { gatePay } from './provider';

const BANK_REVIEW: Readonly<Record<string, string>> = {
	'1': 'approved',
	'2': 'pending review',
	'3': 'more material wanted',
	'99': 'rejected',
};

const bankAccounts: Search = {
	operation: 'otc.getBankAccounts',
	values: () => ({}),
	choice: (row) => {
		const id = textOf(row.bankAccountId);
		if (id === undefined) return undefined;
		const review = BANK_REVIEW[textOf(row.status) ?? ''] ?? 'unknown review status';
		return { name: `${textOf(row.bankName) ?? id} · ${textOf(row.iban) ?? ''} (${review})`, value: id };
	},
	whenEmpty: 'There are no bank accounts yet. Add one with Create Bank Account.',
};

const bankCountries: Search = {
	operation: 'otc.getBankCountries',
	values: () => ({}),
	choice: (row) => named(row, 'countryId', 'countryName'),
	whenEmpty: 'Gate Pay returned no countries. Use By ID.',
};

const currencies: Search = {
	operation: 'balance.getMany',
	values: () => ({}),
	choice: (row) => {
		const currency = bareChoice(row.currency);
		return currency && withBalance(currency, textOf(row.available));
	},
	whenEmpty: 'The payment account holds no currency yet. Use By Code.',
};

const chains: Search = {
	operation: 'payout.getChains',
	values: (context) => ({ currency: chosenCurrency(context) }),
	choice: (row) => {
		const closed = textOf(row.is_withdraw_disabled) === '1' || textOf(row.is_disabled) === '1';
		const found = withCode(named(row, 'chain', 'name_en'));
		return found && closed ? { ...found, name: `${found.name} (closed for payouts)` } : found;
	},
	whenEmpty: 'Gate Pay returned no chain for this currency. Use By Code.',
};

const payableCurrencies: Search = {
	operation: 'addressPayment.getCurrencies',
	values: () => ({}),
	choice: ({ data }) => bareChoice(data),
	whenEmpty: 'Gate Pay returned no currencies. Use By Code.',
};

/** The networks on which an order can be paid. `value` is the member of a row that the field takes. */
function payableChains(value: 'chain' | 'full_curr_type'): Search {
	return {
		operation: 'addressPayment.getChains',
		values: (context) => ({ currency: chosenCurrency(context) }),
		choice: (row) => withCode(named(row, value, 'show_chain_name_en')),
		whenEmpty: 'Gate Pay returned no chain for this currency. Use By Code.',
	};
}

const staticAddressChains: Search = {
	operation: 'staticAddress.getChains',
	values: () => ({}),
	choice: (row) => withCode(named(row, 'chain', 'showChainNameEn')),
	whenEmpty: 'Gate Pay returned no chains. Use By Code.',
};

const convertCurrencies: Search = {
	operation: 'convert.getCurrencies',
	values: () => ({}),
	choice: ({ data }) => bareChoice(data),
	whenEmpty: 'Gate Pay returned no currencies. Use By Code.',
};

const giftCardTemplates: Search = {
	operation: 'giftCard.getTemplates',
	values: () => ({}),
	choice: (row) => named(row, 'card_temp_id', 'title_en'),
	whenEmpty: 'Gate Pay returned no templates. Use By ID.',
};

const customers: Search = {
	operation: 'customer.getMany',
	values: () => ({ page: 1, count: 100 }),
	choice: (row) => {
		const found = named(row, 'channelId', 'channelId');
		const about = textOf(row.desc);
		return found && about !== undefined ? { ...found, name: `${found.name} (${about})` } : found;
	},
	whenEmpty: 'There are no customers yet. Add one with Create.',
};

const subscriptionPlans: Search = {
	operation: 'subscription.getPlans',
	values: () => ({ page: 1, count: 100 }),
	choice: (row) => named(row, 'planNo', 'planName'),
	whenEmpty: 'There are no plans yet. Add one with Create Plan.',
};

/** The answer has the prices inside their products. */
const subscriptionPrices: Search = {
	operation: 'subscription.getProducts',
	values: () => ({ pageNo: 1, pageSize: 100 }),
	choice: (row) => {
		const prices = Array.isArray(row.priceList) ? row.priceList.filter(isObject) : [];
		return prices.flatMap((price) => {
			const found = named(price, 'priceNo', 'priceName');
			return found ? [{ ...found, name: `${textOf(row.productName) ?? ''}: ${found.name}` }] : [];
		});
	},
	whenEmpty: 'There are no products yet. Add one with Create Product.',
};

const subAccounts: Search = {
	operation: 'institution.getSubAccounts',
	values: () => ({ cursor: 1, limit: 200 }),
	choice: (row) => {
		const found = named(row, 'account_id', 'display_name');
		return found && { ...found, name: `${found.name} (${textOf(row.status) ?? 'unknown state'})` };
	},
	whenEmpty: 'There are no sub-accounts yet. Add one with Create Sub-Account.',
};

function bareChoice(data: Json | undefined) {
	const code = textOf(data);
	return code === undefined ? undefined : { name: code, value: code };
}

/**
 * The chosen currency: in the same line of a list, in the option for the payer's currency, or in the operation's own
 * field.
 */
function chosenCurrency(context: ILoadOptionsFunctions): string {
	for (const place of ['&currency', 'options.payCurrency', 'currency']) {
		const field: unknown = context.getCurrentNodeParameter(place);
		const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : field;
		if (typeof value === 'string' && value !== '') return value;
	}
	throw new Refusal('Choose the currency first');
}

function named(row: JsonObject, idKey: string, nameKey: string) {
	const id = textOf(row[idKey]);
	return id === undefined ? undefined : { name: textOf(row[nameKey]) ?? id, value: id };
}

/** A chain with the code that an expression needs. */
function withCode(choice: ReturnType<typeof named>) {
	if (!choice || choice.name === choice.value) return choice;
	return { ...choice, name: `${choice.name} (${choice.value})` };
}

function searching(definition: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, gatePay, definition, filter);
	};
}

/** The node's drop-downs. The fields use these names. */
export const listSearch = {
	searchBankAccounts: searching(bankAccounts),
	searchBankCountries: searching(bankCountries),
	searchChains: searching(chains),
	searchConvertCurrencies: searching(convertCurrencies),
	searchCurrencies: searching(currencies),
	searchCustomers: searching(customers),
	searchGiftCardTemplates: searching(giftCardTemplates),
	searchPayableChains: searching(payableChains('chain')),
	searchPayableCurrencies: searching(payableCurrencies),
	searchPayableFullTypes: searching(payableChains('full_curr_type')),
	searchStaticAddressChains: searching(staticAddressChains),
	searchSubAccounts: searching(subAccounts),
	searchSubscriptionPlans: searching(subscriptionPlans),
	searchSubscriptionPrices: searching(subscriptionPrices),
};
