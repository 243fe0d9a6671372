import type { IDataObject, INodeType } from 'n8n-workflow';
import { isRecord } from '../../../../core/exact/json.ts';
import type { ReceivedRequest } from '../../../../sandbox/index.mts';
import {
	isAsleep,
	takeCall,
	wakeUp,
	type WorkflowResult,
	type WorkflowRun,
} from '../../../engine/harness/index.mts';
import { ranOf, type Ran } from '../runs.mts';
import type { Execution } from '../execution.mts';
import type { SimulatedTime } from '../time.mts';
import { executionIn, type Announcement, type Announcer, type Proof } from './announcers.mts';
import { isAwaited, newsOf, stateOf, truthOf } from './news.mts';
import type { WaitPlan } from './plan.mts';
import type { Call, Round, Sleep, Waited } from './waited.mts';

/** An execution in n8n's database. */
export interface Entry {
	execution: Execution;
	last: WorkflowResult;
	isElsewhere: boolean;
	isRunning: boolean;
	/** The node in the present process. Undefined: it is still the process in which the execution began. */
	node: INodeType | undefined;
	/** How many runs of the node have ended. */
	ended: number;
	sleep: Sleep | undefined;
	/** The news that have woken this execution. */
	woken: Set<string>;
}

/** What executions use of their stage. */
export interface Lent {
	waitFor: WaitPlan['waitFor'];
	/** The requests that the provider has received. */
	requests: readonly ReceivedRequest[];
	time: SimulatedTime;
	/** How many requests met a fault before they arrived. */
	lost(): number;
	/** The same workflow in its present process. */
	runFor(entry: Pick<Entry, 'execution' | 'isElsewhere' | 'node'>): WorkflowRun;
	/** The node in a process that remembers nothing. */
	newProcess(): Promise<INodeType>;
	/** Notes the requests during `work` as those of the execution. */
	observe<Result>(execution: Execution, isElsewhere: boolean, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Does what n8n does outside its engine for sleeping executions: it stores them, takes the calls of their URLs as
 * WaitingWebhooks does, and wakes them at the time limit as WaitTracker does. Every execution goes on from the text in the
 * database only.
 */
export class WaitingExecutions {
	readonly waited: Waited = { events: [], calls: [], sleeps: [], rounds: [] };
	readonly #entries = new Map<string, Entry>();
	readonly #announcer: Announcer;
	readonly #lent: Lent;

	constructor(announcer: Announcer, lent: Lent) {
		this.#announcer = announcer;
		this.#lent = lent;
	}

	/** Stores the result of a run of n8n. `earlier` runs of the node ended in a run before it. */
	store(execution: Execution, result: WorkflowResult, isElsewhere: boolean, earlier: number): Ran {
		const entry: Entry = {
			execution,
			last: result,
			isElsewhere,
			isRunning: false,
			node: undefined,
			ended: earlier,
			sleep: undefined,
			woken: new Set(),
		};
		this.#entries.set(result.executionId, entry);
		return this.#left(entry, result, 'at once');
	}

	/** The latest entry of an execution. A person's Retry makes a new entry. */
	entryOf(execution: Execution): Entry | undefined {
		return [...this.#entries.values()].findLast((one) => one.execution === execution);
	}

	/** Makes several calls with the same text at the same time. Resolves to whether one was acknowledged. */
	async call(announcements: Announcement[], kind: Call['kind'], proof: Proof): Promise<boolean> {
		const [first] = announcements;
		if (!first) return false;
		const { requests, time, observe, runFor } = this.#lent;
		const entry = this.#entries.get(executionIn(first.url) ?? '');
		const calls = announcements.map(({ body }): Call => ({
			kind,
			isGenuine: proof === 'true' || (proof === 'of another text' && this.#announcer.isBareToken),
			isAwaited: false,
			wasAsleep: false,
			status: 409,
			answer: '',
			hasResumed: false,
			cameSecond: false,
			wasHindered: time.skew !== 0,
			headers: this.#announcer.headers(body, time.now, proof),
		}));
		this.waited.calls.push(...calls);
		const { sleep } = entry ?? {};
		if (!entry || !sleep || entry.isRunning) return false;
		if (!hasToken(first.url, entry.last)) throw new Error(`Another token in ${first.url}`);

		const { last, isElsewhere, execution } = entry;
		const run = runFor(entry);
		const before = requests.length;
		const lostBefore = this.#lent.lost();
		const taken = await observe(execution, isElsewhere, () =>
			Promise.all(
				calls.map(({ headers }) => takeCall(last, run, { rawBody: Buffer.from(first.body), headers })),
			),
		);
		const isMet =
			requests.slice(before).some(({ fault }) => fault !== undefined) || this.#lent.lost() > lostBefore;
		for (const [index, call] of calls.entries()) {
			const { status = 0, body } = taken[index] ?? {};
			Object.assign(call, { wasAsleep: true, status, answer: JSON.stringify(body) ?? '' });
			const { waitFor } = this.#lent;
			const about = { ...first, kind };
			call.isAwaited =
				call.isGenuine && isAwaited(this.#announcer, sleep, about, { waitFor, woken: entry.woken });
			call.wasHindered ||= isMet;
		}
		await this.#resume(
			entry,
			newsOf(this.#announcer, sleep, first.body),
			calls,
			taken.map(({ goOn }) => goOn),
		);
		return calls.some(({ status }) => status === 200);
	}

	/** Lets the execution go on with the first call that wakes it. The other calls get an error, as from n8n. */
	async #resume(
		entry: Entry,
		news: string,
		calls: Call[],
		resumptions: Array<(() => Promise<WorkflowResult>) | undefined>,
	): Promise<void> {
		const { time } = this.#lent;
		// The time limit may have come first, while the node asked the provider.
		const isOver = (entry.sleep?.until ?? 0) <= time.now + time.skew;
		const first = resumptions.findIndex((goOn) => goOn !== undefined);
		const winner = isOver ? -1 : first;
		for (const [index, call] of calls.entries()) {
			call.hasResumed = index === winner;
			call.cameSecond = first !== -1 && index !== winner;
			if (call.cameSecond && resumptions[index]) call.status = 500;
		}
		const goOn = resumptions[winner];
		if (!goOn) return;
		entry.woken.add(news);
		await this.#goOn(entry, 'callback', goOn);
	}

	/** Lets time pass, and wakes executions at their time limits, in their order. */
	async pass(milliseconds: number): Promise<void> {
		const { time } = this.#lent;
		const target = time.now + milliseconds;
		for (let next = this.#next(); next && next.sleep.until <= target + time.skew; next = this.#next())
			await this.untilWoken(next.entry, next.sleep);
		await time.advance(Math.max(0, target - time.now));
	}

	/** Lets all executions sleep until their time limits. */
	async end(): Promise<void> {
		for (let next = this.#next(); next; next = this.#next()) await this.untilWoken(next.entry, next.sleep);
	}

	/** The execution that wakes first. */
	#next(): { entry: Entry; sleep: Sleep } | undefined {
		return [...this.#entries.values()]
			.flatMap((entry) => (entry.sleep ? [{ entry, sleep: entry.sleep }] : []))
			.sort((one, other) => one.sleep.until - other.sleep.until)[0];
	}

	async untilWoken(entry: Entry, { until }: Sleep): Promise<void> {
		const { time, runFor } = this.#lent;
		await time.advance(Math.max(0, until - time.now - time.skew));
		const run = runFor(entry);
		await this.#goOn(entry, 'limit', () => wakeUp(entry.last, run));
	}

	async #goOn(entry: Entry, how: 'callback' | 'limit', work: () => Promise<WorkflowResult>): Promise<void> {
		const { time, observe } = this.#lent;
		const { execution, isElsewhere, sleep } = entry;
		if (sleep) {
			sleep.wokenBy.push(how);
			sleep.wokenAt = time.now + time.skew;
		}
		entry.isRunning = true;
		const result = await observe(execution, isElsewhere, work);
		entry.isRunning = false;
		execution.runs.push(this.#left(entry, result, how));
	}

	/** Notes the result of a run of n8n: the rounds that have ended, and whether the execution sleeps now. */
	#left(entry: Entry, result: WorkflowResult, how: Round['how']): Ran {
		const ran = ranOf(result);
		const sleeps = isAsleep(result);
		const ended = ran.rounds.length - (sleeps ? 1 : 0);
		for (let index = entry.ended; index < ended; index += 1) {
			const tag = String(entry.execution.items[index]?.tag);
			const [item] = ran.rounds[index]?.items ?? [];
			const truths = this.#announcer.truths(tag);
			this.waited.rounds.push({ tag, how: index === entry.ended ? how : 'at once', out: item?.json, truths });
		}
		Object.assign(entry, { last: result, ended });
		entry.sleep = sleeps
			? this.#sleepOf(String(entry.execution.items[ended]?.tag), ran.items[0]?.json, result)
			: undefined;
		if (entry.sleep) this.waited.sleeps.push(entry.sleep);
		return ran;
	}

	#sleepOf(tag: string, out: IDataObject | undefined, { executionData, executionId }: WorkflowResult): Sleep {
		const { time } = this.#lent;
		const key = keyIn(out, this.#announcer.keyName);
		const state = stateOf(this.#announcer, tag, key);
		return {
			tag,
			key,
			version: state?.version,
			isOver: state?.isFinal === true,
			isCalled: executionIn(truthOf(this.#announcer, tag, key)?.url ?? '') === executionId,
			fellAsleep: time.now + time.skew,
			until: Date.parse(String(executionData.waitTill)),
			wokenBy: [],
			wokenAt: undefined,
		};
	}
}

/** The key in a record or in the provider's own object. */
function keyIn(out: IDataObject | undefined, name: string): string {
	const own = isRecord(out?.data) ? out.data[name] : undefined;
	return String(out?.[name] ?? own);
}

/** Whether the URL has the execution's token. n8n refuses calls without it. */
function hasToken(url: string, { executionData }: WorkflowResult): boolean {
	return url.includes(`signature=${executionData.resumeToken}`);
}
