import { type JsonObject, textOf } from '../exact/json';
import { findOperation, type Operation } from '../provider/operation';
import { operationName, subjectName } from '../provider/names';
import { RUNBOOK } from '../provider/pages';
import type { Account, Provider } from '../provider/provider';
import { redacted } from '../wire/secrets';
import { askedText } from './asked';
import { itemNames } from './names';
import type { Applied, Made, Rejected, Unapplied, Unknown } from './outcome';

/** The text for a person about one item: what happened, whether money may have moved, and what to do. */
export interface Message {
	message: string;
	nextStep: string;
}

export interface Subject {
	provider: Provider;
	operation: Operation;
	reference: string | undefined;
	/** The reference that the provider sees, where n8n remembers the payment by another one. */
	providerReference?: string | undefined;
	account?: Account | undefined;
	/** Counted from 0, as in n8n. The text counts from 1. */
	item?: number | undefined;
	/** The last one of several items, counted from 0 as well. */
	lastItem?: number | undefined;
	/** The values that the node made for the request. */
	made?: Made;
	/** What the request asks for. */
	asked?: JsonObject;
}

/** The input was bad, so nothing left this machine. */
export function notSent(reason: string, subject: Subject, nextStep?: string): Message {
	return completed(
		`${sentence(reason)} Nothing was sent.`,
		nextStep ?? 'Change the value and run again.',
		subject,
	);
}

export function rejected(outcome: Rejected, subject: Subject): Message {
	const { operation, provider } = subject;
	const code = outcome.code ? ` (${outcome.code})` : '';
	const told = outcome.code
		? `${provider.displayName} refused ${subjectName(subject)}: ${outcome.reason}${code}`
		: `${subjectName(subject)} was not carried out: ${outcome.reason}`;
	const consequence =
		operation.effect === 'money' ? 'No money was moved by it.' : 'Nothing was changed by it.';
	return completed(`${sentence(told)} ${consequence}`, afterRefusal(outcome, operation), subject);
}

/** A refusal says nothing about earlier requests. Only a lookup of the reference makes it safe to send again. */
function afterRefusal({ nextStep, isAbsent }: Rejected, { effect }: Operation): string {
	if (isAbsent) return nextStep ?? 'It is safe to send it again.';
	const nothing = effect === 'money' ? 'This attempt moved nothing' : 'This attempt changed nothing';
	const findOut = `${nothing}; if it was sent before, find out first.`;
	return nextStep === undefined ? findOut : `${sentence(nextStep)} ${findOut}`;
}

/**
 * The message for a payment that was made before, so nothing is sent. n8n remembers the payment, but not the answer.
 */
export function remembered(code: NonNullable<Applied['code']>, subject: Subject): Message {
	const how =
		code === 'remembered'
			? 'was carried out by an earlier execution'
			: 'was looked up by a person and found carried out';
	return completed(
		`${subjectName(subject)} ${how}. Nothing was sent.`,
		`n8n does not keep the answer of then. To see it, ${whereToLook(subject)}`,
		subject,
	);
}

/** For an item that was not sent now, while nobody knows whether an earlier execution sent it. */
const EARLIER = 'Whether an earlier execution carried it out is not known.';

export function unknown(outcome: Unknown, subject: Subject): Message {
	return withRunbook(unknownOutcome(outcome, subject));
}

/** Names the page that leads from a message to what to press. */
export function withRunbook({ message, nextStep }: Message): Message {
	return { message, nextStep: `${nextStep} ${SEE_RUNBOOK}` };
}

const SEE_RUNBOOK = `What to press: ${RUNBOOK}`;

function unknownOutcome(outcome: Unknown, subject: Subject): Message {
	const { operation, provider } = subject;
	if (outcome.isConflict) {
		return completed(
			`${subjectName(subject)} was not carried out now: ${sentence(outcome.reason)} ${EARLIER}`,
			'Compare both. If it is this payment, it is made already; if it is another one, use a new reference for this one',
			subject,
		);
	}
	if (outcome.unsent) {
		const [consequence, usual] = beforeNow(outcome, subject);
		const advice = outcome.settledBy ? howToSettle(outcome.settledBy, subject) : usual;
		const nextStep = outcome.nextStep === undefined ? advice : `${sentence(outcome.nextStep)} ${advice}`;
		return completed(
			`${subjectName(subject)} was not sent: ${sentence(outcome.reason)} ${consequence}`,
			nextStep,
			subject,
		);
	}
	const code = outcome.code ? ` (${outcome.code})` : '';
	const effect =
		operation.effect === 'money'
			? 'Money may or may not have moved.'
			: 'It may or may not have been carried out.';
	const told = `${provider.displayName} gave no clear answer to ${subjectName(subject)}: ${outcome.reason}${code}`;
	const advice = outcome.refusal?.nextStep;
	const findOut =
		outcome.nextStep ?? (outcome.settledBy ? howToSettle(outcome.settledBy, subject) : howToFindOut(subject));
	const steps = [advice, findOut, candidatesText(outcome, subject)].filter((text) => text !== undefined);
	return completed(`${sentence(told)} ${effect}`, steps.map(sentence).join(' '), subject);
}

/** The most candidates that a message names. The item has all of them. */
const MAX_NAMED = 10;

/** What the provider's list shows that could be the payment. */
function candidatesText({ candidates }: Unknown, { provider, operation }: Subject): string | undefined {
	const list = operation.once?.candidates && operationName(provider, operation.once.candidates.operation);
	if (candidates === undefined || list === undefined) return undefined;
	if (candidates.length === 0)
		return `${list} shows nothing yet that could be this payment. That proves nothing: it may still appear.`;
	const names = candidates.slice(0, MAX_NAMED).map(({ id }) => textOf(id) ?? 'one without an ID');
	const more = candidates.length > MAX_NAMED ? ` and ${candidates.length - MAX_NAMED} more` : '';
	return `${list} shows what could be this payment: ${names.join(', ')}${more}. Only a person can say whether it is.`;
}

/** What an earlier try may have done, and what to do now that nothing was sent. */
function beforeNow(
	{ unsent, isMemoryDown }: Unknown,
	{ operation, provider }: Subject,
): [consequence: string, nextStep: string] {
	if (unsent === 'not_checked' && (isMemoryDown || isKeptByN8n(operation))) {
		const name = operation.lookup ? 'reference' : 'Payment Reference';
		return [
			EARLIER,
			`Run it again with the same ${name}: that is safe. Until then, do not pay in another way`,
		];
	}
	if (unsent === 'not_checked') {
		return [
			EARLIER,
			`Run it again with the same reference: that is safe. Until ${provider.displayName} has answered, do not pay or make it in another way. Turn off Check First only if the reference was never sent before`,
		];
	}
	return [
		operation.effect === 'money' ? 'Money may have moved then.' : 'It may have been carried out then.',
		'Find out what became of that before you do anything else. Make the reference and all other values from the data, so that they are the same at each try',
	];
}

/**
 * The message for a batch that follows one that was not applied. It is not sent, so that a run pays its batches in
 * order. If the earlier one is unknown, nobody has asked whether an earlier execution paid this batch.
 */
export function notReached(earlier: string, { state }: Unapplied, subject: Subject): Message {
	const cause =
		state === 'rejected'
			? `\`${earlier}\` before it was not carried out`
			: `it is not known what became of \`${earlier}\` before it`;
	const nothing =
		subject.operation.effect === 'money' ? 'No money was moved by it.' : 'Nothing was changed by it.';
	const consequence = state === 'unknown' ? EARLIER : nothing;
	const told = completed(
		`${subjectName(subject)} was not sent, because ${cause}. ${consequence}`,
		`Settle \`${earlier}\` first, then run again with the same items: what was applied is not repeated`,
		subject,
	);
	return state === 'unknown' ? withRunbook(told) : told;
}

/** Why something could not be read. A refusal has a code. Without an answer there is none. */
export interface Unread {
	reason: string;
	code?: string | undefined;
	nextStep?: string | undefined;
}

/** The message for a failed read. A read risks no money. */
export function unread({ reason, code, nextStep }: Unread, subject: Subject): Message {
	const { provider } = subject;
	const told = code
		? `${provider.displayName} refused ${subjectName(subject)}: ${reason} (${code})`
		: `${provider.displayName} gave no usable answer to ${subjectName(subject)}: ${reason}`;
	return completed(sentence(told), nextStep ?? 'Reading again is safe.', subject);
}

function howToFindOut(subject: Subject): string {
	const { operation, reference, made } = subject;
	const look = whereToLook(subject);
	if (reference === undefined)
		return `This request has no reference of its own, so do not send it again before you know: ${look}.${asMade(operation, made)}`;
	const ask = sentence(capitalized(look));
	// Without a lookup, nothing proves that the same reference cannot be applied twice.
	if (!operation.lookup) return `Do not send it again before you know. ${ask}`;
	return `Do not send it again under another reference. ${ask} Retrying this execution with the same reference is safe.`;
}

/**
 * How a person settles an unknown payment.
 * @param text what that person writes into the options, e.g. the Payment Reference
 */
function howToSettle(text: string, subject: Subject): string {
	return `Do not send it again before you know. ${sentence(capitalized(whereToLook(subject)))} If it was paid, add \`${text}\` to the option Checked and Paid. Only if it was not paid, add \`${text}\` to the option Checked and Not Paid. Then run the node again.${asMade(subject.operation, subject.made)}`;
}

/** Where to look, e.g. `use Payout: Get Many and look for the same address, or look in the dashboard of Example`. */
function whereToLook({ provider, operation, reference, providerReference }: Subject): string {
	const look = `look in ${provider.dashboard}`;
	const see = operation.lookup?.operation ?? operation.once?.see;
	const named = see === undefined ? undefined : operationName(provider, see);
	if (named === undefined) return look;
	const known = isKeptByN8n(operation) ? providerReference : reference;
	if (known === undefined)
		return `use ${named}${operation.once?.seeBy === undefined ? '' : ` and look for ${operation.once.seeBy}`}, or ${look}`;
	return `use ${named}${takesReference(provider, operation) ? ` with ${known}` : ''}, or ${look}`;
}

/** Whether the payment's reference is one that the provider does not see. */
function isKeptByN8n({ once: { remembered: isRemembered } = {}, lookup }: Operation): boolean {
	return isRemembered === true && lookup === undefined;
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the operation that shows the result takes the request's reference. */
function takesReference(
	{ resources }: Provider,
	{ lookup, once: { see } = {}, referenceField }: Operation,
): boolean {
	if (lookup) return true;
	const asked = see === undefined ? undefined : findOperation(resources, see);
	return [...(asked?.fields ?? []), ...(asked?.options ?? [])].some(({ name }) => name === referenceField);
}

/** The values that the node made. A person who decides to send the request again must use the same values. */
function asMade({ options = [] }: Operation, made: Made = {}): string {
	const labelOf = (name: string) => options.find((option) => option.name === name)?.displayName ?? name;
	const values = Object.entries(made).map(([name, value]) => `${labelOf(name)} ${value}`);
	const labels = Object.keys(made).map(labelOf);
	return values.length === 0
		? ''
		: ` It was sent with ${values.join(', ')}; if you decide to send it again, set the same ${labels.join(', ')} in its options.`;
}

/** The text with a full stop, unless it ends with a sign of its own. */
export function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

function completed(
	message: string,
	nextStep: string,
	{ account, item, lastItem, asked = {} }: Subject,
): Message {
	const place = item === undefined ? '' : ` [${itemNames(item, lastItem)}]`;
	const what = askedText(asked);
	const secrets = account?.secrets ?? [];
	return {
		message: redacted(message, secrets) + place + (what === '' ? '' : redacted(` (${what})`, secrets)),
		nextStep: redacted(sentence(nextStep), secrets),
	};
}
