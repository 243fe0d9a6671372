import type { CatalogueEntry } from '../../index.ts';

interface NodeOperation {
	names: string[];
	changes: boolean;
}

/**
 * The text of sandbox/nodeOperations.json: what the nodes call each request, and whether it is more than a read. The sandbox
 * imports nothing of the nodes, so it reads this file.
 */
export function sandboxNames(providers: CatalogueEntry[]): string {
	const all = providers.map(({ name, operations }) => [name, requestsOf(operations)]);
	return JSON.stringify(Object.fromEntries(all));
}

function requestsOf(operations: CatalogueEntry['operations']): Record<string, NodeOperation> {
	const found: Record<string, NodeOperation> = {};
	for (const { request, onBehalfOf, title, effect } of operations) {
		const [method = ''] = request.split(' ');
		const lines = onBehalfOf === undefined ? [request] : [request, `${method} ${onBehalfOf}`];
		for (const line of lines) {
			const one = (found[line] ??= { names: [], changes: false });
			one.names.push(title);
			one.changes ||= effect !== 'read';
		}
	}
	return found;
}
