import { join } from 'node:path';

import { Contract } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { Gatekeeper, sandboxAccount, type RapiraAccount } from './account.mts';
import { actions, isAction } from './actions.mts';
import { toJson } from './call.mts';
import { operations, PUBLIC } from './operations.mts';
import { Refusal } from './refusal.mts';
import { readCall } from './requests.mts';
import type { RapiraState } from './state.mts';
import { tablesOf } from './tables.mts';
import { World } from './world.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/rapira.openapi.yaml');

let contract: Contract | undefined;

/** The contract is read once, because it never changes. */
export function rapiraContract(): Contract {
	contract ??= new Contract(CONTRACT);
	return contract;
}

const XML = 'application/xml; charset=utf-8';

export const rapira: ProviderFactory<RapiraState, RapiraAccount> = (
	tools,
): Provider<RapiraState, RapiraAccount> => {
	const contract = rapiraContract();
	const gatekeeper = new Gatekeeper(tools.clock);
	const world = new World({ ...tools, gatekeeper });
	// Rapira documents no webhook.
	const deliveries = tools.openDeliveries({
		headers: () => ({}),
		forgedHeaders: () => ({}),
		isAcknowledged: (status) => status === 200,
		retries: [],
	});

	/** Asks in this order: who calls, whether the message fits the contract, and whether the business allows it. */
	async function process(request: IncomingRequest): Promise<Answer> {
		const { operation } = request;
		if (!operation) throw new Refusal(404, `The contract has no ${request.method} ${request.path}`);
		if (!PUBLIC.has(operation)) gatekeeper.check(request);
		const handle = operations[operation];
		if (!handle) throw new Refusal(404, `The sandbox does not model ${operation}`);
		const answer = handle(await readCall(contract, operation, request), world);
		const verdict = { kind: 'accepted' } as const;
		if (typeof answer === 'string') return { status: 200, body: answer, type: XML, verdict };
		return { status: 200, body: toJson(answer), verdict };
	}

	return {
		title: 'Rapira',
		account: sandboxAccount,
		state: world.state,
		contract,
		deliveries,
		async answer(request): Promise<Answer> {
			if (world.state.isRegionBlocked) return blocked();
			try {
				return await process(request);
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { status, message: reason } = error;
				return { status, body: error.envelope(), verdict: { kind: 'refused', code: String(status), reason } };
			}
		},
		refusal: () => new Refusal(400, 'Refused by a planned fault of the sandbox').envelope(),
		act(action, id) {
			if (!isAction(action)) throw new Error(`Rapira has no action ${action}`);
			actions[action](world, id);
		},
		tables: () => tablesOf(world.state),
		reset() {
			world.reset();
			gatekeeper.forget();
		},
	};
};

/** The answer to everybody in a blocked region. The real body is not known. */
function blocked(): Answer {
	return {
		status: 451,
		body: '<html><body>Unavailable For Legal Reasons</body></html>',
		type: 'text/html; charset=utf-8',
		verdict: { kind: 'refused', code: '451', reason: 'The region is blocked' },
	};
}
