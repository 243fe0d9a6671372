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

/** May name another origin ("http://127.0.0.1:1") for a request that was already signed. */
export type Network = (request: { url: string; method: string }) => string | undefined;

export interface Access {
	/** Decrypted values, by credential type name. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	credentialTypes?: Record<string, ICredentialType>;
}

export interface NodeSettings {
	retryOnFail?: boolean;
	/** n8n clamps it to 2..5. */
	maxTries?: number;
	/** Milliseconds, at most 5000. n8n takes 0 for "not set" and waits 1000; the harness's default is 1. */
	waitBetweenTries?: number;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** The old form of `onError`. */
	continueOnFail?: boolean;
}

export interface Step extends Access {
	node: INodeType;
	/** As in a workflow file; the default is `test.<description.name>`. */
	typeName?: string;
	/** The default is the first (or only) version of the description. */
	typeVersion?: number;
	/** n8n drops what the description does not know and fills in its defaults. */
	parameters: INodeParameters;
	settings?: NodeSettings;
	/** Called before each call of execute(); attempts count from 1. */
	before?: (attempt: number) => void;
}

export interface Run extends Step {
	items?: IDataObject[] | INodeExecutionData[];
	/**
	 * true: a tool that the agent calls itself (isToolExecution() is true).
	 * 'byEngine': a tool that an agent asks the engine to run, as AI Agent 3 does (isToolExecution() is false).
	 */
	asTool?: boolean | 'byEngine';
	/** How often the agent makes the same call; once unless it is said. */
	calls?: number;
	mode?: WorkflowExecuteMode;
	network?: Network;
	/** Is given what Stop in the editor does. */
	stoppable?: (stop: () => void) => void;
	/** `$vars`, as expressions see them when they are read. */
	variables?: Record<string, string>;
}

export interface WorkflowRun {
	/** Node name -> step, in the order of the chain. */
	steps: Record<string, Step>;
	items?: IDataObject[] | INodeExecutionData[];
	/** How often the whole chain runs in the one execution: the last step's output goes to the first again. */
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
	/** First output. */
	items: INodeExecutionData[];
	/** The error output, when `onError` is continueErrorOutput. */
	errorItems: INodeExecutionData[];
	error?: RunError;
}

export interface Saved {
	/** As read back from the database. */
	executionData: IRunExecutionData;
	/** The text in the database. */
	saved: string;
	executionId: string;
}

/** `error` is the execution's, or, where n8n went on, the node's. */
export interface RunResult extends NodeRun, Saved {}

export interface WorkflowResult extends Saved {
	/** Node name -> its runs, by runIndex. */
	runs: Record<string, NodeRun[]>;
	error?: RunError;
}
