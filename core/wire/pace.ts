import { type Clock, unlessStopped } from '../clock';

/** How many reads of an account begin at once. More follow with each answer. */
const FIRST_AT_ONCE = 8;

/** Milliseconds of quiet after a 429 that names no time. */
const QUIET_MS = 500;

/** Above so many accounts, those are forgotten that nobody reads from now. */
const MOST_ACCOUNTS = 1000;

interface Pace {
	/** How many reads may be under way. It has a fraction, because it grows in small steps after a 429. */
	most: number;
	/** Up to here it grows by one with each answer. It is half of what was too much. */
	easyUntil: number;
	underWay: number;
	/** Unix milliseconds. No read begins before. */
	quietUntil: number;
	/** When it was last halved. A read that began before says nothing new. */
	halvedAt: number;
	/** The reads that wait. Those that were refused already come first. */
	refused: Array<() => void>;
	fresh: Array<() => void>;
}

/** A read in the eyes of the pace. */
export interface PacedRead {
	/** Names the account: provider, origin and id. Never a secret. */
	account: string;
	/** The most reads at once, where the provider never refuses one for its rate. */
	mostAtOnce: number;
	/** Whether the provider has refused this read before. */
	isAgain: boolean;
}

/** What an answer says about the rate. `quiet` is the time that a 429 names, in milliseconds. */
export type RateSign = 'fine' | 'nothing' | { quiet: number | undefined };

/** All executions in this process share the pace of an account. */
const paces = new Map<string, Pace>();

/**
 * Makes one read in the account's pace. It begins with a few at once, and grows with each answer. A 429 halves it, and no
 * read of the account begins before the time that the provider names. The signal ends the wait: `send` is called in that
 * case too, so it must check the signal.
 */
export async function inPace<Answer>(
	read: PacedRead,
	{ now, sleep }: Pick<Clock, 'now' | 'sleep'>,
	send: () => Promise<Answer>,
	signOf: (answer: Answer) => RateSign,
	stop?: AbortSignal,
): Promise<Answer> {
	const pace = paceOf(read.account);
	await turnOf(pace, read.isAgain, stop);
	try {
		// A read that was refused before has waited for itself.
		const quiet = read.isAgain ? 0 : pace.quietUntil - now();
		if (quiet > 0 && !stop?.aborted) await sleep(quiet, stop);
		const begun = now();
		const answer = await send();
		const sign = signOf(answer);
		if (sign === 'fine') speedUp(pace, read.mostAtOnce);
		else if (sign !== 'nothing') slowDown(pace, sign.quiet, begun, now());
		return answer;
	} finally {
		pace.underWay -= 1;
		letIn(pace);
	}
}

function paceOf(account: string): Pace {
	const known = paces.get(account);
	if (known) return known;
	if (paces.size >= MOST_ACCOUNTS) forgetIdle();
	const begin = { most: FIRST_AT_ONCE, easyUntil: Number.POSITIVE_INFINITY };
	const pace = { ...begin, underWay: 0, quietUntil: 0, halvedAt: 0, refused: [], fresh: [] };
	paces.set(account, pace);
	return pace;
}

function forgetIdle(): void {
	for (const [account, { underWay }] of paces) if (underWay === 0) paces.delete(account);
}

/** Resolves when the read may begin. It then counts as under way. */
async function turnOf(pace: Pace, isAgain: boolean, stop: AbortSignal | undefined): Promise<void> {
	if (pace.underWay + 1 <= pace.most) {
		pace.underWay += 1;
		return;
	}
	let isIn = false;
	const turn = new Promise<void>((resolve) => {
		(isAgain ? pace.refused : pace.fresh).push(() => {
			isIn = true;
			resolve();
		});
	});
	await unlessStopped(turn, stop);
	// A stopped read does not wait. Its place in the queue is used up when its turn comes.
	if (isIn) return;
	pace.underWay += 1;
	void turn.then(() => {
		pace.underWay -= 1;
		letIn(pace);
	});
}

/** Lets in as many of the waiting reads as there is room for. */
function letIn(pace: Pace): void {
	while (pace.underWay + 1 <= pace.most) {
		const next = pace.refused.shift() ?? pace.fresh.shift();
		if (!next) return;
		pace.underWay += 1;
		next();
	}
}

function slowDown(pace: Pace, quiet = QUIET_MS, begun: number, now: number): void {
	pace.quietUntil = Math.max(pace.quietUntil, now + quiet);
	if (begun < pace.halvedAt) return;
	pace.halvedAt = now;
	pace.most = Math.max(1, Math.floor(pace.most / 2));
	pace.easyUntil = pace.most;
}

function speedUp(pace: Pace, mostAtOnce: number): void {
	const step = pace.most < pace.easyUntil ? 1 : 1 / pace.most;
	pace.most = Math.min(Math.max(mostAtOnce, 1), pace.most + step);
}
