import { add, compare, subtract } from '../decimal.mts';
import { pageOf, requirePlaces, type Call, type Handler } from './call.mts';
import { requireOwnCall } from './headers.mts';
import type { InstitutionMove, SubAccount } from './merchantState.mts';
import { notify } from './orderNotifications.mts';
import { Refusal } from './refusal.mts';
import { INSTITUTION_ACCOUNT } from './seeds.mts';
import type { World } from './world.mts';

const REVIEW_MS = 2000;
const DEFAULT_LIMIT = 20;

/** A repeat returns the first account: `request_id` is the documented idempotency key. */
export const createSubAccount: Handler = (call, world) => {
	requireOwnCall(call);
	const { body } = call;
	const requestId = body.text('request_id');
	const earlier = world.state.subAccounts.find((account) => account.requestId === requestId);
	if (earlier) return created(earlier);
	const account: SubAccount = {
		requestId,
		accountId: String(world.nextNumber()),
		customerId: body.text('customer_id'),
		displayName: body.text('display_name'),
		status: 'INIT',
		accountHolder: body.value('account_holder'),
		metadata: body.value('metadata') ?? null,
		created: world.now(),
		updated: world.now(),
		balances: {},
	};
	world.state.subAccounts.push(account);
	world.later(REVIEW_MS, () => {
		if (account.status === 'INIT') review(world, account, 'ACTIVE');
	});
	return created(account);
};

export const getSubAccount: Handler = (call, { state }) => {
	requireOwnCall(call);
	const accountId = call.query.textOr('account_id', undefined);
	const requestId = call.query.textOr('request_id', undefined);
	const found = state.subAccounts.find((account) =>
		accountId === undefined ? account.requestId === requestId : account.accountId === accountId,
	);
	if (!found) throw new Refusal('400202', `The sub-account ${accountId ?? requestId} does not exist`);
	return shape(found);
};

/** The cursor is the number of the page, from 1. */
export const listSubAccounts: Handler = (call, { state }) => {
	requireOwnCall(call);
	const { query } = call;
	const [from, to] = [query.numberOr('created_gte', 0), query.numberOr('created_lte', Infinity)];
	const is = (name: string, value: string) => !query.has(name) || query.text(name) === value;
	const matching = state.subAccounts
		.filter(({ created: at }) => at >= from && at <= to)
		.filter((account) => is('status', account.status) && is('request_id', account.requestId))
		.filter((account) => is('customer_id', account.customerId));
	const [page, limit] = [query.numberOr('cursor', 1), query.numberOr('limit', DEFAULT_LIMIT)];
	return { accounts: pageOf(matching, page, limit).map(shape), has_more: page * limit < matching.length };
};

/** The documented names differ from those of the merchant's call. The body is the list of currencies. */
export const institutionGetBalances: Handler = ({ headers, bodyValue }, world) => {
	const wanted: unknown[] = Array.isArray(bodyValue) ? bodyValue : [];
	const balances = balancesOf(world, headers.scalar('x-gatepay-on-behalf-of'));
	const rows = Object.entries(balances).map(([currency, available]) => ({ currency, available }));
	return { balanceList: rows.filter(({ currency }) => wanted.length === 0 || wanted.includes(currency)) };
};

/** Moves money from the header's account to the body's. */
export const createInstitutionTransfer: Handler = (call, world) => {
	const sender = call.headers.scalar('x-gatepay-on-behalf-of');
	return make(call, world, 'transfer', sender, call.body.text('accountId'));
};

/** Moves money from the body's account to the header's. */
export const createInstitutionCharge: Handler = (call, world) => {
	const receiver = call.headers.scalar('x-gatepay-on-behalf-of');
	return make(call, world, 'charge', call.body.text('accountId'), receiver);
};

export const getInstitutionTransfer: Handler = ({ query }, world) =>
	moved(findMove(world, 'transfer', query.text('merchantBatchNo')));

export const getInstitutionCharge: Handler = ({ query }, world) =>
	moved(findMove(world, 'charge', query.text('merchantBatchNo')));

/** The sub-account with this ID. Throws a Refusal when there is none. */
export function findSubAccount({ state }: World, id: string): SubAccount {
	const account = state.subAccounts.find(({ accountId }) => accountId === id);
	if (!account) throw new Refusal('400202', `The account ${id} does not exist`);
	return account;
}

/** Gate's staff approve or refuse the sub-account, and a notification is sent. */
export function review(world: World, account: SubAccount, to: 'ACTIVE' | 'FAIL'): void {
	if (account.status !== 'INIT') throw new Refusal('400204', `The sub-account is ${account.status}`);
	account.status = to;
	account.updated = world.now();
	const status = to === 'ACTIVE' ? 'INSTITUTION_ACCOUNT_SUCCESS' : 'INSTITUTION_ACCOUNT_FAIL';
	const { requestId, accountId, customerId, displayName, created: at } = account;
	notify(world, 'INSTITUTION', requestId, status, {
		request_id: requestId,
		account_id: accountId,
		customer_id: customerId,
		display_name: displayName,
		status: to,
		created: at,
	});
}

/** The balances of an account. The institution's own account, and every unknown one, has the merchant's balances. */
function balancesOf({ state }: World, id: string): Record<string, string> {
	return state.subAccounts.find(({ accountId }) => accountId === id)?.balances ?? state.balances;
}

function requireAccount(world: World, id: string): void {
	if (id === INSTITUTION_ACCOUNT) return;
	const { status } = findSubAccount(world, id);
	if (status !== 'ACTIVE') throw new Refusal('400204', `The account ${id} is ${status}`);
}

function make(
	{ operation, body }: Call,
	world: World,
	kind: InstitutionMove['kind'],
	fromAccountId: string,
	toAccountId: string,
): unknown {
	const merchantBatchNo = body.text('merchantBatchNo');
	const { institutionMoves } = world.state;
	// No page says what a repeat does. 400201 is the general code for merchant numbers.
	if (institutionMoves.some((each) => each.kind === kind && each.merchantBatchNo === merchantBatchNo))
		throw new Refusal('400201', `merchantBatchNo ${merchantBatchNo} exists already`);
	for (const id of [fromAccountId, toAccountId]) requireAccount(world, id);
	if (fromAccountId === toAccountId) throw new Refusal('400001', 'Both accounts are the same');
	const [amount, currency] = [body.text('amount'), body.text('currency')];
	requirePlaces(amount, 6, 'amount');
	if (compare(amount, '0') <= 0) throw new Refusal('400621', 'The amount must be above 0');
	const from = balancesOf(world, fromAccountId);
	const to = balancesOf(world, toAccountId);
	if (compare(from[currency] ?? '0', amount) < 0)
		throw new Refusal('400605', `Balance too low: ${from[currency] ?? '0'} ${currency} available`);
	from[currency] = subtract(from[currency] ?? '0', amount);
	to[currency] = add(to[currency] ?? '0', amount);
	const accounts = { fromAccountId, toAccountId };
	const made: InstitutionMove = {
		kind,
		merchantBatchNo,
		...accounts,
		currency,
		amount,
		createTime: world.now(),
	};
	institutionMoves.push(made);
	world.books.apply(operation, merchantBatchNo, [{ amount, currency }]);
	return moved(made);
}

function findMove({ state }: World, kind: InstitutionMove['kind'], number: string): InstitutionMove {
	const found = state.institutionMoves.find((each) => each.kind === kind && each.merchantBatchNo === number);
	if (!found) throw new Refusal('400202', `The ${kind} ${number} does not exist`);
	return found;
}

/** The answer to a transfer, which is paid at once. */
function moved({
	merchantBatchNo,
	fromAccountId,
	toAccountId,
	currency,
	amount,
	createTime,
}: InstitutionMove) {
	const accounts = { fromAccountId, toAccountId };
	return { merchantBatchNo, status: 'PAID', ...accounts, currency, amount, createTime };
}

/** A sub-account in the answer to its creation, the only one in which `created` is a text. */
function created(account: SubAccount) {
	return { ...shape(account), created: String(account.created) };
}

function shape(account: SubAccount) {
	return {
		request_id: account.requestId,
		account_id: account.accountId,
		customer_id: account.customerId,
		display_name: account.displayName,
		status: account.status,
		created: account.created,
		updated: account.updated,
		account_holder: account.accountHolder,
		metadata: account.metadata,
	};
}
