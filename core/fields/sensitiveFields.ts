import type { Provider } from '../provider/provider';

/**
 * The members of an output that are worth money to whoever reads them, e.g. the key of a gift card. An n8n that knows
 * the list hides them in the view of an execution; the next node still gets them. n8n 2.41 does not read it yet.
 */
export function sensitiveFields({ resources }: Provider): string[] {
	const names = resources.flatMap(({ operations }) =>
		operations.flatMap(({ once: { unkept = [] } = {} }) => unkept),
	);
	// An answer stands in the item itself, or under `data` beside the outcome of what was sent.
	return [...new Set(names)].flatMap((name) => [name, `data.${name}`]);
}
