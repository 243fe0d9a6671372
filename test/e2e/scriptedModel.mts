import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { portOf } from '../../host/ports.mts';
import { marker } from '../secrets.mts';

/** One turn of the model: it calls tools, all at once, or it answers. */
export type Turn = { calls: ToolCall[] } | { answer: string };

export interface ToolCall {
	tool: string;
	input: INodeParameters;
}

interface Message {
	role: string;
	content: unknown;
	tool_call_id?: string;
}

/** A tool as n8n describes it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties?: Record<string, { type?: string; description?: string }>; required?: string[] };
}

interface Asked {
	messages: Message[];
	tools?: { function: OfferedTool }[];
}

export interface ScriptedModel {
	/** The data of n8n's credential type `openAiApi` for this model. */
	credential: ICredentialDataDecryptedObject;
	/** Sets the turns from now on, and forgets earlier requests. */
	play(...turns: Turn[]): void;
	/** How many turns were not played. */
	readonly left: number;
	/** The tools in the latest request. */
	offered(): OfferedTool[];
	/** The answers of the tools, in the order of the calls. */
	heard(): string[];
	close(): Promise<void>;
}

/** Starts a language model that follows a script. It has the HTTP API of OpenAI's chat completions. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let script: Turn[] = [];
	let asked: Asked[] = [];
	let calls = 0;
	const server = createServer(async (request, response) => {
		const body: Asked = JSON.parse(await textOf(request));
		asked.push(body);
		const turn = script.shift() ?? { answer: 'The script is over.' };
		const message =
			'answer' in turn
				? { role: 'assistant', content: turn.answer }
				: { role: 'assistant', content: null, tool_calls: turn.calls.map((call) => written(call, ++calls)) };
		const finish_reason = 'answer' in turn ? 'stop' : 'tool_calls';
		const answer = { id: 'c1', object: 'chat.completion', created: 0, model: 'scripted' };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.setHeader('Content-Type', 'application/json');
		response.end(JSON.stringify({ ...answer, choices: [{ index: 0, message, finish_reason }], usage }));
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const last = () => asked.at(-1) ?? { messages: [] };
	return {
		credential: { apiKey: marker('model'), url: `http://127.0.0.1:${portOf(server)}/v1` },
		play: (...turns) => {
			script = turns;
			asked = [];
		},
		offered: () => (last().tools ?? []).map((tool) => tool.function),
		heard: () =>
			last()
				.messages.filter(({ role }) => role === 'tool')
				.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content))),
		close: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
		get left() {
			return script.length;
		},
	};
}

function written({ tool, input }: ToolCall, count: number) {
	return {
		id: `call_${count}`,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(input) },
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}
