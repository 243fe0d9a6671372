import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { clock } from '../clock';
import { at, isObject, textOf, type WritableObject } from '../exact/json';
import type { Sendable, Transmission } from '../provider/http';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { asRefusal } from '../refusal';
import { inLane } from './lane';
import { inPace } from './pace';
import { objectIn } from './pages';
import { read, type Reading, rateSign } from './reading';
import { requestFor, type WireRequest } from './request';
import { withoutSecrets } from './secrets';
import { sendInSession } from './session';
import { type Sender, transmit, transmitPlain } from './transport';

/**
 * Sends one request once, in its account's lane. The credential signs it, or the session of its login authenticates
 * it. The account's secrets are removed from the answer.
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
	if (operation.wire?.public || stop?.aborted) return await until(stop)(request);
	// A login takes its turn in the lane before the request does. Other executions wait for the same login, so Stop
	// of this execution does not end it.
	return await sendInSession(login, operation, request, { clock, send: until(stop), open: until(undefined) });
}

/** The sender of a request: a node's run, a trigger or a drop-down. */
export interface Caller {
	node: Sender;
	provider: Provider;
	account: Account;
	/**
	 * The values that sign for the account. Set where n8n's own reading of the credential could give another account.
	 */
	credentials?: ICredentialDataDecryptedObject | undefined;
	/** Set for the reads of a run over many items. Each takes its turn in the pace of the account; a lookup does not. */
	isOneOfMany?: boolean | undefined;
	/** Ends a request under way, and keeps back a request that has not begun. */
	stop?: AbortSignal | undefined;
}

/** One signed read, repeated where that helps. Reads, lookups, polls and drop-downs use it. */
export async function readFrom(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
	deadline?: number,
): Promise<Reading> {
	const reading = await read(
		pacedReads(caller, () => transmitInLane(caller, operation, request, timeout)),
		(answer) => caller.provider.verdict(answer, operation),
		{ ...clock, sleep: (wait) => clock.sleep(wait, caller.stop) },
		deadline,
	);
	return aboutAsked(reading, operation, request.values);
}

/** The tries of one read, in the pace of its account. Where the provider has a lane, the lane is the pace. */
function pacedReads(
	{ provider, account, stop, isOneOfMany }: Caller,
	send: () => Promise<Transmission>,
): () => Promise<Transmission> {
	if (provider.lane || isOneOfMany !== true) return send;
	const name = `${provider.name} ${account.origin} ${account.id}`;
	let isAgain = false;
	return async () => {
		const paced = { account: name, mostAtOnce: provider.parallelReads, isAgain };
		isAgain = true;
		return await inPace(paced, clock, send, (answer) => rateSign(answer, clock.now()), stop);
	};
}

/**
 * Builds and makes one read about a request that was sent, or may have been. A throw would hide that money may have
 * moved, so a read that cannot be built is unclear.
 */
export async function readAbout(
	caller: Caller,
	operation: Operation,
	values: WritableObject,
	timeout: number,
): Promise<Reading> {
	let request: WireRequest;
	try {
		request = requestFor(caller.provider, caller.account, operation, values);
	} catch (cause) {
		const { message: reason, nextStep } = asRefusal(cause);
		return { state: 'unclear', reason, nextStep };
	}
	return await readFrom(caller, operation, request, timeout);
}

/** If the answer is about another object than the requested one, it is not believed. */
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
