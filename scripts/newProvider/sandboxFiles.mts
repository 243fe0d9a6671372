import { template } from './answerFiles.mts';
import type { Plan } from './plan.mts';

/** A local provider that knows who calls and what the contract allows, and refuses the rest until it is written. */
export function sandboxFiles({ names, contract }: Plan): Record<string, string> {
	const { folder, name, displayName, file } = names;
	const { secrets } = contract.security;
	return {
		[`sandbox/${name}/account.mts`]: `import type { IncomingRequest } from '../provider.mts';
import { Refusal } from './refusal.mts';

export const sandboxAccount = {
	${secrets.map(({ name: field }) => `${field}: 'sandbox-${field.toLowerCase()}-0001',`).join('\n')}
};

export type ${folder}Account = typeof sandboxAccount;

const HEADERS: [header: string, value: string][] = [
	${secrets.flatMap(({ name: field, header, prefix }) => (header === undefined ? [] : [`[${JSON.stringify(header.toLowerCase())}, ${template(prefix, `sandboxAccount.${field}`)}],`])).join('\n')}
];

/** Checks who calls. No signature is checked yet. Throws a Refusal. */
export function checkCaller({ headers }: IncomingRequest): void {
	if (HEADERS.some(([header, value]) => headers[header] !== value))
		throw new Refusal(401, 'The key is not that of the account');
}
`,
		[`sandbox/${name}/refusal.mts`]: `/** A refusal. Nothing was changed. Its form is made up: no page was read yet. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}

	envelope(): string {
		return JSON.stringify({ error: { code: this.status, message: this.message } });
	}
}
`,
		[`sandbox/${name}/index.mts`]: `import { join } from 'node:path';

import { Contract } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { checkCaller, sandboxAccount, type ${folder}Account } from './account.mts';
import { Refusal } from './refusal.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/${file}.openapi.yaml');

/** What each call does, by its operationId: none yet. Write them from the contract, not from the rows of the node. */
const handlers: Record<string, (request: IncomingRequest) => unknown> = {};

export const ${name}: ProviderFactory<object, ${folder}Account> = (tools): Provider<object, ${folder}Account> => {
	const contract = new Contract(CONTRACT);
	// Nobody has written yet how a notification is signed.
	const deliveries = tools.openDeliveries({
		headers: () => ({}),
		forgedHeaders: () => ({}),
		isAcknowledged: (status) => status === 200,
		retries: [],
	});

	/** Asks in this order: who calls, whether the message fits the contract, and whether the sandbox models it. */
	function process(request: IncomingRequest): string {
		const { operation, query, headers } = request;
		if (!operation) throw new Refusal(404, \`The contract has no \${request.method} \${request.path}\`);
		checkCaller(request);
		const [violation] = contract.checkParameters(operation, query, headers).violations;
		if (violation) throw new Refusal(400, violation.text);
		const handle = handlers[operation];
		if (!handle) throw new Refusal(501, \`The sandbox does not model \${operation}\`);
		return JSON.stringify(handle(request));
	}

	return {
		title: '${displayName}',
		account: sandboxAccount,
		state: {},
		contract,
		deliveries,
		async answer(request): Promise<Answer> {
			try {
				return { status: 200, body: process(request), verdict: { kind: 'accepted' } };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { status, message: reason } = error;
				return { status, body: error.envelope(), verdict: { kind: 'refused', code: String(status), reason } };
			}
		},
		refusal: () => new Refusal(400, 'Refused by a planned fault of the sandbox').envelope(),
		act(action) {
			throw new Error(\`${displayName} has no action \${action}\`);
		},
		tables: () => [],
		reset() {},
	};
};
`,
	};
}
