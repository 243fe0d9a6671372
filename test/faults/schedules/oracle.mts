import type { ReceivedRequest } from '../../../sandbox/index.mts';
import { claimsOf, type Claim } from './claims.mts';
import { before, isApplied, isKept, names, sendsOf, tagsIn } from './evidence.mts';
import type { Execution } from './execution.mts';
import { kindOf } from './kinds/index.mts';
import type { Played } from './stage.mts';
import { secretsOnTheWire } from './secrets.mts';
import { nameless, needlesslyUnknown } from './saying.mts';
import { judgeWaits } from './waiting/oracle.mts';

export interface Verdict {
	violations: string[];
	/** What the items say at the end of each execution. */
	outcomes: string[];
}

/** Compares what happened in a schedule with our promises. `booked` has the count of the books by tag. */
export function judge(played: Played, booked: Map<string, number>): Verdict {
	const violations: string[] = [];
	const outcomes: string[] = [];
	for (const execution of played.executions) {
		violations.push(...resent(played, execution));
		for (const [index, run] of execution.runs.entries()) {
			if (run.isApart) continue;
			const { claims, flaws } = claimsOf(run, execution.items.length);
			violations.push(...flaws);
			if (index < execution.runs.length - 1) continue;
			violations.push(...contradicted(played, execution, claims));
			violations.push(
				...needlesslyUnknown(played, execution, claims),
				...nameless(played, execution, claims),
			);
			outcomes.push(...claims.map(({ outcome }) => outcome));
		}
	}
	violations.push(...appliedTooOften(played, booked), ...leaked(played), ...judgeWaits(played));
	violations.push(...(played.twist?.violations ?? []), ...(kindOf(played.schedule)?.judge?.(played) ?? []));
	if (played.strays > 0) violations.push(`${played.strays} requests followed a redirect to another host`);
	for (const reason of played.unhandled) violations.push(`nobody handled ${String(reason)}`);
	if (played.log !== '') violations.push(`the console says ${played.log.slice(0, 200)}`);
	return { violations: [...new Set(violations)], outcomes };
}

/** What an execution may follow with a second send: only an answer that proves that nothing was applied. */
function provesNothingApplied({ altered }: Played, request: ReceivedRequest): boolean {
	const { fault, verdict } = request;
	const alteration = altered.get(request);
	if (alteration !== undefined) return alteration === 'refused' && !isApplied(request);
	// What drips may still come whole.
	if (fault === undefined || fault === 'slow-drip') return verdict.kind === 'refused';
	return fault === 'ok-but-wrong' && verdict.kind === 'unread';
}

function resent(played: Played, execution: Execution): string[] {
	const found: string[] = [];
	for (const tag of tagsIn(execution)) {
		const sends = sendsOf(played, execution.requests, tag);
		const doubtful = sends.slice(0, -1).filter((send) => !provesNothingApplied(played, send));
		for (const send of doubtful) {
			const how = played.altered.get(send) ?? send.fault ?? send.verdict.kind;
			found.push(`${tag} was sent again after ${how} in one execution`);
		}
		if (sends.filter(isApplied).length > 1) found.push(`${tag} was applied twice by one execution`);
	}
	return found;
}

function contradicted(played: Played, execution: Execution, claims: readonly Claim[]): string[] {
	const found: string[] = [];
	// A loop may come to the same reference again, and is told that it is safe.
	const isMadeLater = ({ item }: Claim) =>
		execution.runs.at(-1)?.rounds !== undefined &&
		claims.some((later) => {
			const isSame = execution.items[later.item]?.tag === execution.items[item]?.tag;
			return later.item > item && isSame && later.outcome !== 'rejected';
		});
	for (const claim of claims) {
		const { item, outcome } = claim;
		const tag = String(execution.items[item]?.tag);
		const here = isMadeLater(claim) ? [] : execution.requests;
		const applied = sendsOf(played, [...sentBefore(played, execution, claim), ...here], tag).filter(
			isApplied,
		);
		const ever = sendsOf(played, played.requests, tag).filter(isApplied).length;
		if (outcome === 'applied' && ever === 0) found.push(`${tag} is said to be applied, and is not`);
		if (outcome !== 'rejected' || applied.length === 0) continue;
		const isOwn = applied.some((request) => execution.requests.includes(request));
		found.push(
			isOwn
				? `${tag} is said to be rejected, and was applied`
				: `${tag} is said to be rejected, and was applied by an execution before`,
		);
	}
	return found;
}

/**
 * Who pays elsewhere what is rejected must not pay twice, whatever an execution before has done. A request without a
 * reference is another one each time; where a reference cannot be asked for, it must not be called safe.
 */
function sentBefore(played: Played, execution: Execution, { text }: Claim): ReceivedRequest[] {
	const { target, race, oddity } = played.schedule;
	if (race || oddity.kind === 'late' || !target.hasReference) return [];
	const isSaidSafe = /safe to send it again|safe to try|send it again now/i.test(text);
	if (target.lookup === undefined && !isSaidSafe) return [];
	return before(played, execution).flatMap(({ requests }) => requests);
}

function appliedTooOften(played: Played, booked: Map<string, number>): string[] {
	const { target } = played.schedule;
	const [first] = played.executions;
	const found: string[] = [];
	for (const tag of first ? tagsIn(first) : []) {
		const accepted = sendsOf(played, played.requests, tag).filter(isApplied).length;
		const count = target.isBooked ? bookedUnder(booked, tag) : accepted;
		// A new execution is a new order of a person, where nobody keeps the first.
		const most = isKept(played) ? 1 : played.executions.length;
		if (count > most) found.push(`${tag} was applied ${count} times`);
		if (target.isBooked && count > 0 !== accepted > 0) {
			found.push(`${tag}: the books have ${count}, and ${accepted} requests were accepted`);
		}
	}
	return found;
}

/** Under the tag itself, and under what a later try has made of it. */
function bookedUnder(booked: Map<string, number>, tag: string): number {
	const own = [...booked].filter(([reference]) => names({ url: reference, body: '' }, tag));
	return own.reduce((sum, [, count]) => sum + count, 0);
}

function leaked({ executions, requests, secrets, log, waited }: Played): string[] {
	const calls = waited?.calls ?? [];
	const hidden = [...secrets, ...secretsOnTheWire([...requests, ...calls])];
	const saved = executions.flatMap(({ runs }) => runs.map((run) => run.saved));
	const seen = [...saved, ...calls.map(({ answer }) => answer)];
	return hidden
		.filter((secret) => [...seen, log].some((text) => text.includes(secret)))
		.map((secret) => `a secret of ${secret.length} characters is seen: ${secret.slice(0, 6)}...`);
}
