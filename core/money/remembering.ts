import { clock } from '../clock';
import type { PaymentReference } from '../fields/paymentReference';
import type { Outcome } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import type { Run } from '../items/run';
import { asRefusal } from '../refusal';
import type { SendingRun } from './attempts';
import { claimsOf } from './claims';
import type { Classified } from './classify';
import { type Known, type PaymentMemory, paymentMemoryOf } from './paymentMemory';
import { knownOutcome, later, ownOutcome, settleable, settled, wasKeptBack } from './settling';

/** The steps around the send of a payment that n8n remembers. */
export interface Remembering {
	/** The outcome of an earlier send, if it prevents a new one. */
	before(): Promise<Outcome | undefined>;
	/** Whether another execution has sent the payment, and the provider must be asked before a new send. */
	asksFirst(): boolean;
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
	const memory = () => ownMemory(run, payment, request);
	// The provider keeps the reference too. So it is asked about an earlier send, and a person only if it does not know.
	const canAsk = run.operation.lookup !== undefined;
	const nothingSent = () =>
		run.attempts.keep(key, request.fingerprint, { state: 'rejected', reason: 'nothing was paid' });
	let times = 1;
	let isOurs = false;
	let isHeld = false;
	/** What the provider has to be asked about: an earlier send that nobody has settled. */
	let asked: Known = { state: 'new' };

	return {
		before: async () => {
			const earlier = run.attempts.recall(key);
			// This execution has the complete answer.
			if (earlier?.outcome?.state === 'applied') return undefined;
			return await orNotAsked(async () => {
				const found = await settled(memory(), payment);
				if (found.state === 'done') return found.outcome;
				if (found.state === 'free') {
					times = found.times;
					if (earlier && (payment.unpaidSend > 0 || wasKeptBack(earlier))) nothingSent();
					return undefined;
				}
				if (canAsk) {
					asked = found.known;
					return undefined;
				}
				const own = ownOutcome(earlier);
				if (found.known.state === 'sent' && own) return settleable(own, payment, found.known.times);
				return knownOutcome(await later(memory(), run.stop), payment);
			});
		},
		asksFirst: () => asked.state !== 'new',
		around: async (send) => {
			const held = await orNotAsked(async () => {
				if (isOurs) return undefined;
				const next = asked.state === 'new' ? times : await afterAbsence(memory(), asked);
				isOurs = next !== undefined && (await memory().begin(next));
				times = next ?? times;
				return isOurs ? undefined : knownOutcome(await later(memory(), run.stop), payment);
			});
			isHeld = held !== undefined;
			// The provider may show meanwhile what the other execution has sent.
			return held ? { outcome: held, duplicate: true } : await send();
		},
		after: async (outcome) => {
			if (isOurs) {
				// The payment is made or not, and an error of n8n's database does not change that. The memory then
				// keeps it as sent.
				const isOver = canAsk && run.stop?.aborted !== true;
				await keepOutcome(memory(), outcome, times, isOver).catch(() => undefined);
				return canAsk ? outcome : settleable(outcome, payment, times);
			}
			if (asked.state === 'sent' && outcome.state === 'applied')
				await memory()
					.applied()
					.catch(() => undefined);
			// This execution has sent nothing, so a later try is not bound to this request.
			if (isHeld && outcome.state === 'unknown') nothingSent();
			return outcome;
		},
	};
}

/** What n8n remembers of a payment. Reading changes nothing. Undefined where n8n does not remember it. */
export async function recalled(run: Run, { payment, request }: Prepared): Promise<Known | undefined> {
	if (!payment) return undefined;
	return await ownMemory(run, payment, request).recall();
}

function ownMemory(run: Run, payment: PaymentReference, { fingerprint }: Prepared['request']): PaymentMemory {
	return paymentMemoryOf(claimsOf(run.node), paymentName(run, payment), fingerprint, clock.now);
}

/**
 * The provider was asked about an earlier send and provably has nothing.
 * @returns the number of the next send; undefined where the earlier one may still be under way, because then an absence
 * proves nothing
 */
async function afterAbsence(memory: PaymentMemory, asked: Known): Promise<number | undefined> {
	if (asked.state !== 'sent' || asked.lastSend !== 'over') return undefined;
	const now = await memory.recall();
	return now.state === 'sent' && now.times === asked.times ? now.times + 1 : undefined;
}

/**
 * The name of a payment. It does not contain the account: with a new key of the same account, the payment must not be
 * made again, and a key does not show its account. The fingerprint contains the account. So at another account the
 * reference counts as in use.
 */
function paymentName({ provider, operation }: Run, { reference }: PaymentReference): string {
	return JSON.stringify([provider.name, operation.request, reference]);
}

/** @param isOver whether a send without a clear answer is over */
async function keepOutcome(
	memory: PaymentMemory,
	outcome: Outcome,
	times: number,
	isOver: boolean,
): Promise<void> {
	if (outcome.state === 'applied') await memory.applied();
	if (outcome.state === 'rejected') await memory.undo(times);
	if (outcome.state === 'unknown' && isOver) await memory.over(times);
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
			isMemoryDown: true,
			nextStep,
		};
	}
}
