import { clock } from '../clock';
import { at, textOf, type Json, type WritableObject } from '../exact/json';
import type { Made } from './memo';
import { findOperation, type Lookup, type Operation } from '../row/operation';
import { classify, type Outcome } from './outcome';
import type { Prepared } from '../prepare';
import type { HttpAnswer } from '../provider';
import { sendOnce, type Found } from './protocol';
import { objectIn, rowsOf, saysAbsent } from '../reads/reading';
import { requestFor } from '../wire/request';
import { resumeValue } from '../events/resumeUrl';
import { readFrom, transmitInLane, type Run } from '../wire/run';
import { differences } from './sameness';

/** A lookup decides whether money moved: it is not cut short with the send. */
export const LOOKUP_TIMEOUT_MS = 30_000;

/** Sends one prepared write or money request under the money protocol. */
export function sendPrepared(run: Run, prepared: Prepared): Promise<Outcome> {
	const { operation, provider, memo } = run;
	const { request, reference } = prepared;
	const lookup = lookupFor(run);
	// The fingerprint is that of the request as it was approved: without what is made, and without the execution's URL.
	const sent =
		operation.made || operation.callback
			? prepared.withValues({ ...madeFor(run, prepared), ...resumeValue(run.node, operation) })
			: request;
	return sendOnce(
		{
			key: keyOf(run, prepared),
			fingerprint: request.fingerprint,
			checkFirst: prepared.checkFirst,
		},
		{
			memo,
			sleep: clock.sleep,
			random: clock.random,
			send: async () => {
				const transmission = await transmitInLane(run, operation, sent, prepared.timeout);
				const verdictOf = (answer: HttpAnswer) => provider.verdict(answer, operation);
				return classify(transmission, verdictOf, operation.returns.kind);
			},
			find: lookup && reference !== undefined ? () => find(run, prepared, lookup, reference) : undefined,
		},
	);
}

/** What the node makes for a request where the user has not set it: once, and the same when it runs again. */
export function madeFor(run: Run, prepared: Prepared): Made {
	const names = Object.keys(run.operation.made ?? {});
	const missing = names.filter((name) => prepared.request.values[name] === undefined);
	if (missing.length === 0) return {};
	return run.memo.made(keyOf(run, prepared), () =>
		Object.fromEntries(missing.map((name) => [name, nextMillisecond()])),
	);
}

let latest = 0;

/** The time, but never the same twice in this process: two payments in one millisecond are two. */
function nextMillisecond(): number {
	latest = Math.max(clock.now(), latest + 1);
	return latest;
}

/**
 * Operation and reference; without a reference the request itself, its place in the input and the run of the node,
 * so that a loop or two equal items pay twice, as they say, while a re-run of the same items does not. Each call of an
 * AI agent is a run, and a model repeats itself: the same request is paid once per execution.
 */
export function keyOf(
	{ operation, provider, runIndex, asTool }: Run,
	{ reference, request, item }: Prepared,
): string {
	const name = `${provider.name}.${operation.value}`;
	if (reference !== undefined) return `${name} reference ${reference}`;
	const place = asTool ? 'as a tool' : `run ${runIndex} item ${item}`;
	return `${name} ${request.fingerprint} ${place}`;
}

/** On behalf of another account some providers answer elsewhere. */
function lookupFor({ operation: { lookup }, account }: Run): Lookup | undefined {
	return account.onBehalfOf === undefined ? lookup : (lookup?.onBehalfOf ?? lookup);
}

async function find(run: Run, prepared: Prepared, lookup: Lookup, reference: string): Promise<Found> {
	const { provider, account, operation } = run;
	const asking = findOperation(provider.resources, lookup.operation);
	if (!asking)
		throw new TypeError(`${operation.value} looks up by ${lookup.operation}, which does not exist`);
	const request = requestFor(provider, account, asking, {
		...lookup.with,
		...shared(lookup, prepared),
		...(lookup.by ? { [lookup.by]: asSent(prepared, reference) } : {}),
	});
	const reading = await readFrom(run, asking, request, LOOKUP_TIMEOUT_MS);
	if (reading.state === 'unanswered') return { state: 'unreachable', reason: reading.reason };
	if (reading.state === 'refused') {
		return saysAbsent(reading)
			? { state: 'absent' }
			: { state: 'unreachable', reason: `${reading.reason} (${reading.code})` };
	}
	const object = objectOf(asking, reading.data, lookup.field, reference);
	if (object === undefined) return { state: 'absent' };
	const same = lookup.same ?? operation.same;
	return {
		state: 'found',
		data: object,
		kind: asking.returns.kind,
		differences: same ? differences(same, prepared.request.values, object) : [],
	};
}

function shared({ sharing = [] }: Lookup, { request: { values } }: Prepared): WritableObject {
	return Object.fromEntries(sharing.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** The reference as the request writes it: a number where the provider wants a number. */
function asSent({ request }: Prepared, reference: string): string | number {
	const value = Object.values(request.values).find((one) => String(one) === reference);
	return typeof value === 'number' ? value : reference;
}

/** The object whose own reference is the one asked for: a provider that answers with another object is not believed. */
function objectOf(asking: Operation, data: Json, field: string, reference: string): Json | undefined {
	const candidates = 'list' in asking.returns ? rowsOf(data, asking) : [objectIn(data, asking) ?? null];
	return candidates.find((candidate) => textOf(at(candidate, field)) === reference);
}
