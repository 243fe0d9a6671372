import { clock } from '../clock';
import { settledText, type PaymentReference } from '../fields/paymentReference';
import type { Outcome, Unknown } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import type { Run } from '../items/run';
import { asRefusal } from '../refusal';
import type { Attempt, SendingRun } from './attempts';
import { claimsOf } from './claims';
import type { Classified } from './classify';
import { type Known, type PaymentMemory, paymentMemoryOf } from './paymentMemory';
import { LOOKUP_WAITS_MS } from './protocol';

/** The steps around the send of a payment that n8n remembers. */
export interface Remembering {
	/** The outcome of an earlier send, if it prevents a new one. */
	before(): Promise<Outcome | undefined>;
	/** Sends, unless another execution sends at the same moment. */
	around(send: () => Promise<Classified>): Promise<Classified>;
	/** Stores the outcome in n8n's memory. */
	after(outcome: Outcome): Promise<Outcome>;
}

/**
 * @param key the key of the request in the memory of this execution
 * @returns undefined where n8n does not remember the payment
 */
export function rememberingOf(run: SendingRun, prepared: Prepared, key: string): Remembering | undefined {
	const { payment, request } = prepared;
	if (!payment) return undefined;
	const memory = () => paymentMemoryOf(claimsOf(run.node), paymentName(run, payment), request.fingerprint);
	let times = 1;
	let isOurs = false;
	return {
		before: async () => {
			const earlier = run.attempts.recall(key);
			// This execution has the complete answer.
			if (earlier?.outcome?.state === 'applied') return undefined;
			return await orNotAsked(async () => {
				const found = await settled(memory(), payment, ownOutcome(earlier), run.stop);
				if (found.state !== 'free') return found.outcome;
				times = found.times;
				if (earlier && (payment.unpaidSend > 0 || wasKeptBack(earlier)))
					run.attempts.keep(key, request.fingerprint, { state: 'rejected', reason: 'nothing was paid' });
				return undefined;
			});
		},
		around: async (send) => {
			const held = await orNotAsked(async () => {
				isOurs ||= await memory().begin(times);
				return isOurs ? undefined : knownOutcome(await later(memory(), run.stop), payment);
			});
			return held ? { outcome: held } : await send();
		},
		after: async (outcome) => {
			if (!isOurs) return outcome;
			// The payment is made or not, and an error of n8n's database does not change that. The memory then keeps
			// it as sent.
			await keepOutcome(memory(), outcome, times).catch(() => undefined);
			return settleable(outcome, payment, times);
		},
	};
}

/**
 * The name of a payment. It does not contain the account: with a new key of the same account, the payment must not be
 * made again, and a key does not show its account. The fingerprint contains the account. So at another account the
 * reference counts as in use.
 */
function paymentName({ provider, operation }: Run, { reference }: PaymentReference): string {
	return JSON.stringify([provider.name, operation.request, reference]);
}

type Settled = { state: 'free'; times: number } | { state: 'done'; outcome: Outcome };

/** What this execution knows about its own send, if that send ended without an answer. */
function ownOutcome(earlier: Attempt | undefined): Unknown | undefined {
	if (!earlier || earlier.state === 'rejected') return undefined;
	if (earlier.outcome === undefined)
		return { state: 'unknown', reason: 'an earlier try of this execution was cut off' };
	return earlier.outcome.state === 'unknown' && !earlier.outcome.unsent ? earlier.outcome : undefined;
}

/** Whether this execution has sent nothing, because another one did or because n8n's memory did not answer. */
function wasKeptBack({ outcome }: Attempt): boolean {
	return outcome?.state === 'unknown' && outcome.unsent !== undefined;
}

/**
 * @param own the outcome that this execution knows. If it is set, no other execution has sent the payment, and a wait
 * is useless.
 */
async function settled(
	memory: PaymentMemory,
	payment: PaymentReference,
	own: Unknown | undefined,
	stop: AbortSignal | undefined,
): Promise<Settled> {
	const known = await memory.recall();
	if (payment.isPaid && known.state !== 'applied') {
		await memory.applied();
		return { state: 'done', outcome: appliedBefore('checked_paid') };
	}
	if (known.state === 'new') return { state: 'free', times: 1 };
	if (known.state === 'sent' && known.times === payment.unpaidSend)
		return { state: 'free', times: known.times + 1 };
	if (known.state === 'sent' && own) return { state: 'done', outcome: settleable(own, payment, known.times) };
	return {
		state: 'done',
		outcome: knownOutcome(known.state === 'sent' ? await later(memory, stop) : known, payment),
	};
}

/** Another execution may be sending at this moment. It ends when the provider answers, so this waits a little. */
async function later(memory: PaymentMemory, stop: AbortSignal | undefined): Promise<Known> {
	for (const wait of LOOKUP_WAITS_MS) {
		await clock.sleep(wait, stop);
		const known = await memory.recall();
		if (known.state !== 'sent') return known;
	}
	return await memory.recall();
}

function knownOutcome(known: Known, payment: PaymentReference): Outcome {
	if (known.state === 'applied') return known.isSame ? appliedBefore('remembered') : inUse();
	const reason = 'another execution has sent it, and what became of it is not known';
	if (known.state === 'sent')
		return settleable({ state: 'unknown', reason, unsent: 'sent_before' }, payment, known.times);
	return {
		state: 'unknown',
		reason: 'another execution has tried to send it at the same moment',
		unsent: 'not_checked',
	};
}

function appliedBefore(code: 'remembered' | 'checked_paid'): Outcome {
	return { state: 'applied', data: null, replayed: true, code };
}

/**
 * This is never rejected. It may be this payment, and the flow may have computed its amount or address in another
 * way.
 */
function inUse(): Outcome {
	return {
		state: 'unknown',
		reason: 'an earlier execution has carried out another request under this Payment Reference',
		isConflict: true,
	};
}

/** Adds the text for a person who has looked, so that the message can say how to go on. */
function settleable(outcome: Outcome, { reference }: PaymentReference, times: number): Outcome {
	return outcome.state === 'unknown' ? { ...outcome, settledBy: settledText(reference, times) } : outcome;
}

async function keepOutcome(memory: PaymentMemory, outcome: Outcome, times: number): Promise<void> {
	if (outcome.state === 'applied') await memory.applied();
	if (outcome.state === 'rejected') await memory.undo(times);
}

/** A payment that n8n cannot remember is not sent. */
async function orNotAsked<Result>(ask: () => Promise<Result>): Promise<Result | Outcome> {
	try {
		return await ask();
	} catch (cause) {
		const { message, nextStep } = asRefusal(cause);
		return {
			state: 'unknown',
			reason: `n8n's own memory of payments could not be asked (${message})`,
			unsent: 'not_checked',
			nextStep,
		};
	}
}
