import { join } from 'node:path';

import { Contract } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { checkToken, sandboxAccount, type PayPlayAccount } from './account.mts';
import { actions, isAction } from './actions.mts';
import { deliveryRules } from './notifications.mts';
import { operations } from './operations.mts';
import { invalid, Refusal } from './refusal.mts';
import { readCall } from './requests.mts';
import type { PayPlayState } from './state.mts';
import { tablesOf } from './tables.mts';
import { phpJson } from './wireText.mts';
import { World } from './world.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/payplay.openapi.yaml');

let contract: Contract | undefined;

export function payPlayContract(): Contract {
	contract ??= new Contract(CONTRACT);
	return contract;
}

export const payPlay: ProviderFactory<PayPlayState, PayPlayAccount> = (
	tools,
): Provider<PayPlayState, PayPlayAccount> => {
	const account = { ...sandboxAccount };
	const contract = payPlayContract();
	const deliveries = tools.openDeliveries(deliveryRules(account));
	const world = new World({ account, deliveries, ...tools });

	/** Asks in this order: who calls, whether the message fits the contract, and whether the business allows it. */
	function process(request: IncomingRequest): string {
		checkToken(request, account);
		const { operation, method, path } = request;
		if (!operation) throw new Refusal(404, `The route ${method} ${path} could not be found.`);
		const handle = operations[operation];
		if (!handle) throw new Refusal(501, `The sandbox does not model ${operation}`);
		return phpJson(handle(readCall(contract, operation, request), world));
	}

	return {
		title: 'PayPlay',
		account,
		state: world.state,
		contract,
		deliveries,
		async answer(request): Promise<Answer> {
			try {
				return { status: 200, body: process(request), verdict: { kind: 'accepted' } };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { status, message: reason } = error;
				const verdict = { kind: 'refused' as const, code: String(status), reason };
				return { status, body: error.envelope(), verdict };
			}
		},
		refusal: () => invalid('amount', 'Refused by a planned fault of the sandbox').envelope(),
		act(action, id) {
			if (!isAction(action)) throw new Error(`PayPlay has no action ${action}`);
			actions[action](world, id);
		},
		tables: () => tablesOf(world.state),
		reset: () => world.reset(),
	};
};
