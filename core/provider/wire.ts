import type { WritableObject } from '../exact/json';

/** How a request travels, where that is not the usual way: JSON in the body, or the query of a GET or DELETE. */
export interface Wire {
	/** How the parameters travel in the body. The default is JSON. `none` marks a call without a body. */
	encoding?: 'multipart' | 'form' | 'none';
	/** Where the parameters go, if not to the method's usual place. */
	parametersIn?: 'query' | 'body';
	/** Names in the request that a field in n8n cannot have, e.g. names with brackets. */
	sentAs?: Record<string, string>;
	/**
	 * Fields that travel inside an object of the JSON body (`env`), or inside a list with one object (`channels[]`).
	 */
	within?: Readonly<Record<string, string>>;
	/** The field whose value is the whole JSON body, e.g. a bare list. */
	bodyOf?: string;
	/** Values that the documentation fixes for this call, e.g. `type: 'BUY'`. */
	constants?: WritableObject;
	/** Path parameters that the credential fills when the user does not. */
	fromAccount?: Readonly<Record<string, AccountParameter>>;
	/** Headers that this call needs in addition to the signed ones. */
	accountHeaders?: Readonly<Record<string, AccountParameter>>;
	/** The call needs no authentication. It is sent without the session of a login. */
	public?: true;
}

/** The name of a value in the account's `parameters`, and what a person calls it. */
export interface AccountParameter {
	parameter: string;
	label: string;
}
