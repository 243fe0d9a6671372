import { oddCharacter } from '../exact/characters';
import { Refusal } from '../refusal';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a URL leads to this machine. */
export function isThisMachine(url: string): boolean {
	return LOOPBACK.has(parsedUrl(url)?.hostname ?? '');
}

/** The most characters of one field of a credential. A private key of 16,384 bits has 13,000. */
const MAX_FIELD_LENGTH = 20_000;

/** @throws Refusal for a text that is too long for a key, secret or address, e.g. a whole file pasted by mistake */
export function checkLength(text: string, label: string): void {
	if (text.length <= MAX_FIELD_LENGTH) return;
	throw new Refusal(`${label} in the credential has ${text.length} characters, more than any has`);
}

/**
 * The origin of a base URL from a credential.
 * @throws Refusal for anything but https (http is allowed on this machine), and for a path, a query or a user name.
 * Requests are signed for this host, and a wrong URL would send them to another one.
 */
export function checkedOrigin(baseUrl: unknown, label = 'Base URL'): string {
	if (typeof baseUrl !== 'string' || baseUrl === '') throw new Refusal(`${label} in the credential is empty`);
	checkLength(baseUrl, label);
	if (baseUrl.trim() !== baseUrl) throw new Refusal(`${label} in the credential has white space around it`);
	const url = parsedUrl(baseUrl);
	if (!url) throw new Refusal(`${label} in the credential is not a URL like https://example.com`);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
		throw new Refusal(`${label} in the credential must begin with https:// (http:// only for this machine)`);
	}
	if (url.username !== '' || url.password !== '') {
		throw new Refusal(`${label} in the credential must not hold a user name or a password`);
	}
	if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#]$/.test(baseUrl)) {
		throw new Refusal(
			`${label} in the credential must be the host alone, like ${url.origin}, without a path`,
		);
	}
	return url.origin;
}

function parsedUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/**
 * A key, secret or id from a credential, exactly as typed.
 * @throws Refusal when it is empty or was pasted with white space. The provider would refuse the signature without
 * saying why.
 */
export function checkedSecret(value: unknown, label: string): string {
	if (typeof value !== 'string' || value === '') throw new Refusal(`${label} in the credential is empty`);
	checkLength(value, label);
	if (value.trim() !== value) {
		throw new Refusal(
			`${label} in the credential has white space around it`,
			'Paste it again without the space or line break',
		);
	}
	const odd = oddCharacter(value);
	if (odd !== undefined) throw new Refusal(`${label} in the credential has ${odd}`, 'Paste it again');
	return value;
}
