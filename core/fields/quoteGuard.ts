import type { INodeProperties } from 'n8n-workflow';
import { compare, type Decimal, multiply, parseDecimal } from '../exact/decimal';
import type { WritableObject } from '../exact/json';
import { milliseconds } from '../exact/time';
import type { Quoted } from '../provider/does';
import type { Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import { isEmpty, printable } from './rules';

const WORST_RATE = 'worstRate';
const QUOTE_ENDS = 'quoteEnds';

/** The options of an operation that accepts a quote. */
export function quoteGuardOptions({ of, per, worst }: Quoted): INodeProperties[] {
	const side = worst === 'highest' ? 'above' : 'below';
	return [
		{
			displayName: 'Worst Rate',
			name: WORST_RATE,
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.92',
			description: `The ${worst} rate that you accept, as decimal text: ${of.label} for one unit of ${per.label}. A quote ${side} it is not accepted, and nothing is sent.`,
		},
		{
			displayName: 'Quote Ends',
			name: QUOTE_ENDS,
			type: 'dateTime',
			default: '',
			description:
				'When the quote stops being valid. A quote that has ended is not sent. Compute it right after the quote, e.g. with Edit Fields, from the time then and the seconds in validPeriod.',
		},
	];
}

/**
 * Compares the amounts of an accepted quote with the worst rate that the user accepts.
 * @param values the members of the request, as they are sent
 * @throws Refusal for a worse rate, and for a rate or an amount that is no decimal above zero
 */
export function refuseWorseRate(
	{ does: { quoted } = {} }: Operation,
	values: WritableObject,
	options: Record<string, unknown>,
): void {
	if (!quoted || !(WORST_RATE in options)) return;
	const { of, per, worst } = quoted;
	const limit = aboveZero(options[WORST_RATE], 'Worst Rate');
	// The rate is of / per. A product is exact, a quotient is not.
	const paid = aboveZero(values[of.name], of.label);
	const most = multiply(limit, aboveZero(values[per.name], per.label));
	const difference = compare(paid, most);
	if (worst === 'highest' ? difference <= 0 : difference >= 0) return;
	const given = `${printable(String(values[of.name]))} for ${printable(String(values[per.name]))}`;
	throw new Refusal(
		`The quote of ${given} is worse than the Worst Rate ${printable(String(options[WORST_RATE]))}`,
		'Get another quote, or change the Worst Rate',
	);
}

/**
 * When the quote ends, in unix milliseconds.
 * @returns undefined where the user does not say
 * @throws Refusal for something that is no time
 */
export function quoteEndsAt(
	{ does: { quoted } = {} }: Operation,
	options: Record<string, unknown>,
	timezone: string,
): number | undefined {
	if (!quoted || !(QUOTE_ENDS in options)) return undefined;
	const given = options[QUOTE_ENDS];
	const time = isEmpty(given) ? undefined : milliseconds(given, timezone);
	if (time !== undefined) return time;
	throw new Refusal(
		isEmpty(given)
			? 'Quote Ends is empty'
			: `Quote Ends \`${printable(String(given))}\` is not a date and time`,
		'Give it the time of the quote plus its validPeriod, or remove the option',
	);
}

function aboveZero(given: unknown, label: string): Decimal {
	const decimal = parseDecimal(String(given).trim());
	if (decimal && decimal.units > 0n) return decimal;
	throw new Refusal(`${label} must be a decimal number above 0 to be compared with the Worst Rate`);
}
