import { isRecord } from '../../../../core/exact/json.ts';
import type { Schedule } from '../schedule.mts';
import type { Played } from '../stage.mts';
import type { Members } from './announcers.mts';
import { limitOf } from './plan.mts';
import type { Call, Round, Sleep } from './waited.mts';

/** Compares the sleeps, the calls and the results of executions with our promises. */
export function judgeWaits({ schedule, waited }: Played): string[] {
	if (!waited) return [];
	return [
		...waited.calls.flatMap(misled),
		...waited.sleeps.flatMap((sleep) => overslept(schedule, sleep)),
		...waited.rounds.flatMap((round) => untrue(schedule, round)),
	];
}

/** Only a genuine and awaited call wakes an execution. And an acknowledged call is not lost. */
function misled(call: Call): string[] {
	const { kind, isGenuine, isAwaited, wasAsleep, status, hasResumed, cameSecond, wasHindered } = call;
	const found: string[] = [];
	if (!isGenuine && hasResumed) found.push('a forged callback has resumed the execution');
	if (!isGenuine && wasAsleep && status !== 401) found.push(`a forged callback was answered ${status}`);
	if (kind === 'other' && hasResumed) found.push('a callback about another object has resumed the execution');
	if (isGenuine && kind !== 'other' && !isAwaited && hasResumed)
		found.push('a callback that is no news has resumed the execution');
	const isTaken = status >= 200 && status < 300;
	if (hasResumed && !isTaken) found.push(`a callback has resumed the execution and was answered ${status}`);
	if (isAwaited && isTaken && !hasResumed && !cameSecond)
		found.push('a callback that was waited for was acknowledged, and the execution sleeps on');
	if (isAwaited && !isTaken && !cameSecond && !wasHindered)
		found.push(`a callback that was waited for was answered ${status}`);
	return found;
}

/** Every sleep ends once: by a callback before the time limit, or at the time limit. */
function overslept({ target, wait, faults, race, checkFirst }: Schedule, sleep: Sleep): string[] {
	const { tag, isOver, isCalled, fellAsleep, until, wokenBy, wokenAt } = sleep;
	if (!wait) return [];
	const found: string[] = [];
	if (until - fellAsleep !== limitOf(wait))
		found.push(`${tag} is waited for ${until - fellAsleep} ms, and not ${limitOf(wait)}`);
	if (isOver && !faults.some(({ on }) => on === 'confirm')) found.push(`${tag} is waited for after its end`);
	// Two executions run at the same moment. The later one takes over the address. Where they ask first, both find nothing,
	// and the one that then loses its answer takes the other's order for its own.
	const isShared = race && (checkFirst || target.lookup === undefined);
	if (!isCalled && !isShared) found.push(`${tag} is waited for, and is announced elsewhere`);
	if (wokenBy.length !== 1) found.push(`the wait for ${tag} has ended ${wokenBy.length} times`);
	if (wokenBy[0] === 'limit' && wokenAt !== until && (wokenAt ?? 0) < until)
		found.push(`the wait for ${tag} has ended before its time`);
	return found;
}

/** Checks that the output agrees with the provider's books. */
function untrue(
	{ target, output, wait, repeatsFirst }: Schedule,
	{ tag, how, out, truths }: Round,
): string[] {
	// The execution did not sleep. Such an item is judged like that of any other operation.
	if (how === 'at once' && out?.timedOut !== false) return [];
	const found: string[] = [];
	// Only an operation with a record offers raw output.
	const isRaw = output === 'raw' && target.row.returns.kind !== undefined;
	const fits = ({ record, raw }: Members) => (isRaw ? has(out?.data, raw) : has(out, record));
	if (out?.outcome !== 'applied') found.push(`${tag} was slept on and is ${String(out?.outcome)}`);
	if (out?.timedOut !== (how === 'limit')) found.push(`${tag} says timedOut ${String(out?.timedOut)}`);
	const own = truths.filter(({ order }) => fits(order) || how === 'callback');
	if (own.length === 0) found.push(`${tag} comes out as another order`);
	if (how === 'limit') return found;
	if (how === 'callback' && out?.reference !== tag)
		found.push(`${tag} comes out as ${String(out?.reference)}`);
	// Between its creation and the sleep an order can only end. But a loop may come to an older order again.
	const isUnchanged = how === 'at once' && !repeatsFirst;
	const state = own.flatMap(({ states }) => states).find(fits);
	if (!state) found.push(`${tag} comes out otherwise than the books have it`);
	else if (!state.isFinal && (wait?.waitFor === 'final' || isUnchanged))
		found.push(`${tag} comes out before its end`);
	return found;
}

function has(out: unknown, members: Record<string, unknown> | undefined): boolean {
	return (
		isRecord(out) &&
		members !== undefined &&
		Object.entries(members).every(([name, value]) => String(out[name]) === String(value))
	);
}
