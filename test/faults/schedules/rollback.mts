import { isRecord } from '../../../core/exact/json.ts';
import type { Answer, ReceivedRequest } from '../../../sandbox/index.mts';

/** What of a provider can be taken back. */
interface Keeper {
	readonly state: unknown;
	readonly books: { appliedEvents: unknown[] };
}

/** The provider's records as they are now; the returned function puts them back. */
export function remembered({ state, books }: Keeper): () => void {
	if (!isRecord(state)) throw new Error('The provider has no records');
	const records = structuredClone(state);
	const events = [...books.appliedEvents];
	return () => {
		for (const name of Object.keys(state)) if (!(name in records)) Reflect.deleteProperty(state, name);
		Object.assign(state, structuredClone(records));
		books.appliedEvents.splice(0, books.appliedEvents.length, ...events);
	};
}

/** The answer that a request would have, without anything being carried out. */
export async function pretended(
	keeper: Keeper,
	request: ReceivedRequest,
	serve: () => Promise<Answer>,
): Promise<Answer> {
	const putBack = remembered(keeper);
	const answer = await serve();
	putBack();
	request.verdict = { kind: 'unread' };
	return { ...answer, verdict: request.verdict };
}

/** Answers as the provider would have answered then. */
export function asThen(keeper: Keeper): (serve: () => Promise<Answer>) => Promise<Answer> {
	const goBack = remembered(keeper);
	return async (serve) => {
		const comeBack = remembered(keeper);
		goBack();
		const answer = await serve();
		comeBack();
		return answer;
	};
}
