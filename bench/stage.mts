import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSettled, type Execution } from '../host/executions.mts';
import { poll } from '../host/poll.mts';
import { N8nRefusal } from '../host/rest.mts';
import { startN8n, type N8n } from '../host/start.mts';
import type { CredentialChoice, WorkflowFile } from '../host/workflows.mts';
import { pack } from '../scripts/pack.mts';
import { credentialFor, GUARD } from './flow.mts';
import { startProvider, type RunningProvider } from './provider.mts';

/** How long to wait. On a machine that others use too, seconds are not enough. */
const PATIENCE_MS = 15 * 60_000;

/** A real n8n with the packed package, and the provider that it talks to. */
export interface Stage {
	n8n: N8n;
	provider: RunningProvider;
	/** Imports the workflow. Resolves to its ID. */
	add(file: WorkflowFile): Promise<string>;
	/** Runs a workflow to its end. */
	run(id: string): Promise<Ran>;
	/** Milliseconds of processor time that n8n's process has taken until now. */
	processorTime(): number;
	close(): Promise<void>;
}

export interface Ran {
	/** Milliseconds on the clock that all runs of these nodes took together. */
	timeOf(...nodes: string[]): number;
	/** Items that came out of the node in its last run. */
	itemsOf(node: string): number;
	/** Milliseconds of processor time of n8n's process, from the start of the execution until it was stored. */
	processor: number;
	/** The longest time in milliseconds for which n8n's event loop stood still while the nodes ran. */
	pauseOf(...nodes: string[]): number;
}

/**
 * Starts both, and creates the credentials.
 * @param settings more environment variables of n8n
 */
export async function startStage(settings: NodeJS.ProcessEnv = {}): Promise<Stage> {
	const provider = await startProvider();
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const pauses = join(folder, 'pauses');
	try {
		const { path } = await pack({ build: false });
		const inside = join(import.meta.dirname, 'pauses.mts');
		const env = { NODE_OPTIONS: `--import=${inside}`, BENCH_PAUSES: pauses, ...settings };
		const n8n = await startN8n({ tarball: path, env });
		const credentials = await makeCredentials(n8n, provider.url);
		return {
			n8n,
			provider,
			add: (file) => n8n.importWorkflow(file, { credentials }),
			run: (id) => run(n8n, id, pauses),
			processorTime: () => processorTimeOf(n8n.pid),
			close: async () => {
				await n8n.stop();
				await provider.close();
				rmSync(folder, { recursive: true, force: true });
			},
		};
	} catch (cause) {
		await provider.close();
		throw cause;
	}
}

async function makeCredentials(n8n: N8n, url: string): Promise<CredentialChoice> {
	const gatePay = credentialFor(url);
	const made: CredentialChoice = {};
	const given = {
		gatePayApi: gatePay,
		crypto: { hmacSecret: gatePay.paymentSecret ?? '' },
		httpHeaderAuth: { name: 'X-Secret', value: GUARD },
	};
	for (const [type, data] of Object.entries(given)) {
		made[type] = { id: await n8n.createCredential({ name: type, type, data }), name: type };
	}
	return made;
}

async function run(n8n: N8n, id: string, pauses: string): Promise<Ran> {
	await sleep(200); // n8n still works on the execution before
	const before = processorTimeOf(n8n.pid);
	const execution = await executed(n8n, id);
	const processor = processorTimeOf(n8n.pid) - before;
	if (execution.status !== 'success') throw new Error(failureOf(execution));
	const { runData } = execution.data.resultData;
	const runsOf = (name: string) => {
		const runs = runData[name];
		if (!runs) throw new Error(`${name} has not run`);
		return runs;
	};
	await sleep(600); // until the latest pauses are written
	const noted = pausesIn(pauses);
	return {
		processor,
		pauseOf: (...nodes) => longestWithin(noted, nodes.flatMap(runsOf)),
		timeOf: (...nodes) => nodes.flatMap(runsOf).reduce((sum, { executionTime }) => sum + executionTime, 0),
		itemsOf: (name) => runsOf(name).at(-1)?.data?.['main']?.[0]?.length ?? 0,
	};
}

interface Pause {
	/** Unix milliseconds. */
	end: number;
	milliseconds: number;
}

function pausesIn(file: string): Pause[] {
	let text = '';
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		return []; // there was none yet
	}
	return text
		.trim()
		.split('\n')
		.map((line) => line.split(' ').map(Number))
		.map(([end = 0, milliseconds = 0]) => ({ end, milliseconds }));
}

function longestWithin(pauses: Pause[], runs: Array<{ startTime: number; executionTime: number }>): number {
	const lengths = pauses
		.filter(({ end, milliseconds }) =>
			runs.some(
				({ startTime, executionTime }) => end > startTime && end - milliseconds < startTime + executionTime,
			),
		)
		.map(({ milliseconds }) => milliseconds);
	return Math.max(0, ...lengths);
}

/** Asks seldom and for little: each look at an execution costs n8n time, and that time is measured. */
async function executed({ startWorkflow, api, execution }: N8n, workflow: string): Promise<Execution> {
	const id = await startWorkflow(workflow, 'Start');
	const look = async () => {
		try {
			const { data } = await api.get<Execution>(`/executions/${id}`);
			return isSettled(data) ? true : undefined;
		} catch (cause) {
			// A busy n8n drops connections that it keeps open, and says that its database is not ready.
			if (cause instanceof N8nRefusal && (cause.status ?? 500) >= 500) return undefined;
			throw cause;
		}
	};
	await poll(look, `execution ${id} to finish`, PATIENCE_MS, 500);
	return await execution(id);
}

function failureOf({ id, status, data }: Execution): string {
	const { error } = data.resultData;
	return `Execution ${id} is ${status}: ${error?.message ?? ''} ${error?.description ?? ''}`;
}

/** User and system time of a process in milliseconds. Linux counts in steps of 10 ms. 0 where the system does not tell. */
function processorTimeOf(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0;
	}
}
