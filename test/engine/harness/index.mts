export { nodeOf } from './probeNodes.mts';
export { callListSearch, callLoadOptions, type ListCall, type SearchCall } from './lists.mts';
export { testCredential } from './credentialTest.mts';
export { callBack, isAsleep, takeCall, wakeUp } from './sleep.mts';
export { retryWorkflow, runWorkflow } from './execution.mts';
export { retryExecution, runNode } from './node.mts';
export { RecordingServer, type Answer, type Recorded, type Script } from './recordingServer.mts';
export type {
	Access,
	Network,
	NodeRun,
	NodeSettings,
	Run,
	RunError,
	RunResult,
	Saved,
	Step,
	WorkflowResult,
	WorkflowRun,
} from './types.mts';
export { searchFor, takeLeaks } from './leaks.mts';
export { deliver, type Delivered, type Delivery } from './webhook.mts';
export { forgetProcessedData, processedRows, stopDatabase, UNSAVED } from './processedData.mts';
