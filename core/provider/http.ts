import type { Method } from './operation';

export interface HttpAnswer {
	status: number;
	headers: Readonly<Record<string, string>>;
	text: string;
}

/** What of a request goes on the wire. */
export interface Sendable {
	method: Method;
	url: string;
	headers: Record<string, string>;
	body?: Buffer;
}

export type Transmission =
	| { state: 'answered'; answer: HttpAnswer }
	/** Provably not received by the provider: no connection was made, or there was nothing to sign it with. */
	| { state: 'never-sent'; reason: string; nextStep?: string }
	/** Sent, or perhaps sent, and no whole answer came back. */
	| { state: 'no-answer'; reason: string; tooLarge?: true };
