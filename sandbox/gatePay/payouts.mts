import { add, compare, decimalsOf, subtract } from '../decimal.mts';
import type { Fields } from '../values.mts';
import type { Handler } from './call.mts';
import { advance, startChain } from './payoutProgress.mts';
import { Refusal } from './refusal.mts';
import { payoutChains, type Chain } from './seeds.mts';
import type { PayoutBatch, PayoutLine } from './state.mts';
import type { World } from './world.mts';

/** Gate Pay's general rule for amounts. */
const MAX_DECIMALS = 6;
const MAX_AMOUNT = '5000000';
/** A limit is documented (550234, 550238), but not its figure. This one is made up. */
const MAX_MEMO = 256;
const MAX_LINES = 500;
const WITHDRAW_ID = /^[A-Za-z0-9_-]{1,64}$/;

export const createPayoutBatch: Handler = ({ operation, body }, world) => {
	const batch_id = body.text('batch_id');
	if (world.state.payoutBatches.some((batch) => batch.batch_id === batch_id)) {
		throw new Refusal('550245', `batch_id ${batch_id} exists already`);
	}
	const orders = body.list('withdraw_list');
	if (orders.length === 0) throw new Refusal('400001', 'withdraw_list is empty');
	if (orders.length > MAX_LINES)
		throw new Refusal('550238', `At most ${MAX_LINES} sub-orders fit into a batch`);
	requireNewIds(world, orders);
	const lines = orders.map((order) => lineOf(order, world));
	for (const [currency, amount] of totals(lines)) world.require(currency, amount, '550233');

	const channel_id = body.textOr('channel_id', '');
	const batch: PayoutBatch = { batch_id, channel_id, status: 'INIT', create_time: world.now(), lines };
	world.state.payoutBatches.push(batch);
	for (const line of lines) world.debit(line.currency, line.sub_amount, movementOf(line));
	const applied = lines.map(({ amount, currency, merchant_withdraw_id: line }) => ({
		amount,
		currency,
		line,
	}));
	world.books.apply(operation, batch_id, applied);
	startChain(world, batch);
	return { batch_id };
};

export const queryPayoutBatch: Handler = ({ body }, world) => {
	const batch = findBatch(world, body.text('batch_id'));
	const wanted = body.text('detail_status');
	const lines = batch.lines.filter(({ status }) => wanted === 'ALL' || status === wanted);
	const shared = {
		merchant_id: world.merchantNumber,
		client_id: world.account.clientId,
		channel_id: batch.channel_id,
	};
	return {
		batch_id: batch.batch_id,
		...shared,
		status: batch.status,
		create_time: batch.create_time,
		withdraw_list: lines.map((line) => ({
			...line,
			...shared,
			batch_id: batch.batch_id,
			withdraw_id: line.suborder_id,
			timestamp: line.update_time,
		})),
	};
};

export const listPayoutChains: Handler = ({ query }) =>
	chainsOf(query.text('currency')).map(({ chain, name, contract, decimals }) => ({
		chain,
		name_cn: name,
		name_en: name,
		contract_address: contract,
		is_disabled: 0,
		is_deposit_disabled: 0,
		is_withdraw_disabled: 0,
		decimal: String(decimals),
	}));

export const getPayoutFees: Handler = ({ query }) => {
	const currency = query.text('currency');
	const chains = chainsOf(currency);
	const perChain = (value: (chain: Chain) => string) =>
		Object.fromEntries(chains.map((chain) => [chain.chain, value(chain)]));
	return [
		{
			currency,
			name: currency,
			name_cn: currency,
			deposit: '0',
			withdraw_percent: '0%',
			withdraw_fix: chains[0]?.fee ?? '0',
			withdraw_day_limit: '10000000',
			withdraw_day_limit_remain: '10000000',
			withdraw_amount_mini: chains[0]?.minimum ?? '0',
			withdraw_eachtime_limit: MAX_AMOUNT,
			withdraw_fix_on_chains: perChain(({ fee }) => fee),
			withdraw_percent_on_chains: perChain(() => '0%'),
		},
	];
};

/** The batch with this batch_id. Throws a Refusal when there is none. */
export function findBatch({ state }: World, id: string): PayoutBatch {
	const batch = state.payoutBatches.find(({ batch_id }) => batch_id === id);
	if (!batch) throw new Refusal('400202', `The batch ${id} does not exist`);
	return batch;
}

/** Moves one sub-order by its ID, or all sub-orders of a batch that are not final. */
export function advancePayout(world: World, id: string, to?: PayoutLine['status']): void {
	for (const batch of world.state.payoutBatches) {
		const chosen =
			batch.batch_id === id ? batch.lines : batch.lines.filter((line) => line.suborder_id === id);
		const open = chosen.filter(({ status }) => status !== 'DONE' && status !== 'FAIL');
		for (const line of open) advance(world, batch, line, to);
		if (open.length > 0) return;
	}
	throw new Refusal('400202', `There is no open payout ${id}`);
}

function chainsOf(currency: string): Chain[] {
	const chains = payoutChains[currency];
	if (!chains) throw new Refusal('400205', `${currency} cannot be paid out`);
	return chains;
}

/** Refuses a repeated merchant_withdraw_id. No page has a code for it; 400201 is the general one for merchant numbers. */
function requireNewIds({ state }: World, orders: Fields[]): void {
	const known = new Set(
		state.payoutBatches.flatMap(({ lines }) => lines.map((line) => line.merchant_withdraw_id)),
	);
	for (const order of orders) {
		const id = order.text('merchant_withdraw_id');
		if (!WITHDRAW_ID.test(id)) throw new Refusal('550249', `merchant_withdraw_id "${id}" is malformed`);
		if (known.has(id)) throw new Refusal('400201', `merchant_withdraw_id ${id} exists already`);
		known.add(id);
	}
}

function lineOf(order: Fields, world: World): PayoutLine {
	const [currency, amount] = [order.text('currency'), order.text('amount')];
	const memo = order.textOr('memo', '');
	if (!currency) throw new Refusal('550240', 'currency is empty');
	if (!order.text('chain')) throw new Refusal('550242', 'chain is empty');
	if (!order.text('address')) throw new Refusal('550241', 'address is empty');
	if (memo.length > MAX_MEMO) throw new Refusal('550234', `The memo has more than ${MAX_MEMO} characters`);
	const chain = chainsOf(currency).find((each) => each.chain === order.text('chain'));
	if (!chain) throw new Refusal('400001', `${currency} has no chain ${order.text('chain')}`);
	requirePayable(amount, currency, chain);
	// Real notifications show that 0 takes the fee out of the amount and 1 adds it. The default is made up.
	const fee_type = order.numberOr('fee_type', 0);
	if (fee_type === 0 && compare(amount, chain.fee) <= 0) {
		throw new Refusal(
			'400621',
			`${amount} ${currency} does not cover the fee of ${chain.fee} on ${chain.chain}`,
		);
	}
	const now = world.now();
	return {
		id: world.nextNumber(),
		suborder_id: world.nextId(),
		merchant_withdraw_id: order.text('merchant_withdraw_id'),
		currency,
		chain: chain.chain,
		address: order.text('address'),
		memo,
		fee_type,
		amount,
		fee: chain.fee,
		sub_amount: fee_type === 1 ? add(amount, chain.fee) : amount,
		done_amount: fee_type === 1 ? amount : subtract(amount, chain.fee),
		status: 'INIT',
		tx_id: '',
		err_msg: '',
		create_time: now,
		update_time: now,
		finish_time: 0,
	};
}

function requirePayable(amount: string, currency: string, chain: Chain): void {
	const decimals = Math.min(MAX_DECIMALS, chain.decimals);
	if (decimalsOf(amount) > decimals) {
		throw new Refusal('550235', `${amount} ${currency} has more than ${decimals} decimals`);
	}
	if (compare(amount, chain.minimum) < 0) {
		throw new Refusal(
			'400621',
			`${amount} ${currency} is below the minimum of ${chain.minimum} on ${chain.chain}`,
		);
	}
	if (compare(amount, MAX_AMOUNT) > 0)
		throw new Refusal('400621', `${amount} ${currency} is above ${MAX_AMOUNT}`);
}

function totals(lines: PayoutLine[]): Map<string, string> {
	const sums = new Map<string, string>();
	for (const { currency, sub_amount } of lines)
		sums.set(currency, add(sums.get(currency) ?? '0', sub_amount));
	return sums;
}

function movementOf({ suborder_id, merchant_withdraw_id, chain, address }: PayoutLine) {
	const names = { orderId: suborder_id, merchantTradeNo: merchant_withdraw_id };
	return { ...names, financialType: 'distribution_fi', fullChain: chain, address };
}
