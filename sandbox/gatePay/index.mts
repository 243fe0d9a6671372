import { join } from 'node:path';

import { Contract } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { Gatekeeper, sandboxAccount, type GatePayAccount } from './account.mts';
import { actions, isAction } from './actions.mts';
import { deliveryRules } from './notifications.mts';
import { inEnvelope, servedOperation } from './operations.mts';
import { Refusal } from './refusal.mts';
import { readCall } from './requests.mts';
import type { GatePayState } from './state.mts';
import { tablesOf } from './tables.mts';
import { World } from './world.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/gatepay.openapi.yaml');

let contract: Contract | undefined;

/** The contract is read once, because it is large and never changes. */
export function gatePayContract(): Contract {
	contract ??= new Contract(CONTRACT);
	return contract;
}

export const gatePay: ProviderFactory<GatePayState, GatePayAccount> = (
	tools,
): Provider<GatePayState, GatePayAccount> => {
	const account = { ...sandboxAccount };
	const contract = gatePayContract();
	const gatekeeper = new Gatekeeper(account, tools.clock);
	const deliveries = tools.openDeliveries(deliveryRules(account, contract.extension('x-webhook-retry')));
	const world = new World({ account, deliveries, ...tools });

	/** Asks in this order: who calls, whether the message fits the contract, and whether the business allows it. */
	async function process(request: IncomingRequest): Promise<string> {
		gatekeeper.check(request);
		const { operation } = request;
		if (!operation) throw new Refusal('999999', `The contract has no ${request.method} ${request.path}`);
		const served = servedOperation(operation);
		if (!served) throw new Refusal('999999', `The sandbox does not model ${operation} yet`);
		const call = await readCall(contract, operation, request);
		return inEnvelope(served, served.handle(call, world));
	}

	return {
		title: 'Gate Pay',
		account,
		state: world.state,
		contract,
		deliveries,
		async answer(request): Promise<Answer> {
			try {
				return { status: 200, body: await process(request), verdict: { kind: 'accepted' } };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { code, message: reason } = error;
				return { status: 200, body: error.envelope(), verdict: { kind: 'refused', code, reason } };
			}
		},
		refusal: () => new Refusal('400204', 'Refused by a planned fault of the sandbox').envelope(),
		act(action, id) {
			if (!isAction(action)) throw new Error(`Gate Pay has no action ${action}`);
			actions[action](world, id);
		},
		tables: () => tablesOf(world.state, tools.clock()),
		reset() {
			world.reset();
			gatekeeper.forget();
		},
	};
};
