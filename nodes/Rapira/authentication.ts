import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';
import { clock, type Clock } from '../../core/clock';
import { sha256 } from '../../core/exact/hash';
import { isObject, parseJsonOrNothing, textOf } from '../../core/exact/json';
import type { Sendable } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Login, Send, Session } from '../../core/provider/provider';
import { Refusal } from '../../core/refusal';
import { signable, withHeaders } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { read, type Reading } from '../../core/wire/reading';
import { transmitPlain } from '../../core/wire/transport';
import { assertion, expiryOf, fingerprintOf } from './signing';
import { isUnauthorized, loginVerdict } from './verdict';

/** The lifetime of an assertion. Others use 30 minutes to a month. We know no upper limit. */
const ASSERTION_MS = 30 * 60_000;

/** A token is renewed one minute before it ends, and after one hour at the latest. */
const MARGIN_MS = 60_000;
const MAX_SESSION_MS = 3_600_000;

/** The assumed lifetime of a token that does not name its end. */
const ASSUMED_MS = 25 * 60_000;

/** A clock that is wrong by less cannot be the reason of a refused login. */
const TOLERATED_SKEW_MS = 5_000;

const TIMEOUT_MS = 20_000;

/** The exchange as an operation, so that its answer can be read like any other. Users cannot choose it. */
const exchange: Operation = {
	name: 'Generate JWT',
	value: 'generateJwt',
	action: 'Generate JWT',
	description: 'Exchange a signed assertion for a bearer token',
	request: 'POST /open/generate_jwt',
	effect: 'read',
	wire: { public: true },
	docs: 'https://rapira.apidog.io',
	returns: {},
};

/** The key that signs in, as the account of a credential knows it. */
export interface Key {
	origin: string;
	/** UID of the API key. */
	kid: string;
	privateKey: KeyObject;
}

/** The key of a session contains host, UID and key. Another private key under the same UID must sign in itself. */
export function loginOf(key: Key, time: Clock = clock): Login {
	return {
		key: nameOf(key),
		open: (send) => open(key, send, time),
		isRefused: isUnauthorized,
	};
}

function nameOf({ origin, kid, privateKey }: Key): string {
	return `rapira ${origin} ${kid} ${fingerprintOf(privateKey)}`;
}

/** Signs in. If Rapira refuses, and its clock differs from ours, this tries once more by Rapira's clock. */
async function open(key: Key, send: Send, time: Clock): Promise<Session> {
	let skew = 0;
	let reading = await ask(key, send, time, skew);
	if (reading.state === 'refused') {
		skew = await skewOf(key.origin, send, time);
		if (Math.abs(skew) > TOLERATED_SKEW_MS) reading = await ask(key, send, time, skew);
	}
	const token = reading.state === 'read' ? textOf(reading.data) : undefined;
	if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
		throw new Refusal('Rapira gave a token that cannot stand in a header');
	if (token !== undefined) return session(token, time.now(), skew);
	throw notOpened(reading, skew);
}

/** Each try makes its own assertion, because a `jti` must not be used twice. */
function ask(key: Key, send: Send, time: Clock, skew: number): Promise<Reading> {
	const request = (): Sendable => {
		const exp = Math.floor((time.now() + skew + ASSERTION_MS) / 1000);
		const jwt = assertion(key.privateKey, { exp, jti: time.nonce() });
		return {
			method: 'POST',
			url: `${key.origin}/open/generate_jwt`,
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: Buffer.from(JSON.stringify({ kid: key.kid, jwt_token: jwt }), 'utf8'),
		};
	};
	return read(
		() => send(request()),
		(answer) => loginVerdict(answer, exchange),
		time,
	);
}

/** How many milliseconds the server's clock is ahead of ours. 0 when it cannot be read. */
async function skewOf(origin: string, send: Send, time: Clock): Promise<number> {
	const headers = { Accept: 'application/json' };
	const before = time.now();
	const transmission = await send({ method: 'GET', url: `${origin}/open/system/time`, headers });
	if (transmission.state !== 'answered') return 0;
	const body = parseJsonOrNothing(transmission.answer.text);
	const serverTime = Number(isObject(body) ? body.serverTime : undefined);
	return Number.isSafeInteger(serverTime) ? serverTime - Math.round((before + time.now()) / 2) : 0;
}

function session(token: string, now: number, skew: number): Session {
	const exp = expiryOf(token);
	const end = exp === undefined ? now + ASSUMED_MS : exp * 1000 - skew - MARGIN_MS;
	return {
		headers: { Authorization: `Bearer ${token}` },
		secrets: [token],
		expiresAt: Math.min(end, now + MAX_SESSION_MS),
	};
}

function notOpened(reading: Reading, skew: number): Refusal {
	if (reading.state === 'read') return new Refusal('Rapira gave no token');
	if (reading.state === 'unclear')
		return new Refusal(`the login got no answer: ${reason(reading)}`, reading.nextStep);
	const clocks =
		Math.abs(skew) > TOLERATED_SKEW_MS
			? ` The clock of this machine is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'behind' : 'ahead of'} Rapira's; set it.`
			: '';
	const isKey = reading.code !== 'HTTP 451';
	const check =
		'Check UID and Private Key in the credential: both belong to one API key that is not deleted.';
	return new Refusal(
		`Rapira refused the login: ${reason(reading)} (${reading.code})`,
		isKey ? `${check}${clocks}` : reading.nextStep,
	);
}

function reason({ reason: text }: Exclude<Reading, { state: 'read' }>): string {
	return text;
}

/**
 * The bearer token for n8n's HTTP Request node and for its test of the credential. n8n stores it in the credential;
 * our node does not use it. n8n calls this again after ANY failure of the HTTP Request node, including a time-out,
 * and sends the request once more if there is a new token. So this makes a new token only if Rapira really refuses
 * the old one.
 */
export async function tokenForHttpRequest(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	key: Key,
): Promise<IDataObject> {
	const send: Send = (request) => transmitPlain(helper, request, TIMEOUT_MS);
	const token = keptToken(credentials, key);
	if (token !== undefined && !(await isOver(token, key.origin, send))) return {};
	const [fresh] = (await open(key, send, clock)).secrets;
	return { token: `${markOf(key)}.${fresh}` };
}

/** The token that n8n has stored, if it belongs to this key. n8n keeps the old token when the user changes the key. */
function keptToken({ token }: ICredentialDataDecryptedObject, key: Key): string | undefined {
	const mark = `${markOf(key)}.`;
	return typeof token === 'string' && token.startsWith(mark) ? token.slice(mark.length) : undefined;
}

function markOf(key: Key): string {
	return sha256(nameOf(key)).slice(0, 16);
}

async function isOver(token: string, origin: string, send: Send): Promise<boolean> {
	const transmission = await send({
		method: 'GET',
		url: `${origin}/open/wallet/balance`,
		headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
	});
	return transmission.state === 'answered' && isUnauthorized(transmission.answer, exchange);
}

/**
 * Adds the bearer token to a request, for n8n's HTTP Request node.
 * @throws Refusal for a request to another host, or when n8n has not signed in
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	key: Key,
): IHttpRequestOptions {
	const request = signable(options, key.origin);
	refuseForeignWrite(credentials, options, request);
	const token = keptToken(credentials, key);
	if (token === undefined) throw new Refusal('n8n has not signed in to Rapira with this key yet');
	return withHeaders(options, request, { Authorization: `Bearer ${token}` });
}
