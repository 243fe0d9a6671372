import type { Parameter, Schema } from './document.mts';

export type Encoding = 'json' | 'form' | 'multipart';

/** One call, with all that its row is made of. */
export interface Endpoint {
	id: string;
	method: string;
	/** From the host's root, with the path of the server in front. */
	path: string;
	tag: string;
	summary: string | undefined;
	docs: string;
	parameters: Parameter[];
	body: Schema | undefined;
	encoding: Encoding | undefined;
}
