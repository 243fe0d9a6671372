import type { INodeExecutionData } from 'n8n-workflow';
import type { ReceivedRequest, Sandbox } from '../../../sandbox/index.mts';
import {
	retryExecution,
	retryWorkflow,
	runNode,
	runWorkflow,
	type Network,
	type Run,
} from '../../engine/harness/index.mts';
import type { Ended, Execution } from './execution.mts';
import { isRetryable, loopOf, parametersOf, runOf, settingsOf } from './runs.mts';
import type { Schedule } from './schedule.mts';
import type { SimulatedTime } from './time.mts';
import type { Actors, Twist } from './twist.mts';
import { Course } from './waiting/course.mts';
import type { Waited } from './waiting/waited.mts';

/** What a schedule uses of its stage. */
export interface Around {
	sandbox: Sandbox;
	time: SimulatedTime;
	network: Network;
	/** How many requests met a fault before they arrived. */
	lost(): number;
	twist: Twist | undefined;
}

interface Once {
	isElsewhere?: boolean;
	/** What a Retry starts from. */
	previous?: Ended;
	/** The workflow as the user has changed it. */
	change?: ((run: Run) => Run) | undefined;
}

/** A schedule while it is played. */
export class Ongoing {
	readonly executions: Execution[] = [];
	readonly #schedule: Schedule;
	readonly #items: INodeExecutionData[];
	readonly #around: Around;
	/** Only operations that let the execution sleep have it. */
	readonly #course: Course | undefined;

	constructor(schedule: Schedule, items: INodeExecutionData[], around: Around) {
		this.#schedule = schedule;
		this.#items = items;
		this.#around = around;
		this.#course = schedule.wait && new Course(schedule, schedule.wait, around.sandbox, this.#lent());
	}

	/** What happened to sleeping executions. Undefined: the operation does not sleep. */
	get waited(): Waited | undefined {
		return this.#course?.waited;
	}

	async play(): Promise<void> {
		const { twist } = this.#around;
		if (twist?.script) return await twist.script(this.#actors());
		await this.#chain(this.#opened());
		if (this.#schedule.anew) {
			await this.#pause();
			await this.#chain(this.#opened());
		}
		await this.#course?.end();
	}

	#actors(): Actors {
		const { requests } = this.#around.sandbox[this.#schedule.target.provider];
		return {
			items: this.#items,
			time: this.#around.time,
			open: (more) => this.#opened(more),
			perform: (execution, work, more) => this.#perform(execution, work, more),
			chain: (execution, change) => this.#chain(execution, change),
			pause: () => this.#pause(),
			made: () => requests.length,
		};
	}

	#pause(): Promise<void> {
		return this.#around.time.advance(this.#schedule.pause);
	}

	/** A run of n8n as a script wants it. */
	async #perform(
		execution: Execution,
		work: (run: Run) => Promise<Ended>,
		{ isApart = false } = {},
	): Promise<Ended> {
		const run = this.#runOf(execution, false);
		const result = await this.#observe(execution, false, () => work(run));
		const ended = { ...result, isApart };
		execution.runs.push(ended);
		return ended;
	}

	/** Another worker runs the same items. */
	async race(): Promise<void> {
		await this.#once(this.#opened(), { isElsewhere: true });
	}

	/** Called for each accepted send. */
	async made(request: ReceivedRequest): Promise<void> {
		await this.#course?.made(request, tagsOf(this.#items));
	}

	/** A new execution, as the latest of them. */
	#opened({ items = this.#items, known = [] }: Parameters<Actors['open']>[0] = {}): Execution {
		const execution = { items: items.map(({ json }) => json), runs: [], requests: [...known], attempts: 0 };
		this.executions.push(execution);
		return execution;
	}

	/** An execution, and each Retry of a person while it has failed. */
	async #chain(execution: Execution, change?: (run: Run) => Run): Promise<void> {
		let result = await this.#untilAwake(execution, await this.#once(execution, { change }));
		for (let left = this.#schedule.retries; left > 0 && isRetryable(result); left -= 1) {
			await this.#pause();
			result = await this.#untilAwake(execution, await this.#once(execution, { previous: result, change }));
		}
	}

	async #untilAwake(execution: Execution, result: Ended): Promise<Ended> {
		await this.#course?.play(execution);
		return execution.runs.at(-1) ?? result;
	}

	async #once(
		execution: Execution,
		{ isElsewhere = false, previous, change = (run) => run }: Once,
	): Promise<Ended> {
		const run = change(this.#runOf(execution, isElsewhere));
		const course = this.#course;
		const result = await this.#observe(execution, isElsewhere, async () => {
			if (!course) return previous ? await retryExecution(previous, run) : await runNode(run);
			const loop = loopOf(run, this.#items);
			const left = previous ? await retryWorkflow(previous, loop) : await runWorkflow(loop);
			const { rounds = [] } = previous ?? {};
			return course.store(execution, left, isElsewhere, rounds.filter(({ error }) => !error).length);
		});
		execution.runs.push(result);
		return result;
	}

	#runOf(execution: Execution, isElsewhere: boolean): Run {
		const { sandbox, network } = this.#around;
		const items = itemsOf(execution, this.#items);
		const given = { parameters: parametersOf(this.#schedule), items, network, isElsewhere };
		return {
			...runOf(sandbox, this.#schedule.target, given),
			settings: settingsOf(this.#schedule),
			before: () => (execution.attempts += 1),
		};
	}

	/** Notes the requests of an execution during `work`. */
	async #observe<Result>(
		execution: Execution,
		isElsewhere: boolean,
		work: () => Promise<Result>,
	): Promise<Result> {
		const { requests } = this.#around.sandbox[this.#schedule.target.provider];
		const before = requests.length;
		const result = await work();
		// Another worker may run at the same time. Its requests come to another address.
		const own = (request: ReceivedRequest) => request.headers.host?.startsWith('localhost') === isElsewhere;
		execution.requests.push(...requests.slice(before).filter(own));
		return result;
	}

	#lent(): ConstructorParameters<typeof Course>[3] {
		const { sandbox, time, lost } = this.#around;
		return {
			requests: sandbox[this.#schedule.target.provider].requests,
			time,
			lost,
			runFor: ({ execution, isElsewhere, node }) => {
				const run = this.#runOf(execution, isElsewhere);
				return loopOf(node ? { ...run, node } : run, this.#items);
			},
			newProcess: () => this.#schedule.target.inNewProcess(),
			observe: (execution, isElsewhere, work) => this.#observe(execution, isElsewhere, work),
		};
	}
}

/** The items of an execution, with their files. */
function itemsOf({ items }: Execution, all: INodeExecutionData[]): INodeExecutionData[] {
	return items.map((json) => all.find((item) => item.json === json) ?? { json });
}

export function tagsOf(items: INodeExecutionData[]): string[] {
	return items.map(({ json }) => String(json.tag));
}
