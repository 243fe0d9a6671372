import './engineServices.mts';
import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type NodeConnectionType,
} from 'n8n-workflow';
import { execute, toResult } from './execution.mts';
import { nodeOf, startNode } from './probeNodes.mts';
import type { Run, RunResult, Step } from './types.mts';
import { START, buildWorkflow, inputItems, typeNameOf } from './workflows.mts';

const AGENT = 'Agent';
const TOOL = 'Tool';

/** Runs the node as a tool of an agent. The result is that of its last call. $fromAI is not filled in. */
export async function runTool(run: Run, way: true | 'byEngine'): Promise<RunResult> {
	const { calls = 1 } = run;
	const agent = way === 'byEngine' ? agentThatAsksTheEngine(calls) : agentThatCallsTools(calls);
	const steps: Record<string, Step> = {
		[START]: { node: startNode(inputItems(run.items)), parameters: {} },
		[AGENT]: { node: agent, parameters: {} },
		[TOOL]: { ...run, typeName: `${typeNameOf(run)}Tool` },
	};
	const workflow = buildWorkflow(steps, [
		{ from: START, to: AGENT },
		{ from: TOOL, to: AGENT, kind: NodeConnectionTypes.AiTool },
	]);
	const { error, executionData, saved, executionId } = toResult(await execute({ ...run, workflow, steps }));
	const task = executionData.resultData.runData[TOOL]?.at(-1);
	const items = task?.data?.[NodeConnectionTypes.AiTool]?.[0] ?? [];
	return {
		items: items.flatMap(unwrapped),
		errorItems: [],
		error: task?.error ?? error,
		executionData,
		saved,
		executionId,
	};
}

/** The items of a tool. n8n puts them into one item for the agent, as `response`. */
function unwrapped(item: INodeExecutionData): INodeExecutionData[] {
	const response: unknown = item.json.response;
	return Array.isArray(response) ? response.map((json: IDataObject) => ({ json })) : [item];
}

const inputs: NodeConnectionType[] = [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool];

/** An agent like LangChain's: the tool runs inside the agent's execute(), all calls of a turn at once. */
function agentThatCallsTools(calls: number): INodeType {
	const askTools = async function (this: IExecuteFunctions) {
		const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
		if (!Array.isArray(tools)) throw new Error('The agent has no tools');
		const answers: unknown[] = [];
		for (const tool of tools)
			answers.push(...(await Promise.all(Array.from({ length: calls }, () => tool.invoke({})))));
		return [[{ json: { answers: answers.map(String) } }]];
	};
	return nodeOf('agent', askTools, { inputs });
}

/** An agent like AI Agent 3: the engine runs the tool as a node and calls the agent again with its result. */
function agentThatAsksTheEngine(calls: number): INodeType {
	const request: EngineRequest = {
		actions: Array.from({ length: calls }, (_, index) => ({
			actionType: 'ExecutionNodeAction',
			nodeName: TOOL,
			input: {},
			type: NodeConnectionTypes.AiTool,
			id: `call-${index + 1}`,
			metadata: {},
		})),
		metadata: {},
	};
	const askEngine = async (response?: EngineResponse) =>
		response?.actionResponses.length ? [[{ json: {} }]] : request;
	return nodeOf('agent', askEngine, { inputs });
}
