import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSettled, type Execution } from '../host/executions.mts';
import { poll } from '../host/poll.mts';
import { N8nRefusal } from '../host/rest.mts';
import { startN8n, type N8n } from '../host/start.mts';
import type { CredentialChoice, WorkflowFile } from '../host/workflows.mts';
import { pack } from '../scripts/pack.mts';
import { credentialFor, GUARD } from './flow.mts';
import { startProvider, type RunningProvider } from './provider.mts';

/** Nothing here is a matter of seconds on a machine that others use too. */
const PATIENCE_MS = 15 * 60_000;

/** A real n8n with the packed package, and the provider that it talks to. */
export interface Stage {
	n8n: N8n;
	provider: RunningProvider;
	/** Makes the workflow. Gives back its id. */
	add(file: WorkflowFile): Promise<string>;
	/** Runs a workflow to its end. */
	run(id: string): Promise<Ran>;
	close(): Promise<void>;
}

export interface Ran {
	/** Milliseconds on the clock that these nodes took together, in all of their runs. */
	timeOf(...nodes: string[]): number;
	/** Items that came out of the node in its last run. */
	itemsOf(node: string): number;
	/** Milliseconds of processor time of n8n's process, from the start of the execution until it was stored. */
	processor: number;
}

export async function startStage(): Promise<Stage> {
	const provider = await startProvider();
	try {
		const { path } = await pack({ build: false });
		const n8n = await startN8n({ tarball: path });
		const credentials = await makeCredentials(n8n, provider.url);
		return {
			n8n,
			provider,
			add: (file) => n8n.importWorkflow(file, { credentials }),
			run: (id) => run(n8n, id),
			close: async () => {
				await n8n.stop();
				await provider.close();
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

async function run(n8n: N8n, id: string): Promise<Ran> {
	await sleep(200); // what n8n has still to do for the one before
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
	return {
		processor,
		timeOf: (...nodes) => nodes.flatMap(runsOf).reduce((sum, { executionTime }) => sum + executionTime, 0),
		itemsOf: (name) => runsOf(name).at(-1)?.data?.['main']?.[0]?.length ?? 0,
	};
}

/** Asks seldom and for little: a look at an execution costs n8n what it is to be measured for. */
async function executed({ startWorkflow, api, execution }: N8n, workflow: string): Promise<Execution> {
	const id = await startWorkflow(workflow, 'Start');
	const look = async () => {
		try {
			const { data } = await api.get<Execution>(`/executions/${id}`);
			return isSettled(data) ? true : undefined;
		} catch (cause) {
			// While it is busy n8n drops connections that it keeps open, and finds its database not ready.
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

/** User and system time of a process in milliseconds; 0 where the machine does not tell. Linux counts in 10 ms. */
function processorTimeOf(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0;
	}
}
