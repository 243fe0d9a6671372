import { addressOf } from '../sandbox/addresses.mts';

/** Counts by address on TRON, as the books keep them, with the names of recipients in place of their addresses. */
export function byName(
	counts: Readonly<Record<string, number>>,
	names: readonly string[],
): Record<string, number> {
	const found = new Map(names.map((name) => [addressOf('TRX', name), name]));
	return Object.fromEntries(
		Object.entries(counts).map(([address, count]) => [found.get(address) ?? address, count]),
	);
}
