import type { INodeExecutionData } from 'n8n-workflow';
import { apiError, failedItem } from './failure';
import type { Json } from './json';
import { unread } from './messages';
import { fileItem, readItems, type OutputForm } from './output';
import type { Checked, Prepared } from './prepare';
import { readPages, type Reading } from './reading';
import type { WireRequest } from './request';
import { readFrom, type Run } from './run';

/** Reads all items, as many at once as the provider allows; the items that come out keep the order. */
export async function readAll(run: Run, prepared: readonly Checked[]): Promise<INodeExecutionData[]> {
	const results = new Array<INodeExecutionData[]>(prepared.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < prepared.length; index = next++) {
			const one = prepared[index];
			if (one) results[index] = 'failed' in one ? [one.failed] : await readOne(run, one);
		}
	};
	const workers = Math.min(run.provider.parallelReads, prepared.length);
	await Promise.all(Array.from({ length: workers }, worker));
	return results.flat();
}

async function readOne(run: Run, prepared: Prepared): Promise<INodeExecutionData[]> {
	const { node, provider, operation, account } = run;
	const { item, form, reference } = prepared;
	const ask = (request: WireRequest) => readFrom(run, operation, request, prepared.timeout);
	const { rows, reading } =
		'list' in operation.returns
			? await readPages(operation, prepared.limit, (page) => ask(prepared.withValues(page)))
			: await readWhole(() => ask(prepared.request));
	if (!reading) return await rowItems(run, rows, form, item);

	const code = reading.state === 'refused' ? reading.code : undefined;
	const told = unread(
		reading.reason,
		{ provider, operation, reference, account, item },
		code,
		reading.nextStep,
	);
	if (node.continueOnFail()) return [failedItem(node, told, { code }, item)];
	throw apiError(node, told, item);
}

async function readWhole(ask: () => Promise<Reading>): ReturnType<typeof readPages> {
	const reading = await ask();
	return reading.state === 'read' ? { rows: [reading.data] } : { rows: [], reading };
}

async function rowItems({ node, provider, operation }: Run, rows: Json[], form: OutputForm, item: number) {
	const { returns } = operation;
	if (!('file' in returns)) return rows.flatMap((row) => readItems(provider, operation, row, form, item));
	return await Promise.all(rows.map((row) => fileItem(node, row, returns.file, item)));
}
