import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { node, start } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';

export const AGENT = 'Agent';
export const REVIEW = 'Ask a Person';

/** A node of ours in its tool form, as the editor adds it to an agent. */
export function toolNode(name: string, provider: string, parameters: INodeParameters): INode {
	const credentials = { [`${provider}Api`]: { id: '', name: '' } };
	return { ...node(name, `n8n-nodes-otc-payouts.${provider}Tool`, 1, parameters), credentials };
}

/** The expression that the editor writes when the model chooses a value. */
export function fromModel(key: string, description = ''): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;
}

/** n8n's AI Agent with a model and tools. With `review` a person has to allow each call by a link in a mail. */
export function agentWithTools(tools: INode[], { review = false, version = 3 } = {}): WorkflowFile {
	const agent = node(AGENT, '@n8n/n8n-nodes-langchain.agent', version, {
		promptType: 'define',
		text: 'Do what you are told.',
		options: {},
	});
	const model: INode = {
		...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			options: {},
		}),
		credentials: { openAiApi: { id: '', name: '' } },
	};
	const connections: IConnections = {
		[start.name]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
		Model: { ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]] },
	};
	const toolsOf = review ? REVIEW : AGENT;
	for (const { name } of tools) connections[name] = toTools(toolsOf);
	if (review) connections[REVIEW] = toTools(AGENT);
	const nodes = [start, agent, model, ...tools, ...(review ? [reviewByMail] : [])];
	return { name: 'Agent', nodes, connections, settings: { executionOrder: 'v1' } };
}

function toTools(name: string): IConnections[string] {
	return { ai_tool: [[{ node: name, type: 'ai_tool', index: 0 }]] };
}

/** n8n's human review: a Send-and-Wait node between the agent and its tools. */
const reviewByMail: INode = {
	...node(REVIEW, 'n8n-nodes-base.emailSendHitlTool', 2.1, {
		fromEmail: 'desk@example.com',
		toEmail: 'boss@example.com',
		subject: 'May the agent do this?',
		message: '=The agent wants to run {{ $tool.name }} with {{ JSON.stringify($tool.parameters) }}',
		approvalOptions: { values: { approvalType: 'double' } },
		options: {},
	}),
	credentials: { smtp: { id: '', name: '' } },
	webhookId: 'c0000000-0000-4000-8000-000000000001',
};
