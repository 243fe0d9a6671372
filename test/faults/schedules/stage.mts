import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import {
	startSandbox,
	type BookEntry,
	type ProviderName,
	type ReceivedRequest,
	type Sandbox,
} from '../../../sandbox/index.mts';
import { forgetProcessedData, runNode } from '../../engine/harness/index.mts';
import { operationFinder, receiptItem } from '../../engine/setting.mts';
import { secretsOf, spellings } from '../../secrets.mts';
import type { Target } from './cases/index.mts';
import { listening, setTrap, type Trap } from './listening.mts';
import type { Execution } from './execution.mts';
import { Ongoing, tagsOf } from './ongoing.mts';
import { Random } from './random.mts';
import { credentialOf, passwordFields, runOf } from './runs.mts';
import type { Schedule } from './schedule.mts';
import { SimulatedTime } from './time.mts';
import type { Alteration, Twist } from './twist.mts';
import type { Waited } from './waiting/waited.mts';
import { Way, type Lost } from './way.mts';

const START = Date.UTC(2026, 10, 20);
/** The time between schedules is longer than any session, lane or pause. When a port comes again, nothing of it is valid. */
const STEP_MS = 4 * 24 * 60 * 60 * 1000;
/** After so many schedules the calendar begins again, because some providers' numbers end in 2286. */
export const SEEDS_PER_CALENDAR = 20_000;

/** What happened in a schedule. */
export interface Played {
	schedule: Schedule;
	executions: Execution[];
	/** All requests except those of the preparation. */
	requests: ReceivedRequest[];
	lost: Lost[];
	/** The secrets, which must not appear anywhere. */
	secrets: string[];
	/** The console's output. */
	log: string;
	/** How many requests came to the address of the redirects. */
	strays: number;
	/** The rejections that nobody has handled. */
	unhandled: unknown[];
	/** What happened to sleeping executions. Undefined: the operation does not sleep. */
	waited: Waited | undefined;
	/** Answers that are not the provider's own. */
	altered: ReadonlyMap<ReceivedRequest, Alteration>;
	/** The amounts that the provider has committed itself to. */
	entries: BookEntry[];
	twist: Twist | undefined;
}

/** One sandbox and one node of each provider, for any number of schedules, one after the other. */
export class Stage {
	readonly time = new SimulatedTime(START);
	readonly #sandbox: Sandbox;
	readonly #trap: Trap;
	readonly #finders = new Map<ProviderName, ReturnType<typeof operationFinder>>();
	readonly #unhandled: unknown[] = [];
	readonly #noteUnhandled = (reason: unknown) => void this.#unhandled.push(reason);
	/** Set while the schedule's own executions run. */
	#way: Way | undefined;

	private constructor(sandbox: Sandbox, time: SimulatedTime, trap: Trap) {
		this.#sandbox = sandbox;
		this.time = time;
		this.#trap = trap;
		process.on('unhandledRejection', this.#noteUnhandled);
	}

	static async open(): Promise<Stage> {
		const time = new SimulatedTime(START);
		let ongoing: () => Way | undefined = () => undefined;
		const sandbox = await startSandbox({
			autopilot: false,
			// With each schedule the address changes, so the node forgets what it knows about it: session, lane and IDs.
			movesOnReset: true,
			clock: () => time.now,
			timers: time,
			intercept: (request, serve) => ongoing()?.intercept(request, serve) ?? serve(),
		});
		const stage = new Stage(sandbox, time, await setTrap());
		ongoing = () => stage.#way;
		return stage;
	}

	async close(): Promise<void> {
		process.off('unhandledRejection', this.#noteUnhandled);
		this.#trap.close();
		await this.#sandbox.close();
	}

	async play(schedule: Schedule): Promise<Played> {
		const { target, seed } = schedule;
		const provider = this.#sandbox[target.provider];
		const random = new Random(seed ^ 0x5eed);
		await this.time.restart(START + (seed % SEEDS_PER_CALENDAR) * STEP_MS);
		Object.assign(
			clock,
			this.time.clock(() => random.fraction()),
		);
		const items = await this.#prepare(schedule);
		provider.requests.length = 0;
		provider.books.clear();
		this.#trap.look();
		this.#unhandled.length = 0;

		const twist = schedule.twist?.();
		const places = { ...this.#places(target), twist };
		const way: Way = new Way(schedule, tagsOf(items), places, {
			race: () => ongoing.race(),
			made: (request) => ongoing.made(request),
		});
		const ongoing: Ongoing = new Ongoing(schedule, items, {
			sandbox: this.#sandbox,
			time: this.time,
			network: way.network,
			lost: () => way.lost.length,
			twist,
		});
		this.#way = way;
		const { log } = await listening(() => ongoing.play());
		// Requests and answers that are still under way arrive now.
		await this.time.restart(this.time.now);
		this.#way = undefined;
		return {
			schedule,
			executions: ongoing.executions,
			requests: [...provider.requests],
			lost: way.lost,
			secrets: secretsOf(target.parts.credential, credentialOf(this.#sandbox, target)).flatMap(spellings),
			log,
			strays: this.#trap.look(),
			unhandled: [...this.#unhandled],
			waited: ongoing.waited,
			altered: way.altered,
			entries: [...provider.books.entries],
			twist,
		};
	}

	/** How often each tag was applied, by the sandbox's books. Only where the books know it by that name. */
	booked({ provider, endpoint }: Target): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { operation, reference } of this.#sandbox[provider].books.appliedEvents)
			if (operation === endpoint) counts.set(reference, (counts.get(reference) ?? 0) + 1);
		return counts;
	}

	async reset({ target: { provider } }: Schedule): Promise<void> {
		this.#way = undefined;
		this.#sandbox.clearFaults();
		forgetProcessedData();
		await this.#sandbox[provider].reset();
	}

	#places(target: Target) {
		const { provider } = target;
		const credential = credentialOf(this.#sandbox, target);
		const secret = passwordFields(target).map((name) => String(credential[name]))[0] ?? '';
		const operationOf =
			this.#finders.get(provider) ?? operationFinder(this.#sandbox[provider], provider.toLowerCase());
		this.#finders.set(provider, operationOf);
		return { sandbox: this.#sandbox, time: this.time, operationOf, trap: this.#trap.url, secret };
	}

	async #prepare({ seed, target, items, repeatsFirst }: Schedule): Promise<INodeExecutionData[]> {
		const tags = Array.from({ length: items }, (_, index) => `t${seed}_${index + 1}`);
		const one = async (parameters: INodeParameters) => {
			const given = { parameters, items: [{ json: {} }], network: () => undefined };
			const { items: output, error } = await runNode(runOf(this.#sandbox, target, given));
			if (error) throw new Error(`The preparation: ${error.message} ${error.description ?? ''}`);
			return output[0]?.json ?? {};
		};
		const prepared = await target.items(tags, { sandbox: this.#sandbox, one });
		const [first] = prepared;
		if (repeatsFirst && first) prepared[prepared.length - 1] = first;
		return prepared.map((json) => (target.receipt ? { ...receiptItem(), json } : { json }));
	}
}
