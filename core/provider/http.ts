import type { Method } from './operation';

export interface HttpAnswer {
	status: number;
	headers: Readonly<Record<string, string>>;
	text: string;
}

/** The parts of a request that go on the wire. */
export interface Sendable {
	method: Method;
	url: string;
	headers: Record<string, string>;
	body?: Buffer;
}

export type Transmission =
	| { state: 'answered'; answer: HttpAnswer }
	/** The provider provably did not receive it: no connection was made, or the request could not be signed. */
	| { state: 'never-sent'; reason: string; nextStep?: string }
	/** It was sent, or perhaps sent, and no whole answer came back. */
	| { state: 'no-answer'; reason: string; tooLarge?: true };
