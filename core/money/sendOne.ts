import { clock } from '../clock';
import { resumeValue } from '../fields/resumeUrl';
import type { Made, Outcome, Unknown } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import type { HttpAnswer } from '../provider/http';
import type { Verdict } from '../provider/provider';
import { unclear } from '../provider/verdict';
import { transmitInLane } from '../wire/asking';
import { meaningOf } from './agents';
import { keptBack, toldCanceled } from './canceled';
import { sendingSince, withCandidates } from './candidates';
import { classify, quoteOver } from './classify';
import { askingFor, lookupFor } from './finding';
import { heldElsewhere } from './holder';
import { unproven } from './proof';
import { sendOnce } from './protocol';
import { rememberingOf } from './remembering';
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
	const finds = askingFor(run, prepared);
	const believed = (verdict: Verdict) => {
		const given = { values: request.values, reference };
		const doubt = verdict.state === 'accepted' ? unproven(operation, given, verdict.data) : undefined;
		return doubt === undefined ? verdict : unclear(doubt);
	};
	// The fingerprint belongs to the request that a person approved. That request has neither the made values nor the
	// execution's URL.
	const sent =
		operation.once?.made || operation.does?.callback
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
			isRepeat: Object.keys(operation.once?.made ?? {}).some((name) => request.values[name] !== undefined),
		},
		{
			attempts,
			sleep: (wait) => clock.sleep(wait, run.stop),
			random: clock.random,
			send: remembering ? () => remembering.around(send) : send,
			find: finds,
			findsAfter: lookupFor(run)?.findsAfter,
		},
	);
	const settled = remembering ? await remembering.after(answered) : answered;
	const outcome = await withCandidates(run, prepared, settled, since);
	if (run.stop?.aborted) return toldCanceled(outcome);
	return finds ? await heldElsewhere(run, prepared, outcome, finds) : outcome;
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
	const names = Object.keys(run.operation.once?.made ?? {});
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
