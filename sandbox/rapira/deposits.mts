import { addressOf } from '../addresses.mts';
import { multiply } from '../decimal.mts';
import type { MagicAmount } from '../magicAmounts.mts';
import { number, pageOf, type Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import { tokens } from './seeds.mts';
import type { Address, Deposit, DepositStatus } from './state.mts';
import { hashOf, type World } from './world.mts';

const STEP_MS = 700;
const WANTED_CONFIRMATIONS = 20;
const PAID_BY_ITSELF: readonly MagicAmount[] = ['paidShort', 'refunded', 'inReview'];

const NEXT: Record<DepositStatus, DepositStatus[]> = {
	MEMPOOL: ['PENDING_CONFIRMATIONS', 'FAILED'],
	PENDING_CONFIRMATIONS: ['PENDING_AML', 'FAILED'],
	PENDING_AML: ['SUCCESS', 'MANUAL_CHECK', 'REJECTED'],
	MANUAL_CHECK: ['SUCCESS', 'REJECTED', 'RETURNED'],
	SUCCESS: [],
	FAILED: [],
	REJECTED: ['RETURNED'],
	RETURNED: [],
};

/** The currency is in the query, or in the form together with the order. A repeated call makes another address. */
export const createAddressByCurrency: Handler = ({ query, body }, world) => {
	const currency = query.textOr('currency', undefined) ?? body.textOr('currency', '');
	const token = tokens.find((one) => one.deposit === currency);
	if (!token) throw new Refusal(400, `The currency "${currency}" is not known`);
	if (!token.rechargeable) throw new Refusal(400, `${currency} is closed for deposits`);
	const id = world.nextId();
	const address: Address = {
		id,
		address: addressOf(token.chainId, String(id)),
		currency,
		coin: token.coinId,
		chain: token.chainId,
		memo: token.chainId === 'XRP' ? String(id) : null,
		nonce: body.textOr('nonce', ''),
		expected: body.textOr('amount', ''),
		use: 'on',
	};
	world.state.addresses.push(address);
	startPayer(world, address);
	return { id, address: address.address, blockchain: address.chain, memo: address.memo };
};

export const stopUseAddress: Handler = ({ body }, world) => {
	const address = findAddress(world, body.text('address'));
	if (address.nonce !== body.text('nonce')) throw new Refusal(400, 'nonce is not that of the address');
	address.use = body.text('status') === 'success' ? 'success' : 'delete';
	return {};
};

export const getDeposits: Handler = ({ body }, world) => {
	const address = body.textOr('address', undefined)?.toLowerCase();
	const unit = body.textOr('unit', undefined)?.toLowerCase();
	const found = world.state.deposits
		.toReversed()
		.filter((one) => address === undefined || one.address.toLowerCase() === address)
		.filter((one) => unit === undefined || one.coin.toLowerCase() === unit);
	const content = pageOf(found, body.numberOr('pageNo', 0), body.numberOr('pageSize', 20)).map(record);
	return { code: 0, message: 'SUCCESS', data: { content } };
};

/** The deposit address with this text. Throws a Refusal when there is none. */
export function findAddress({ state }: World, name: string): Address {
	const wanted = name.toLowerCase();
	const found = state.addresses.find(
		(one) => one.address.toLowerCase() === wanted || String(one.id) === name,
	);
	if (!found) throw new Refusal(400, `There is no address ${name}`);
	return found;
}

/** The deposit with this ID. Throws a Refusal when there is none. */
export function findDeposit({ state }: World, id: string): Deposit {
	const found = state.deposits.find((one) => String(one.id) === id);
	if (!found) throw new Refusal(400, `There is no deposit ${id}`);
	return found;
}

/** A payer comes by itself for three magic amounts only. All other addresses wait for the console. */
function startPayer(world: World, address: Address): void {
	const magic = world.magic(address.expected);
	if (!magic || !PAID_BY_ITSELF.includes(magic)) return;
	world.later(STEP_MS, () => receive(world, address));
}

/** A payer sends the expected amount, or 100.5 where none is expected. */
export function receive(world: World, address: Address): void {
	const isShort = world.magic(address.expected) === 'paidShort';
	const id = world.nextId();
	const deposit: Deposit = {
		id,
		address: address.address,
		memo: address.memo,
		coin: address.coin,
		chain: address.chain,
		amount: isShort ? multiply(address.expected, '0.5', 6) : address.expected || '100.5',
		status: 'MEMPOOL',
		txid: hashOf(`deposit ${id}`),
		confirmations: 0,
		createdAt: world.now(),
	};
	world.state.deposits.push(deposit);
	stepLater(world, deposit, world.magic(address.expected));
}

/** Moves the deposit to this status, or to the next one. Throws a Refusal when it cannot go there. */
export function move(world: World, deposit: Deposit, to?: DepositStatus): void {
	const next = to ?? NEXT[deposit.status][0];
	if (!next || !NEXT[deposit.status].includes(next)) throw new Refusal(400, `It is ${deposit.status}`);
	deposit.status = next;
	deposit.confirmations = next === 'PENDING_CONFIRMATIONS' ? 5 : WANTED_CONFIRMATIONS;
	if (next === 'SUCCESS') world.credit(deposit.coin, deposit.amount);
}

function stepLater(world: World, deposit: Deposit, magic: MagicAmount | undefined): void {
	world.later(STEP_MS, () => {
		const next = nextByItself(deposit.status, magic);
		if (!next) return;
		move(world, deposit, next);
		stepLater(world, deposit, magic);
	});
}

function nextByItself(status: DepositStatus, magic: MagicAmount | undefined): DepositStatus | undefined {
	if (magic === 'inReview' && status === 'PENDING_AML') return 'MANUAL_CHECK';
	if (magic === 'refunded' && status === 'PENDING_AML') return 'REJECTED';
	if (magic === 'refunded' && status === 'REJECTED') return 'RETURNED';
	const moves = ['MEMPOOL', 'PENDING_CONFIRMATIONS', 'PENDING_AML'].includes(status);
	return moves ? NEXT[status][0] : undefined;
}

function record(one: Deposit) {
	return {
		id: one.id,
		status: one.status,
		amount: number(one.amount),
		unit: one.coin,
		token: `${one.chain}_${one.coin}`,
		address: one.address,
		memo: one.memo,
		txid: one.txid,
		confirmations: one.confirmations,
		requireConfirmations: WANTED_CONFIRMATIONS,
		createTimeTimestamp: Math.floor(one.createdAt / 1000),
		message: null,
	};
}
