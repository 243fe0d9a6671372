import { clock } from '../clock';
import { at, type Json, textOf, type WritableObject } from '../exact/json';
import { resumeValue } from '../fields/resumeUrl';
import type { Made, Outcome, Unknown } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import type { HttpAnswer } from '../provider/http';
import type { Verdict } from '../provider/provider';
import { unclear } from '../provider/verdict';
import { findOperation, type Lookup, type Operation } from '../provider/operation';
import { readAbout, transmitInLane } from '../wire/asking';
import { eachPage, objectIn } from '../wire/pages';
import { type Reading, saysAbsent } from '../wire/reading';
import { meaningOf } from './agents';
import { keptBack, toldCanceled } from './canceled';
import { sendingSince, withCandidates } from './candidates';
import { classify, quoteOver } from './classify';
import { heldElsewhere } from './holder';
import { unproven } from './proof';
import { type Found, LOOKUP_TIMEOUT_MS, sendOnce } from './protocol';
import { rememberingOf } from './remembering';
import { differences } from './sameness';
import type { SendingRun } from './attempts';

/** Sends one prepared write or money request under the money protocol. */
export async function sendOne(run: SendingRun, prepared: Prepared): Promise<Outcome> {
	const { operation, provider, attempts } = run;
	const { request, reference } = prepared;
	const fingerprint = run.asTool ? meaningOf(request, run.account) : request.fingerprint;
	const otherwise = sentBeforeUnder(run, prepared);
	if (otherwise) return run.stop?.aborted ? toldCanceled(otherwise) : otherwise;
	if (run.stop?.aborted) return keptBack(prepared, fingerprint, attempts.recall(keyOf(run, prepared)));
	const remembering = rememberingOf(run, prepared, keyOf(run, prepared));
	const before = await remembering?.before();
	const since = sendingSince(run, keyOf(run, prepared));
	if (before) return await withCandidates(run, prepared, before, since);
	const ask = askingFor(run, prepared);
	const believed = (verdict: Verdict) => {
		const given = { values: request.values, reference };
		const doubt = verdict.state === 'accepted' ? unproven(operation, given, verdict.data) : undefined;
		return doubt === undefined ? verdict : unclear(doubt);
	};
	// The fingerprint belongs to the request that a person approved. That request has neither the made values nor the
	// execution's URL.
	const sent =
		operation.made || operation.callback
			? prepared.withValues({ ...madeFor(run, prepared), ...resumeValue(run.node, operation) })
			: request;
	const send = async () => {
		if (prepared.endsAt !== undefined && clock.now() >= prepared.endsAt) return quoteOver(prepared.endsAt);
		const transmission = await transmitInLane(run, operation, sent, prepared.timeout);
		const verdictOf = (answer: HttpAnswer) => believed(provider.verdict(answer, operation));
		return classify(transmission, verdictOf, operation.returns.kind);
	};
	const answered = await sendOnce(
		{
			key: keyOf(run, prepared),
			fingerprint,
			checkFirst: prepared.checkFirst || remembering?.asksFirst() === true,
			isRepeat: Object.keys(operation.made ?? {}).some((name) => request.values[name] !== undefined),
		},
		{
			attempts,
			sleep: (wait) => clock.sleep(wait, run.stop),
			random: clock.random,
			send: remembering ? () => remembering.around(send) : send,
			find: ask,
			findsAfter: lookupFor(run)?.findsAfter,
		},
	);
	const settled = remembering ? await remembering.after(answered) : answered;
	const outcome = await withCandidates(run, prepared, settled, since);
	if (run.stop?.aborted) return toldCanceled(outcome);
	return ask ? await heldElsewhere(run, prepared, outcome, ask) : outcome;
}

/**
 * Stops an item that an earlier try sent as another request. A retry gives the node the same items, but a reference
 * with the time or the execution's id in it is different at each try. Calls of an AI agent have no items, so this
 * check does not apply to them.
 */
function sentBeforeUnder(run: SendingRun, prepared: Prepared): Outcome | undefined {
	if (run.asTool) return undefined;
	const earlier = run.attempts.sentAs(fullPlaceOf(run, prepared), keyOf(run, prepared), prepared.reference);
	if (!earlier) return undefined;
	const how = earlier.reference === undefined ? 'with other values' : `as \`${earlier.reference}\``;
	return { state: 'unknown', reason: `this item was sent ${how} before`, unsent: 'sent_before' };
}

/**
 * The item cannot be built at this try, e.g. because an expression gives another value now. What an earlier try sent for
 * it still counts, so it is not rejected.
 * @returns undefined when no earlier try sent it
 */
export function sentBeforeAt(run: SendingRun, item: number, reason: string): Unknown | undefined {
	if (run.asTool || !run.attempts.sentAt(fullPlaceOf(run, { item }))) return undefined;
	return {
		state: 'unknown',
		reason: `an earlier try sent this item, and now it cannot be sent: ${reason}`,
		unsent: 'sent_before',
	};
}

/**
 * The values that the node makes because the user left them empty. It makes them once, and a later run of the same
 * request gets the same ones.
 */
export function madeFor(run: SendingRun, prepared: Prepared): Made {
	const names = Object.keys(run.operation.made ?? {});
	const missing = names.filter((name) => prepared.request.values[name] === undefined);
	if (missing.length === 0) return {};
	return run.attempts.made(keyOf(run, prepared), () =>
		Object.fromEntries(missing.map((name) => [name, nextMillisecond()])),
	);
}

let latest = 0;

/**
 * The current time in milliseconds, but never the same value twice in this process. Two payments in one millisecond
 * must differ.
 */
function nextMillisecond(): number {
	latest = Math.max(clock.now(), latest + 1);
	return latest;
}

/**
 * The key of a request: operation and reference. Without a reference, the key is made of the content of the request,
 * its position in the input and the run of the node. So a loop or two equal items pay twice, as intended, but a
 * re-run of the same items does not. Each call of an AI agent is a run of its own, and a model may repeat a call. So
 * an agent's equal requests are paid once per execution.
 */
export function keyOf(run: SendingRun, prepared: Prepared): string {
	const { reference, request } = prepared;
	const name = nameOf(run);
	if (reference !== undefined) return `${name} reference ${reference}`;
	if (run.asTool) return `${name} ${meaningOf(request, run.account)} as a tool`;
	return `${name} ${request.fingerprint} ${placeOf(run, prepared)}`;
}

function nameOf({ operation, provider }: SendingRun): string {
	return `${provider.name}.${operation.value}`;
}

function fullPlaceOf(run: SendingRun, prepared: Pick<Prepared, 'item'>): string {
	return `${nameOf(run)} ${placeOf(run, prepared)}`;
}

function placeOf({ runIndex }: SendingRun, { item }: Pick<Prepared, 'item'>): string {
	return `run ${runIndex} item ${item}`;
}

/** Some providers have another lookup for a request on behalf of another account. */
function lookupFor({ operation: { lookup }, account }: SendingRun): Lookup | undefined {
	return account.onBehalfOf === undefined ? lookup : (lookup?.onBehalfOf ?? lookup);
}

/** Asks the provider for the reference of a payment. Undefined where nobody can ask by it. */
export function askingFor(run: SendingRun, prepared: Prepared): (() => Promise<Found>) | undefined {
	const lookup = lookupFor(run);
	const { reference } = prepared;
	if (!lookup || reference === undefined) return undefined;
	return () => find(run, prepared, lookup, reference);
}

async function find(run: SendingRun, prepared: Prepared, lookup: Lookup, reference: string): Promise<Found> {
	const { provider, account, operation } = run;
	const asking = findOperation(provider.resources, lookup.operation);
	if (!asking)
		throw new TypeError(`${operation.value} looks up by ${lookup.operation}, which does not exist`);
	const values: WritableObject = {
		...lookup.with,
		...shared(lookup, prepared),
		...(lookup.by ? { [lookup.by]: asSent(prepared, operation, reference) } : {}),
	};
	const ask = (page: WritableObject) => readAbout(run, asking, { ...values, ...page }, LOOKUP_TIMEOUT_MS);
	const sought =
		'list' in asking.returns
			? await findRow(asking, ask, lookup, reference)
			: findOne(asking, await ask({}), (candidate) => textOf(at(candidate, lookup.field)) === reference);
	if ('state' in sought) return sought;
	const same = lookup.same ?? operation.same;
	return {
		state: 'found',
		data: sought.data,
		kind: asking.returns.kind,
		differences: same ? differences(same, prepared.request.values, sought.data, account.onBehalfOf) : [],
	};
}

type Missing = Exclude<Found, { state: 'found' }>;

const ABSENT: Missing = { state: 'absent' };

function notProven(reason: string, nextStep?: string): Missing {
	return { state: 'unclear', reason, nextStep };
}

function unreadAs(reading: Exclude<Reading, { state: 'read' }>): Missing {
	const { reason, nextStep } = reading;
	if (reading.state === 'unclear') return notProven(reason, nextStep);
	return saysAbsent(reading) ? ABSENT : notProven(`${reason} (${reading.code})`, nextStep);
}

/**
 * The object in an answer, if it names the reference that was asked for. Another object proves nothing. It may even
 * be this payment, with a reference that the provider has changed.
 */
function findOne(
	asking: Operation,
	reading: Reading,
	namesReference: (candidate: Json) => boolean,
): { data: Json } | Missing {
	if (reading.state !== 'read') return unreadAs(reading);
	const data = objectIn(reading.data, asking) ?? null;
	const isNothing =
		data === null || data === '' || (typeof data === 'object' && Object.keys(data).length === 0);
	if (isNothing) return ABSENT;
	return namesReference(data)
		? { data }
		: notProven('it answered with something that does not name the reference');
}

/** If a list has more rows, its filter by reference does not work. */
const MAX_LOOKUP_ROWS = 1000;

interface Seen {
	rows: number;
	/** A row has the field of the reference. */
	isNamed: boolean;
	/** A row names the reference in another spelling. */
	isAlike: boolean;
	data?: Json | undefined;
}

/**
 * Looks for the reference in all rows of a list. The filter may let other rows through, so the right row may be on a
 * later page.
 */
async function findRow(
	asking: Operation,
	ask: (page: WritableObject) => Promise<Reading>,
	{ field }: Lookup,
	reference: string,
): Promise<{ data: Json } | Missing> {
	const seen: Seen = { rows: 0, isNamed: false, isAlike: false };
	const end = await eachPage(asking, MAX_LOOKUP_ROWS, ask, (news) => {
		const named = (row: Json) => textOf(at(row, field));
		seen.rows += news.length;
		seen.isNamed ||= news.some((row) => at(row, field) !== undefined);
		seen.isAlike ||= news.some((row) => inOneSpelling(named(row)) === inOneSpelling(reference));
		seen.data = news.find((row) => named(row) === reference);
		return seen.data !== undefined || seen.rows >= MAX_LOOKUP_ROWS;
	});
	if (seen.data !== undefined) return { data: seen.data };
	switch (end.state) {
		case 'complete':
			// It may be this payment, with a reference that the provider has changed.
			if (seen.isAlike) return notProven('its list names the reference in another spelling');
			// The rows may belong to another contract of the same endpoint. Rows without the field say nothing about
			// a reference.
			return seen.isNamed || seen.rows === 0 ? ABSENT : notProven('no row of its list shows a reference');
		case 'enough':
			return notProven(`the first ${seen.rows} rows of its list do not name the reference`);
		case 'short':
			return notProven(`its list is not whole: ${end.reason}`);
		case 'refused':
		case 'unclear':
			return unreadAs(end);
	}
}

/** Capitals, spaces and the width of characters are what a provider may change when it stores a text. */
function inOneSpelling(text = ''): string {
	return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}

function shared({ sharing = [] }: Lookup, { request: { values } }: Prepared): WritableObject {
	return Object.fromEntries(sharing.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** The reference in the form of the request: a number where the provider wants a number. */
function asSent(
	{ request }: Prepared,
	{ referenceField = '' }: Operation,
	reference: string,
): string | number {
	const value = request.values[referenceField];
	return typeof value === 'number' ? value : reference;
}
