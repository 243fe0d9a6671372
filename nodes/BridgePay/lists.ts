import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';
import { search, type Search, withBalance } from '../../core/reads/listSearch';
import { Refusal } from '../../core/refusal';
import { bridgePay } from './provider';

const accounts: Search = {
	operation: 'store.getAccounts',
	values: () => ({}),
	choice: (row) => {
		const id = textOf(row.id);
		const name = `${textOf(row.currency) ?? '?'} (withdrawal fee ${money(row.withdrawalFee)})`;
		return id === undefined ? undefined : withBalance({ name, value: id }, money(row.sum));
	},
	whenEmpty: 'BridgePay returned no account. Use By ID.',
};

/** Each currency of the store's rails, once. */
function currencies(): Search {
	const seen = new Set<string>();
	return {
		operation: 'store.getPaymentOptions',
		values: () => ({}),
		choice: (row) => unseen(seen, textOf(row.currency)),
		whenEmpty: 'BridgePay returned no currency. Use By Code.',
	};
}

const paymentOptions: Search = {
	operation: 'store.getPaymentOptions',
	values: () => ({}),
	// Cross-border is left out. It needs a second currency, so it has its own flow.
	choice: (row, context) => (row.code === 'CROSS_BORDER' ? undefined : ofCurrency(row, context)),
	whenEmpty: 'The store has no payment option for this currency. Use By Code.',
};

const paymentMethods: Search = {
	operation: 'store.getPaymentMethods',
	values: () => ({}),
	choice: ofCurrency,
	whenEmpty: 'The store has no payment method for this currency. Use By Code.',
};

const NO_VARIANTS = 'Nothing is free for this invoice now. Try later, or cancel it.';

function variantOptions(): Search {
	const seen = new Set<string>();
	return {
		operation: 'invoice.getPaymentVariants',
		values: chosenInvoice,
		choice: (row) => unseen(seen, textOf(row.option)),
		whenEmpty: NO_VARIANTS,
	};
}

function variantMethods(): Search {
	const seen = new Set<string>();
	return {
		operation: 'invoice.getPaymentVariants',
		values: chosenInvoice,
		choice: (row, context) => {
			const option = chosen(context, 'paymentOption');
			return option === undefined || option === row.option ? unseen(seen, textOf(row.method)) : undefined;
		},
		whenEmpty: NO_VARIANTS,
	};
}

const deals: Search = {
	operation: 'invoice.get',
	values: chosenInvoice,
	choice: ({ deals: found }) => (Array.isArray(found) ? found.filter(isObject).flatMap(deal) : undefined),
	whenEmpty: 'The invoice has no deal, so there is nothing to contest',
};

function deal({ id, status, paymentOption, paymentMethod }: JsonObject): INodeListSearchItems[] {
	const value = textOf(id);
	if (value === undefined) return [];
	const parts = [paymentOption, paymentMethod, status].map(textOf).filter((part) => part !== undefined);
	return [{ name: `${parts.join(' · ')} (${value})`, value }];
}

function money(value: Json | undefined): string {
	if (!isObject(value)) return '?';
	return `${textOf(value.amount) ?? '?'} ${textOf(value.currency) ?? ''}`.trim();
}

function unseen(seen: Set<string>, code: string | undefined): INodeListSearchItems | undefined {
	if (code === undefined || seen.has(code)) return undefined;
	seen.add(code);
	return { name: code, value: code };
}

/** A rail or bank as a choice, if it has the chosen currency or names no currency. */
function ofCurrency(row: JsonObject, context: ILoadOptionsFunctions): INodeListSearchItems | undefined {
	const code = textOf(row.code);
	const currency = chosen(context, 'currency');
	const own = textOf(row.currency);
	if (code === undefined || (currency !== undefined && own !== undefined && own !== currency))
		return undefined;
	return { name: `${textOf(row.name) ?? code} (${code})`, value: code };
}

function chosenInvoice(context: ILoadOptionsFunctions) {
	const id = chosen(context, 'id');
	if (id === undefined) throw new Refusal('Set the Invoice ID first');
	return { id };
}

function chosen(context: ILoadOptionsFunctions, name: string): string | undefined {
	const field: unknown = context.getCurrentNodeParameter(name);
	const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : field;
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function searching(definition: () => Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, bridgePay, definition(), filter);
	};
}

/** The node's drop-downs. The fields use these names. */
export const listSearch = {
	searchAccounts: searching(() => accounts),
	searchCurrencies: searching(currencies),
	searchDeals: searching(() => deals),
	searchPaymentMethods: searching(() => paymentMethods),
	searchPaymentOptions: searching(() => paymentOptions),
	searchVariantMethods: searching(variantMethods),
	searchVariantOptions: searching(variantOptions),
};
