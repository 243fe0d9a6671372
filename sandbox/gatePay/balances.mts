import { add, multiply } from '../decimal.mts';
import { pageOf, type Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import { prices } from './seeds.mts';
import type { LedgerRow } from './state.mts';
import type { World } from './world.mts';

export const getBalances: Handler = (_call, { state }) => ({ balance_list: listOf(state.balances) });

export const getBalanceMap: Handler = (_call, { state }) => ({ ...state.balances });

export const getTotalBalance: Handler = ({ query }, world) => {
	const currency = query.textOr('currency', 'USDT');
	if (prices[currency] !== '1') throw new Refusal('400205', `The total cannot be expressed in ${currency}`);
	const amount = totalOf(world);
	const account = { currency, amount, unrealised_pnl: '0', borrowed: '0' };
	return { details: { spot: account }, total: account };
};

/** Which number the query's orderIdNo is, by its orderType: 1 the merchant's, 2 Gate Pay's, 3 the transaction's. */
const NUMBER_OF: Record<number, (row: LedgerRow) => string> = {
	1: ({ merchantTradeNo }) => merchantTradeNo,
	2: ({ orderId }) => orderId,
	3: ({ transactId }) => transactId,
};

export const listLedger: Handler = ({ query }, world) => {
	const [from, to] = [query.number('startTime'), query.number('endTime')];
	const orderType = query.numberOr('orderType', undefined);
	const orderIdNo = query.textOr('orderIdNo', undefined);
	const numberOf = NUMBER_OF[orderType ?? 1];
	const matching = world.state.ledger.toReversed().filter((row) => {
		if (row.transactTime < from || row.transactTime > to) return false;
		if (query.has('currency') && row.currency !== query.text('currency')) return false;
		if (query.has('financialType') && row.financialType !== query.text('financialType')) return false;
		return orderIdNo === undefined || numberOf?.(row) === orderIdNo;
	});
	const [page, count] = [query.number('page'), query.number('count')];
	const hasNext = page * count < matching.length;
	return {
		merchant_id: world.merchantNumber,
		total: matching.length,
		hasNext,
		nextPage: hasNext ? page + 1 : 0,
		balance_history_item_list: pageOf(matching, page, count).map(shape),
	};
};

function shape({ balance, ...row }: LedgerRow) {
	const ours = { Balance: balance, BalanceCurrency: row.currency, status: 'PAID' };
	return { ...row, ...ours, payer: 0, buyer: '', payChannel: 'sandbox', refund_gate_id: '' };
}

function listOf(balances: Record<string, string>) {
	return Object.entries(balances).map(([currency, available]) => ({ currency, available }));
}

function totalOf({ state }: World): string {
	return add(
		...Object.entries(state.balances).map(([each, amount]) => multiply(amount, prices[each] ?? '0', 6)),
	);
}
