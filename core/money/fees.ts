import { add, type Decimal, multiply, parseDecimal, withoutExponent } from '../exact/decimal';
import {
	at,
	canonicalJson,
	isObject,
	type Json,
	type JsonObject,
	textOf,
	type WritableObject,
} from '../exact/json';
import { currencyName } from '../limits/limits';
import { linesOf, movedBy, type PaidSum, sumsJson, sumsOf, textAt } from '../limits/moved';
import type { Fee } from '../provider/fee';
import { findOperation, type Operation } from '../provider/operation';
import { readAbout } from '../wire/asking';
import { allInSlots } from '../wire/slots';
import type { SendingRun } from './attempts';
import { LOOKUP_TIMEOUT_MS } from './protocol';
import { wholeList } from './wholeList';

/** Who bears a fee: `onTop` leaves in addition to the amount, `fromAmount` is what the recipient gets less. */
type Bearing = 'onTop' | 'fromAmount' | 'notDocumented';

/** What the provider takes for the payments of a preview. */
export interface KnownFees {
	/** The members of the preview. Empty where no documented read says a fee. */
	facts: JsonObject;
	onTop: readonly PaidSum[];
}

const NO_FEES: KnownFees = { facts: {}, onTop: [] };

/** One payment of a request, for its fee. The sum is absent where the request does not say it. */
interface Line {
	values: WritableObject;
	sum: PaidSum | undefined;
}

/**
 * Reads the fees where the provider documents a read for them. A row about another coin, chain or account is not
 * believed. A payment without exactly one such row has a fee that is not known.
 * @param requests the values of the requests that are to be sent
 */
export async function feesFor(run: SendingRun, requests: readonly WritableObject[]): Promise<KnownFees> {
	const { operation, provider } = run;
	const { fee } = operation;
	const asking = fee && findOperation(provider.resources, fee.operation);
	const lines = requests.flatMap((values) => linesIn(operation, values));
	if (!fee || !asking || lines.length === 0) return NO_FEES;
	const answers = await readFees(run, fee, asking, lines);
	if (typeof answers === 'string') return { facts: { feesNotRead: answers }, onTop: [] };
	const taken: Record<Bearing, PaidSum[]> = { onTop: [], fromAmount: [], notDocumented: [] };
	let notKnown = 0;
	for (const line of lines) {
		const sum = feeOf(fee, line, answers.get(feeQuestion(fee, line)) ?? []);
		if (sum) taken[bearingOf(fee, line)].push(sum);
		else notKnown += 1;
	}
	const fees = Object.fromEntries(
		Object.entries(taken).flatMap(([name, sums]) =>
			sums.length > 0 ? [[name, sumsJson(sumsOf(sums))]] : [],
		),
	);
	return {
		facts: { fees, ...(notKnown > 0 ? { feesNotKnown: notKnown } : {}) },
		onTop: sumsOf(taken.onTop),
	};
}

function linesIn(operation: Operation, values: WritableObject): Line[] {
	const { payments } = movedBy(operation, values);
	const lines = operation.moves ? linesOf(operation.moves, values) : undefined;
	return (lines ?? []).map((line, place) => ({
		values: line,
		sum: typeof payments === 'string' ? undefined : payments[place],
	}));
}

/** The rows of each question, or why one of them has none. Payments with the same parameters are one question. */
async function readFees(
	run: SendingRun,
	fee: Fee,
	asking: Operation,
	lines: readonly Line[],
): Promise<ReadonlyMap<string, readonly Json[]> | string> {
	const questions = [...new Map(lines.map((line) => [feeQuestion(fee, line), parametersOf(fee, line)]))];
	const answers = await allInSlots(run.provider.parallelReads, questions, async ([question, parameters]) => ({
		question,
		rows: await feeRows(run, asking, parameters),
	}));
	const known = new Map<string, readonly Json[]>();
	for (const { question, rows } of answers) {
		if (typeof rows === 'string') return rows;
		known.set(question, rows);
	}
	return known;
}

async function feeRows(
	run: SendingRun,
	asking: Operation,
	parameters: WritableObject,
): Promise<readonly Json[] | string> {
	if ('list' in asking.returns) return await wholeList(run, asking, parameters);
	const reading = await readAbout(run, asking, parameters, LOOKUP_TIMEOUT_MS);
	return reading.state === 'read' ? [reading.data].flat() : reading.reason;
}

function parametersOf({ by = {} }: Fee, { values }: Line): WritableObject {
	return Object.fromEntries(
		Object.entries(by).map(([parameter, member]) => [parameter, textAt(values, member)]),
	);
}

function feeQuestion(fee: Fee, line: Line): string {
	return canonicalJson(parametersOf(fee, line));
}

function feeOf(fee: Fee, line: Line, rows: readonly Json[]): PaidSum | undefined {
	const own = rows.filter((row) => isFeeOf(fee, line, row));
	if (own.length !== 1) return undefined;
	const [row] = own;
	const currency = fee.currency === undefined ? line.sum?.currency : textOf(at(row, fee.currency));
	const fixed = decimalOf(valueOf(fee, line, row, fee.fixed));
	if (!isObject(row) || currency === undefined || !fixed) return undefined;
	if (fee.percent === undefined) return { amount: fixed, currency: currencyName(currency) };
	const share = shareOf(valueOf(fee, line, row, fee.percent));
	if (!share || !line.sum) return undefined;
	return { amount: add(fixed, multiply(share, line.sum.amount)), currency: currencyName(currency) };
}

function isFeeOf({ same }: Fee, { values }: Line, row: Json): boolean {
	return Object.entries(same).every(([member, path]) => {
		const [asked, found] = [textAt(values, member), textOf(at(row, path))];
		return asked !== undefined && found !== undefined && currencyName(asked) === currencyName(found);
	});
}

/** What a row says at a path, or, where it says it for each chain, under the chain of the payment. */
function valueOf(
	{ perChain }: Fee,
	{ values }: Line,
	row: Json | undefined,
	path: string,
): string | undefined {
	const found = at(row, path);
	if (perChain === undefined) return textOf(found);
	const chain = textAt(values, perChain);
	if (!isObject(found) || chain === undefined) return undefined;
	const own = Object.entries(found).filter(([name]) => currencyName(name) === currencyName(chain));
	return own.length === 1 ? textOf(own[0]?.[1]) : undefined;
}

function decimalOf(text: string | undefined): Decimal | undefined {
	const amount = parseDecimal(withoutExponent(text ?? ''));
	return amount && amount.units >= 0n ? amount : undefined;
}

/** `0.5%` as 0.005. Whether a number without the sign is a percentage is not documented, so only 0 is read then. */
function shareOf(text: string | undefined): Decimal | undefined {
	const share = decimalOf(text?.replace(/%$/, ''));
	if (!share) return undefined;
	return text?.endsWith('%') || share.units === 0n ? { ...share, scale: share.scale + 2 } : undefined;
}

function bearingOf({ fromAmount }: Fee, { values }: Line): Bearing {
	if (!fromAmount) return 'notDocumented';
	const chosen = values[fromAmount.member];
	const text = typeof chosen === 'boolean' ? String(chosen) : (textAt(values, fromAmount.member) ?? '');
	return fromAmount.values.includes(text) ? 'fromAmount' : 'onTop';
}
