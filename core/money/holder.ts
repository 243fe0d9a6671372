import { at, isObject, isWritableObject, type Json, textOf, type WritableObject } from '../exact/json';
import { operationName } from '../provider/names';
import type { Outcome } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import { findOperation } from '../provider/operation';
import { readAbout } from '../wire/asking';
import { eachPage } from '../wire/pages';
import type { SendingRun } from './attempts';
import { LOOKUP_TIMEOUT_MS, type Found } from './protocol';

/** The most lines that are searched. The newest come first. */
const MAX_SEARCHED_LINES = 2000;

/**
 * Finds the other batch when a batch was refused because that one already has the ID of one of its lines. No lookup
 * will ever find the refused batch. The other batch may be the same payment under another reference, so a person has
 * to look, and the message names that batch.
 * @param find asks for this batch by its reference
 */
export async function heldElsewhere(
	run: SendingRun,
	prepared: Prepared,
	outcome: Outcome,
	find: () => Promise<Found>,
): Promise<Outcome> {
	const { operation, provider } = run;
	const holder = operation.once?.holder;
	if (!holder || outcome.state !== 'unknown' || outcome.code !== holder.code || run.stop?.aborted)
		return outcome;
	const held = await holderOf(run, prepared);
	if (!held || (await find()).state !== 'absent') return outcome;
	const get = operationName(provider, operation.lookup?.operation ?? '') ?? '';
	return {
		state: 'unknown',
		code: 'reference_in_use',
		reason: `it was refused, because ${holder.label} \`${held.line}\` belongs to \`${held.batch}\` already`,
		nextStep: `Look at \`${held.batch}\` with ${get}: if it is this payment, nothing is left to do. If it is another one, give each line an ID that is unique in all runs, e.g. with the month in it, and run again under a new reference`,
	};
}

/** A line of the request whose ID belongs to another batch. */
async function holderOf(
	run: SendingRun,
	prepared: Prepared,
): Promise<{ line: string; batch: string } | undefined> {
	const { provider, operation } = run;
	const holder = operation.once?.holder;
	const asking = findOperation(provider.resources, holder?.operation ?? '');
	if (!holder || !asking) return undefined;
	const ids = new Set(lineIds(prepared, holder.line));
	const ask = (page: WritableObject) => readAbout(run, asking, page, LOOKUP_TIMEOUT_MS);
	const seen: { rows: number; found?: Json } = { rows: 0 };
	await eachPage(asking, MAX_SEARCHED_LINES, ask, (rows) => {
		seen.rows += rows.length;
		const found = rows.find(
			(row) =>
				ids.has(textOf(at(row, holder.line)) ?? '') && textOf(at(row, holder.batch)) !== prepared.reference,
		);
		if (found !== undefined) seen.found = found;
		return found !== undefined || seen.rows >= MAX_SEARCHED_LINES;
	});
	const [line, batch] = [textOf(at(seen.found, holder.line)), textOf(at(seen.found, holder.batch))];
	return line === undefined || batch === undefined || !isObject(seen.found) ? undefined : { line, batch };
}

function lineIds({ request }: Prepared, name: string): string[] {
	const lists = Object.values(request.values).filter((value) => Array.isArray(value));
	return lists
		.flat()
		.filter(isWritableObject)
		.map((line) => String(line[name]));
}
