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
import { Course } from './waiting/course.mts';
import type { Waited } from './waiting/waited.mts';

/** What the stage lends. */
export interface Around {
	sandbox: Sandbox;
	time: SimulatedTime;
	network: Network;
	/** Requests that met a fault before they could arrive. */
	lost(): number;
}

/** A schedule while it is played. */
export class Ongoing {
	readonly executions: Execution[] = [];
	readonly #schedule: Schedule;
	readonly #items: INodeExecutionData[];
	readonly #around: Around;
	/** Of operations that let the execution sleep. */
	readonly #course: Course | undefined;

	constructor(schedule: Schedule, items: INodeExecutionData[], around: Around) {
		this.#schedule = schedule;
		this.#items = items;
		this.#around = around;
		this.#course = schedule.wait && new Course(schedule, schedule.wait, around.sandbox, this.#lent());
	}

	/** Where executions sleep: what became of it. */
	get waited(): Waited | undefined {
		return this.#course?.waited;
	}

	async play(): Promise<void> {
		const { anew, pause } = this.#schedule;
		await this.#chain(this.#opened());
		if (anew) {
			await this.#around.time.advance(pause);
			await this.#chain(this.#opened());
		}
		await this.#course?.end();
	}

	/** Another worker runs the same items. */
	async race(): Promise<void> {
		await this.#once(this.#opened(), { isElsewhere: true });
	}

	/** An accepted send. */
	async made(request: ReceivedRequest): Promise<void> {
		await this.#course?.made(request, tagsOf(this.#items));
	}

	/** A new execution, as the latest of them. */
	#opened(): Execution {
		const items = this.#items.map(({ json }) => json);
		const execution = { items, runs: [], requests: [], attempts: 0 };
		this.executions.push(execution);
		return execution;
	}

	/** An execution, and each Retry of a person while it has failed. */
	async #chain(execution: Execution): Promise<void> {
		const { retries, pause } = this.#schedule;
		let result = await this.#untilAwake(execution, await this.#once(execution, {}));
		for (let left = retries; left > 0 && isRetryable(result); left -= 1) {
			await this.#around.time.advance(pause);
			result = await this.#untilAwake(execution, await this.#once(execution, { previous: result }));
		}
	}

	async #untilAwake(execution: Execution, result: Ended): Promise<Ended> {
		await this.#course?.play(execution);
		return execution.runs.at(-1) ?? result;
	}

	async #once(
		execution: Execution,
		{ isElsewhere = false, previous }: { isElsewhere?: boolean; previous?: Ended },
	): Promise<Ended> {
		const run = this.#runOf(execution, isElsewhere);
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
		const given = { parameters: parametersOf(this.#schedule), items: this.#items, network, isElsewhere };
		return {
			...runOf(sandbox, this.#schedule.target, given),
			settings: settingsOf(this.#schedule),
			before: () => (execution.attempts += 1),
		};
	}

	/** Notes what an execution requests meanwhile. */
	async #observe<Result>(
		execution: Execution,
		isElsewhere: boolean,
		work: () => Promise<Result>,
	): Promise<Result> {
		const { requests } = this.#around.sandbox[this.#schedule.target.provider];
		const before = requests.length;
		const result = await work();
		// Those of another worker, which ran meanwhile, came to its own address.
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

export function tagsOf(items: INodeExecutionData[]): string[] {
	return items.map(({ json }) => String(json.tag));
}
