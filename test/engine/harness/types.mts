import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** Names another origin, such as http://127.0.0.1:1, for a request that is already signed. Undefined: no change. */
export type Network = (request: { url: string; method: string }) => string | undefined;

export interface Access {
	/** The decrypted values, by credential type name. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	credentialTypes?: Record<string, ICredentialType>;
}

export interface NodeSettings {
	retryOnFail?: boolean;
	/** n8n allows 2 to 5. */
	maxTries?: number;
	/** Milliseconds, at most 5000. n8n takes 0 as "not set" and waits 1000. The default here is 1. */
	waitBetweenTries?: number;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** The older form of `onError`. */
	continueOnFail?: boolean;
}

export interface Step extends Access {
	node: INodeType;
	/** The type in a workflow file. The default is `test.<description.name>`. */
	typeName?: string;
	/** The default is the first (or only) version of the description. */
	typeVersion?: number;
	/** n8n drops parameters that the description does not have, and adds its defaults. */
	parameters: INodeParameters;
	settings?: NodeSettings;
	/** Called before each call of execute(). The first attempt is 1. */
	before?: (attempt: number) => void;
}

export interface Run extends Step {
	/** The default is that of a saved workflow; '' and UNSAVED are none. */
	workflowId?: string;
	items?: IDataObject[] | INodeExecutionData[];
	/**
	 * true: a tool that the agent calls itself (isToolExecution() is true).
	 * 'byEngine': a tool that an agent asks the engine to run, as AI Agent 3 does (isToolExecution() is false).
	 */
	asTool?: boolean | 'byEngine';
	/** How many times the agent makes the same call. The default is once. */
	calls?: number;
	mode?: WorkflowExecuteMode;
	network?: Network;
	/** Is given what Stop in the editor does. */
	stoppable?: (stop: () => void) => void;
	/** `$vars`, as expressions see them when they are read. */
	variables?: Record<string, string>;
}

export interface WorkflowRun {
	/** The default is that of a saved workflow; '' and UNSAVED are none. */
	workflowId?: string;
	/** The steps by node name, in the order of the chain. */
	steps: Record<string, Step>;
	items?: IDataObject[] | INodeExecutionData[];
	/** How many times the whole chain runs in one execution. The last step's output goes to the first step again. */
	times?: number;
	/** Only the last step's error output goes round. */
	onlyFailed?: boolean;
	mode?: WorkflowExecuteMode;
	network?: Network;
	stoppable?: (stop: () => void) => void;
	variables?: Record<string, string>;
}

export interface RunError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	messages?: string[];
	context?: IDataObject;
	stack?: string;
}

export interface NodeRun {
	/** The items of the first output. */
	items: INodeExecutionData[];
	/** The items of the error output, when `onError` is continueErrorOutput. */
	errorItems: INodeExecutionData[];
	error?: RunError;
}

export interface Saved {
	/** The data as n8n reads it back from the database. */
	executionData: IRunExecutionData;
	/** The text that the database has. */
	saved: string;
	executionId: string;
}

/** `error` is that of the execution. Where n8n went on, it is that of the node. */
export interface RunResult extends NodeRun, Saved {}

export interface WorkflowResult extends Saved {
	/** The runs of each node by its name, in the order of runIndex. */
	runs: Record<string, NodeRun[]>;
	error?: RunError;
}
