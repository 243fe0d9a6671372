import { add, compare, subtract } from '../decimal.mts';
import { money } from './money.mts';
import { absent, refused } from './refusal.mts';
import type { Handler } from './requests.mts';
import { withdrawalShape } from './shapes.mts';
import { acceptedCodes } from './signing.mts';
import type { Withdrawal } from './state.mts';
import type { World } from './world.mts';

const CHAIN_MS = 2000;

export const createWithdrawal: Handler = ({ body, operation }, world) => {
	if (!world.state.store.twoFactor) throw refused('2FA should be enabled for this operation');
	// No page shows the answer to a wrong code.
	if (!acceptedCodes(world.account.totpSecret, world.now()).includes(body.text('code2FA'))) {
		throw refused('2FA code is not valid', 'code2FA');
	}
	const account = world.state.accounts.find(({ id }) => id === body.text('accountId'));
	if (!account) throw refused('this value is not an account', 'accountId');
	const fee = account.withdrawalFee;
	const isInside = body.flag('substractFeeFromAmount');
	const amount = isInside ? subtract(body.text('amount'), fee) : body.text('amount');
	if (compare(amount, '0') <= 0) throw refused('The amount does not cover the fee', 'amount');
	world.freeze(add(amount, fee));
	const now = world.now();
	const withdrawal: Withdrawal = {
		id: world.nextId(),
		accountId: account.id,
		sum: money(amount, account.currency),
		fee: money(fee, account.currency),
		address: body.text('address'),
		txId: null,
		status: 2,
		createdAt: now,
		updatedAt: now,
	};
	world.state.withdrawals.push(withdrawal);
	world.books.apply(operation, withdrawal.id, [{ amount: body.text('amount'), currency: account.currency }]);
	world.later(CHAIN_MS, () => sendOut(world, withdrawal));
	return withdrawalShape(withdrawal);
};

export const getWithdrawal: Handler = ({ path }, world) =>
	withdrawalShape(findWithdrawal(world, path.id ?? ''));

/** The withdrawal with this ID. Throws a Refusal when there is none. */
export function findWithdrawal({ state }: World, id: string): Withdrawal {
	const found = state.withdrawals.find((withdrawal) => withdrawal.id === id);
	if (!found) throw absent();
	return found;
}

/** The chain confirms the withdrawal: it gets a transaction ID, and the frozen money leaves. */
export function sendOut(world: World, withdrawal: Withdrawal): void {
	if (withdrawal.txId !== null) return;
	withdrawal.txId = withdrawal.id.replaceAll('-', '').repeat(2);
	withdrawal.updatedAt = world.now();
	world.thaw(add(withdrawal.sum.amount, withdrawal.fee.amount), true);
}
