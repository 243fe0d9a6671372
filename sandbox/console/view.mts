import { labelled } from '../accountLabels.mts';
import type { Books } from '../books.mts';
import type { RunningProvider } from '../runningProvider.mts';

const SHOWN = 50;
/** How much of a body the page gets. With whole uploads every poll would be megabytes long. */
const SHOWN_BODY = 2000;

function latest<Item>(items: Item[]): Item[] {
	return items.slice(-SHOWN).reverse();
}

/** Every reference in the books. That of a line comes before that of its batch. */
function referencesIn({ entries }: Books): string[] {
	return [...entries.flatMap(({ line }) => line ?? []), ...entries.map(({ reference }) => reference)];
}

/** Which payment a notification is about: the first reference of the books that is one of its values. */
function referenceOf(body: string, known: string[]): string | undefined {
	const values = new Set(body.match(/[^\s"'\\:,&={}[\]]+/g));
	return known.find((reference) => values.has(reference));
}

/** What the console page, and people with curl, see of one provider. */
export function describe(provider: RunningProvider) {
	const { name, title, url, isListening, account, callbackUrl, brokenAddresses, operations, books } =
		provider;
	const { nodeOperations } = provider;
	const known = referencesIn(books);
	return {
		name,
		title,
		url,
		isListening,
		account,
		credential: labelled(Object(account)),
		callbackUrl: callbackUrl ?? null,
		brokenAddresses,
		operations: operations.map((id) => ({ id, name: nodeOperations.nameOf(id) })),
		tables: provider.tables(),
		state: provider.state,
		deliveries: latest(provider.deliveries).map((delivery) => ({
			...delivery,
			reference: referenceOf(delivery.body, known) ?? '',
		})),
		requests: latest(provider.requests).map(({ rawBody, headers, body, ...shown }) => ({
			...shown,
			name: shown.operation && nodeOperations.nameOf(shown.operation),
			body: body.slice(0, SHOWN_BODY),
			size: rawBody.length,
			contentType: headers['content-type'] ?? '',
		})),
		appliedPerReference: books.appliedPerReference(),
	};
}
