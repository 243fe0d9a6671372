import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { sha256 } from '../exact/hash';
import { isObject, type JsonObject, type WritableObject } from '../exact/json';
import { findOperation, type Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { type Caller, readFrom } from '../wire/asking';
import { collapsing } from '../wire/collapsing';
import { objectIn } from '../wire/pages';
import { type Reading, saysAbsent } from '../wire/reading';
import { requestFor, type WireRequest } from '../wire/request';
import { redacted } from '../wire/secrets';
import {
	type EventName,
	isAbout,
	providerEvent,
	type ProviderEvent,
	type EventSubject,
	withoutSecretsIn,
} from './event';
import { hinted } from './hints';
import { inTime } from './inTime';

/** The event of a notification, and how to ask the provider about it where the signature does not cover the content. */
export interface Notified {
	event: ProviderEvent;
	/**
	 * `resource.operation` of a read, its parameters, and the object that its answer must be about. `event` is set
	 * where the name depends on the read object. `known` holds values that the signature proves and the read leaves
	 * out; it has the names of the request that made the object. `signed` is set where the signature covers the
	 * notification itself, so that `raw` keeps its content.
	 */
	confirm?: {
		operation: string;
		values: WritableObject;
		about: EventSubject;
		event?: EventName;
		known?: JsonObject;
		signed?: true;
	};
}

/** How a delivery is confirmed. */
export interface Confirming {
	/** False for a hint, because nothing proves who sent it. */
	isProven: boolean;
	/** Whether the provider is asked about proven notifications as well. */
	isAsked: boolean;
	/** When the provider must have our answer, in unix milliseconds. */
	until: number;
}

/**
 * A burst of notifications about one object causes at most two reads, because rate limits are low and time is short.
 */
const confirmation = collapsing<Reading>();

/**
 * The event as the provider's own read shows it now. `absent`: the provider does not know the object of an unproven
 * notification. `unclear`: the provider does not answer in time, or answers about another object.
 */
export async function confirm(
	context: IWebhookFunctions,
	provider: Provider,
	credentials: ICredentialDataDecryptedObject,
	{ event, confirm: how }: Notified,
	{ isProven, isAsked, until }: Confirming,
): Promise<ProviderEvent | 'absent' | 'unclear'> {
	if (!how || (isProven && !isAsked)) return withoutSecretsIn(event, secretsOf(provider, credentials));
	const operation = findOperation(provider.resources, how.operation);
	if (!operation) throw new TypeError(`No operation ${how.operation}`);
	const warn = (text: string) => context.logger.warn(`${provider.displayName}: ${text}`);
	const question = questionOf(provider, operation, credentials, how.values);
	const unclear = (reason: string) => {
		warn(`A notification cannot be confirmed. ${reason}`);
		return 'unclear' as const;
	};
	if (typeof question === 'string') return unclear(question);
	const { account, request } = question;
	// n8n would read the credential again for each request, and make an engine for its expressions.
	const caller = { node: context, provider, account, credentials };
	const asked = () => askTogether(caller, operation, request, until);
	const reading = await inTime(isProven ? asked() : hinted(provider, account, until, asked), until);
	if (!reading) return unclear(`${provider.displayName} did not answer in the time that it waits itself`);
	if (reading.state !== 'read') {
		if (reading.state === 'unclear' || !saysAbsent(reading))
			return unclear(redacted(reading.reason, account.secrets));
		warn(`It does not know ${JSON.stringify(how.values)} of its notification; no execution was started`);
		// The object of a proven notification must exist, so the read looked in the wrong place. An acknowledgement
		// would lose the event.
		return isProven ? 'unclear' : 'absent';
	}
	const object = objectIn(reading.data, operation);
	if (!isObject(object)) return unclear('The answer holds no object');
	const record = provider.payment(operation.returns.kind ?? '', object, how.known);
	if (!isAbout(record, how.about)) return unclear('The answer is not about what was asked for');
	// The content of an unsigned notification is not passed on, because anybody could have written it.
	const raw = how.signed ? event.raw : object;
	const told = providerEvent(how.event ?? event.event, record, raw, provider.eventVersion?.(record));
	return withoutSecretsIn(told, account.secrets);
}

/** Makes one read for all callers that ask the same at the same time. */
function askTogether(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	until: number,
): Promise<Reading> {
	const { provider, account } = caller;
	// The hash includes the secrets. A person who has an account's id but not its secrets must not see what the owner
	// reads.
	const key = sha256([provider.name, request.fingerprint, ...account.secrets].join('\n'));
	return confirmation(key, () => {
		const left = Math.max(1, until - clock.now());
		return readFrom(caller, operation, request, left, until);
	});
}

/** The credential's secrets. If the credential cannot be used, we do not know any. */
export function secretsOf(
	provider: Provider,
	credentials: ICredentialDataDecryptedObject,
): readonly string[] {
	try {
		return provider.account(credentials).secrets;
	} catch {
		return [];
	}
}

/** The read that confirms a notification, or the reason why the credential does not allow it, e.g. a missing slug. */
function questionOf(
	provider: Provider,
	operation: Operation,
	credentials: ICredentialDataDecryptedObject,
	values: WritableObject,
): { account: Account; request: WireRequest } | string {
	try {
		const account = provider.account(credentials);
		return { account, request: requestFor(provider, account, operation, values) };
	} catch (cause) {
		return cause instanceof Refusal ? cause.message : 'The credential cannot be used';
	}
}
