import type { Json } from '../exact/json';
import type { Outcome } from '../items/outcome';
import { MAX_FRESH_SENDS, waitBeforeFreshSend } from '../wire/freshness';
import type { Classified } from './classify';
import type { Attempts } from './attempts';

/** A write or money request, as the protocol sees it. */
export interface Sending {
	/** Operation and reference, or a hash of the request where there is no reference. */
	key: string;
	fingerprint: string;
	checkFirst: boolean;
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
	const keep = (outcome: Outcome, isAnswered = false) =>
		attempts.keep(request.key, request.fingerprint, outcome, isAnswered);

	if (earlier && earlier.state !== 'rejected') {
		if (earlier.fingerprint !== request.fingerprint) return conflict('in this execution');
		if (earlier.outcome?.state === 'applied') return { ...earlier.outcome, replayed: true };
		// Sent before and not known what became of it: it may still arrive. Sending again could pay twice.
		const cutOff: Outcome = { state: 'unknown', reason: 'an earlier try of this execution was cut off' };
		return keep(await resolve(earlier.outcome ?? cutOff, steps, false));
	}

	if (request.checkFirst && steps.find) {
		const found = await steps.find();
		if (found.state === 'found') return keep(notSentAgain(found));
		if (found.state === 'unclear') {
			// Not rejected: an execution that crashed may have sent it, and who pays elsewhere after a refusal would pay twice.
			const reason = `Check First got no answer (${found.reason})`;
			return { state: 'unknown', reason, unsent: 'not_checked', nextStep: found.nextStep };
		}
	}

	attempts.sending(request.key, request.fingerprint, request.checkFirst && steps.find !== undefined);
	const { outcome, duplicate } = await sendFresh(steps);
	if (outcome.state !== 'unknown') return keep(outcome, true);
	return keep(await resolve(outcome, steps, duplicate === true));
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
async function resolve(unknown: Outcome, steps: Steps, alreadyThere: boolean): Promise<Outcome> {
	if (!steps.find) return unknown;
	for (const wait of LOOKUP_WAITS_MS) {
		if (!alreadyThere) await steps.sleep(wait);
		const found = await steps.find();
		if (found.state === 'found') return afterSending(found, alreadyThere);
		if (alreadyThere) await steps.sleep(wait);
	}
	return unknown;
}

type There = Extract<Found, { state: 'found' }>;

/** Something is there, and this request was not sent or was refused as a duplicate. */
function notSentAgain(found: There): Outcome {
	if (found.differences.length > 0) return conflict(`at the provider: ${found.differences.join('; ')}`);
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

function conflict(where: string): Outcome {
	return {
		state: 'rejected',
		reason: `the reference is already used for another request ${where}`,
		nextStep: 'Use a new reference for a new payment',
		conflict: true,
	};
}
