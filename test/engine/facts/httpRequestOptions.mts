import type { IRequestOptions } from 'n8n-workflow';

/** The options that n8n's HTTP Request node (V3, version 4.4) always passes for a predefined credential. */
export const always: IRequestOptions = {
	headers: { accept: 'application/json,text/html,*/*;q=0.7' },
	method: 'POST',
	gzip: true,
	rejectUnauthorized: true,
	followRedirect: true,
	followAllRedirects: true,
	maxRedirects: undefined,
	resolveWithFullResponse: true,
	sendCredentialsOnCrossOriginRedirect: false,
	timeout: 300_000,
	encoding: null,
	json: false,
	useStream: true,
};
