import type { ReceivedRequest } from '../../../sandbox/index.mts';
import { claimsOf, type Claim } from './claims.mts';
import type { Execution } from './execution.mts';
import type { Played } from './stage.mts';
import { secretsOnTheWire } from './secrets.mts';
import { judgeWaits } from './waiting/oracle.mts';

export interface Verdict {
	violations: string[];
	/** What the items said at the end of each execution. */
	outcomes: string[];
}

/** Holds what happened in a schedule against what was promised. `booked` counts what the books name by tag. */
export function judge(played: Played, booked: Map<string, number>): Verdict {
	const violations: string[] = [];
	const outcomes: string[] = [];
	for (const execution of played.executions) {
		violations.push(...resent(played, execution));
		for (const [index, run] of execution.runs.entries()) {
			const { claims, flaws } = claimsOf(run, execution.items.length);
			violations.push(...flaws);
			if (index < execution.runs.length - 1) continue;
			violations.push(...contradicted(played, execution, claims));
			outcomes.push(...claims.map(({ outcome }) => outcome));
		}
	}
	violations.push(...appliedTooOften(played, booked), ...leaked(played), ...judgeWaits(played));
	if (played.strays > 0) violations.push(`${played.strays} requests followed a redirect to another host`);
	for (const reason of played.unhandled) violations.push(`nobody handled ${String(reason)}`);
	if (played.log !== '') violations.push(`the console says ${played.log.slice(0, 200)}`);
	return { violations: [...new Set(violations)], outcomes };
}

const tagsOf = ({ items }: Execution) => [...new Set(items.map(({ tag }) => String(tag)))];

/** The sends of one item, oldest first. */
function sendsOf({ schedule: { target } }: Played, requests: readonly ReceivedRequest[], tag: string) {
	return requests.filter(
		({ operation, url, body }) => operation === target.endpoint && `${url} ${body}`.includes(tag),
	);
}

const isApplied = ({ verdict }: ReceivedRequest) => verdict.kind === 'accepted';

/** What an execution may follow with a second send: only an answer that proves that nothing was applied. */
function provesNothingApplied({ fault, verdict }: ReceivedRequest): boolean {
	// What drips may still come whole.
	if (fault === undefined || fault === 'slow-drip') return verdict.kind === 'refused';
	return fault === 'ok-but-wrong' && verdict.kind === 'unread';
}

function resent(played: Played, execution: Execution): string[] {
	const found: string[] = [];
	for (const tag of tagsOf(execution)) {
		const sends = sendsOf(played, execution.requests, tag);
		const doubtful = sends.slice(0, -1).filter((send) => !provesNothingApplied(send));
		for (const send of doubtful) {
			found.push(`${tag} was sent again after ${send.fault ?? send.verdict.kind} in one execution`);
		}
		if (sends.filter(isApplied).length > 1) found.push(`${tag} was applied twice by one execution`);
	}
	return found;
}

function contradicted(played: Played, execution: Execution, claims: readonly Claim[]): string[] {
	const found: string[] = [];
	const before = played.executions.slice(0, played.executions.indexOf(execution));
	// Who pays elsewhere what is rejected must not pay twice, whatever an execution before has done.
	const known = isFoundFirst(played) ? before.flatMap(({ requests }) => requests) : [];
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
		const applied = sendsOf(played, [...known, ...here], tag).filter(isApplied).length;
		const ever = sendsOf(played, played.requests, tag).filter(isApplied).length;
		if (outcome === 'applied' && ever === 0) found.push(`${tag} is said to be applied, and is not`);
		if (outcome === 'rejected' && applied > 0) found.push(`${tag} is said to be rejected, and was applied`);
	}
	return found;
}

/** Whether every execution asks first, and would find what another has made. */
function isFoundFirst({ schedule: { target, checkFirst, oddity, race } }: Played): boolean {
	return target.lookup !== undefined && checkFirst && oddity.kind === 'none' && !race;
}

function appliedTooOften(played: Played, booked: Map<string, number>): string[] {
	const { target } = played.schedule;
	const [first] = played.executions;
	const isFound = isFoundFirst(played);
	const found: string[] = [];
	for (const tag of first ? tagsOf(first) : []) {
		const accepted = sendsOf(played, played.requests, tag).filter(isApplied).length;
		const count = target.isBooked ? (booked.get(tag) ?? 0) : accepted;
		// A new execution is a new order of a person, where neither the provider nor a lookup knows the first.
		const most = target.isUnique || isFound ? 1 : played.executions.length;
		if (count > most) found.push(`${tag} was applied ${count} times`);
		if (target.isBooked && count > 0 !== accepted > 0) {
			found.push(`${tag}: the books have ${count}, and ${accepted} requests were accepted`);
		}
	}
	return found;
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
