import { join } from 'node:path';

import { Contract } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { checkCaller, sandboxAccount, type BridgePayAccount } from './account.mts';
import { actions, isAction } from './actions.mts';
import { deliveryRules } from './notifications.mts';
import { servedOperation } from './operations.mts';
import { absent, Refusal, refused } from './refusal.mts';
import { readCall } from './requests.mts';
import type { BridgePayState } from './state.mts';
import { tablesOf } from './tables.mts';
import { World } from './world.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/bridgepay.openapi.yaml');
const SVG = 'image/svg+xml';

let contract: Contract | undefined;

/** The contract is read once, because it never changes. */
export function bridgePayContract(): Contract {
	contract ??= new Contract(CONTRACT);
	return contract;
}

export const bridgePay: ProviderFactory<BridgePayState, BridgePayAccount> = (
	tools,
): Provider<BridgePayState, BridgePayAccount> => {
	const account = { ...sandboxAccount };
	const contract = bridgePayContract();
	const deliveries = tools.openDeliveries(deliveryRules(() => world.state));
	const world = new World({ account, deliveries, ...tools });

	/** Asks in this order: who calls, whether the message fits the contract, and whether the business allows it. */
	async function process(request: IncomingRequest): Promise<unknown> {
		checkCaller(account, request);
		const { operation } = request;
		const handle = operation === undefined ? undefined : servedOperation(operation);
		if (operation === undefined || !handle) throw absent();
		return handle(await readCall(contract, operation, request), world);
	}

	return {
		title: 'BridgePay',
		account,
		state: world.state,
		contract,
		deliveries,
		async answer(request): Promise<Answer> {
			try {
				const answer = await process(request);
				if (typeof answer === 'string') {
					return { status: 200, body: answer, type: SVG, verdict: { kind: 'accepted' } };
				}
				return { status: 200, body: JSON.stringify(answer), verdict: { kind: 'accepted' } };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { status, message: reason } = error;
				return {
					status,
					body: error.body(),
					verdict: { kind: 'refused', code: `HTTP ${status}`, reason },
				};
			}
		},
		refusal: () => refused('Refused by a planned fault of the sandbox').body(),
		act(action, id) {
			if (!isAction(action)) throw new Error(`BridgePay has no action ${action}`);
			actions[action](world, id);
		},
		tables: () => tablesOf(world.state),
		reset: () => world.reset(),
	};
};
