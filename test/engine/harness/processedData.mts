import './n8nCore.mts';
import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import {
	UnexpectedError,
	type DeduplicationItemTypes,
	type DeduplicationScope,
	type ICheckProcessedContextData,
	type IDataDeduplicator,
	type IDeduplicationOutput,
} from 'n8n-workflow';

/** n8n's table `processed_data`: workflow and context -> hashes of the entries. */
const rows = new Map<string, string[]>();

let isDown = false;

/** The ID of a workflow that the editor has not saved: n8n's database knows no such workflow. */
export const UNSAVED = 'unsaved';

/** As after the installation: no execution before this one has recorded anything. */
export function forgetProcessedData(): void {
	rows.clear();
	isDown = false;
}

/** n8n's database does not answer any more, or again. */
export function stopDatabase(isStopped = true): void {
	isDown = isStopped;
}

export function processedRows(): string[] {
	return [...rows.keys()];
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (!workflow.id) throw new UnexpectedError('The expression evaluated to a falsy value');
	if (scope === 'node' && !node) throw new UnexpectedError('No node information has been provided');
	return `${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;
}

function hashOf(value: DeduplicationItemTypes): string {
	return createHash('md5').update(value.toString()).digest('base64');
}

/** As long as a database takes: others come in between. */
async function database<Result>(work: () => Result): Promise<Result> {
	await new Promise((resolve) => setImmediate(resolve));
	if (isDown) throw new UnexpectedError('The database does not answer');
	return work();
}

/**
 * Like n8n's own in packages/cli: the row is read, then written, without a lock in between; the primary key refuses the
 * second row.
 */
const deduplicator: IDataDeduplicator = {
	async checkProcessedAndRecord(items, scope, context, options): Promise<IDeduplicationOutput> {
		if (options.mode !== 'entries') throw new UnexpectedError('The harness knows entries only');
		const key = keyOf(scope, context);
		const found = await database(() => rows.get(key)?.slice());
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) output[found?.includes(hashOf(item)) ? 'processed' : 'new'].push(item);
		const kept = [...(found ?? []), ...output.new.map(hashOf)];
		await database(() => {
			if (context.workflow.id === UNSAVED)
				throw new UnexpectedError('SQLITE_CONSTRAINT: FOREIGN KEY constraint failed');
			if (!found && rows.has(key)) throw new UnexpectedError('UNIQUE constraint failed: processed_data');
			rows.set(key, options.maxEntries ? kept.slice(-options.maxEntries) : kept);
		});
		return output;
	},
	async removeProcessed(items, scope, context): Promise<void> {
		const key = keyOf(scope, context);
		const removed = items.map(hashOf);
		await database(() =>
			rows.set(
				key,
				(rows.get(key) ?? []).filter((one) => !removed.includes(one)),
			),
		);
	},
	async clearAllProcessedItems(scope, context): Promise<void> {
		const key = keyOf(scope, context);
		await database(() => rows.delete(key));
	},
	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		const key = keyOf(scope, context);
		return await database(() => rows.get(key)?.length ?? 0);
	},
};

void DataDeduplicationService.init(deduplicator);

if (typeof beforeEach === 'function') beforeEach(forgetProcessedData);
