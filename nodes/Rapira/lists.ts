import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { withoutExponent } from '../../core/exact/decimal';
import { textOf, type Json } from '../../core/exact/json';
import { search, type Search, withBalance } from '../../core/reads/listSearch';
import { rapira } from './provider';

/** A choice sets coin, chain and code of one row together, because none of them can be built from the others. */
const tokens: Search = {
	operation: 'market.getTokens',
	values: () => ({}),
	choice: (row) => {
		const parts = [row.coinId, row.chainId, row.apiFormat].map(textOf);
		const [coin, chain, code] = parts;
		if (coin === undefined || chain === undefined) return undefined;
		const label = textOf(row.displayName) ?? chain;
		const closed = row.withdrawable === false ? ' (closed for withdrawals)' : '';
		const limits = `min ${amount(row.minWithdraw)}, fee ${amount(row.withdrawFee)}, ${textOf(row.scale) ?? '?'} decimals`;
		return {
			name: `${coin} · ${label} [${chain}]${closed} · ${limits}`,
			value: [coin, chain, code].filter((part) => part !== undefined).join(':'),
		};
	},
	whenEmpty: 'Rapira returned no tokens. Use By Codes.',
};

const coins: Search = {
	operation: 'market.getTokens',
	values: () => ({}),
	choice: (row) => named(row.coinId),
	whenEmpty: 'Rapira returned no coins. Use By Code.',
};

const balances: Search = {
	operation: 'balance.getMany',
	values: () => ({}),
	choice: (row) => {
		const unit = named(row.unit);
		return unit && withBalance(unit, amount(row.balance));
	},
	whenEmpty: 'The account holds no coin yet. Use By Code.',
};

const pairs: Search = {
	operation: 'market.getPairs',
	values: () => ({}),
	choice: (row) => named(row.symbol),
	whenEmpty: 'Rapira returned no pairs. Use By Symbol.',
};

/** The first page of the newest payouts. */
const payouts: Search = {
	operation: 'payout.getMany',
	values: () => ({ pageNo: 1, pageSize: 100 }),
	choice: (row) => {
		const id = textOf(row.id);
		if (id === undefined) return undefined;
		const what = `${amount(row.totalAmount)} ${textOf(row.token) ?? textOf(row.unit) ?? ''}`;
		return {
			name: `${id} · ${what} to ${textOf(row.address) ?? '?'} (${textOf(row.status) ?? '?'})`,
			value: id,
		};
	},
	whenEmpty: 'There are no payouts yet. Use By ID.',
};

function named(value: Json | undefined) {
	const text = textOf(value);
	return text === undefined ? undefined : { name: text, value: text };
}

function amount(value: Json | undefined): string {
	return withoutExponent(textOf(value) ?? '?');
}

function searching(definition: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await search(this, rapira, definition, filter);
	};
}

/** The node's drop-downs. The fields use these names. */
export const listSearch = {
	searchBalances: searching(balances),
	searchCoins: searching(coins),
	searchPairs: searching(pairs),
	searchPayouts: searching(payouts),
	searchTokens: searching(tokens),
};
