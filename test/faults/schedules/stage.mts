import { createServer, type Server } from 'node:http';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import {
	startSandbox,
	type Answer,
	type ProviderName,
	type ReceivedRequest,
	type Sandbox,
} from '../../../sandbox/index.mts';
import {
	retryExecution,
	runNode,
	type Network,
	type Run,
	type RunResult,
} from '../../engine/harness/index.mts';
import { operationFinder, receiptItem } from '../../engine/setting.mts';
import type { Target } from './cases/index.mts';
import { Random } from './random.mts';
import type { Schedule } from './schedule.mts';
import { secretsOf } from './secrets.mts';
import { SimulatedTime, settled } from './time.mts';

const START = Date.UTC(2026, 10, 20);
/** Longer than any session, lane or pause: where a port comes again, nothing of it is valid any more. */
const STEP_MS = 4 * 24 * 60 * 60 * 1000;
/** Then the calendar begins anew: some providers' numbers have room until 2286. */
export const SEEDS_PER_CALENDAR = 20_000;

/** One execution with what was sent in it: its first run, and each Retry of a person. */
export interface Execution {
	items: IDataObject[];
	runs: RunResult[];
	requests: ReceivedRequest[];
	/** How often n8n called the node. */
	attempts: number;
}

/** What happened in a schedule. */
export interface Played {
	schedule: Schedule;
	executions: Execution[];
	/** Every request, those of the preparation left out. */
	requests: ReceivedRequest[];
	/** Faults of the way to the provider: which operation met which. */
	lost: Array<{ operation: string; fault: string }>;
	/** What must not be seen anywhere. */
	secrets: string[];
	/** What was written to the console. */
	log: string;
	/** Requests at the address that redirects lead to. */
	strays: number;
	/** Rejections that nobody has handled. */
	unhandled: unknown[];
}

interface Scene {
	schedule: Schedule;
	arrived: number;
	sent: number;
	called: number;
	isRace: boolean;
	raced: boolean;
	lost: Played['lost'];
	tags: string[];
	race?: () => Promise<void>;
}

/** One sandbox and one of each node for as many schedules as wanted, one after the other. */
export class Stage {
	readonly time = new SimulatedTime(START);
	readonly #sandbox: Sandbox;
	readonly #trap: Server;
	#strays = 0;
	#scene: Scene | undefined;
	readonly #unhandled: unknown[] = [];
	readonly #finders = new Map<ProviderName, ReturnType<typeof operationFinder>>();

	private constructor(sandbox: Sandbox, time: SimulatedTime, trap: Server) {
		this.#sandbox = sandbox;
		this.time = time;
		this.#trap = trap;
	}

	static async open(): Promise<Stage> {
		const time = new SimulatedTime(START);
		const holder: { stage?: Stage } = {};
		const sandbox = await startSandbox({
			autopilot: false,
			// What the node remembers of an address (session, lane, ids) ends with the schedule.
			movesOnReset: true,
			clock: () => time.now,
			timers: time,
			intercept: (request, serve) => holder.stage?.intercept(request, serve) ?? serve(),
		});
		const trap = createServer((_request, response) => {
			if (holder.stage) holder.stage.#strays += 1;
			response.end('{}');
		});
		await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
		const stage = new Stage(sandbox, time, trap);
		holder.stage = stage;
		process.on('unhandledRejection', stage.#unhandledRejection);
		return stage;
	}

	readonly #unhandledRejection = (reason: unknown) => void this.#unhandled.push(reason);

	async close(): Promise<void> {
		process.off('unhandledRejection', this.#unhandledRejection);
		this.#trap.close();
		await this.#sandbox.close();
	}

	async play(schedule: Schedule): Promise<Played> {
		const { target } = schedule;
		const provider = this.#sandbox[target.provider];
		this.#scene = undefined;
		this.#strays = 0;
		this.#unhandled.length = 0;
		const random = new Random(schedule.seed ^ 0x5eed);
		await this.time.restart(START + (schedule.seed % SEEDS_PER_CALENDAR) * STEP_MS);
		Object.assign(
			clock,
			this.time.clock(() => random.fraction()),
		);
		const items = await this.#prepare(schedule);
		provider.requests.length = 0;
		provider.books.clear();

		const scene = this.#begin(schedule, items);
		const { result: executions, log } = await listening(() => this.#execute(schedule, items, scene));
		await this.time.restart(this.time.now);
		this.#scene = undefined;
		const credential = this.#credential(target);
		const played: Played = {
			schedule,
			executions: executions.map((one) => ({ ...one, requests: one.requests.slice() })),
			requests: [...provider.requests],
			lost: scene.lost,
			secrets: secretsOf(credential, passwordFields(target)),
			log,
			strays: this.#strays,
			unhandled: [...this.#unhandled],
		};
		return played;
	}

	/** How often each tag was applied by the sandbox's books, where the books know it by that name. */
	booked({ provider, endpoint }: Target): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { operation, reference } of this.#sandbox[provider].books.appliedEvents)
			if (operation === endpoint) counts.set(reference, (counts.get(reference) ?? 0) + 1);
		return counts;
	}

	async reset({ target: { provider } }: Schedule): Promise<void> {
		this.#sandbox.clearFaults();
		await this.#sandbox[provider].reset();
	}

	async #prepare({ seed, target, items, repeatsFirst }: Schedule): Promise<INodeExecutionData[]> {
		const tags = Array.from({ length: items }, (_, index) => `t${seed}_${index + 1}`);
		const kit = {
			sandbox: this.#sandbox,
			one: async (parameters: INodeParameters) => {
				const { items: output, error } = await runNode(this.#run(target, parameters, [{ json: {} }]));
				if (error) throw new Error(`The preparation: ${error.message} ${error.description ?? ''}`);
				return output[0]?.json ?? {};
			},
		};
		const prepared = await target.items(tags, kit);
		const [first] = prepared;
		if (repeatsFirst && first) prepared[prepared.length - 1] = first;
		return prepared.map((json) => (target.receipt ? { ...receiptItem(), json } : { json }));
	}

	#begin(schedule: Schedule, items: INodeExecutionData[]): Scene {
		const { target } = schedule;
		const scene: Scene = {
			schedule,
			arrived: 0,
			sent: 0,
			called: 0,
			isRace: false,
			raced: false,
			lost: [],
			tags: items.map(({ json }) => String(json.tag)),
		};
		this.#scene = scene;
		for (const { on, ...plan } of schedule.faults) {
			const operation = on === 'send' ? target.endpoint : target.lookup;
			if (operation === undefined) continue;
			const location = plan.kind === 'redirect' ? { location: this.#redirect(target, plan.status) } : {};
			this.#sandbox.fault({ ...plan, ...location, provider: target.provider, operation });
		}
		return scene;
	}

	/** Half of them lead back to the provider, where the request would be carried out again. */
	#redirect({ provider, row }: Target, status = 307): string {
		const address = this.#trap.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const path = row.request.split(' ')[1] ?? '/';
		return status % 2 === 0 ? `http://127.0.0.1:${port}${path}` : `${this.#sandbox[provider].url}${path}`;
	}

	async #execute(schedule: Schedule, items: INodeExecutionData[], scene: Scene): Promise<Execution[]> {
		const first = newExecution(items);
		const executions = [first];
		scene.race = async () => {
			const other = newExecution(items);
			executions.push(other);
			await this.#once(schedule, other, items, true);
		};
		await this.#chain(schedule, first, items);
		if (schedule.anew) {
			await this.time.advance(schedule.pause);
			const second = newExecution(items);
			executions.push(second);
			await this.#chain(schedule, second, items);
		}
		return executions;
	}

	async #chain(schedule: Schedule, execution: Execution, items: INodeExecutionData[]): Promise<void> {
		let result = await this.#once(schedule, execution, items, false);
		for (let left = schedule.retries; left > 0 && isRetryable(result); left -= 1) {
			await this.time.advance(schedule.pause);
			result = await this.#once(schedule, execution, items, false, result);
		}
	}

	async #once(
		schedule: Schedule,
		execution: Execution,
		items: INodeExecutionData[],
		isRace: boolean,
		previous?: RunResult,
	): Promise<RunResult> {
		const { target } = schedule;
		const provider = this.#sandbox[target.provider];
		const { length } = provider.requests;
		const run: Run = {
			...this.#run(target, parametersOf(schedule), items, isRace),
			settings: {
				retryOnFail: schedule.tries > 0,
				maxTries: schedule.tries || 3,
				onError: schedule.onError,
			},
			before: () => (execution.attempts += 1),
		};
		const result = previous ? await retryExecution(previous, run) : await runNode(run);
		execution.runs.push(result);
		const inside = isRace ? [] : this.#racing;
		execution.requests.push(...provider.requests.slice(length).filter((one) => !inside.includes(one)));
		if (isRace) this.#racing = provider.requests.slice(length);
		return result;
	}

	#racing: ReceivedRequest[] = [];

	#run(target: Target, parameters: INodeParameters, items: INodeExecutionData[], isElsewhere = false): Run {
		const { credential, node } = target.parts;
		const { resource, operation, options = {}, ...fields } = parameters;
		const [name = '', value = ''] = target.operation.split('.');
		const values = this.#credential(target);
		// Another worker is another process: it shares neither lane nor session, which go by the address.
		const baseUrl = isElsewhere ? String(values.baseUrl).replace('127.0.0.1', 'localhost') : values.baseUrl;
		return {
			node,
			credentials: { [credential.name]: { ...values, baseUrl } },
			credentialTypes: { [credential.name]: credential },
			parameters: { resource: resource ?? name, operation: operation ?? value, ...fields, options },
			items,
			network: this.#network(target),
		};
	}

	#credential({ provider, credential = {} }: Target): ICredentialDataDecryptedObject {
		const { [provider]: running } = this.#sandbox;
		const own: ICredentialDataDecryptedObject = { ...running.account, baseUrl: running.url };
		const more = {
			gatePay: { onBehalfOf: '' },
			okiPays: { requestIdUnit: 'milliseconds' },
			rapira: { token: '' },
		};
		return { ...own, ...(provider in more ? more[provider as keyof typeof more] : {}), ...credential };
	}

	#network(target: Target): Network {
		const provider = this.#sandbox[target.provider];
		const finder =
			this.#finders.get(target.provider) ?? operationFinder(provider, target.provider.toLowerCase());
		this.#finders.set(target.provider, finder);
		return (request) => {
			const scene = this.#scene;
			if (!scene) return undefined;
			scene.called += 1;
			const { clock: set } = scene.schedule;
			if (set?.nth === scene.called) this.time.skew = set.milliseconds;
			const operation = finder(request);
			const broken = operation === undefined ? undefined : provider.takeAddressFault(operation);
			if (operation === undefined || broken === undefined) return undefined;
			const [fault = ''] =
				Object.entries(provider.brokenAddresses).find(([, url]) => url === broken.url) ?? [];
			scene.lost.push({ operation, fault });
			return broken.url;
		};
	}

	private async intercept(request: ReceivedRequest, serve: () => Promise<Answer>): Promise<Answer> {
		const scene = this.#scene;
		if (!scene || scene.isRace) return await serve();
		const { target, race, oddity } = scene.schedule;
		scene.arrived += 1;
		const isSend = request.operation === target.endpoint;
		if (isSend) scene.sent += 1;
		if (oddity.kind === 'late' && isSend && scene.sent === oddity.nth) return await this.#late(serve, oddity);
		const isRace = race?.nth === scene.arrived;
		if (isRace && race.when === 'before') await this.#race(scene);
		const answer = await serve();
		if (isRace && race.when === 'after') await this.#race(scene);
		const isLookup = request.operation === target.lookup;
		return oddity.kind === 'other-object' && isLookup ? ofAnotherObject(answer, scene.tags) : answer;
	}

	/** The request stays on the way for so long; the node has given up by then. */
	#late(serve: () => Promise<Answer>, { milliseconds }: { milliseconds: number }): Promise<Answer> {
		return new Promise((resolve, reject) => {
			this.time.after(milliseconds, () => void serve().then(resolve, reject));
		});
	}

	async #race(scene: Scene): Promise<void> {
		scene.isRace = true;
		// Both would wait for the same clock.
		this.#sandbox.clearFaults();
		await scene.race?.();
		scene.isRace = false;
		await settled();
	}
}

function newExecution(items: INodeExecutionData[]): Execution {
	return { items: items.map(({ json }) => json), runs: [], requests: [], attempts: 0 };
}

function isRetryable({ executionData }: RunResult): boolean {
	return (executionData.executionData?.nodeExecutionStack.length ?? 0) > 0;
}

/** The answer as if it were about another reference. */
function ofAnotherObject(answer: Answer, tags: readonly string[]): Answer {
	const renamed = (body: string, tag: string) => body.replaceAll(tag, /^\d+$/.test(tag) ? '1' : 'another');
	return { ...answer, body: tags.reduce(renamed, answer.body) };
}

function parametersOf({ target, checkFirst, whenUnknown, output }: Schedule): INodeParameters {
	const offered = target.row.lookup === undefined ? {} : { checkFirst };
	return { ...target.fields, options: { ...offered, whenUnknown, ...(output === 'raw' ? { output } : {}) } };
}

function passwordFields({ parts }: Target): string[] {
	return parts.credential.properties
		.filter(({ typeOptions }) => typeOptions?.password === true)
		.map(({ name }) => name);
}

/** What is written to the console meanwhile. */
async function listening<Result>(work: () => Promise<Result>): Promise<{ result: Result; log: string }> {
	const streams = [process.stdout, process.stderr];
	const writes = streams.map((stream) => stream.write);
	let log = '';
	for (const stream of streams) {
		stream.write = (chunk: string | Uint8Array) => {
			log += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
			return true;
		};
	}
	try {
		return { result: await work(), log };
	} finally {
		for (const [index, stream] of streams.entries()) {
			const write = writes[index];
			if (write) stream.write = write;
		}
	}
}
