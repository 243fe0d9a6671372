import { join } from 'node:path';

import { Contract, type Violation } from '../contract.mts';
import type { Answer, IncomingRequest, Provider, ProviderFactory } from '../provider.mts';
import { Fields } from '../values.mts';
import { Gatekeeper, sandboxAccount, type OkiPaysAccount } from './account.mts';
import { act } from './actions.mts';
import { listCurrencies, listCurrencyNetworks } from './currencies.mts';
import { deliveryRules } from './notifications.mts';
import { createOrder, getOrder, type Handled } from './orders.mts';
import { decide } from './progress.mts';
import { Refusal } from './refusal.mts';
import type { OkiPaysState } from './state.mts';
import { tablesOf } from './tables.mts';
import { World } from './world.mts';

const CONTRACT = join(import.meta.dirname, '../../contracts/okipays.openapi.yaml');

let contract: Contract | undefined;

export function okiPaysContract(): Contract {
	contract ??= new Contract(CONTRACT);
	return contract;
}

const publicCalls: Record<string, (world: World) => unknown> = { listCurrencies, listCurrencyNetworks };
const signedCalls: Record<string, (body: Fields, world: World) => Handled> = { createOrder, getOrder };

export const okiPays: ProviderFactory<OkiPaysState, OkiPaysAccount> = (
	tools,
): Provider<OkiPaysState, OkiPaysAccount> => {
	const account = { ...sandboxAccount };
	const contract = okiPaysContract();
	const gatekeeper = new Gatekeeper(account);
	const deliveries = tools.openDeliveries(deliveryRules(account, (id, answer) => decide(world, id, answer)));
	const world: World = new World({ account, deliveries, ...tools });

	/** Asks in this order: who calls, whether the message fits the contract, and whether the business allows it. */
	function process(request: IncomingRequest): string {
		const { operation = '', query, headers } = request;
		const [isPublic, handle] = [publicCalls[operation], signedCalls[operation]];
		if (isPublic) {
			gatekeeper.checkPublic(request);
			refuse(contract.checkParameters(operation, query, headers).violations);
			return success({ data: isPublic(world) });
		}
		const body = gatekeeper.check(request);
		if (!handle) throw new Refusal('framework', 0, 'Page not found.', 404);
		requireJson(headers);
		const checked = contract.checkBody(operation, body);
		refuse(checked.violations);
		return success(handle(new Fields(checked.values.body), world));
	}

	const success = (answer: object) => JSON.stringify({ status: true, ...answer, token: account.token });

	return {
		title: 'OkiPays',
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
				const verdict = { kind: 'refused' as const, code: String(error.code), reason };
				return { status, body: error.text(account.token), verdict };
			}
		},
		refusal: () =>
			new Refusal('application', 99, 'Refused by a planned fault of the sandbox').text(account.token),
		act: (action, id) => act(world, action, id),
		tables: () => tablesOf(world.state),
		reset() {
			world.reset();
			gatekeeper.forget();
		},
	};
};

function requireJson(headers: Record<string, string>): void {
	const given = headers['content-type'] ?? '';
	if (given.split(';')[0]?.trim().toLowerCase() === 'application/json') return;
	throw new Refusal('framework', 0, `The content type is "${given}"; application/json is wanted`);
}

function refuse(violations: Violation[]): void {
	const [first] = violations;
	if (!first) return;
	if (violations.some(({ rule, field }) => rule === 'required' && field === 'order_id')) {
		throw new Refusal('application', 19, 'Required order_id');
	}
	throw new Refusal('framework', 0, first.text);
}
