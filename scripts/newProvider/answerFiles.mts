import type { Plan } from './plan.mts';

/** The files with code of their own. Signing and verdict are what a person has to write before money can move. */
export function answerFiles(plan: Plan): Record<string, string> {
	return {
		'account.ts': account(plan),
		'authentication.ts': authentication(plan),
		'signing.ts': signing(plan),
		'verdict.ts': verdict(plan),
		'payment.ts': payment(plan),
	};
}

function account({ names, contract: { security } }: Plan): string {
	const { secrets } = security;
	return `import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sha256 } from '../../core/exact/hash';
import type { Account } from '../../core/provider/provider';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';

/**
 * The account of a credential. No public number of it is known yet, so a hash of its secret names it.
 * @throws Refusal for a base URL or secret of ${names.displayName} that cannot work
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const origin = checkedOrigin(credentials.baseUrl);
	const secrets = [${secrets.map(({ name, label }) => `checkedSecret(credentials.${name}, ${JSON.stringify(label)})`).join(', ')}];
	return { origin, id: sha256([origin, ...secrets].join(' ')).slice(0, 16), secrets };
}
`;
}

function authentication({ names: { displayName }, contract: { security } }: Plan): string {
	const sent = security.secrets.flatMap(({ name, label, header, prefix }) =>
		header === undefined
			? []
			: [
					`${JSON.stringify(header)}: ${template(prefix, `checkedSecret(credentials.${name}, ${JSON.stringify(label)})`)},`,
				],
	);
	return `import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
${sent.length > 0 ? "import { checkedSecret } from '../../core/wire/account';\n" : ''}import { signable, withHeaders } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { signature } from './signing';

/**
 * Authenticates a request to ${displayName}, for our nodes and for n8n's HTTP Request node.
 * @throws Refusal for a credential that cannot work, a request to another host, or one that cannot be signed yet
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const request = signable(options, credentials.baseUrl);
	refuseForeignWrite(credentials, options, request);
	return withHeaders(options, request, {
		${sent.join('\n')}
		...signature(request, options),
	});
}
`;
}

/** A value behind its prefix, as code. */
export function template(prefix: string, value: string): string {
	return prefix === '' ? value : `\`${prefix}\${${value}}\``;
}

function signing({ names: { displayName } }: Plan): string {
	return `import type { IHttpRequestOptions } from 'n8n-workflow';
import { Refusal } from '../../core/refusal';
import type { SignableRequest } from '../../core/wire/authenticate';

/**
 * The headers that sign a request: none yet. A person writes this from the provider's page, with vectors in the unit
 * tests. Until then only a plain GET leaves.
 * @throws Refusal for every other request, and for a header that can turn a GET into another method
 */
export function signature({ method }: SignableRequest, { headers = {} }: IHttpRequestOptions): Record<string, string> {
	const isOverridden = Object.keys(headers).some((name) => /method/i.test(name));
	if (method === 'GET' && !isOverridden) return {};
	throw new Refusal(
		'${displayName} takes only reads so far: nobody has written yet how a request is signed. Nothing was sent.',
		'Write signing.ts of this provider from its documentation, or use another node for this call',
	);
}
`;
}

function verdict({ names: { displayName } }: Plan): string {
	return `import { parseJsonOrNothing } from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Verdict } from '../../core/provider/provider';
import { notJson, saysNo, unclear } from '../../core/provider/verdict';
import { Refusal } from '../../core/refusal';

/**
 * Keeps back everything that may change something, as long as nobody has written what an answer proves about it. Delete
 * it, and \`headers\` in provider.ts, when verdict() judges such answers.
 * @throws Refusal for every operation that is no read
 */
export function refuseUnjudged({ effect }: Operation): void {
	if (effect === 'read') return;
	throw new Refusal(
		'${displayName} takes only reads so far: nobody has written yet what its answers prove about money. Nothing was sent.',
		'Write verdict.ts of this provider from its documentation. MAPPING.md lists what has to be known.',
	);
}

/**
 * What an answer means. A read is believed with status 200 and JSON that contains no refusal. No answer proves anything
 * about a request that may change something: it may say \`refused\` only where the provider provably did nothing.
 */
export function verdict(answer: HttpAnswer, { effect }: Operation): Verdict {
	const { status, text } = answer;
	if (effect !== 'read') return unclear(\`it answered \${status}, and nobody has written yet what that proves\`);
	const body = parseJsonOrNothing(text);
	if (body === undefined) return unclear(notJson(answer));
	if (status !== 200 || saysNo(body)) return unclear(\`it answered \${status} without a success\`);
	return { state: 'accepted', data: body };
}
`;
}

function payment({ names: { displayName } }: Plan): string {
	return `import type { Payment } from '../../core/provider/payment';

/** Turns an object into a Payment record: none yet. Each kind needs a table of its documented statuses, in statuses.ts. */
export function toPayment(kind: string): Payment {
	throw new TypeError(\`${displayName} has no payments of the kind \${kind}\`);
}
`;
}
