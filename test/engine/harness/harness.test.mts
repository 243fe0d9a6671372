import {
	NodeConnectionTypes,
	type ICredentialType,
	type INodeType,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { RecordingServer, callListSearch, callLoadOptions, deliver, nodeOf, runNode } from './index.mts';

const genericApi: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [],
	authenticate: {
		type: 'generic',
		properties: { headers: { 'x-key': '={{ $credentials.key }}' }, qs: { k: '=key-{{$credentials.key}}' } },
	},
};
const signing = { credentials: { probeApi: { key: 'k-1' } }, credentialTypes: { probeApi: genericApi } };

describe('the credentials of the harness', () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());

	const credentials = [{ name: 'probeApi', required: true }];
	const asker = (times: number): INodeType =>
		nodeOf(
			'asks',
			async function () {
				const ask = async () =>
					await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
						url: 'https://pay.example/x?a=1',
					});
				await Promise.all(Array.from({ length: times }, ask));
				return [[]];
			},
			{ credentials },
		);
	const run = (credentialType: ICredentialType, times = 1) => ({
		node: asker(times),
		parameters: {},
		credentials: { probeApi: { key: 'k-1', token: '' } },
		credentialTypes: { probeApi: credentialType },
		network: () => server.origin,
	});

	it('resolve the generic form of authenticate, and `network` replaces the origin alone', async () => {
		server.answer();
		await runNode({ ...run(genericApi), ...signing });
		expect(server.requests[0].headers['x-key']).toBe('k-1');
		expect(server.requests[0].url).toBe('/x?a=1&k=key-k-1');
	});

	it('log in by preAuthentication, once for each parallel first call', async () => {
		server.answer();
		let logins = 0;
		const type: ICredentialType = {
			name: 'probeApi',
			displayName: 'Probe API',
			properties: [
				{
					displayName: 'Token',
					name: 'token',
					type: 'hidden',
					typeOptions: { expirable: true },
					default: '',
				},
			],
			preAuthentication: async () => ({ token: `t-${++logins}` }),
			authenticate: async ({ token }, options) => ({ ...options, headers: { 'x-token': String(token) } }),
		};
		await runNode(run(type, 3));
		expect(logins).toBe(3);
		expect(server.requests.map(({ headers }) => headers['x-token']).sort()).toEqual(['t-1', 't-2', 't-3']);
	});
});

describe('deliver', () => {
	type Webhook = (this: IWebhookFunctions) => Promise<IWebhookResponseData>;
	const trigger = (webhook: Webhook): INodeType => ({
		description: {
			...nodeOf('trigger', async () => [[]]).description,
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					responseMode: 'onReceived',
					responseData: '={{""}}',
					path: 'webhook',
				},
			],
		},
		webhook,
	});
	const rawBody = Buffer.from('{"id": 7615917337495251231, "amount": 0.10}');
	const sent = { parameters: {}, rawBody, headers: { 'Content-Type': 'application/json' } };

	it('gives the node exact bytes and rounded body data, and n8n answers what the node says', async () => {
		const node = trigger(async function () {
			const { rawBody: raw } = this.getRequestObject();
			const json = {
				raw: String(raw),
				body: this.getBodyData(),
				type: String(this.getHeaderData()['content-type']),
			};
			return { workflowData: [[{ json }]], webhookResponse: { status: 'done' } };
		});
		const { status, body, executions } = await deliver({ trigger: node, ...sent });
		expect([status, body]).toEqual([200, { status: 'done' }]);
		expect(executions[0][0].json).toEqual({
			raw: rawBody.toString(),
			body: { id: 7615917337495251000, amount: 0.1 },
			type: 'application/json',
		});
	});

	it('lets the node ask the provider, signed by its credential', async () => {
		const server = await RecordingServer.start();
		server.answer({ body: '{"status":"paid"}' });
		const node = trigger(async function () {
			const url = 'https://pay.example/orders/1';
			const order = await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', { url });
			return { workflowData: [[{ json: order }]] };
		});
		node.description.credentials = [{ name: 'probeApi', required: true }];
		const { executions } = await deliver({
			trigger: node,
			...sent,
			...signing,
			network: () => server.origin,
		});
		await server.stop();
		expect(executions[0][0].json).toEqual({ status: 'paid' });
		expect(server.requests[0]).toMatchObject({ url: '/orders/1?k=key-k-1', headers: { 'x-key': 'k-1' } });
	});

	it('starts nothing when the node answers by itself', async () => {
		const node = trigger(async function () {
			this.getResponseObject().status(401).send('forged').end();
			return { noWebhookResponse: true };
		});
		expect(await deliver({ trigger: node, ...sent })).toEqual({
			status: 401,
			body: 'forged',
			executions: [],
		});
	});

	it('answers 500 and starts an execution when the node throws', async () => {
		const node = trigger(async () => {
			throw new Error('broken');
		});
		const { status, executions, threw } = await deliver({ trigger: node, ...sent });
		expect([status, executions, threw?.message]).toEqual([500, [[{ json: {} }]], 'broken']);
	});

	it('answers 422 to JSON that is none, before the node sees it', async () => {
		const node = trigger(async () => ({ workflowData: [[{ json: {} }]] }));
		const { status, executions } = await deliver({ trigger: node, ...sent, rawBody: Buffer.from('{') });
		expect([status, executions]).toEqual([422, []]);
	});

	it('acknowledges without an execution when there is no workflowData', async () => {
		const node = trigger(async () => ({ webhookResponse: 'OK' }));
		expect(await deliver({ trigger: node, ...sent })).toEqual({ status: 200, body: 'OK', executions: [] });
	});
});

describe('the lists of the editor', () => {
	const node: INodeType = {
		...nodeOf('lists', async () => [[]]),
		methods: {
			listSearch: {
				async currencies(filter, token) {
					const network = String(this.getCurrentNodeParameter('network'));
					return {
						results: [{ name: `${network} ${filter} ${token}`, value: network }],
						paginationToken: '2',
					};
				},
			},
			loadOptions: {
				async networks() {
					return [{ name: 'TRON', value: String(this.getCurrentNodeParameters()?.network) }];
				},
			},
		},
	};
	const parameters = { network: 'TRX' };

	it('are searched with filter, page and the current parameters', async () => {
		const found = await callListSearch({
			node,
			method: 'currencies',
			parameters,
			filter: 'us',
			paginationToken: '1',
		});
		expect(found).toEqual({ results: [{ name: 'TRX us 1', value: 'TRX' }], paginationToken: '2' });
	});

	it('are loaded', async () => {
		const options = await callLoadOptions({ node, method: 'networks', parameters });
		expect(options).toEqual([{ name: 'TRON', value: 'TRX' }]);
	});
});
