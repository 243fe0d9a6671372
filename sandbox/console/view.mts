import { labelled } from '../accountLabels.mts';
import type { RunningProvider } from '../runningProvider.mts';

const SHOWN = 50;
/** How much of a body the page gets. With whole uploads every poll would be megabytes long. */
const SHOWN_BODY = 2000;

function latest<Item>(items: Item[]): Item[] {
	return items.slice(-SHOWN).reverse();
}

/** What the console page, and people with curl, see of one provider. */
export function describe(provider: RunningProvider) {
	const { name, title, url, isListening, account, callbackUrl, brokenAddresses, operations, books } =
		provider;
	return {
		name,
		title,
		url,
		isListening,
		account,
		credential: labelled(Object(account)),
		callbackUrl: callbackUrl ?? null,
		brokenAddresses,
		operations,
		tables: provider.tables(),
		state: provider.state,
		deliveries: latest(provider.deliveries),
		requests: latest(provider.requests).map(({ rawBody, headers, body, ...shown }) => ({
			...shown,
			body: body.slice(0, SHOWN_BODY),
			size: rawBody.length,
			contentType: headers['content-type'] ?? '',
		})),
		appliedPerReference: books.appliedPerReference(),
	};
}
