import { compare, formatDecimal, parseDecimal, subtract } from '../exact/decimal';
import { at, type JsonObject, textOf } from '../exact/json';
import { currencyName } from '../limits/limits';
import { type PaidSum, sumsOf } from '../limits/moved';
import { findOperation } from '../provider/operation';
import type { SendingRun } from './attempts';
import { wholeList } from './wholeList';

/**
 * What the provider's list of balances says about the sums that are to be sent. Only the fees that are known to come on
 * top are counted. So what is left is the most, and what is missing is the least.
 */
export async function balancesFor(
	run: SendingRun,
	sums: readonly PaidSum[],
	feesOnTop: readonly PaidSum[],
): Promise<JsonObject> {
	const { operation, provider } = run;
	const asking = operation.balance && findOperation(provider.resources, operation.balance.operation);
	if (!operation.balance || !asking || sums.length === 0) return {};
	const { currency, available } = operation.balance;
	const rows = await wholeList(run, asking);
	if (typeof rows === 'string') return { balancesNotRead: rows };
	const balances: Record<string, string> = {};
	const balancesAfter: Record<string, string> = {};
	const shortBy: Record<string, string> = {};
	for (const { currency: name, amount } of sumsOf([...sums, ...feesOnTop])) {
		const named = rows.filter((row) => currencyName(textOf(at(row, currency)) ?? '') === name);
		// A currency that is not listed, or twice, has no balance that anybody may count on.
		const known = named.length === 1 ? parseDecimal(textOf(at(named[0], available)) ?? '') : undefined;
		if (!known) continue;
		balances[name] = formatDecimal(known);
		if (compare(known, amount) < 0) shortBy[name] = formatDecimal(subtract(amount, known));
		else balancesAfter[name] = formatDecimal(subtract(known, amount));
	}
	return { balances, balancesAfter, ...(Object.keys(shortBy).length > 0 ? { shortBy } : {}) };
}
