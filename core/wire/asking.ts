import { clock } from '../clock';
import type { Sendable, Transmission } from '../provider/http';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { inLane } from './lane';
import { read, type Reading } from './reading';
import type { WireRequest } from './request';
import { withoutSecrets } from './secrets';
import { sendInSession } from './session';
import { type Sender, transmit, transmitPlain } from './transport';

/**
 * Sends one request once, in its account's turn: signed by the credential, or with the session of its login. The answer
 * comes back without the account's secrets.
 */
export async function transmitInLane(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
): Promise<Transmission> {
	const transmission = await transmitSigned(caller, operation, request, timeout);
	if (transmission.state !== 'answered') return transmission;
	const { answer } = transmission;
	return {
		...transmission,
		answer: { ...answer, text: withoutSecrets(answer.text, caller.account.secrets) },
	};
}

async function transmitSigned(
	{ node, provider, account }: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
): Promise<Transmission> {
	const lane = provider.lane?.(account);
	const { login } = account;
	if (!login) return await inLane(lane, clock, () => transmit(node, provider.credential, request, timeout));
	// A login takes its own turn in the lane, so it comes before the turn of the request.
	const send = (one: Sendable) => inLane(lane, clock, () => transmitPlain(node, one, timeout));
	if (operation.public) return await send(request);
	return await sendInSession(login, operation, request, { clock, send });
}

/** Who sends: a node's run, or a drop-down. */
export interface Caller {
	node: Sender;
	provider: Provider;
	account: Account;
}

/** One signed read, repeated where that helps. What reads, lookups and drop-downs use. */
export function readFrom(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
	deadline?: number,
): Promise<Reading> {
	return read(
		() => transmitInLane(caller, operation, request, timeout),
		(answer) => caller.provider.verdict(answer, operation),
		clock,
		deadline,
	);
}
