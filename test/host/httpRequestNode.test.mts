import { resolve } from 'node:path';
import type { INodeType, IRequestOptions } from 'n8n-workflow';
import { always } from '../engine/facts/httpRequestOptions.mts';
import { access } from '../engine/facts/probes.mts';
import { RecordingServer, runNode } from '../engine/harness/index.mts';

const realNode = resolve('host/n8n/node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');

it("n8n's real HTTP Request node calls authenticate as the facts about it assume", async () => {
	const server = await RecordingServer.start();
	try {
		server.answer();
		const { HttpRequest } = await import(realNode);
		const node: INodeType = new HttpRequest().getNodeType(4.4);
		let options: IRequestOptions = {};
		const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: 'probeApi' };
		const body = { sendBody: true, contentType: 'json', specifyBody: 'json', jsonBody: '{"a": 1.0}' };
		const { error } = await runNode({
			...access((given) => {
				options = { ...given };
				return given;
			}),
			node,
			typeName: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.4,
			parameters: { method: 'POST', url: `${server.origin}/pay`, ...authentication, ...body, options: {} },
		});
		expect(error).toBeUndefined();
		const accept = expect.stringMatching(/^application\/json,text\/html/);
		const expected = { ...always, uri: `${server.origin}/pay`, body: { a: 1 }, allowedDomains: undefined };
		expect(options).toEqual({ ...expected, headers: { accept } });
	} finally {
		await server.stop();
	}
});
