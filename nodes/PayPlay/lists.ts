import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isObject, textOf, type JsonObject, type WritableObject } from '../../core/exact/json';
import { search, type Search, withBalance } from '../../core/reads/listSearch';
import { OPTIONS } from '../../core/fields/properties';
import { Refusal } from '../../core/refusal';
import { tickerOf } from './payment';
import { payPlay } from './provider';

const orders: Search = {
	operation: 'order.getMany',
	values: pageOf,
	choice: (row) => {
		const id = textOf(row.id);
		if (id === undefined) return undefined;
		const amount = `${textOf(row.value) ?? '?'} ${tickerOf(row.currency) ?? ''}`.trim();
		const own = textOf(row.external_order_id);
		const name = [textOf(row.order_number) ?? id, own, amount, textOf(row.status)];
		return { name: name.filter((part) => part !== undefined).join(' · '), value: id };
	},
	whenEmpty: 'The payment page has no orders yet. Use By ID.',
};

const orderStatuses: Search = {
	operation: 'order.getStatuses',
	values: () => ({}),
	choice: ({ id, label }) => choice(textOf(id), textOf(label)),
	whenEmpty: 'PayPlay returned no statuses. Use By ID.',
};

function invoiceCurrencies(operation: string): Search {
	return {
		operation,
		values: () => ({}),
		choice: ({ ticker, title, min_amount }) => {
			const least = textOf(min_amount);
			const name = [textOf(ticker), textOf(title), least === undefined ? undefined : `from ${least}`];
			return choice(textOf(ticker), name.filter((part) => part !== undefined).join(' · '));
		},
		whenEmpty: 'PayPlay returned no currency. Use By Ticker.',
	};
}

const walletCurrencies: Search = {
	operation: 'staticWallet.getCurrencies',
	values: pageOf,
	choice: ({ id, ticker, networks }) => {
		const names = isObject(networks) ? Object.keys(networks).join(', ') : '';
		return choice(textOf(id), `${textOf(ticker) ?? textOf(id) ?? ''}${names ? ` (${names})` : ''}`);
	},
	whenEmpty: 'The payment page takes no coins. Use By ID.',
};

const walletNetworks: Search = {
	operation: 'staticWallet.getCurrencies',
	values: pageOf,
	choice: ({ id, networks }, context) =>
		textOf(id) === chosenCurrency(context) ? named(networks).flatMap(walletNetwork) : undefined,
	whenEmpty: 'PayPlay returned no network for this currency. Use By Name.',
};

/** As far as the page could be read, the entries of the fees do not name their currency. So all networks are shown. */
const withdrawalNetworks: Search = {
	operation: 'withdrawal.getFees',
	values: () => ({}),
	choice: ({ network_fees }) => named(network_fees).flatMap(withdrawalNetwork),
	whenEmpty: 'PayPlay returned no network. Use By Name.',
};

const balances: Search = {
	operation: 'balance.getMany',
	values: () => ({}),
	choice: ({ id, currency, value }) => {
		const found = choice(textOf(id), tickerOf(currency) ?? '?');
		return found && withBalance(found, textOf(value));
	},
	whenEmpty: 'There are no balances yet. Use By ID.',
};

const balanceCurrencies: Search = {
	...balances,
	choice: ({ currency, value }) => {
		const found = choice(tickerOf(currency), tickerOf(currency));
		return found && withBalance(found, textOf(value));
	},
	whenEmpty: 'There are no balances yet. Use By Ticker.',
};

function walletNetwork({ network, min_amount }: JsonObject) {
	const least = textOf(min_amount);
	return choice(textOf(network), `${textOf(network) ?? ''}${least ? ` (from ${least})` : ''}`) ?? [];
}

function withdrawalNetwork({ network, is_memo_required }: JsonObject) {
	const memo = is_memo_required === true ? ' (needs a memo)' : '';
	return choice(textOf(network), `${textOf(network) ?? ''}${memo}`) ?? [];
}

function choice(value: string | undefined, name: string | undefined) {
	return value === undefined ? undefined : { name: name ?? value, value };
}

/** Turns a map of networks into rows. */
function named(networks: JsonObject[string] | undefined): JsonObject[] {
	if (!isObject(networks)) return [];
	return Object.entries(networks).map(([network, terms]) => ({
		...(isObject(terms) ? terms : {}),
		network,
	}));
}

/** The payment page that the user chose instead of the credential's. */
function pageOf(context: ILoadOptionsFunctions): WritableObject {
	const slug = member(context.getCurrentNodeParameter(OPTIONS), 'slug');
	return typeof slug === 'string' && slug !== '' ? { slug } : {};
}

function chosenCurrency(context: ILoadOptionsFunctions): string {
	const field: unknown = context.getCurrentNodeParameter('currency_id');
	const value = typeof field === 'string' ? field : member(field, 'value');
	if (typeof value === 'string' && value !== '') return value;
	throw new Refusal('Choose the currency first');
}

function member(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.entries(value).find(([key]) => key === name)?.[1];
}

function searching(definition: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, payPlay, definition, filter);
	};
}

/** The node's drop-downs. The fields use these names. */
export const listSearch = {
	searchBalanceCurrencies: searching(balanceCurrencies),
	searchBalances: searching(balances),
	searchOrderCurrencies: searching(invoiceCurrencies('cryptoOrder.getCurrencies')),
	searchOrders: searching(orders),
	searchOrderStatuses: searching(orderStatuses),
	searchTopUpCurrencies: searching(invoiceCurrencies('topUp.getCurrencies')),
	searchWalletCurrencies: searching(walletCurrencies),
	searchWalletNetworks: searching(walletNetworks),
	searchWithdrawalNetworks: searching(withdrawalNetworks),
};
