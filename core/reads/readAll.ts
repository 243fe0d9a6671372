import type { INodeExecutionData } from 'n8n-workflow';
import { breathing } from '../clock';
import type { Json } from '../exact/json';
import { apiError, failedItem } from '../items/failure';
import { unread } from '../items/messages';
import { fileItem, type OutputForm, readItems } from '../items/output';
import type { CheckedItem, Prepared } from '../items/prepare';
import { type Run, runOf } from '../items/run';
import { readFrom } from '../wire/asking';
import { readPages } from '../wire/pages';
import type { Reading } from '../wire/reading';
import type { WireRequest } from '../wire/request';
import { allInSlots } from '../wire/slots';

/**
 * Reads all items, as many at once as the provider allows. The results keep the order of the items. If one item fails
 * the node, the items that have not begun are not read.
 */
export async function readAll(run: Run, prepared: readonly CheckedItem[]): Promise<INodeExecutionData[]> {
	// The reads that wait in the pace of the account must not begin after one item has failed the node.
	const stop = stopOf(run);
	const reading = { ...run, stop: stop.signal };
	const read = async (one: CheckedItem) =>
		'failed' in one ? [one.failed] : await readOne(runOf(reading, one), one);
	try {
		return (await allInSlots(run.provider.parallelReads, prepared, read)).flat();
	} finally {
		stop.abort();
	}
}

/** Aborted when the execution is canceled, and by the caller when the reads of the run are over. */
export function stopOf({ stop: canceled }: Run): AbortController {
	const stop = new AbortController();
	if (canceled?.aborted) stop.abort();
	canceled?.addEventListener('abort', () => stop.abort(), { signal: stop.signal });
	return stop;
}

async function readOne(run: Run, prepared: Prepared): Promise<INodeExecutionData[]> {
	const { operation } = run;
	const { item, form } = prepared;
	const ask = (request: WireRequest) =>
		readFrom({ ...run, isOneOfMany: true }, operation, request, prepared.timeout);
	const { rows, reading } =
		'list' in operation.returns
			? await readPages(operation, prepared.limit, (page) => ask(prepared.withValues(page)))
			: await readWhole(() => ask(prepared.request));
	if (!reading) return await rowItems(run, rows, form, item);

	return [unreadItem(run, prepared, reading)];
}

/**
 * The item for a payment that could not be read.
 * @throws NodeApiError without Continue On Fail
 */
export function unreadItem(
	{ node, provider, operation, account }: Run,
	{ item, reference }: Prepared,
	reading: Exclude<Reading, { state: 'read' }>,
): INodeExecutionData {
	const code = reading.state === 'refused' ? reading.code : undefined;
	const subject = { provider, operation, reference, account, item };
	const told = unread(reading, subject);
	if (node.continueOnFail()) return failedItem(node, told, { code }, item);
	throw apiError(node, told);
}

async function readWhole(ask: () => Promise<Reading>): ReturnType<typeof readPages> {
	const reading = await ask();
	return reading.state === 'read' ? { rows: [reading.data] } : { rows: [], reading };
}

async function rowItems({ node, provider, operation }: Run, rows: Json[], form: OutputForm, item: number) {
	const { returns } = operation;
	if (!('file' in returns)) {
		const items: INodeExecutionData[] = [];
		const breathe = breathing();
		for (const row of rows) {
			await breathe();
			items.push(...readItems(provider, operation, row, form, item));
		}
		return items;
	}
	return await Promise.all(rows.map((row) => fileItem(node, row, returns.file, item)));
}
