import { isObject, textOf, type Json, type JsonObject } from '../../core/exact/json';

/**
 * A coin with its networks as `{ iso, name, icon, networks: [{ id, name }] }`. The page's table and its sample use
 * different names for the members of a network, so both are read.
 */
export function coin(row: Json): Json {
	if (!isObject(row)) return row;
	const networks = [row.networks, row.data].find(Array.isArray) ?? [];
	return {
		// The table does not document the coin's code.
		...member('iso', row.iso3, row.iso, row.name),
		...member('name', row.name),
		...member('icon', row.icon),
		networks: networks.filter(isObject).map((network) => ({
			...member('id', network.network_id, network.network),
			...member('name', network.network_iso, network.network_name),
		})),
	};
}

/** Names the first value that is a text or a number. */
function member(name: string, ...values: Array<Json | undefined>): JsonObject {
	const value = values.find((candidate) => textOf(candidate) !== undefined);
	return value === undefined ? {} : { [name]: value };
}
