import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ReceivedRequest } from '../../../sandbox/index.mts';

/** Headers that anybody may see. */
const OPEN_HEADERS = new Set([
	'accept',
	'accept-encoding',
	'connection',
	'content-length',
	'content-type',
	'host',
	'user-agent',
	'x-gatepay-certificate-clientid',
	'x-gatepay-clientid',
	'x-gatepay-merchantid',
	'x-gatepay-on-behalf-of',
	'x-gatepay-timestamp',
	'x-gatepay-nonce',
]);

/** The fields of a credential that nobody may see, as they are and as they are often written. */
export function secretsOf(values: ICredentialDataDecryptedObject, secretFields: readonly string[]): string[] {
	return secretFields
		.map((name) => String(values[name] ?? ''))
		.filter((value) => value !== '')
		.flatMap(encodings);
}

function encodings(value: string): string[] {
	const bytes = Buffer.from(value, 'utf8');
	return [
		...new Set([
			value,
			JSON.stringify(value).slice(1, -1),
			encodeURIComponent(value),
			bytes.toString('hex'),
			// Without the last characters, which depend on what follows.
			bytes.toString('base64').slice(0, Math.floor(bytes.length / 3) * 4),
			bytes.toString('base64url').slice(0, Math.floor(bytes.length / 3) * 4),
		]),
	];
}

/** Signatures and tokens that went over the wire. */
export function secretsOnTheWire(requests: readonly ReceivedRequest[]): string[] {
	const values = requests.flatMap(({ headers }) =>
		Object.entries(headers)
			.filter(([name]) => !OPEN_HEADERS.has(name))
			.map(([, value]) => value.replace(/^Bearer /, '')),
	);
	return [...new Set(values)];
}
