import type { Provider } from '../provider/provider';

/**
 * The line under a node's name, e.g. `Payout: Create`. Messages and documentation use the same name for the
 * operation. n8n gives an expression only the values of the two selectors, so the expression contains the names.
 */
export function subtitle({ resources }: Pick<Provider, 'resources'>): string {
	const names = resources.flatMap(({ name, value, operations }) =>
		operations.map((operation) => [`${value}.${operation.value}`, `${name}: ${operation.name}`]),
	);
	const table = JSON.stringify(Object.fromEntries(names));
	return `={{ (${table})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
}
