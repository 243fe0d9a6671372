import type { Json } from '../exact/json';
import type { Outcome, Rejected, Unknown } from '../items/outcome';
import { MAX_FRESH_SENDS, waitBeforeFreshSend } from '../wire/freshness';
import type { Classified } from './classify';
import type { Attempt, Attempts } from './attempts';

/** A write or money request, as the protocol sees it. */
export interface Sending {
	/** Operation and reference, or a hash of the request where there is no reference. */
	key: string;
	fingerprint: string;
	checkFirst: boolean;
	/** The user says that it was sent before, e.g. by setting the nonce of an earlier payout. */
	isRepeat?: boolean;
}

/** What the provider has under a reference. */
export type Found =
	| { state: 'found'; data: Json; kind?: string | undefined; differences: string[] }
	| { state: 'absent' }
	| { state: 'unclear'; reason: string; nextStep?: string | undefined };

export interface Steps {
	attempts: Attempts;
	/** Sends once, signed anew at each call. */
	send(): Promise<Classified>;
	/** Asks by the reference; absent where the provider cannot be asked. */
	find?: (() => Promise<Found>) | undefined;
	/** Milliseconds for which a new object may not be found, as the provider documents it. */
	findsAfter?: number | undefined;
	sleep(milliseconds: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
}

/** A lookup decides whether money moved: it is not cut short with the send. Milliseconds. */
export const LOOKUP_TIMEOUT_MS = 30_000;

/** Waits before each lookup after an unknown outcome: 1, 2 and 4 s. */
export const LOOKUP_WAITS_MS = [1000, 2000, 4000];

/**
 * Makes one payment at most once, whatever n8n, the network or the provider do. An AI agent calls a tool several times
 * at once: equal calls take turns, so that the second finds what the first has done.
 */
export function sendOnce(request: Sending, steps: Steps): Promise<Outcome> {
	return steps.attempts.inTurn(request.key, () => sendInTurn(request, steps));
}

async function sendInTurn(request: Sending, steps: Steps): Promise<Outcome> {
	const { attempts } = steps;
	const earlier = attempts.recall(request.key);
	if (earlier && earlier.state !== 'rejected') return await settleEarlier(earlier, request, steps);

	const isAskedFirst = request.checkFirst && steps.find !== undefined;
	const there = isAskedFirst ? await steps.find?.() : undefined;
	if (there?.state === 'found') return foundFirst(there, request, attempts);
	// Not rejected: an execution that crashed may have sent it, and who pays elsewhere after a refusal would pay twice.
	if (there?.state === 'unclear') return notChecked(there);

	attempts.sending(request.key, request.fingerprint, isAskedFirst);
	const sent = await sendFresh(steps);
	const outcome = await settle(sent, { ...request, isAskedFirst }, steps);
	return attempts.keep(request.key, request.fingerprint, outcome, sent.outcome.state !== 'unknown');
}

/** What an earlier try of this execution has sent, or was about to send, is not sent again. */
async function settleEarlier(earlier: Attempt, request: Sending, steps: Steps): Promise<Outcome> {
	const { outcome, fingerprint } = earlier;
	const isSame = fingerprint === request.fingerprint;
	if (outcome?.state === 'applied') {
		const found = isSame ? undefined : await steps.find?.();
		if (found?.state === 'found' && found.differences.length > 0) return conflict(found.differences);
		const isReplay = isSame || found?.state === 'found';
		return isReplay ? { ...outcome, replayed: true } : sentBefore();
	}
	if (!isSame) return sentBefore();
	// Sent before and not known what became of it: it may still arrive. Sending again could pay twice.
	const cutOff: Unknown = { state: 'unknown', reason: 'an earlier try of this execution was cut off' };
	const unknown = outcome?.state === 'unknown' ? outcome : cutOff;
	return steps.attempts.keep(request.key, fingerprint, await resolve(unknown, steps, false));
}

/** From what the send said to what is known: no word of the provider is believed that proves less. */
async function settle(
	{ outcome, duplicate, neverLeft }: Classified,
	request: Sending & { isAskedFirst: boolean },
	steps: Steps,
): Promise<Outcome> {
	if (outcome.state === 'applied') return outcome;
	if (outcome.state === 'unknown') return await resolve(outcome, steps, duplicate === true);
	if (!steps.find) {
		const { reason, code } = outcome;
		return request.isRepeat ? { state: 'unknown', reason, code } : outcome;
	}
	// Asked just now, and nothing was sent since.
	if (neverLeft && request.isAskedFirst && !steps.findsAfter) return { ...outcome, isAbsent: true };
	return await proveAbsence(outcome, steps, steps.find);
}

/** A refusal is about this attempt alone: an earlier one, e.g. of an execution that crashed, may have made it. */
async function proveAbsence(
	refusal: Rejected,
	{ findsAfter, sleep }: Steps,
	find: () => Promise<Found>,
): Promise<Outcome> {
	let found = await find();
	if (found.state === 'absent' && findsAfter) {
		await sleep(findsAfter);
		found = await find();
	}
	if (found.state === 'found') return notSentAgain(found);
	if (found.state === 'absent') return { ...refusal, isAbsent: true };
	const reason = `${refusal.reason}, and whether it is there already is not known (${found.reason})`;
	return { state: 'unknown', reason, code: refusal.code, refusal };
}

async function sendFresh({ send, sleep, random }: Steps): Promise<Classified> {
	let classified = await send();
	for (let again = 0; classified.stale && again < MAX_FRESH_SENDS; again += 1) {
		await sleep(waitBeforeFreshSend(again, random()));
		classified = await send();
	}
	return classified;
}

/** Asks by the reference until the outcome is known or the waits are used up. Not found proves nothing. */
async function resolve(unknown: Unknown, steps: Steps, alreadyThere: boolean): Promise<Outcome> {
	if (!steps.find) return unknown;
	for (const wait of lookupWaits(steps)) {
		if (!alreadyThere) await steps.sleep(wait);
		const found = await steps.find();
		if (found.state === 'found') return afterSending(found, alreadyThere);
		if (found.state === 'absent' && unknown.refusal) return { ...unknown.refusal, isAbsent: true };
		if (alreadyThere) await steps.sleep(wait);
	}
	return unknown;
}

/** Long enough for a provider that shows a new object only after a while. */
function lookupWaits({ findsAfter = 0 }: Steps): number[] {
	const rest = findsAfter - LOOKUP_WAITS_MS.reduce((sum, wait) => sum + wait, 0);
	return rest > 0 ? [...LOOKUP_WAITS_MS, rest] : LOOKUP_WAITS_MS;
}

type There = Extract<Found, { state: 'found' }>;

/** Check First found something. What is another payment, or this one in other words, is not remembered as sent. */
function foundFirst(found: There, { key, fingerprint }: Sending, attempts: Attempts): Outcome {
	const outcome = notSentAgain(found);
	return outcome.state === 'applied' ? attempts.keep(key, fingerprint, outcome) : outcome;
}

/** Something is there, and this request was not sent or was refused. */
function notSentAgain(found: There): Outcome {
	if (found.differences.length > 0) return conflict(found.differences);
	return { state: 'applied', data: found.data, kind: found.kind, replayed: true };
}

function afterSending(found: There, refusedAsDuplicate: boolean): Outcome {
	if (refusedAsDuplicate) return notSentAgain(found);
	if (found.differences.length === 0) return { state: 'applied', data: found.data, kind: found.kind };
	// It may be this request, shown otherwise by the provider: a person has to look.
	return {
		state: 'unknown',
		reason: `the reference is there with other details: ${found.differences.join('; ')}`,
	};
}

function notChecked({ reason, nextStep }: Extract<Found, { state: 'unclear' }>): Unknown {
	return {
		state: 'unknown',
		reason: `Check First got no answer (${reason})`,
		unsent: 'not_checked',
		nextStep,
	};
}

function sentBefore(): Unknown {
	return { state: 'unknown', reason: 'this item was sent with other values before', unsent: 'sent_before' };
}

/** Never rejected: an earlier execution may have made it, and the provider or the flow writes it otherwise now. */
function conflict(differences: readonly string[]): Unknown {
	return {
		state: 'unknown',
		reason: `the reference is already used at the provider: ${differences.join('; ')}`,
		isConflict: true,
	};
}
