import { createHash, randomUUID } from 'node:crypto';

import { add } from '../decimal.mts';
import { amountOf, currencyOf, requireAtLeast, type Handler } from './call.mts';
import { notifyWithdrawal } from './notifications.mts';
import { paymentShape } from './orderShapes.mts';
import { invalid, Refusal } from './refusal.mts';
import { currencies, type Currency } from './seeds.mts';
import type { Transaction, TransactionStatus } from './state.mts';
import { currencyShape, transactionShape } from './transactionShapes.mts';
import type { World } from './world.mts';

const STEP_MS = 1000;

/** The currency of a withdrawal that names none. No page says which one it is. */
const DEFAULT_CURRENCY = 'USDT';

/** A repeated external_id pays again, because no page says that it is refused. */
export const createWithdrawal: Handler = ({ operation, path, body }, world) => {
	if (path.slug !== world.account.companySlug) throw new Refusal(404, 'Not Found');
	const currency = currencyOf(body.textOr('currency', DEFAULT_CURRENCY), 'currency');
	const amount = amountOf(body, 'amount', currency);
	const terms = networkOf(currency, body.textOr('network', undefined), body.textOr('memo', undefined));
	if (terms) requireAtLeast(amount, terms.minimum, 'amount');
	const fee = terms?.fixed ?? '0';
	const transaction: Transaction = {
		...fresh(world),
		type: 'WITHDRAWAL',
		currency: currency.ticker,
		value: amount,
		fee,
		network: body.textOr('network', null),
		address: body.text('wallet'),
		memo: body.textOr('memo', null),
		externalId: body.textOr('external_id', null),
		comment: body.textOr('comment', null),
	};
	pay(world, operation, transaction);
	const { id, value, status, created_at, completed_at } = transactionShape(transaction);
	return {
		request_id: randomUUID(),
		// The sample differs from Get: another type, no network, and the currency as an object.
		transactions: [
			{
				id,
				currency: currencyShape(currency),
				value,
				status,
				type: 'CRYPTO_WALLET',
				network: null,
				fee,
				created_at,
				completed_at,
			},
		],
	};
};

/** The members that all new transactions share. */
export function fresh(world: World) {
	return {
		id: randomUUID(),
		status: 'PENDING_WITHDRAWAL' as const,
		createdAt: world.now(),
		completedAt: null,
		hash: null,
	};
}

/** Takes the money from the balance and books the transaction. */
export function pay(world: World, operation: string, transaction: Transaction): void {
	const { currency, value, fee, externalId, id } = transaction;
	const total = add(value, fee);
	world.require(currency, total, 'amount');
	world.debit(currency, total);
	world.state.transactions.push(transaction);
	world.books.apply(operation, externalId ?? id, [{ amount: value, currency }]);
	world.later(STEP_MS, () => {
		if (transaction.status !== 'PENDING_WITHDRAWAL' || world.magic(value) === 'inReview') return;
		settle(world, transaction, /dead$/i.test(transaction.address) ? 'DECLINED' : 'COMPLETE');
	});
}

/** The terms of a network; none for fiat without one. Throws a Refusal for an unknown network or a missing memo. */
export function networkOf(currency: Currency, name: string | undefined, memo: string | undefined) {
	if (currency.isFiat && name === undefined) return undefined;
	const terms = name === undefined ? undefined : currency.networks[name];
	if (!terms) throw invalid('network', 'The selected network is invalid.');
	if (terms.memo && memo === undefined) throw invalid('memo', 'The memo field is required.');
	return terms;
}

/** Ends a transaction and notifies the merchant. Money that was not paid comes back. */
export function settle(world: World, transaction: Transaction, to: TransactionStatus): void {
	if (transaction.status !== 'PENDING_WITHDRAWAL') {
		throw invalid('transaction', `The transaction is ${transaction.status}.`);
	}
	transaction.status = to;
	transaction.completedAt = world.now();
	if (to === 'COMPLETE') transaction.hash = createHash('sha256').update(transaction.id).digest('hex');
	else world.credit(transaction.currency, add(transaction.value, transaction.fee));
	notifyWithdrawal(world, transaction);
}

/** Finds what was paid out and what a payer paid in, because webhooks tell of both. */
export const getTransaction: Handler = ({ path }, world) => {
	const id = path.transactionId;
	const payment = world.state.orders.flatMap(({ payments }) => payments).find((each) => each.id === id);
	return { transaction: payment ? paymentShape(payment) : transactionShape(requireTransaction(world, id)) };
};

/** Made up: only the path is documented. */
export const listTransactions: Handler = ({ query }, { state }) => {
	const [current, size] = [query.numberOr('page', 1), query.numberOr('per_page', 15)];
	const all = state.transactions.toReversed();
	const last_page = Math.max(1, Math.ceil(all.length / size));
	return {
		transactions: all.slice((current - 1) * size, current * size).map(transactionShape),
		meta: { current_page: current, last_page, total: all.length },
	};
};

export const getWithdrawalFees: Handler = () => ({
	currencies: currencies
		.filter(({ isFiat }) => !isFiat)
		.map(({ networks }) => ({
			fees: null,
			network_fees: Object.fromEntries(
				Object.entries(networks).map(([name, { fixed, minimum, maximum, memo }]) => [
					name,
					{
						fixed,
						max_amount: maximum,
						min_amount: minimum,
						is_memo_required: memo,
						flex: { minFee: '0', maxFee: '0', percent: '0' },
					},
				]),
			),
		})),
});

/** The transaction with this ID. Throws a Refusal when there is none. */
export function requireTransaction({ state }: World, id: string | undefined): Transaction {
	const transaction = state.transactions.find((each) => each.id === id);
	if (!transaction) throw new Refusal(404, 'Not Found');
	return transaction;
}
