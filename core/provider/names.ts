import { findOperation, type Operation } from './operation';
import type { Provider } from './provider';

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
