import type { Call } from './call.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

/** Checks the client ID under its second name, which the reconciliation lists want. */
export function requireClientId({ headers }: Call, { account }: World): void {
	if (headers.scalar('x-gatepay-clientid') === account.clientId) return;
	throw new Refusal('400004', 'X-GatePay-ClientId is not known');
}

/** Checks the merchant header: "Main merchant id of the institution. Do not send X-GatePay-On-Behalf-Of with it." */
export function requireMerchant(call: Call, { account }: World): void {
	requireOwnCall(call);
	const given = call.headers.scalar('x-gatepay-merchantid');
	if (given !== account.merchantId) throw new Refusal('500008', `The merchant ${given} does not exist`);
}

/** Refuses On-Behalf-Of in a call about the institution itself. No page says what a server does with it there. */
export function requireOwnCall({ headers }: Call): void {
	if (headers.has('x-gatepay-on-behalf-of'))
		throw new Refusal('400001', 'X-GatePay-On-Behalf-Of must not be sent with this call');
}
