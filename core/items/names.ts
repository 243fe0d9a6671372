import { findOperation, type Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';

/** The name of an operation for a person, e.g. `Payout: Get Many`. Undefined where there is no such row. */
export function operationName(provider: Provider, name: string): string | undefined {
	const operation = findOperation(provider.resources, name);
	return operation && subjectName({ provider, operation, reference: undefined });
}

/** The name of a call, e.g. Payout: Create `p_1`. */
export function subjectName({
	provider,
	operation,
	reference,
}: {
	provider: Provider;
	operation: Operation;
	reference: string | undefined;
}): string {
	const resource = provider.resources.find(({ operations }) => operations.includes(operation));
	const title = resource ? `${resource.name}: ${operation.name}` : operation.name;
	return reference === undefined ? title : `${title} \`${reference}\``;
}

/** Names items, e.g. `item 3` or `items 1 to 50`. The arguments count from 0, the text from 1. */
export function itemNames(first: number, last: number = first): string {
	return first === last ? `item ${first + 1}` : `items ${first + 1} to ${last + 1}`;
}
