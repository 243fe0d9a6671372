import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type IPollFunctions,
	ObservableObject,
} from 'n8n-workflow';
import { poll } from '../../core/events/polling.ts';
import type { Memory } from '../../core/events/pollingMemory.ts';
import type { Watch } from '../../core/events/watching.ts';
import type { Provider } from '../../core/provider/provider.ts';

/** A stage for a polling trigger: the provider's answers are scripted, and the stage plays n8n. */
export interface Stage {
	/** Activates the trigger, as n8n does at publication and, without its durable scheduler, at every start. */
	start(): Promise<void>;
	/** The next poll. */
	tick(): Promise<void>;
	/** The items of all executions. */
	emitted: Array<{ json: IDataObject }>;
	/** How many executions began. */
	executions: number;
	/** Where n8n dies in the next poll that finds something: before it has stored anything, or the memory only. */
	dies: 'before' | 'between' | undefined;
	/** What n8n has stored, with the workflow and as the durable cursor: hand it to the next stage for a restart. */
	stored: Stored;
	/** What the trigger remembers of a watch at the moment, stored or not. */
	remembered(watch: string): Memory;
	failures: string[];
	requests: IHttpRequestOptions[];
}

export interface Stored {
	staticData: IDataObject;
	/** By the node's ID; present with the durable scheduler. */
	cursor?: IDataObject;
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
	/** The node's name; its ID stays the same. */
	name?: string;
	/** Whether n8n runs its durable scheduler, with durable cursors. */
	isDurable?: boolean;
	/** Milliseconds that n8n gives one poll. */
	budget?: number;
}

export function stage(play: Play, before: Stored = { staticData: {} }): Stage {
	const { name = 'Trigger', isDurable = false, mode = 'trigger', budget } = play;
	const own: Stage = {
		emitted: [],
		executions: 0,
		dies: undefined,
		stored: copy(before),
		failures: [],
		requests: [],
		async start() {
			// The job of the durable scheduler is there already after a restart.
			if (isDurable && own.stored.cursor) return;
			await run(true);
			own.stored.staticData = copy(live);
		},
		tick: () => run(false),
		remembered: (watch) => memoryIn({ ...own.stored, staticData: live }, watch),
	};
	const live = ObservableObject.create(copy(own.stored.staticData));
	const watched = live as typeof live & { __dataChanged: boolean };
	const place = (key: string) => (live[key] ??= ObservableObject.create({}, watched)) as IDataObject;
	const respond = (request: IHttpRequestOptions) => {
		own.requests.push(request);
		const { status = 200, headers = {}, body } = play.answer(request);
		return Promise.resolve({ statusCode: status, headers, body });
	};

	async function run(isActivation: boolean): Promise<void> {
		const cursor = isDurable ? copy(own.stored.cursor ?? place(`node:${name}`)) : undefined;
		if (isDurable) own.stored.cursor ??= copy(cursor ?? {});
		const found = await polled(cursor, isActivation);
		if (!found) {
			if (cursor && !isActivation) own.stored.cursor = cursor;
			return;
		}
		const { dies } = own;
		own.dies = undefined;
		if (dies === 'before' || (dies && isDurable)) return;
		if (cursor) own.stored.cursor = cursor;
		own.stored.staticData = copy(live);
		if (dies) return;
		own.executions += 1;
		own.emitted.push(...found.flat());
	}

	async function polled(
		cursor: IDataObject | undefined,
		isActivation: boolean,
	): Promise<INodeExecutionData[][] | null> {
		try {
			return await poll.call(contextWith(cursor, isActivation), play.provider, play.watches);
		} catch (cause) {
			// n8n does not activate a trigger whose poll at the activation throws.
			if (mode === 'manual' || isActivation || !(cause instanceof Error)) throw cause;
			own.failures.push(cause.message);
			return null;
		}
	}

	function contextWith(cursor: IDataObject | undefined, isActivation: boolean): IPollFunctions {
		// What poll() uses of n8n's context, and no more.
		const context: unknown = {
			getMode: () => mode,
			getActivationMode: () => (isActivation ? 'activate' : 'update'),
			getNodeParameter: (parameter: string, fallback: unknown) => play.parameters[parameter] ?? fallback,
			getWorkflowStaticData: (type: string) =>
				type === 'global' ? place('global') : (cursor ?? place(`node:${name}`)),
			getCredentials: () => Promise.resolve(play.credentials),
			getNode: () => ({ id: 'node1', name, type: 'test', typeVersion: 1, position: [0, 0], parameters: {} }),
			logger: { warn: () => undefined },
			__emitError: ({ message }: Error) => own.failures.push(message),
			...(budget !== undefined && { getPollBudgetMs: () => budget }),
			helpers: {
				httpRequestWithAuthentication: (_credential: string, request: IHttpRequestOptions) =>
					respond(request),
				httpRequest: respond,
			},
		};
		return context as IPollFunctions;
	}
	return own;
}

function memoryIn({ staticData, cursor }: Stored, watch: string): Memory {
	const shared = staticData.global as Record<string, Record<string, Record<string, unknown>>> | undefined;
	const memory = cursor?.[watch] ?? shared?.['n8n-nodes-otc-payouts']?.node1?.[watch];
	if (!memory) throw new TypeError(`Nothing is remembered of ${watch}`);
	return memory as Memory;
}

function copy<Data extends object>(data: Data): Data {
	return JSON.parse(JSON.stringify(data));
}
