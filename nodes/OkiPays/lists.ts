import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import { search, type Search } from '../../core/reads/listSearch';
import { Refusal } from '../../core/refusal';
import { okiPays } from './provider';
import { coin } from './shapes';

const paymentCurrencies: Search = {
	operation: 'currency.getMany',
	values: () => ({}),
	choice: (row) => {
		const iso = textOf(row.iso3);
		if (iso === undefined) return undefined;
		const decimals = textOf(row.decimal);
		const shown = decimals === undefined ? iso : `${iso}, ${decimals} decimals`;
		return { name: `${textOf(row.name) ?? iso} (${shown})`, value: iso };
	},
	whenEmpty: 'OkiPays returned no payment currencies. Use By Code.',
};

const coins: Search = {
	operation: 'currency.getCoins',
	values: () => ({}),
	choice: (row) => {
		const { iso, name } = readable(row);
		const code = textOf(iso);
		return code === undefined ? undefined : { name: `${textOf(name) ?? code} (${code})`, value: code };
	},
	whenEmpty: 'OkiPays returned no coins. Use By Code.',
};

const networks: Search = {
	operation: 'currency.getCoins',
	// The call takes no parameters. This line only checks that a coin is chosen before the call.
	values: (context) => {
		chosenCoin(context);
		return {};
	},
	choice: (row, context) => {
		const { iso, networks: found } = readable(row);
		return textOf(iso) === chosenCoin(context) ? networkChoices(found) : undefined;
	},
	whenEmpty: 'OkiPays returned no network for this coin. Use By ID.',
};

function readable(row: JsonObject): JsonObject {
	const read = coin(row);
	return isObject(read) ? read : {};
}

function networkChoices(found: Json | undefined) {
	if (!Array.isArray(found)) return [];
	return found.filter(isObject).flatMap(({ id, name }) => {
		const value = textOf(id);
		return value === undefined ? [] : [{ name: `${textOf(name) ?? 'Network'} (${value})`, value }];
	});
}

/** The coin that the user chose in the same line. */
function chosenCoin(context: ILoadOptionsFunctions): string {
	const field: unknown = context.getCurrentNodeParameter('&iso');
	const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : field;
	if (typeof value === 'string' && value !== '') return value;
	throw new Refusal('Choose the coin first');
}

function searching(definition: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, okiPays, definition, filter);
	};
}

/** The node's drop-downs. The fields use these names. */
export const listSearch = {
	searchCoins: searching(coins),
	searchNetworks: searching(networks),
	searchPaymentCurrencies: searching(paymentCurrencies),
};
