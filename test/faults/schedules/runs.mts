import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import type { ProviderName, Sandbox } from '../../../sandbox/index.mts';
import {
	isAsleep,
	nodeOf,
	type Network,
	type NodeRun,
	type Run,
	type RunResult,
	type WorkflowResult,
	type WorkflowRun,
} from '../../engine/harness/index.mts';
import { TAG } from './cases/case.mts';
import type { Target } from './cases/index.mts';
import type { Schedule } from './schedule.mts';

/** The credentials' values in addition to the sandbox's account. */
const MORE: Partial<Record<ProviderName, ICredentialDataDecryptedObject>> = {
	gatePay: { onBehalfOf: '' },
	okiPays: { requestIdUnit: 'milliseconds' },
	rapira: { token: '' },
};

export function credentialOf(
	sandbox: Sandbox,
	{ provider, credential }: Target,
): ICredentialDataDecryptedObject {
	const { account, url } = sandbox[provider];
	return { ...account, ...MORE[provider], baseUrl: url, aiAgents: 'within', ...credential };
}

/** The fields that the editor masks. */
export function passwordFields({ parts }: Target): string[] {
	return parts.credential.properties
		.filter(({ typeOptions }) => typeOptions?.password === true)
		.map(({ name }) => name);
}

export interface Given {
	parameters: INodeParameters;
	items: INodeExecutionData[];
	network: Network;
	/** Whether another worker runs it. It has another address, so it shares neither lane nor session. */
	isElsewhere?: boolean;
}

/** A run of the target's operation, or of the operation that the parameters name. */
export function runOf(
	sandbox: Sandbox,
	target: Target,
	{ parameters, items, network, isElsewhere }: Given,
): Run {
	const { credential, node } = target.parts;
	const [resource = '', operation = ''] = target.operation.split('.');
	const values = credentialOf(sandbox, target);
	const baseUrl = isElsewhere ? String(values.baseUrl).replace('127.0.0.1', 'localhost') : values.baseUrl;
	return {
		node,
		credentials: { [credential.name]: { ...values, baseUrl } },
		credentialTypes: { [credential.name]: credential },
		parameters: { resource, operation, options: {}, ...parameters },
		items,
		network,
	};
}

export function parametersOf({ target, checkFirst, whenUnknown, output, wait }: Schedule): INodeParameters {
	const offered = target.row.lookup === undefined ? {} : { checkFirst };
	const { waitFor, maximumWait, maximumWaitUnit } = wait ?? {};
	return {
		...target.fields,
		...(target.row.once?.remembered && { paymentReference: TAG }),
		...(wait && { waitFor, maximumWait, maximumWaitUnit }),
		options: { ...target.options, ...offered, whenUnknown, ...(output === 'raw' ? { output } : {}) },
	};
}

export function settingsOf({ tries, onError }: Schedule): NonNullable<Run['settings']> {
	return { retryOnFail: tries > 0, ...(tries > 0 && { maxTries: tries }), onError };
}

/** Whether the editor offers Retry. */
export function isRetryable(result: RunResult): boolean {
	const { nodeExecutionStack = [] } = result.executionData.executionData ?? {};
	return nodeExecutionStack.length > 0 && !isAsleep(result);
}

const NODE = 'Node';

/** A run of n8n in which the node may run several times. `items` are those of its last run. */
export interface Ran extends RunResult {
	rounds: NodeRun[];
}

/** A run in which the node gets one item at a time, as from Loop Over Items. */
export function loopOf(run: Run, items: INodeExecutionData[]): WorkflowRun {
	const inTurn = async function (this: IExecuteFunctions) {
		const item = items[Number(this.evaluateExpression('{{ $runIndex }}', 0))];
		return [item ? [structuredClone(item)] : []];
	};
	const steps = { 'One Item': { node: nodeOf('oneItem', inTurn), parameters: {} }, [NODE]: run };
	return { ...(run.network && { network: run.network }), steps, items, times: items.length };
}

export function ranOf({ runs, error, ...saved }: WorkflowResult): Ran {
	const rounds = runs[NODE] ?? [];
	const { items = [], errorItems = [], error: nodeError } = rounds.at(-1) ?? {};
	return { items, errorItems, error: error ?? nodeError, ...saved, rounds };
}
