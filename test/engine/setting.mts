import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { clock } from '../../core/clock.ts';
import { startSandbox, type ProviderName, type Sandbox } from '../../sandbox/index.mts';
import { readContract } from '../contract/contract.mts';
import { proofsIn, secretsOf } from '../secrets.mts';
import {
	retryExecution,
	runNode,
	searchFor,
	type Network,
	type Run,
	type RunResult,
} from './harness/index.mts';

/** A provider, and how the engine tests run it. */
export interface Subject<Name extends ProviderName> {
	/** The sandbox's name for the provider, and the file name of its contract. */
	provider: Name;
	contract: string;
	node: () => INodeType;
	credential: { name: string; type: ICredentialType };
	/** The values of the credential that the sandbox accepts. */
	values: (sandbox: Sandbox[Name]) => ICredentialDataDecryptedObject;
}

/** A sandbox and a node in the real engine. Waits take no time. */
export interface Setting<Name extends ProviderName> {
	sandbox: Sandbox;
	provider: Sandbox[Name];
	/** The milliseconds of each wait that the node asked for. */
	waits: number[];
	run(parameters: INodeParameters, more?: Partial<Run>): Promise<RunResult>;
	retry(previous: RunResult, parameters: INodeParameters, more?: Partial<Run>): Promise<RunResult>;
	/** A run of these parameters, with everything else filled in. */
	full(parameters: INodeParameters, more?: Partial<Run>): Run;
	/** The `credentials` of a run, with some values changed. */
	credentials(change?: ICredentialDataDecryptedObject): NonNullable<Run['credentials']>;
	/** The `credentialTypes` of a run or of a drop-down. */
	credentialTypes: NonNullable<Run['credentialTypes']>;
	/** From now on each wait of the node lasts until something has happened, as another worker's send. */
	sleepUntil(hasHappened: () => boolean): void;
	/** Waits take no time again. */
	sleepNoTime(): void;
	/** Gives the sandbox another clock. */
	setServerTime(now: () => number): void;
	close(): Promise<void>;
}

export async function openSetting<Name extends ProviderName>(subject: Subject<Name>): Promise<Setting<Name>> {
	// Without autopilot orders do not change until a test moves them.
	let serverTime = () => Date.now();
	const sandbox = await startSandbox({ autopilot: false, movesOnReset: true, clock: () => serverTime() });
	const provider = sandbox[subject.provider];
	const waits: number[] = [];
	const atOnce = (wait: number) => {
		waits.push(wait);
		return Promise.resolve();
	};
	const slept = jest.spyOn(clock, 'sleep').mockImplementation(atOnce);
	const { name, type } = subject.credential;
	// The contract is read once, because that takes longer than a run.
	const way = network(provider, subject.contract);
	// Agents may pay, so that these tests show what else keeps an agent from it.
	const credentials = (change: ICredentialDataDecryptedObject = {}) => ({
		[name]: { ...subject.values(provider), aiAgents: 'within', ...change },
	});
	const credentialTypes = { [name]: type };
	const full = (parameters: INodeParameters, more: Partial<Run> = {}): Run => ({
		node: subject.node(),
		credentials: credentials(),
		credentialTypes,
		parameters,
		network: way,
		...more,
	});
	// The search looks for sent tokens and signatures, and for secrets in the provider's own notifications.
	const searched = (result: RunResult): RunResult => {
		const proofs = provider.requests.flatMap(({ headers }) => proofsIn(headers));
		searchFor([...new Set(proofs)], [result.saved, result.error], (proof) => [proof]);
		const bodies = provider.deliveries.flatMap(({ body, attempts }) => [
			body,
			...attempts.map(({ responseBody = '' }) => responseBody),
		]);
		searchFor(secretsOf(type, subject.values(provider)), bodies);
		return result;
	};
	return {
		sandbox,
		provider,
		waits,
		run: async (parameters, more) => searched(await runNode(full(parameters, more))),
		retry: async (previous, parameters, more) =>
			searched(await retryExecution(previous, full(parameters, more))),
		full,
		credentials,
		credentialTypes,
		sleepUntil(hasHappened) {
			slept.mockImplementation(async () => {
				while (!hasHappened()) await new Promise((resolve) => setTimeout(resolve, 5));
			});
		},
		sleepNoTime() {
			slept.mockImplementation(atOnce);
		},
		setServerTime(now) {
			serverTime = now;
		},
		async close() {
			slept.mockRestore();
			await sandbox.close();
		},
	};
}

/** The network to the provider, with the faults that no server can cause. */
function network(provider: Sandbox[ProviderName], contract: string): Network {
	const operationOf = operationFinder(provider, contract);
	return (request) => {
		const operation = operationOf(request);
		return operation && provider.takeAddressFault(operation)?.url;
	};
}

/** Finds the contract's operation of a request to the sandbox. */
export function operationFinder(provider: Sandbox[ProviderName], contract: string) {
	const { endpoints } = readContract(contract);
	const templates = endpoints.map(({ method, path, operationId }) => ({
		method,
		operationId,
		pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
	}));
	return ({ url, method }: { url: string; method: string }): string | undefined => {
		const { pathname, origin } = new URL(url);
		if (origin !== provider.url) return undefined;
		return templates.find((one) => one.method === method && one.pattern.test(pathname))?.operationId;
	};
}

/** A small, real PNG as an input item with a receipt. */
export function receiptItem(json: INodeParameters = {}) {
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	return { json, binary: { data: { data: png, mimeType: 'image/png', fileName: 'receipt.png' } } };
}
