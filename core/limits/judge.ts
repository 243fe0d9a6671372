import { compare } from '../exact/decimal';
import type { Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import {
	type Amounts,
	isAbove,
	LIMIT_NAMES,
	type LimitName,
	type Limits,
	limitsMoney,
	WHO_CHANGES,
} from './limits';
import { type Moved, type PaidSum, paymentsIn, sumsOf, sumText } from './moved';

/** What the limits say of a request. A rule is the name of a limit in the credential. */
export type LimitVerdict =
	| { state: 'would_send' }
	| { state: 'needs_approval' | 'blocked'; rule: string; reason: string; nextStep: string };

/** What asks for money to move, or for a change. */
export interface RunAsked {
	operation: Pick<Operation, 'name' | 'effect' | 'custom' | 'does'>;
	/** Whether an AI agent runs the node. */
	byAgent: boolean;
	/** One for each request of the run. */
	requests: readonly Moved[];
	/** What the same agent has asked for before in this execution. It counts for the run. */
	before?: readonly PaidSum[];
}

const SENDS: LimitVerdict = { state: 'would_send' };

/**
 * Holds all requests of a run against the limits. What cannot be known counts as too much. A cap wins over an
 * approval: what is above a cap is blocked, whoever has approved it.
 * @returns one verdict for each request
 */
export function judgeRun(limits: Limits, asked: RunAsked): LimitVerdict[] {
	const { operation, requests } = asked;
	if (operation.effect === 'read') return requests.map(() => SENDS);
	const forAll = blockedAltogether(limits, asked);
	if (forAll) return requests.map(() => forAll);
	const isMoney = operation.effect === 'money' && !operation.custom;
	const run = isMoney ? runVerdict(limits, asked) : undefined;
	return requests.map((moved) => {
		const blocked =
			run ?? (isMoney ? (paymentVerdict(limits, moved) ?? recipientVerdict(limits, moved)) : undefined);
		return blocked ?? approvalVerdict(limits, asked, moved) ?? SENDS;
	});
}

function blockedAltogether(limits: Limits, { operation, byAgent }: RunAsked): LimitVerdict | undefined {
	const { byExpression, unreadable, paymentsOff, agents, customRequests } = limits;
	if (byExpression !== undefined) {
		const reason = `${byExpression} in the credential is an expression, so a flow could set it, and nothing that changes or pays something is sent`;
		const nextStep = `${WHO_CHANGES}: to plain text, without an expression`;
		return { state: 'blocked', rule: byExpression, reason, nextStep };
	}
	if (unreadable !== undefined) {
		const reason = `${unreadable} in the credential cannot be read, so nothing that changes or pays something is sent`;
		const nextStep = `${WHO_CHANGES}. It is written like in the description of its field`;
		return { state: 'blocked', rule: unreadable, reason, nextStep };
	}
	if (paymentsOff) return blocked('paymentsOff', 'Payments Off is on in the credential, so it only reads');
	if (byAgent && agents === 'never') {
		return blocked('aiAgents', 'AI Agents in the credential lets an agent only read');
	}
	if (!operation.custom) return undefined;
	if (customRequests === 'reads') {
		return blocked('customRequests', 'Custom Requests in the credential lets a custom request only read');
	}
	if (byAgent && limitsMoney(limits)) {
		return blocked(
			'customRequests',
			'What a custom request of an agent pays cannot be held against the limits of the credential',
		);
	}
	return undefined;
}

/** @returns undefined where the sum of the run is within the limit */
function runVerdict({ mostPerRun }: Limits, { requests, before = [] }: RunAsked): LimitVerdict | undefined {
	if (!mostPerRun) return undefined;
	const payments: PaidSum[] = [...before];
	for (const { payments: own } of requests) {
		if (typeof own === 'string') return unsaid('mostPerRun', own);
		const two = own.flatMap((payment) => twoCurrencies(mostPerRun, payment) ?? [])[0];
		if (two !== undefined) return unsaid('mostPerRun', two);
		payments.push(...own);
	}
	for (const sum of sumsOf(payments)) {
		const verdict = heldAgainst('mostPerRun', mostPerRun, sum, 'together are');
		if (verdict) return verdict;
	}
	return undefined;
}

function paymentVerdict({ mostPerPayment }: Limits, { payments }: Moved): LimitVerdict | undefined {
	if (!mostPerPayment) return undefined;
	if (typeof payments === 'string') return unsaid('mostPerPayment', payments);
	for (const payment of payments) {
		const two = twoCurrencies(mostPerPayment, payment);
		if (two !== undefined) return unsaid('mostPerPayment', two);
		const verdict = heldAgainst('mostPerPayment', mostPerPayment, payment, 'is');
		if (verdict) return verdict;
	}
	return undefined;
}

/**
 * Where a request names its currency twice, both names must mean one currency of the limit. `USDTTRC20` is USDT and not
 * USD; beside the coin TON, `USDTTON` can be either. Nobody documents which of the names counts.
 */
function twoCurrencies(amounts: Amounts, { currency, alsoNamed = '' }: PaidSum): string | undefined {
	const other = [...amounts.keys()].find((name) => alsoNamed.includes(name) && !currency.includes(name));
	return other && `the request names ${currency} in one member, and ${other} can be meant in another`;
}

function heldAgainst(
	name: LimitName,
	most: Amounts,
	payment: PaidSum,
	verb: string,
): LimitVerdict | undefined {
	const above = isAbove(most, payment.currency, payment.amount);
	if (above === false) return undefined;
	const label = LIMIT_NAMES[name];
	if (above) return blocked(name, `${sumText(payment)} ${verb} above ${label} of the credential`);
	const names = `${label} of the credential does not name ${payment.currency.slice(0, 40)}`;
	return blocked(name, `${names}, and a currency without a limit is not paid`);
}

function recipientVerdict({ allowedRecipients }: Limits, { recipients }: Moved): LimitVerdict | undefined {
	if (!allowedRecipients) return undefined;
	if (typeof recipients === 'string') {
		return blocked('allowedRecipients', `Allowed Recipients of the credential is set, and ${recipients}`);
	}
	const others = recipients.filter((one) => !allowedRecipients.has(one));
	if (others.length === 0) return undefined;
	const who =
		recipients.length === 1 ? 'The recipient is' : `${others.length} of ${recipients.length} recipients are`;
	return blocked('allowedRecipients', `${who} not among Allowed Recipients of the credential`);
}

function unsaid(name: LimitName, why: string): LimitVerdict {
	return blocked(name, `${LIMIT_NAMES[name]} of the credential is set, and ${why}`);
}

function blocked(name: LimitName, reason: string): LimitVerdict {
	return { state: 'blocked', rule: LIMIT_NAMES[name], reason, nextStep: WHO_CHANGES };
}

function approvalVerdict(limits: Limits, asked: RunAsked, moved: Moved): LimitVerdict | undefined {
	const { operation, byAgent, requests } = asked;
	if (byAgent && limits.agents === 'approval') {
		return approval('aiAgents', 'AI Agents in the credential lets an agent pay only what a person approved');
	}
	const { approvalFrom: from } = limits;
	if (!from || operation.effect !== 'money') return undefined;
	// One approval covers all requests of a mass payment, so all of them count together.
	const covered = operation.does?.packs ? requests : [moved];
	const payments = paymentsIn(covered);
	const sums = payments && sumsOf(payments);
	const isClear = payments?.every((payment) => twoCurrencies(from, payment) === undefined) ?? false;
	const isBelow = isClear && sums && !operation.custom && sums.every((sum) => isBelowApproval(from, sum));
	if (isBelow) return undefined;
	const what = sums?.map(sumText).join(', ') ?? 'A payment whose sum the request does not say';
	return approval('approvalFrom', `${what} needs an approval, by Approval From of the credential`);
}

/** A currency that the limit does not name needs an approval from the first unit. */
function isBelowApproval(from: Amounts, { currency, amount }: PaidSum): boolean {
	const least = from.get(currency);
	return least !== undefined && compare(amount, least) < 0;
}

function approval(name: LimitName, reason: string): LimitVerdict {
	const nextStep = 'Preview it, have the preview approved, and map its hash into Approval Hash';
	return { state: 'needs_approval', rule: LIMIT_NAMES[name], reason, nextStep };
}

/** The refusal that a verdict stands for. Undefined where the request may be sent. */
export function refusalOf(verdict: LimitVerdict, isApproved: boolean): Refusal | undefined {
	if (verdict.state === 'would_send' || (verdict.state === 'needs_approval' && isApproved)) return undefined;
	return new Refusal(verdict.reason, verdict.nextStep);
}
