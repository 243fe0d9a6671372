import { add, type Decimal, formatDecimal, parseDecimal } from '../exact/decimal';
import { ExactNumber, isWritableObject, type WritableJson, type WritableObject } from '../exact/json';
import type { CheckedPayee, Moves } from '../provider/moves';
import type { Operation } from '../provider/operation';
import { currencyName } from './limits';
import { canonicalRecipient } from './recipient';

/** One payment of a request. */
export interface PaidSum {
	amount: Decimal;
	currency: string;
	/** The other member of the request that names the currency, in its own words. */
	alsoNamed?: string;
}

/** What a request says of its money. */
export interface Moved {
	/** One for each line. The text says why the sums are not known. */
	payments: readonly PaidSum[] | string;
	/** Everybody who gets money, in canonical spelling. The text says why they are not known. */
	recipients: readonly string[] | string;
}

const NO_SUM = 'the request does not say how much of which currency leaves';
const NO_RECIPIENT = 'the request names no recipient';

/** Reads the money of a request. What it cannot read exactly is not known, and nothing is guessed. */
export function movedBy({ moves }: Pick<Operation, 'moves'>, values: WritableObject): Moved {
	if (!moves) return { payments: NO_SUM, recipients: NO_RECIPIENT };
	const lines = linesOf(moves, values);
	if (!lines) return { payments: NO_SUM, recipients: NO_RECIPIENT };
	return { payments: paymentsOf(moves, lines, values), recipients: recipientsOf(moves, lines) };
}

/** The payments of a request, each with the members of the whole. Undefined if it has no lines that can be read. */
export function linesOf({ lines }: Moves, values: WritableObject): readonly WritableObject[] | undefined {
	if (lines === undefined) return [values];
	const found = memberAt(values, lines);
	if (!Array.isArray(found) || found.length === 0) return undefined;
	const objects = found.filter(isWritableObject);
	return objects.length === found.length ? objects.map((line) => ({ ...values, ...line })) : undefined;
}

function paymentsOf(
	moves: Moves,
	lines: readonly WritableObject[],
	values: WritableObject,
): readonly PaidSum[] | string {
	if (moves.unsaid !== undefined) return moves.unsaid;
	const [hiding] = (moves.unlessSet ?? []).filter((name) => memberAt(values, name) !== undefined);
	if (hiding !== undefined) return `with ${hiding} the request does not say how much is sold`;
	const payments: PaidSum[] = [];
	for (const line of lines) {
		const payment = paymentOf(moves, line);
		if (!payment) return NO_SUM;
		payments.push(payment);
	}
	return payments;
}

function paymentOf(
	{ amount, currency, times, repeatedIn }: Moves,
	values: WritableObject,
): PaidSum | undefined {
	const places = amount.flatMap((name, place) => (textAt(values, name) === undefined ? [] : [place]));
	const [place] = places;
	if (place === undefined || places.length > 1) return undefined;
	const sum = parseDecimal(textAt(values, amount[place] ?? '') ?? '');
	const name = textAt(values, currency[place] ?? '');
	const count = times === undefined ? '1' : (textAt(values, times) ?? '1');
	if (!sum || sum.units < 0n || name === undefined || !/^\d{1,18}$/.test(count)) return undefined;
	const repeated = repeatedIn === undefined ? undefined : textAt(values, repeatedIn);
	if (repeated !== undefined && !currencyName(repeated).includes(currencyName(name))) return undefined;
	return {
		amount: { ...sum, units: sum.units * BigInt(count) },
		currency: currencyName(name),
		...(repeated === undefined ? {} : { alsoNamed: currencyName(repeated) }),
	};
}

function recipientsOf({ to, memo }: Moves, lines: readonly WritableObject[]): readonly string[] | string {
	if (to === 'own account') return [];
	const all: string[] = [];
	for (const line of lines) {
		const named = to.flatMap((payee) => textAt(line, memberOf(payee)) ?? []);
		if (named.length === 0) return NO_RECIPIENT;
		const note = memo === undefined ? undefined : textAt(line, memo);
		all.push(...named.map((name) => canonicalRecipient(name, note)));
	}
	return all;
}

/** The path of the member that names the payee. */
export function memberOf(payee: string | CheckedPayee): string {
	return typeof payee === 'string' ? payee : payee.member;
}

function memberAt(values: WritableJson, path: string): WritableJson {
	return path
		.split('.')
		.reduce<WritableJson>((place, key) => (isWritableObject(place) ? place[key] : undefined), values);
}

/** The text of a filled scalar. */
export function textAt(values: WritableObject, path: string): string | undefined {
	const value = memberAt(values, path);
	if (value instanceof ExactNumber) return value.digits;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** e.g. `12.5 USDT` */
export function sumText({ amount, currency }: PaidSum): string {
	return `${formatDecimal(amount)} ${currency}`;
}

/** The sum for each currency, in the order in which the currencies come. */
export function sumsOf(payments: readonly PaidSum[]): PaidSum[] {
	const sums = new Map<string, Decimal>();
	for (const { amount, currency } of payments) {
		sums.set(currency, add(sums.get(currency) ?? { units: 0n, scale: 0 }, amount));
	}
	return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

export function sumsJson(sums: readonly PaidSum[]): Record<string, string> {
	return Object.fromEntries(sums.map(({ currency, amount }) => [currency, formatDecimal(amount)]));
}

/** All payments of several requests. Undefined where one of them does not say its sum. */
export function paymentsIn(requests: readonly Moved[]): PaidSum[] | undefined {
	const payments: PaidSum[] = [];
	for (const { payments: own } of requests) {
		if (typeof own === 'string') return undefined;
		payments.push(...own);
	}
	return payments;
}
