import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { clock } from '../clock';
import { at, isObject, textOf, type WritableObject } from '../exact/json';
import type { Sendable, Transmission } from '../provider/http';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { inLane } from './lane';
import { objectIn } from './pages';
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
	{ node, provider, account, credentials, stop }: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
): Promise<Transmission> {
	const lane = provider.lane?.(account);
	const { login } = account;
	if (!login) {
		const signing = { type: provider.credential, data: credentials };
		const sendSigned = () => transmit(node, signing, request, timeout, stop);
		return await inLane(lane, clock, sendSigned, stop);
	}
	const until = (signal: AbortSignal | undefined) => (one: Sendable) =>
		inLane(lane, clock, () => transmitPlain(node, one, timeout, signal), signal);
	if (operation.public || stop?.aborted) return await until(stop)(request);
	// A login takes its own turn in the lane, before that of the request. Other executions wait for it too, so the Stop of
	// this one does not end it.
	return await sendInSession(login, operation, request, { clock, send: until(stop), open: until(undefined) });
}

/** Who sends: a node's run, or a drop-down. */
export interface Caller {
	node: Sender;
	provider: Provider;
	account: Account;
	/** What signs for the account, where n8n's own reading of the credential could be another one. */
	credentials?: ICredentialDataDecryptedObject | undefined;
	/** Ends what is under way, and keeps back what has not begun. */
	stop?: AbortSignal | undefined;
}

/** One signed read, repeated where that helps. What reads, lookups and drop-downs use. */
export async function readFrom(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
	deadline?: number,
): Promise<Reading> {
	const reading = await read(
		() => transmitInLane(caller, operation, request, timeout),
		(answer) => caller.provider.verdict(answer, operation),
		{ ...clock, sleep: (wait) => clock.sleep(wait, caller.stop) },
		deadline,
	);
	return aboutAsked(reading, operation, request.values);
}

/** Another object than the one that was asked for is not believed, whatever state it is in. */
function aboutAsked(reading: Reading, operation: Operation, values: WritableObject): Reading {
	const object = reading.state === 'read' ? objectIn(reading.data, operation) : undefined;
	if (!isObject(object) || Object.keys(object).length === 0) return reading;
	const other = Object.entries(operation.about ?? {}).find(([parameter, path]) => {
		const asked = values[parameter];
		return asked !== undefined && asked !== '' && textOf(at(object, path)) !== String(asked);
	});
	return other
		? { state: 'unclear', reason: 'it answered with something that does not name what was asked for' }
		: reading;
}
