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
	type Subject,
	withoutSecretsIn,
} from './event';
import { hinted } from './hints';
import { inTime } from './inTime';

/** An event as the notification tells it, and how to ask the provider itself where the signature does not cover it. */
export interface Notified {
	event: ProviderEvent;
	/**
	 * `resource.operation` of a read, its parameters, and what its answer must be about. `event` where the name depends
	 * on what was read; `known` is what a signature proves and the read leaves out, in the words of the request that made
	 * the object; `signed` where the delivery's own words are proven, so that they stay in `raw`.
	 */
	confirm?: {
		operation: string;
		values: WritableObject;
		about: Subject;
		event?: EventName;
		known?: JsonObject;
		signed?: true;
	};
}

/** How a delivery is confirmed. */
export interface Confirming {
	/** False for a hint: nothing proves who sent it. */
	isProven: boolean;
	/** Whether what is proven is asked for too. */
	isAsked: boolean;
	/** When the provider must have its answer, unix milliseconds. */
	until: number;
}

/** A burst of notifications about one object asks for it twice at most: rate limits are low, and answers are due soon. */
const confirmation = collapsing<Reading>();

/**
 * The event as the provider itself tells it now; `absent` when it does not know the object of a notification that
 * nothing proves; `unclear` when it does not say in time, or speaks of another object.
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
	const caller = { node: context, provider, account };
	const asked = () => ask(caller, operation, request, until);
	const reading = await inTime(isProven ? asked() : hinted(provider, account, until, asked), until);
	if (!reading) return unclear(`${provider.displayName} did not answer in the time that it waits itself`);
	if (reading.state !== 'read') {
		if (reading.state === 'unclear' || !saysAbsent(reading))
			return unclear(redacted(reading.reason, account.secrets));
		warn(`It does not know ${JSON.stringify(how.values)} of its notification; no execution was started`);
		// What it announced itself must exist: it is asked for in the wrong place, and acknowledging would lose it.
		return isProven ? 'unclear' : 'absent';
	}
	const object = objectIn(reading.data, operation);
	if (!isObject(object)) return unclear('The answer holds no object');
	const record = provider.payment(operation.returns.kind ?? '', object, how.known);
	if (!isAbout(record, how.about)) return unclear('The answer is not about what was asked for');
	// Of an unsigned delivery nothing goes on: it may say anything.
	const raw = how.signed ? event.raw : object;
	const told = providerEvent(how.event ?? event.event, record, raw, provider.eventVersion?.(record));
	return withoutSecretsIn(told, account.secrets);
}

/** One read for all that ask the same at the same moment. */
function ask(caller: Caller, operation: Operation, request: WireRequest, until: number): Promise<Reading> {
	const { provider, account } = caller;
	// Who has an account's id and not its secrets must not be shown what its owner reads.
	const key = sha256([provider.name, request.fingerprint, ...account.secrets].join('\n'));
	return confirmation(key, () => {
		const left = Math.max(1, until - clock.now());
		return readFrom(caller, operation, request, left, until);
	});
}

/** The credential's secrets; of one that cannot be used none are known. */
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

/** The read that confirms, or why the credential does not allow it, e.g. for want of a slug. */
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
