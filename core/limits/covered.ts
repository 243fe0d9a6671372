import { formatDecimal } from '../exact/decimal';
import { type Moved, type PaidSum, paymentsIn, sumsOf, sumText } from './moved';

/** What an approval stands for, as a person sees it: how many payments, and their sums. */
export interface Covered {
	count: number;
	/** `request` where a request does not say what it pays. */
	unit: 'recipient' | 'payment' | 'request';
	/** The sum for each currency. Absent where a request does not say it. */
	sums?: readonly PaidSum[] | undefined;
}

export function coveredBy(requests: readonly Moved[]): Covered {
	const payments = paymentsIn(requests);
	const named = requests.map(({ recipients }) => (typeof recipients === 'string' ? [] : recipients));
	const areNamed = named.every((one) => one.length > 0);
	if (payments)
		return { count: payments.length, unit: areNamed ? 'recipient' : 'payment', sums: sumsOf(payments) };
	return areNamed
		? { count: named.flat().length, unit: 'recipient' }
		: { count: requests.length, unit: 'request' };
}

/** e.g. `5 recipients, 557.74 USDT` */
export function coveredText({ count, unit, sums = [] }: Covered): string {
	return [counted(count, unit), ...sums.map(sumText)].join(', ');
}

function counted(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The most characters of a currency that a person has to read. */
const MAX_CURRENCY_LENGTH = 20;

/**
 * The same in one word that no field, mail or expression changes: `5-recipients-557.74-USDT`. A character that could be
 * changed becomes `_`.
 */
export function coveredWord({ count, unit, sums = [] }: Covered): string {
	const money = sums.flatMap(({ amount, currency }) => [
		formatDecimal(amount),
		currency.slice(0, MAX_CURRENCY_LENGTH).replace(/[^A-Za-z0-9._]/g, '_'),
	]);
	return [counted(count, unit).replace(' ', '-'), ...money].join('-');
}

const WORD =
	/^(\d{1,9})-((?:recipient|payment|request)s?)((?:-\d{1,60}(?:\.\d{1,60})?-[A-Za-z0-9._]{1,20})*)$/;

/** Reads such a word as a person does. Undefined for any other text, which nobody may quote. */
export function coveredTextOf(word: string): string | undefined {
	const [, count, units, money = ''] = WORD.exec(word) ?? [];
	if (count === undefined || units === undefined) return undefined;
	const [, ...parts] = money.split('-');
	const sums = parts.flatMap((part, place) => (place % 2 === 0 ? [`${part} ${parts[place + 1] ?? ''}`] : []));
	return [`${count} ${units}`, ...sums].join(', ');
}
