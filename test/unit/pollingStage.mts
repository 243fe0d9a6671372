import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	ITriggerFunctions,
} from 'n8n-workflow';
import { poll } from '../../core/events/polling.ts';
import type { Watch } from '../../core/events/watching.ts';
import type { Provider } from '../../core/provider/provider.ts';

/** A polling trigger on a stage of its own: the provider's answers are scripted, n8n's part is played. */
export interface Stage {
	/** Activates the trigger, as n8n does at publication and at every start. */
	start(): Promise<void>;
	/** The next poll. */
	tick(): Promise<void>;
	emitted: Array<{ json: IDataObject; key: string | undefined }>;
	/**
	 * Whether n8n ends the executions that were emitted; false plays a crash before that, an Error what n8n rejects with
	 * when it could not store one, or when one was cancelled.
	 */
	executes: boolean | Error;
	/** What n8n keeps with the workflow. */
	staticData: IDataObject;
	failures: string[];
	crons: string[];
	requests: IHttpRequestOptions[];
}

export interface Play {
	provider: Provider;
	watches: Readonly<Record<string, Watch>>;
	credentials: ICredentialDataDecryptedObject;
	parameters: IDataObject;
	/** The provider's answer to a request, as text with a status. */
	answer: (request: IHttpRequestOptions) => {
		status?: number;
		headers?: Record<string, string>;
		body: string;
	};
	mode?: 'trigger' | 'manual';
}

export function stage(play: Play, staticData: IDataObject = {}): Stage {
	let onTick: () => void = () => undefined;
	const own: Stage = {
		emitted: [],
		executes: true,
		staticData,
		failures: [],
		crons: [],
		requests: [],
		async start() {
			const { manualTriggerFunction } = await poll.call(node(), play.provider, play.watches);
			await manualTriggerFunction?.();
			await settled();
		},
		async tick() {
			onTick();
			await settled();
		},
	};
	const respond = (request: IHttpRequestOptions) => {
		own.requests.push(request);
		const { status = 200, headers = {}, body } = play.answer(request);
		return Promise.resolve({ statusCode: status, headers, body });
	};
	// What poll() uses of n8n's context, and no more.
	const context: unknown = {
		getMode: () => play.mode ?? 'trigger',
		getNodeParameter: (name: string, fallback: unknown) => play.parameters[name] ?? fallback,
		getWorkflowStaticData: () => own.staticData,
		getCredentials: () => Promise.resolve(play.credentials),
		getWorkflow: () => ({ id: 'workflow1' }),
		getNode: () => ({
			id: 'node1',
			name: 'Trigger',
			type: 'test',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		logger: { warn: () => undefined },
		saveFailedExecution: ({ message }: Error) => own.failures.push(message),
		helpers: {
			httpRequestWithAuthentication: (_credential: string, request: IHttpRequestOptions) => respond(request),
			httpRequest: respond,
			registerCron: ({ expression }: { expression: string }, tick: () => void) => {
				own.crons.push(expression);
				onTick = tick;
			},
		},
		emit: (
			[[item]]: [[{ json: IDataObject }?]],
			_response: unknown,
			done?: { resolve(run: unknown): void; reject(cause: Error): void },
			key?: string,
		) => {
			if (item) own.emitted.push({ json: item.json, key });
			if (own.executes instanceof Error) done?.reject(own.executes);
			else if (own.executes) done?.resolve({});
		},
	};

	const node = () => context as ITriggerFunctions;
	return own;
}

/** Promises that are under way come to their end. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
