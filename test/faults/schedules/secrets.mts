import type { ReceivedRequest } from '../../../sandbox/index.mts';

/** Headers that everybody may see. */
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

/** The signatures and tokens on the wire. */
export function secretsOnTheWire(requests: ReadonlyArray<Pick<ReceivedRequest, 'headers'>>): string[] {
	const values = requests.flatMap(({ headers }) =>
		Object.entries(headers)
			.filter(([name]) => !OPEN_HEADERS.has(name))
			.map(([, value]) => value.replace(/^Bearer /, '')),
	);
	return [...new Set(values)];
}
