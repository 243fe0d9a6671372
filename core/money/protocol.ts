import type { Json } from '../exact/json';
import type { Outcome, Rejected, Unknown } from '../items/outcome';
import { MAX_FRESH_SENDS, waitBeforeFreshSend } from '../wire/freshness';
import type { Classified } from './classify';
import type { Attempt, Attempts } from './attempts';

/** A write or money request in the form that the protocol needs. */
export interface Sending {
	/** The operation and the reference. A hash of the request stands in for a missing reference. */
	key: string;
	fingerprint: string;
	checkFirst: boolean;
	/** The user says that this request was sent before, e.g. with the nonce of an earlier payout. */
	isRepeat?: boolean;
}

/** What the provider has under a reference. */
export type Found =
	| { state: 'found'; data: Json; kind?: string | undefined; differences: string[] }
	| { state: 'absent' }
	| { state: 'unclear'; reason: string; nextStep?: string | undefined };

export interface Steps {
	attempts: Attempts;
	/** Sends the request once. Each call signs it anew. */
	send(): Promise<Classified>;
	/** Looks the reference up. Absent where the provider has no lookup. */
	find?: (() => Promise<Found>) | undefined;
	/** How many milliseconds a new object may stay invisible to the lookup, as the provider documents it. */
	findsAfter?: number | undefined;
	sleep(milliseconds: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
}

/** Milliseconds. A lookup decides whether money moved, so it does not use the shorter time-out of the send. */
export const LOOKUP_TIMEOUT_MS = 30_000;

/** The waits before the lookups after an unknown outcome: 1, 2 and 4 s. */
export const LOOKUP_WAITS_MS = [1000, 2000, 4000];

/**
 * Makes one payment at most once, even if n8n, the network or the provider fails. An AI agent may call a tool several
 * times at once. Equal calls take turns, so that the second one finds the result of the first.
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
	// The outcome must not be rejected here. A crashed execution may have sent the request, and a person who pays in
	// another way after a refusal would pay twice.
	if (there?.state === 'unclear') return notChecked(there);

	attempts.sending(request.key, request.fingerprint, isAskedFirst);
	const sent = await sendFresh(steps);
	const outcome = await settle(sent, { ...request, isAskedFirst }, steps);
	return attempts.keep(request.key, request.fingerprint, outcome, sent.outcome.state !== 'unknown');
}

/** Settles a request that an earlier try of this execution sent or was about to send. It is never sent again. */
async function settleEarlier(earlier: Attempt, request: Sending, steps: Steps): Promise<Outcome> {
	const { outcome, fingerprint } = earlier;
	const isSame = fingerprint === request.fingerprint;
	if (outcome?.state === 'applied') {
		const found = isSame ? undefined : await steps.find?.();
		if (found?.state === 'found' && found.differences.length > 0) return conflict(found.differences);
		const isReplay = isSame || found?.state === 'found';
		return isReplay ? { ...outcome, replayed: true } : sentOtherwise();
	}
	if (!isSame) return sentOtherwise();
	// The request was sent before, and its result is not known. It may still arrive, so sending it again could pay
	// twice.
	const cutOff: Unknown = { state: 'unknown', reason: 'an earlier try of this execution was cut off' };
	const unknown = outcome?.state === 'unknown' ? outcome : cutOff;
	return steps.attempts.keep(request.key, fingerprint, await resolve(unknown, steps, false));
}

/** Turns the result of the send into an outcome. A word of the provider counts only for what it proves. */
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
	// The provider was asked just now, and nothing has been sent since.
	if (neverLeft && request.isAskedFirst && !steps.findsAfter) return { ...outcome, isAbsent: true };
	return await proveAbsence(outcome, steps, steps.find);
}

/**
 * A refusal is only about this attempt. An earlier request, e.g. of an execution that crashed, may have made the
 * payment. So this asks the provider for the reference.
 */
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

/**
 * Looks the reference up until the outcome is known or the waits are used up. A missing reference proves something
 * only after a refusal, because a request without an answer may still arrive.
 */
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

/** The waits last long enough for a provider that shows a new object late. */
function lookupWaits({ findsAfter = 0 }: Steps): number[] {
	const rest = findsAfter - LOOKUP_WAITS_MS.reduce((sum, wait) => sum + wait, 0);
	return rest > 0 ? [...LOOKUP_WAITS_MS, rest] : LOOKUP_WAITS_MS;
}

type There = Extract<Found, { state: 'found' }>;

/**
 * The outcome when Check First has found an object. If it is another payment, or this one in another form, the memory
 * does not record it as sent.
 */
function foundFirst(found: There, { key, fingerprint }: Sending, attempts: Attempts): Outcome {
	const outcome = notSentAgain(found);
	return outcome.state === 'applied' ? attempts.keep(key, fingerprint, outcome) : outcome;
}

/** The reference exists, and this request was not sent or was refused. */
function notSentAgain(found: There): Outcome {
	if (found.differences.length > 0) return conflict(found.differences);
	return { state: 'applied', data: found.data, kind: found.kind, replayed: true };
}

function afterSending(found: There, refusedAsDuplicate: boolean): Outcome {
	if (refusedAsDuplicate) return notSentAgain(found);
	if (found.differences.length === 0) return { state: 'applied', data: found.data, kind: found.kind };
	// It may be this request, shown by the provider in another form. A person has to look.
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

function sentOtherwise(): Unknown {
	return { state: 'unknown', reason: 'this item was sent with other values before', unsent: 'sent_before' };
}

/**
 * This is never rejected. An earlier execution may have made the payment, and the provider or the flow may now write
 * it in another way.
 */
function conflict(differences: readonly string[]): Unknown {
	return {
		state: 'unknown',
		reason: `the reference is already used at the provider: ${differences.join('; ')}`,
		isConflict: true,
	};
}
