import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The executions that n8n has in its SQLite file, read beside n8n: pruned ones are still counted. */
export interface Stored {
	/** How many executions of a workflow began with the order; -1 takes those that n8n has marked as crashed only. */
	count(workflow: string, order: string): number;
	/** Reads what is new. */
	read(): void;
	/** Deletes the rows of all executions that were read, as n8n's pruning does. n8n must be stopped. */
	prune(): number;
	/** How many executions began and were cut off by a kill: n8n shows them as crashed. */
	crashed(): number;
}

interface Row {
	id: number;
	workflowId: string;
	status: string;
	data: string;
}

/** @param isOrder the ids of the orders that change, as the data of an execution has them */
export function storedIn(userFolder: string, isOrder: RegExp): Stored {
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const seen = new Map<number, { workflowId: string; orders: ReadonlySet<string> }>();
	const crashes = new Set<number>();
	const open = (readOnly: boolean) => {
		if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
		const database = new DatabaseSync(file, { readOnly });
		database.exec('PRAGMA busy_timeout = 20000');
		return database;
	};
	const read = () => {
		const database = open(true);
		try {
			const rows = database
				.prepare(
					`SELECT e.id, e.workflowId, e.status, d.data FROM execution_entity e JOIN execution_data d ON d.executionId = e.id WHERE e.mode = 'trigger'`,
				)
				.all() as unknown as Row[];
			for (const { id, workflowId, status, data } of rows) {
				if (status === 'crashed') crashes.add(id);
				if (!seen.has(id)) seen.set(id, { workflowId, orders: new Set(data.match(isOrder) ?? []) });
			}
		} finally {
			database.close();
		}
	};
	return {
		read,
		count: (workflow, order) =>
			[...seen.values()].filter(({ workflowId, orders }) => workflowId === workflow && orders.has(order))
				.length,
		crashed: () => crashes.size,
		prune: () => {
			read();
			const database = open(false);
			try {
				database.exec('PRAGMA foreign_keys = ON');
				// The newest row stays: SQLite could give its id again.
				const { changes } = database
					.prepare('DELETE FROM execution_entity WHERE id < (SELECT MAX(id) FROM execution_entity)')
					.run();
				return Number(changes);
			} finally {
				database.close();
			}
		},
	};
}
