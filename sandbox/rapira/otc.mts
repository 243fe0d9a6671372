import { randomUUID } from 'node:crypto';

import { compare } from '../decimal.mts';
import { number, pageOf, type Handler } from './call.mts';
import { adRows } from './market.mts';
import { Refusal } from './refusal.mts';
import { ads } from './seeds.mts';
import type { AmlCheck, OtcOrder } from './state.mts';
import { dateTime, type World } from './world.mts';

export const fetchOtcAds: Handler = ({ body }, world) => {
	requireP2p(world);
	const amount = body.has('amount') && !body.isNull('amount') ? body.scalar('amount') : undefined;
	const found = adRows.filter((row, index) => {
		const ad = ads[index];
		if (!ad) return false;
		if (body.textOr('merchantSide', ad.merchantSide) !== ad.merchantSide) return false;
		if (body.textOr('internalCoinUnit', 'USDT') !== row.internalCoinUnit) return false;
		if (body.textOr('externalCoinUnit', 'RUB') !== row.externalCoinUnit) return false;
		if (body.has('showOnlyRecommended') && body.flag('showOnlyRecommended') && !ad.isRecommended)
			return false;
		if (amount === undefined) return true;
		return compare(amount, ad.minLimit) >= 0 && compare(amount, ad.maxLimit) <= 0;
	});
	const content = pageOf(found, body.numberOr('pageNo', 1) - 1, body.numberOr('pageSize', 20));
	return { content, code: 0, message: 'SUCCESS' };
};

export const payOtcOrder: Handler = ({ body }, world) => {
	requireP2p(world);
	const order = findOrder(world, body.text('orderSn'));
	if (order.status !== 'UNPAID') throw new Refusal(400, `The order is ${order.status}`);
	order.status = 'PAID';
	return { code: 200, message: 'OK' };
};

/** The OTC order with this number. Throws a Refusal when there is none. */
export function findOrder({ state }: World, id: string): OtcOrder {
	const found = state.otcOrders.find(({ orderSn }) => orderSn === id);
	if (!found) throw new Refusal(400, `There is no order ${id}`);
	return found;
}

function requireP2p({ state }: World): void {
	if (!state.access.p2p) throw new Refusal(403, 'Error! The key has no access level P2P');
}

export const checkAmlAddress: Handler = ({ operation, body }, world) =>
	check(world, operation, body.text('address'), {
		subject: body.text('address'),
		asset: 'USDT',
		chain: body.textOr('chain', 'TRX'),
		direction: null,
	});

export const checkAmlTransaction: Handler = ({ operation, body }, world) =>
	check(world, operation, body.textOr('address', '') || undefined, {
		subject: body.text('hash'),
		asset: 'USDT',
		chain: body.textOr('token', 'TRX'),
		direction: body.textOr('direction', null),
	});

/** A check costs one AMLC: the list of balances suggests it, no page says it. A subject that ends in "slow" stays pending. */
function check(
	world: World,
	operation: string,
	address: string | undefined,
	what: Pick<AmlCheck, 'subject' | 'asset' | 'chain' | 'direction'>,
): unknown {
	world.debit('AMLC', '1');
	const one: AmlCheck = {
		uuid: randomUUID(),
		...what,
		status: what.subject.endsWith('slow') ? 'PENDING' : 'SUCCESS',
		createdAt: world.now(),
	};
	world.state.amlChecks.push(one);
	world.books.apply(operation, what.subject, [{ amount: '1', currency: 'AMLC', line: one.uuid }]);
	const result =
		one.status === 'SUCCESS'
			? { riskscore: number('0.125'), signals: { exchange: number('0.8'), wallet: number('0.2') } }
			: {};
	return {
		uuid: one.uuid,
		status: one.status,
		...result,
		...(address === undefined ? {} : { address }),
		asset: one.asset,
		chain: one.chain,
		direction: one.direction,
		createTime: dateTime(one.createdAt),
	};
}
