import { compare, decimalsOf, subtract } from '../decimal.mts';
import { Fields } from '../values.mts';
import { number, pageOf, type Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import { tokens, type Token } from './seeds.mts';
import type { Withdrawal, WithdrawalStatus } from './state.mts';
import { dateTime, hashOf, type World } from './world.mts';

const STEP_MS = 700;

const NEXT: Record<WithdrawalStatus, WithdrawalStatus[]> = {
	CREATE: ['PROCESSING', 'WAITING', 'SUCCESS', 'FAIL', 'REJECT', 'CANCELED', 'CANCEL_BY_USER'],
	PENDING: ['PROCESSING', 'FAIL', 'REJECT', 'CANCELED', 'CANCEL_BY_USER'],
	WAITING: ['PROCESSING', 'REJECT', 'CANCELED', 'CANCEL_BY_USER'],
	PROCESSING: ['SUCCESS', 'FAIL', 'REJECT'],
	SUCCESS: [],
	FAIL: [],
	REJECT: [],
	CANCELED: [],
	CANCEL_BY_USER: [],
};

export const createCryptoWithdrawal: Handler = ({ operation, body }, world) => {
	requireRight(world);
	const [coin, chain, address] = [body.text('coin'), body.text('chain'), body.text('address')];
	const token = tokens.find((one) => one.coinId === coin && one.chainId === chain);
	if (!token) throw new Refusal(400, `There is no ${coin} on ${chain}`);
	const code = body.textOr('code', token.apiFormat);
	if (code !== token.apiFormat) throw new Refusal(400, `${code} is not ${coin} on ${chain}`);
	if (!token.withdrawable) throw new Refusal(400, `${coin} on ${chain} is closed for withdrawals`);
	if (chain === 'XRP' && !body.has('memo')) throw new Refusal(400, 'XRP needs a memo');
	const amount = body.text('amount');
	requirePayable(amount, token);
	const nonce = nonceOf(body, world);
	buyCoins(body, world, coin, amount);
	world.debit(coin, amount);

	const withdrawal: Withdrawal = {
		id: world.nextId(),
		coin,
		chain,
		label: `${coin} (${token.displayName})`,
		address,
		memo: body.textOr('memo', null),
		nonce,
		total: amount,
		fee: token.withdrawFee,
		arrived: subtract(amount, token.withdrawFee),
		status: 'CREATE',
		confirmRequired: false,
		hash: null,
		createdAt: world.now(),
		endedAt: null,
	};
	world.state.withdrawals.push(withdrawal);
	// A payout has no reference. The books keep it under its address.
	world.books.apply(operation, address, [{ amount, currency: coin, line: String(withdrawal.id) }]);
	stepLater(world, withdrawal);
	return { withdrawRecordId: withdrawal.id };
};

export const getCryptoWithdrawalHistory: Handler = ({ query }, world) => {
	requireRight(world);
	const rows = world.state.withdrawals.toReversed();
	const size = query.numberOr('pageSize', 20);
	const page = query.numberOr('pageNo', 1);
	return {
		content: pageOf(rows, page - 1, size).map(record),
		currentPage: page,
		totalPages: Math.max(1, Math.ceil(rows.length / size)),
		totalElements: rows.length,
	};
};

export const getCryptoWithdrawalRecord: Handler = ({ path }, world) => {
	requireRight(world);
	return record(findWithdrawal(world, path.split('/').at(-1) ?? ''));
};

/** The payout with this ID. Throws a Refusal when there is none. */
export function findWithdrawal({ state }: World, id: string): Withdrawal {
	const found = state.withdrawals.find((one) => String(one.id) === id);
	if (!found) throw new Refusal(400, `There is no withdrawal ${id}`);
	return found;
}

/** Moves the payout to this status, or to the next one. Throws a Refusal when it cannot go there. */
export function move(world: World, withdrawal: Withdrawal, to?: WithdrawalStatus): void {
	const next = to ?? NEXT[withdrawal.status][0];
	if (!next || !NEXT[withdrawal.status].includes(next)) {
		throw new Refusal(400, `The withdrawal is ${withdrawal.status}`);
	}
	withdrawal.status = next;
	withdrawal.confirmRequired = next === 'WAITING';
	if (NEXT[next].length > 0) return;
	withdrawal.endedAt = world.now();
	if (next === 'SUCCESS') withdrawal.hash = hashOf(`withdrawal ${withdrawal.id}`);
	else world.credit(withdrawal.coin, withdrawal.total);
}

function requireRight({ state }: World): void {
	if (!state.access.withdraw) throw new Refusal(403, 'Error! The key has no right to withdraw');
}

function requirePayable(amount: string, { coinId, chainId, scale, minWithdraw, withdrawFee }: Token): void {
	if (decimalsOf(amount) > scale) {
		throw new Refusal(400, `${amount} ${coinId} has more than ${scale} decimals on ${chainId}`);
	}
	if (compare(amount, minWithdraw) < 0 || compare(amount, withdrawFee) <= 0) {
		throw new Refusal(400, `${amount} ${coinId} is below the minimum on ${chainId}`);
	}
}

/**
 * No page says whether a nonce must be new. Here a nonce is refused that an applied payout has. So a client that repeats
 * a payout with the same nonce is stopped, and one with a new nonce pays twice, as the reference warns.
 */
function nonceOf(body: Fields, { state }: World): string {
	const nonce = body.scalar('nonce');
	if (!/^\d{13}$/.test(nonce)) throw new Refusal(400, 'nonce must be unix milliseconds');
	if (state.withdrawals.some((one) => one.nonce === nonce)) throw new Refusal(400, 'nonce was used before');
	return nonce;
}

/** Buys the coins that are missing, at one to one: the sandbox has no market. */
function buyCoins(body: Fields, world: World, coin: string, amount: string): void {
	const wish = body.object('conversionDetails');
	if (!wish?.has('conversionEnabled') || !wish.flag('conversionEnabled')) return;
	const available = world.state.balances[coin] ?? '0';
	if (wish.flag('enoughCoinPayment') && compare(available, amount) >= 0) return;
	world.debit(wish.text('convertFromCurrency'), amount);
	world.credit(coin, amount);
}

function stepLater(world: World, withdrawal: Withdrawal): void {
	world.later(STEP_MS, () => {
		if (NEXT[withdrawal.status].length === 0) return;
		// A payout that waits for a confirmation is looked at again later.
		if (withdrawal.status !== 'WAITING') move(world, withdrawal, nextByItself(world, withdrawal));
		stepLater(world, withdrawal);
	});
}

function nextByItself(world: World, { status, address, total }: Withdrawal): WithdrawalStatus | undefined {
	// A payout to the well-known burn address always fails in the sandbox.
	if (status === 'PROCESSING' && /dead$/i.test(address)) return 'FAIL';
	if (status === 'CREATE' && world.magic(total) === 'inReview') return 'WAITING';
	return NEXT[status][0];
}

function record(one: Withdrawal) {
	return {
		id: one.id,
		totalAmount: number(one.total),
		fee: number(one.fee),
		arrivedAmount: number(one.arrived),
		createTime: dateTime(one.createdAt),
		dealTime: null,
		endTime: one.endedAt === null ? null : dateTime(one.endedAt),
		status: one.status,
		unit: one.label,
		token: `${one.chain}_${one.coin}`,
		chain: one.chain,
		transactionNumber: one.hash,
		address: one.address,
		remark: null,
		addressScanUrl: null,
		txidScanUrl: null,
		confirmRequired: one.confirmRequired,
		isDeclined: one.status === 'REJECT',
		isSavedAddress: null,
		memo: one.memo,
		txKey: null,
		isAddressBanned: false,
		amlVerification: null,
	};
}
