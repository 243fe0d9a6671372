import type { Provider } from '../provider/provider';

/**
 * The line under a node's name, e.g. `Payout: Create`, as messages and documentation call the operation. n8n gives an
 * expression the values of the two selectors only, so the names are looked up in it.
 */
export function subtitle({ resources }: Pick<Provider, 'resources'>): string {
	const names = resources.flatMap(({ name, value, operations }) =>
		operations.map((operation) => [`${value}.${operation.value}`, `${name}: ${operation.name}`]),
	);
	const table = JSON.stringify(Object.fromEntries(names));
	return `={{ (${table})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
}
