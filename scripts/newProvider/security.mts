import type { Document, Scheme } from './document.mts';
import { camel, title } from './names.mts';

/** One value of the credential. */
export interface Secret {
	name: string;
	label: string;
	/** The header that carries it. Absent where the contract names none: then no request carries it. */
	header?: string;
	/** What stands in the header before it. */
	prefix: string;
}

export interface Security {
	secrets: Secret[];
	/** What the contract says about authentication that a person has to write. */
	open: string[];
}

/** A header that holds a signature is made anew for each request, so no value of a credential can stand in it. */
const MADE = /sign|hmac|timestamp|nonce/i;

/** What the credential has to hold, by the contract's first requirement. */
export function readSecurity({ security, components = {} }: Document): Security {
	const schemes = Object.entries(components.securitySchemes ?? {});
	const wanted = Object.keys(security?.[0] ?? {});
	const used = wanted.length === 0 ? schemes : schemes.filter(([name]) => wanted.includes(name));
	const read = used.map(([name, scheme]) => ({ name, scheme, secret: secretOf(name, scheme) }));
	const open = read.filter(({ secret }) => secret === undefined);
	const secrets = read.flatMap(({ secret }) => secret ?? []);
	return {
		secrets: secrets.length > 0 ? secrets : [FIRST],
		open: [
			...(secrets.length > 0 ? [] : ['The contract names no key in a header. In which one does it stand?']),
			...open.map(({ name, scheme: { type, scheme, in: place, description } }) =>
				['How is', `\`${name}\``, `(${[type, scheme, place].filter(Boolean).join(', ')}) made?`, description]
					.filter(Boolean)
					.join(' '),
			),
		],
	};
}

/** A credential holds at least one secret, even if nobody knows yet where it stands. */
const FIRST: Secret = { name: 'apiKey', label: 'API Key', prefix: '' };

function secretOf(key: string, { type, in: place, name, scheme }: Scheme): Secret | undefined {
	if (type === 'http' && scheme?.toLowerCase() === 'bearer')
		return { name: 'token', label: 'Token', header: 'Authorization', prefix: 'Bearer ' };
	if (type !== 'apiKey' || place !== 'header' || name === undefined || MADE.test(`${key} ${name}`))
		return undefined;
	return { name: camel(key), label: title(key), header: name, prefix: '' };
}
