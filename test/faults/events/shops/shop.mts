import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Delivery, WebhookTrigger } from '../../../../core/events/webhook.ts';
import type { Watch } from '../../../../core/events/watching.ts';
import type { Provider } from '../../../../core/provider/provider.ts';

/** A state of an object at the provider, in its own word, and since when: unix milliseconds. */
export interface State {
	word: string;
	at: number;
}

/** The provider's books at the moment: what it would answer. Objects that are not made yet are not in it. */
export type Books = ReadonlyMap<string, State>;

export interface Answer {
	status?: number;
	body: string;
}

/** The parts of the package that are played. */
export interface Product {
	provider: Provider;
	trigger?: WebhookTrigger;
	watches: Readonly<Record<string, Watch>>;
}

/**
 * A provider as it is seen from its own side: written by its pages, with nothing of the package but what is played.
 * Names of objects are `1`, `2`, ...: the later one is made later.
 */
export interface Shop {
	name: string;
	product: Product;
	credentials: ICredentialDataDecryptedObject;
	watch: string;
	/** Whether objects are asked for one by one. */
	isNamed: boolean;
	/** What a polling trigger has in its references. */
	references(objects: readonly string[]): string;
	/** The words of its states, and what each of them means. */
	words: Readonly<Record<string, string>>;
	/** Whether the provider notifies of the state. */
	isAnnounced(word: string): boolean;
	notification?(object: string, state: State, how: { isSigned: boolean }): Delivery;
	/** The objects that a request asks for; [] where it is no question, e.g. a login. */
	asked(request: IHttpRequestOptions, objects: readonly string[]): readonly string[];
	/** The answer, by the books. */
	answer(request: IHttpRequestOptions, books: Books): Answer;
	/** Answers that say nothing about what was asked for. */
	rubbish: readonly string[];
	/** Two states are one change where this is equal. */
	changeOf(state: State): string;
	/** Whether all objects are made in one call, so that none comes later. */
	isMadeAtOnce?: boolean;
	/** Whether the trigger asks before it believes, unless that is switched off. */
	isConfirmed: boolean;
	/** Whether a notification may come without a proof: it is asked about in any case. */
	hasHints?: boolean;
	/** Whether every answer tells when the object was changed. */
	isTimed: boolean;
	/** The answer to a notification whose event was stored, and to another one. */
	acknowledgement(state: State | undefined): unknown;
	/** Which object an item is about, and the provider's word in it. */
	objectOf(item: IDataObject): string;
	wordOf(item: IDataObject): string;
}

export const iso = (time: number) => new Date(time).toISOString();
export const wall = (time: number) => iso(time).slice(0, 19).replace('T', ' ');
/** In whole seconds, as these providers count. */
export const seconds = (time: number) => Math.floor(time / 1000);
export const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });
export const HTML = '<html><body>Bad gateway</body></html>';
