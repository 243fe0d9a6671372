import { formatDecimal } from '../exact/decimal';
import type { WritableObject } from '../exact/json';
import { movedBy } from '../limits/moved';
import type { Operation } from '../provider/operation';

/**
 * The amount and currency that a request asks for, under the names of the payment record. So a flow can add up the
 * items that were applied and those that were not in the same way. Empty where the request moves several sums or says
 * none exactly.
 */
export function askedSum(operation: Pick<Operation, 'moves'>, values: WritableObject): AskedSum {
	const { payments } = movedBy(operation, values);
	if (typeof payments === 'string') return {};
	const [one, ...others] = payments;
	if (!one || others.length > 0) return {};
	return { amount: formatDecimal(one.amount), currency: one.currency };
}

interface AskedSum {
	amount?: string;
	currency?: string;
}
