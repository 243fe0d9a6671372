import type { Json, WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import { readAbout } from '../wire/asking';
import { readPages } from '../wire/pages';
import type { SendingRun } from './attempts';
import { LOOKUP_TIMEOUT_MS } from './protocol';

/** The most rows of a list of balances or fees that are read. */
const MAX_LIST_ROWS = 10_000;

/** The rows of a list for a preview, or why they are not all known. */
export async function wholeList(
	run: SendingRun,
	list: Operation,
	parameters: WritableObject = {},
): Promise<readonly Json[] | string> {
	const { rows, reading, short } = await readPages(list, MAX_LIST_ROWS, (page) =>
		readAbout(run, list, { ...parameters, ...page }, LOOKUP_TIMEOUT_MS),
	);
	return reading?.reason ?? short ?? rows;
}
