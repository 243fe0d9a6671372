import { clock } from '../clock';
import { settledText, type PaymentReference } from '../fields/paymentReference';
import type { Outcome, Unknown } from '../items/outcome';
import type { Attempt } from './attempts';
import type { Known, PaymentMemory } from './paymentMemory';
import { LOOKUP_WAITS_MS } from './protocol';

/** Whether a payment may be sent, as n8n and a person know it. */
type Settled =
	| { state: 'free'; times: number }
	| { state: 'done'; outcome: Outcome }
	/** It was sent before, and no person has settled that. */
	| { state: 'open'; known: Known };

export async function settled(memory: PaymentMemory, payment: PaymentReference): Promise<Settled> {
	const known = await memory.recall();
	if (payment.isPaid && known.state !== 'applied') {
		await memory.applied();
		return { state: 'done', outcome: appliedBefore('checked_paid') };
	}
	if (known.state === 'new') return { state: 'free', times: 1 };
	if (known.state === 'sent' && known.times === payment.unpaidSend)
		return { state: 'free', times: known.times + 1 };
	return { state: 'open', known };
}

/** What this execution knows about its own send, if that send ended without an answer. */
export function ownOutcome(earlier: Attempt | undefined): Unknown | undefined {
	if (!earlier || earlier.state === 'rejected') return undefined;
	if (earlier.outcome === undefined)
		return { state: 'unknown', reason: 'an earlier try of this execution was cut off' };
	return earlier.outcome.state === 'unknown' && !earlier.outcome.unsent ? earlier.outcome : undefined;
}

/** Whether this execution has sent nothing, because another one did or because n8n's memory did not answer. */
export function wasKeptBack({ outcome }: Attempt): boolean {
	return outcome?.state === 'unknown' && outcome.unsent !== undefined;
}

/** Another execution may be sending at this moment. It ends when the provider answers, so this waits a little. */
export async function later(memory: PaymentMemory, stop: AbortSignal | undefined): Promise<Known> {
	const before = await memory.recall();
	if (before.state !== 'sent') return before;
	for (const wait of LOOKUP_WAITS_MS) {
		await clock.sleep(wait, stop);
		const known = await memory.recall();
		if (known.state !== 'sent') return known;
	}
	return await memory.recall();
}

export function knownOutcome(known: Known, payment: PaymentReference): Outcome {
	if (known.state === 'applied') return known.isSame ? appliedBefore('remembered') : inUse();
	if (known.state === 'sent') {
		const outcome = known.lastSend === 'on its way' ? onItsWay() : sentElsewhere();
		return settleable(outcome, payment, known.times);
	}
	return {
		state: 'unknown',
		reason: 'another execution has tried to send it at the same moment',
		unsent: 'not_checked',
	};
}

function sentElsewhere(): Unknown {
	const reason = 'another execution has sent it, and what became of it is not known';
	return { state: 'unknown', reason, unsent: 'sent_before' };
}

/** The provider has nothing yet. A request that got no answer can arrive later. */
function onItsWay(): Unknown {
	return {
		...sentElsewhere(),
		reason: 'another execution has sent it less than 20 minutes ago, and that request may still arrive',
		nextStep: 'Run it again in 20 minutes: it is sent then if the provider still has nothing',
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
		reason: 'an earlier execution has carried out another request under this reference',
		isConflict: true,
	};
}

/** Adds the text for a person who has looked, so that the message can say how to go on. */
export function settleable(outcome: Outcome, { reference }: PaymentReference, times: number): Outcome {
	return outcome.state === 'unknown' ? { ...outcome, settledBy: settledText(reference, times) } : outcome;
}
