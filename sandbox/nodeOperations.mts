import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Contract } from './contract.mts';

/** What the nodes call a request, and whether it is more than a read. `npm run docs:operations` writes the file. */
interface NodeOperation {
	/** e.g. `Payout: Create` and `Payout: Create Many`, which make the same request. */
	names: string[];
	changes: boolean;
}

type Requests = Readonly<Record<string, NodeOperation>>;

let read: Readonly<Record<string, Requests>> | undefined;

function requestsOf(provider: string): Requests {
	read ??= JSON.parse(readFileSync(join(import.meta.dirname, 'nodeOperations.json'), 'utf8'));
	return read?.[provider] ?? {};
}

/** The operations of a provider's contract as its node knows them, by their operationId. */
export class NodeOperations {
	readonly #byId = new Map<string, NodeOperation>();

	constructor(provider: string, contract: Contract) {
		const requests = requestsOf(provider);
		for (const id of contract.operations) {
			const { method, path } = contract.route(id);
			const found = requests[`${method} ${path}`];
			if (found) this.#byId.set(id, found);
		}
	}

	/** e.g. `Payout: Create, Create Many`. An operation that no node has keeps its operationId. */
	nameOf(id: string): string {
		const names = this.#byId.get(id)?.names ?? [];
		const resources = [...new Set(names.map((name) => name.split(': ')[0]))];
		const told = resources.map((resource) => {
			const own = names.filter((name) => name.startsWith(`${resource}: `));
			return `${resource}: ${own.map((name) => name.slice(`${resource}: `.length)).join(', ')}`;
		});
		return told.length === 0 ? id : told.join('; ');
	}

	changes(id: string | undefined): boolean {
		return id !== undefined && this.#byId.get(id)?.changes === true;
	}
}
