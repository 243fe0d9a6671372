import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { clock } from '../../core/clock.ts';
import { execute } from '../../core/executor.ts';
import { isObject, parseJson } from '../../core/exact/json.ts';
import type { Operation } from '../../core/provider/operation.ts';
import { type Call, examplePay, type Reply } from './examplePay.mts';

/** The provider's reply. A thrown value is what n8n's HTTP helper throws. */
export type Respond = (call: Call) => Reply | Promise<Reply>;

export interface Play {
	operation: Operation;
	respond: Respond;
	credentials?: ICredentialDataDecryptedObject;
	/** The credential as its expressions give it for one item. */
	credentialsOf?: (item: number) => ICredentialDataDecryptedObject;
	/** Other operations of the provider. */
	more?: Operation[];
}

export interface Setting {
	options?: IDataObject;
	/** Other parameters of the node. A member of an item counts before them. */
	fields?: IDataObject;
	/** What the events were that woke this execution in earlier runs of the node. */
	wokenBy?: string[];
	continueOnFail?: boolean;
	onErrorOutput?: boolean;
	asTool?: boolean;
	runIndex?: number;
	stop?: AbortSignal;
}

export interface Ran {
	items: IDataObject[];
	/** What a person reads when the node has ended with an error. */
	error: { message: string; nextStep: string } | undefined;
	/** What has reached the provider. */
	calls: Call[];
	/** How long the execution sleeps at most, and what it goes on with then. Undefined where it does not sleep. */
	sleep: { until: Date; atTheLimit: unknown } | undefined;
}

/** The URL that wakes an execution, as n8n tells it to the node. */
export const RESUME_URL = 'https://n8n.example.com/webhook-waiting/7?signature=5ec1';

/** The connection breaks after the provider has the request. */
export function cut(): never {
	throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** No connection comes about. */
export function unreachable(): never {
	throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
}

const ACCOUNT = { account: 'a', secret: 'top-secret', aiAgents: 'within' };

/**
 * The whole node on a stage: the made-up provider answers by script, n8n's part is played, and time passes only where
 * the node sleeps.
 */
export function moneyStage({ operation, respond, credentials = ACCOUNT, credentialsOf, more = [] }: Play) {
	const provider = examplePay(operation, ...more);
	/** n8n's table of processed data. It outlives executions. */
	const table = new Set<string>();
	const calls: Call[] = [];
	const log: string[] = [];
	const waits: number[] = [];
	const database = { isDown: false };
	const time = { now: Date.parse('2026-11-20T09:00:00Z') };
	jest.spyOn(clock, 'now').mockImplementation(() => time.now);
	jest.spyOn(clock, 'random').mockReturnValue(0.5);
	jest
		.spyOn(clock, 'deadline')
		.mockImplementation(
			(_milliseconds, signal) =>
				new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('over')))),
		);
	jest.spyOn(clock, 'sleep').mockImplementation(async (wait) => {
		waits.push(wait);
		time.now += wait;
		await new Promise((resolve) => setImmediate(resolve));
	});

	async function answer(request: IHttpRequestOptions) {
		const call = callOf(request);
		calls.push(call);
		const { status = 200, body } = await respond(call);
		return { statusCode: status, headers: {}, body: JSON.stringify(body) };
	}

	const row = async <Result,>(node: { id: string }, act: (id: string) => Result): Promise<Result> => {
		const { id } = node;
		await Promise.resolve();
		if (database.isDown) throw new Error('The database does not answer');
		return act(id);
	};

	let executions = 0;

	/** An execution of the workflow. Its Retry is a run with the same execution. */
	function execution(context: IDataObject = {}) {
		executions += 1;
		const id = String(executions);

		async function run(items: IDataObject[], setting: Setting = {}): Promise<Ran> {
			const { options = {}, fields = {}, wokenBy = [] } = setting;
			const { continueOnFail = false, asTool = false, runIndex = 0, stop } = setting;
			const own = { id: 'node-1' };
			const before = calls.length;
			const executeData = { data: { main: [items.map((json) => ({ json }))] } };
			const asleep: { until?: Date } = {};
			const evaluated = (expression: string) => {
				if (expression.includes('$execution.resumeUrl')) return RESUME_URL;
				return expression.includes('$runIndex') ? runIndex : JSON.stringify(wokenBy);
			};
			const parameters: IDataObject = {
				...fields,
				resource: 'payout',
				operation: operation.value,
				options: { ...options, allowAgents: asTool },
			};
			// What execute() uses of n8n's context, and no more.
			const surface: unknown = {
				node: own,
				continueOnFail: () => continueOnFail,
				evaluateExpression: evaluated,
				getExecuteData: () => executeData,
				putExecutionToWait: async (until: Date) => {
					asleep.until = until;
				},
				getContext: () => context,
				getCredentials: async (_type: string, item: number) => credentialsOf?.(item) ?? credentials,
				getExecutionCancelSignal: () => stop,
				getExecutionId: () => id,
				getInputData: () => items.map((json) => ({ json })),
				getNode: () => ({
					id: 'node-1',
					name: 'Example Pay',
					type: asTool ? 'examplePayTool' : 'examplePay',
					parameters,
					onError: setting.onErrorOutput ? 'continueErrorOutput' : 'stopWorkflow',
				}),
				getNodeParameter: (name: string, item: number, fallback: unknown) =>
					items[item]?.[name] ?? parameters[name] ?? fallback,
				getTimezone: () => 'UTC',
				getWorkflow: () => ({ id: 'workflow-1' }),
				addExecutionHints: () => undefined,
				isToolExecution: () => asTool,
				logger: { warn: (text: string) => log.push(text) },
				helpers: {
					httpRequest: answer,
					httpRequestWithAuthentication: (_type: string, request: IHttpRequestOptions) => answer(request),
					getProcessedDataCount: () => row(own, (name) => (table.has(name) ? 1 : 0)),
					checkProcessedAndRecord: () =>
						row(own, (name) => {
							const isNew = !table.has(name);
							table.add(name);
							return { new: isNew ? ['claimed'] : [], processed: [] };
						}),
					clearAllProcessedItems: () => row(own, (name) => table.delete(name)),
				},
			};
			const ended = await execute.call(surface as IExecuteFunctions, provider).catch(errorOf);
			const output = 'message' in ended ? undefined : ended[0];
			return {
				items: (output ?? []).map(({ json }: INodeExecutionData) => json),
				error: 'message' in ended ? ended : undefined,
				calls: calls.slice(before),
				sleep: asleep.until && { until: asleep.until, atTheLimit: executeData.data.main[0]?.[0]?.json },
			};
		}

		/** The Retry of this execution: n8n gives it what was saved with the failed one. */
		const retry = () => execution(JSON.parse(JSON.stringify(context)));

		return { run, retry, context, id };
	}

	return { execution, calls, log, waits, time, database, table };
}

function errorOf(cause: unknown): { message: string; nextStep: string } {
	if (!(cause instanceof Error)) throw cause;
	const description = 'description' in cause ? cause.description : undefined;
	if (cause.name !== 'NodeApiError' && cause.name !== 'NodeOperationError') throw cause;
	return { message: cause.message, nextStep: typeof description === 'string' ? description : '' };
}

function callOf({ method = 'GET', url, body }: IHttpRequestOptions): Call {
	const { pathname, searchParams } = new URL(url);
	const sent = Buffer.isBuffer(body) ? parseJson(body.toString('utf8')) : {};
	return {
		line: `${method} ${pathname}`,
		query: Object.fromEntries(searchParams),
		body: isObject(sent) ? sent : {},
	};
}

/** The lines of the requests that reached the provider, e.g. `POST /payouts`. */
export const linesOf = ({ calls }: Pick<Ran, 'calls'>) => calls.map(({ line }) => line);

/** How many payouts the provider was asked to make. */
export const sendsIn = (ran: Pick<Ran, 'calls'>) =>
	linesOf(ran).filter((line) => line.startsWith('POST ')).length;
