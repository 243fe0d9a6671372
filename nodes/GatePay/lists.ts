import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { textOf, type JsonObject } from '../../core/json';
import { search, type Search } from '../../core/listSearch';
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
		const currency = textOf(row.currency);
		return currency === undefined
			? undefined
			: { name: `${currency} (${textOf(row.available) ?? '?'} available)`, value: currency };
	},
	whenEmpty: 'The payment account holds no currency yet. Use By Code.',
};

const chains: Search = {
	operation: 'payout.getChains',
	values: (context) => ({ currency: chosenCurrency(context) }),
	choice: (row) => {
		const closed = textOf(row.is_withdraw_disabled) === '1' || textOf(row.is_disabled) === '1';
		const found = named(row, 'chain', 'name_en');
		return found && closed ? { ...found, name: `${found.name} (closed for payouts)` } : found;
	},
	whenEmpty: 'Gate Pay returned no chain for this currency. Use By Code.',
};

/** The currency beside the chain: in the same line of a list, else in the operation's own field. */
function chosenCurrency(context: ILoadOptionsFunctions): string {
	for (const place of ['&currency', 'currency']) {
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

function searching(definition: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, gatePay, definition, filter);
	};
}

/** The node's drop-downs, under the names that the fields use. */
export const listSearch = {
	searchBankAccounts: searching(bankAccounts),
	searchBankCountries: searching(bankCountries),
	searchChains: searching(chains),
	searchCurrencies: searching(currencies),
};
