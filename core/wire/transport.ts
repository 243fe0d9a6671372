import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	RequestHelperFunctions,
} from 'n8n-workflow';
import { clock, unlessStopped } from '../clock';
import { isRecord } from '../exact/json';
import type { Sendable, Transmission } from '../provider/http';
import { discard, MAX_ANSWER_BYTES, readText } from './answerBody';
import { markOwn } from './foreignRequest';

/** Every n8n context that can send signed requests. */
export interface Sender {
	helpers: Pick<RequestHelperFunctions, 'httpRequest' | 'httpRequestWithAuthentication'>;
}

/** What signs a request: a type of credential, and the values of an item's own account. */
export interface Signing {
	type: string;
	data?: ICredentialDataDecryptedObject | undefined;
}

/**
 * Sends one request once, exactly as it is. The credential signs it. Only this file calls n8n's HTTP helpers. Never
 * throws: the result says what happened.
 * @param credential its type, and its values where n8n would read other ones itself
 * @param timeout in milliseconds
 * @param stop the signal of the execution; it ends the request, and prevents one that has not begun
 */
export async function transmit(
	sender: Sender,
	{ type, data }: Signing,
	request: Sendable,
	timeout: number,
	stop?: AbortSignal,
): Promise<Transmission> {
	const decrypted = data ? { credentialsDecrypted: { id: '', name: '', type, data } } : undefined;
	// The helper needs the whole context as `this`. Every context that has helpers is such a context.
	const context = sender as IExecuteFunctions;
	return await exchange(request, { timeout, stop }, (options) =>
		sender.helpers.httpRequestWithAuthentication.call(context, type, markOwn(options), decrypted),
	);
}

/** Sends without the credential: public calls, logins, and calls with the header that a login gave. */
export async function transmitPlain(
	{ helpers }: IHttpRequestHelper,
	request: Sendable,
	timeout: number,
	stop?: AbortSignal,
): Promise<Transmission> {
	return await exchange(request, { timeout, stop }, (options) => helpers.httpRequest(options));
}

/** What a credential does with the options of a request before it is sent. */
export type Authenticate = (
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * The context of a credential's test, as a sender like any other. There n8n signs nothing itself and offers only its
 * older request helper.
 */
export function testSender(
	{ helpers }: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	authenticate: Authenticate,
): Sender {
	const httpRequest = async ({
		method,
		url,
		headers,
		body,
		timeout,
	}: IHttpRequestOptions): Promise<unknown> =>
		await helpers.request({
			method,
			uri: url,
			headers,
			body,
			timeout,
			useStream: true,
			resolveWithFullResponse: true,
			// A refusal is an answer too, and a redirect would take the signature to another host.
			simple: false,
			followRedirect: false,
			followAllRedirects: false,
		});
	return {
		helpers: {
			httpRequest,
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await httpRequest(await authenticate(credentials, options)),
		},
	};
}

/** How many milliseconds to wait for an answer, and the signal that ends the wait early. */
interface Patience {
	timeout: number;
	stop: AbortSignal | undefined;
}

async function exchange(
	request: Sendable,
	patience: Patience,
	send: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<Transmission> {
	const { timeout, stop } = patience;
	if (stop?.aborted) return { state: 'never-sent', reason: CANCELED };
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: request.headers,
		// A Buffer is sent byte for byte. n8n would serialise an object after the signature was made.
		...(request.body ? { body: request.body } : {}),
		// n8n parses JSON into rounded numbers and reads text without a limit. A stream is exact and can be cut off.
		encoding: 'stream',
		returnFullResponse: true,
		// Without this, n8n repeats every request after a 401 and signs it anew. To the provider, that is a second
		// payout.
		ignoreHttpStatusErrors: true,
		// A redirect would send the signed body again, perhaps to another host.
		disableFollowRedirect: true,
		timeout,
		// n8n sets the signal itself only where the credential signs.
		...(stop ? { abortSignal: stop } : {}),
	};
	return await within(patience, async (cut) => {
		let response: unknown;
		try {
			response = await send(options);
		} catch (cause) {
			return explain(cause, timeout);
		}
		return await readResponse(response, cut);
	});
}

/**
 * The reason text for Stop, the Execution Timeout and a shutdown of n8n. n8n treats an execution as canceled if its
 * message contains the word canceled.
 */
export const CANCELED = 'the execution was canceled';

const CANCELED_UNDER_WAY: Transmission = {
	state: 'no-answer',
	reason: 'the execution was canceled before the answer came',
};

/**
 * The reason for the end of the wait. One object serves all requests, because each new exception would build a stack.
 */
const OVER = new Error('The answer has come');

// n8n's time-out starts anew with every byte of the body, and a node cannot give n8n an abort signal. So an answer
// that arrives in drops would never end.
async function within(
	{ timeout, stop }: Patience,
	work: (cut: AbortSignal) => Promise<Transmission>,
): Promise<Transmission> {
	const waiting = new AbortController();
	const cut = new AbortController();
	const late = clock.deadline(timeout, waiting.signal).then(
		(): Transmission => ({ state: 'no-answer', reason: 'no whole answer came in time' }),
		() => new Promise<never>(() => undefined),
	);
	const answered = work(cut.signal);
	try {
		const first = await unlessStopped(Promise.race([answered, late]), stop);
		return first ?? CANCELED_UNDER_WAY;
	} finally {
		waiting.abort(OVER);
		// Nobody reads what arrives now. If the answer is complete, this changes nothing.
		cut.abort();
	}
}

/** Never throws. The request was sent, so an answer that breaks off does not count as a refusal. */
async function readResponse(response: unknown, stop: AbortSignal): Promise<Transmission> {
	if (!isRecord(response) || typeof response.statusCode !== 'number') {
		return { state: 'no-answer', reason: 'the answer could not be read' };
	}
	if (stop.aborted) discard(response.body);
	let text: string | undefined;
	try {
		text = await readText(response.body, stop);
	} catch (cause) {
		return brokenOff(innermost(cause).code);
	}
	if (text === undefined) {
		const most = `${MAX_ANSWER_BYTES / 1_000_000} MB`;
		return {
			state: 'no-answer',
			reason: `the answer has more than ${most} and was cut off`,
			tooLarge: true,
		};
	}
	const headers = isRecord(response.headers) ? response.headers : {};
	const flat = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	return {
		state: 'answered',
		answer: { status: response.statusCode, headers: Object.fromEntries(flat), text },
	};
}

/**
 * Errors that prove that there was no connection: the name did not resolve, the port refused, or the certificate was
 * not accepted. No other code proves it. Other TLS codes (EPROTO, ERR_SSL_...) may also come after the server has
 * read the whole request.
 */
const NEVER_SENT: Readonly<Record<string, string>> = {
	ENOTFOUND: 'the host name does not exist',
	EAI_AGAIN: 'the host name could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	CERT_HAS_EXPIRED: 'the TLS certificate has expired',
	CERT_NOT_YET_VALID: 'the TLS certificate is not valid yet',
	CERT_REVOKED: 'the TLS certificate was revoked',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the TLS certificate is signed by itself',
	SELF_SIGNED_CERT_IN_CHAIN: 'the TLS certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT: 'the TLS certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the TLS certificate is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the TLS certificate is not trusted',
	ERR_INVALID_CHAR: 'a header has a character that no header can have',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the TLS certificate is for another host',
};

// Node uses this text, with the code of any reset, when the connection ended before TLS was set up.
const BEFORE_TLS = /before secure TLS connection was established/;

function explain(cause: unknown, timeout: number): Transmission {
	const { code, message } = innermost(cause);
	const reason = NEVER_SENT[code];
	if (reason !== undefined) return { state: 'never-sent', reason };
	if (BEFORE_TLS.test(message))
		return { state: 'never-sent', reason: 'the TLS handshake did not come about' };
	if (code === 'ERR_CANCELED') return CANCELED_UNDER_WAY;
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
		return { state: 'no-answer', reason: `no answer came within ${timeout / 1000} s` };
	}
	// The credential threw this before n8n made the request.
	const refusal = chain(cause).find((one) => one.name === 'Refusal');
	if (refusal) return { state: 'never-sent', reason: String(refusal.message) };
	return brokenOff(code);
}

function brokenOff(code: string): Transmission {
	return { state: 'no-answer', reason: brokenBy(code) };
}

function brokenBy(code: string): string {
	if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was cut';
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
		return 'the TLS connection did not come about, or it broke';
	return 'the answer broke off or could not be read';
}

/** The first code in the chain of causes. n8n wraps a network error one or two levels deep. */
function innermost(cause: unknown): { code: string; message: string } {
	const found = chain(cause).find(({ code }) => typeof code === 'string');
	return { code: String(found?.code ?? ''), message: String(found?.message ?? '') };
}

/** A thrown value and its causes, outermost first. */
function chain(cause: unknown): Array<Record<string, unknown>> {
	const links: Array<Record<string, unknown>> = [];
	for (let current = cause; isRecord(current) && links.length < 5; current = current.cause)
		links.push(current);
	return links;
}
