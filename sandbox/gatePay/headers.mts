import type { Call } from './call.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

/** The reconciliation lists want the client id under a second name. */
export function requireClientId({ headers }: Call, { account }: World): void {
	if (headers.scalar('x-gatepay-clientid') === account.clientId) return;
	throw new Refusal('400004', 'X-GatePay-ClientId is not known');
}

/** "Main merchant id of the institution. Do not send X-GatePay-On-Behalf-Of with it." */
export function requireMerchant(call: Call, { account }: World): void {
	requireOwnCall(call);
	const given = call.headers.scalar('x-gatepay-merchantid');
	if (given !== account.merchantId) throw new Refusal('500008', `The merchant ${given} does not exist`);
}

/** Calls about the institution itself. What a server does with the header is not documented; this one refuses it. */
export function requireOwnCall({ headers }: Call): void {
	if (headers.has('x-gatepay-on-behalf-of'))
		throw new Refusal('400001', 'X-GatePay-On-Behalf-Of must not be sent with this call');
}
