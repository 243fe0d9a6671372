import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters, INodeType } from 'n8n-workflow';

import { projectFolder } from '../../host/folders.mts';
import { RecordingServer, runNode } from '../engine/harness/index.mts';
import { Copy } from './copy.mts';
import { load, type Loaded } from './loaded.mts';

const payout = {
	resource: 'payout',
	operation: 'createPayout',
	merchant_id: 'p-1',
	amount: '10.5',
	currency: 'USDT',
	network: 'TRC20',
	address: 'T1',
	paymentReference: 'p-1',
	options: {},
};

const writes: Record<string, INodeParameters> = {
	'a payout': payout,
	'a cancellation': {
		resource: 'payout',
		operation: 'cancelPayout',
		payout_id: '1',
		paymentReference: 'c-1',
		options: {},
	},
	'a setting': {
		resource: 'account',
		operation: 'setWebhookUrl',
		url: 'https://a.example',
		paymentReference: 's-1',
		options: {},
	},
	'a custom request': {
		resource: 'customRequest',
		operation: 'send',
		method: 'POST',
		path: '/v1/payouts',
		bodyFormat: 'json',
		body: '{}',
		paymentReference: 'x-1',
		options: {},
	},
};

const contract = join(projectFolder, 'test', 'newProvider', 'acme.openapi.yaml');
const made = new Copy();
let said: ReturnType<Copy['make']>;

beforeAll(() => {
	said = made.make(contract);
});
afterAll(() => made.remove());

const read = (file: string) => readFileSync(join(made.folder, file), 'utf8');

describe('a provider from a contract', () => {
	it('is made, and the command says what it does not do yet', () => {
		expect(said.stderr).toBe('');
		expect(said.stdout).toContain('7 operations have a row; 2 were left out.');
		expect(said.stdout).toContain('Nothing that writes or moves money is sent before');
	});

	it('is not made twice', () => {
		expect(made.make(contract)).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('nodes/AcmePay exists already. Nothing was written.'),
		});
	});

	it.each([['--noEmit'], ['--project', 'tsconfig.development.json']])('compiles: tsc %s %s', (...options) => {
		expect(made.complaint('typescript/bin/tsc', ...options.filter((option) => option))).toBe('');
	});

	const written = ['nodes/AcmePay', 'credentials/AcmePayApi.credentials.ts', 'package.json', 'index.ts'];
	const beside = ['sandbox/acmePay', 'sandbox/registry.mts', 'test/contract/acmePay.test.mts'];
	it("passes n8n's strict lint", () => {
		expect(made.complaint('eslint/bin/eslint.js', '--max-warnings', '0', ...written)).toBe('');
	});

	it('passes our own lint', () => {
		const options = ['--config', 'eslint.development.config.mjs', '--max-warnings', '0'];
		const files = [...written.filter((one) => one !== 'package.json'), ...beside];
		expect(made.complaint('eslint/bin/eslint.js', ...options, ...files)).toBe('');
	});

	it('is formatted', () => {
		const files = [...written, ...beside, '.github/ISSUE_TEMPLATE'];
		expect(made.complaint('prettier/bin/prettier.cjs', '--check', ...files)).toBe('');
	});

	it.each(['test/contract', 'test/descriptions', 'test/unit/house', 'test/docs/forms.test.mts'])(
		'passes the tests that go over all providers: %s',
		(suite) => {
			expect(made.complaint('jest/bin/jest.js', '--runInBand', suite)).toBe('');
		},
	);
});

describe('what it asks', () => {
	it('whether each call but a GET moves money', () => {
		const mapping = read('nodes/AcmePay/MAPPING.md');
		expect(mapping.match(/Does it move money\?/g)).toHaveLength(5);
		expect(mapping).toContain('Operations require `X-Signature`.');
		expect(mapping).toContain('The contract announces `payoutChanged`.');
	});

	it('about each call that no row can send, with the reason', () => {
		const [, leftOut] = read('nodes/AcmePay/MAPPING.md').split('## Left out');
		expect(leftOut).toContain('`changePayout` (`PATCH /v1/payouts/{payout_id}`): a row cannot send PATCH');
		expect(leftOut).toContain('`createRefund` (`POST /v1/refunds`): it needs the header Idempotency-Key');
	});
});

describe('the node', () => {
	let server: RecordingServer;
	let loaded: Loaded;

	beforeAll(async () => {
		server = await RecordingServer.start();
		loaded = await load(made.folder);
	});
	beforeEach(() => server.answer({ body: '{"balances":[{"currency":"USDT","amount":"12.50"}]}' }));
	afterAll(() => server.stop());

	/** Runs the node with one item, and says what left. */
	async function run(parameters: INodeParameters, node: INodeType = new loaded.Node()) {
		const credentials = { acmePayApi: { apiKey: 'key-1', baseUrl: server.origin } };
		const credentialTypes = { acmePayApi: new loaded.Credential() };
		return await runNode({ node, parameters, items: [{}], credentials, credentialTypes });
	}

	it('sends a read with the key, and gives the answer', async () => {
		const { items, error } = await run({ resource: 'account', operation: 'listBalances', options: {} });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({ balances: [{ currency: 'USDT', amount: '12.50' }] });
		const [request] = server.requests;
		expect(request).toMatchObject({ method: 'GET', url: '/v1/balances' });
		expect(request?.headers['x-api-key']).toBe('key-1');
	});

	it.each(Object.entries(writes))(
		'refuses to send, before anything leaves: %s',
		async (_name, parameters) => {
			const { error } = await run(parameters);
			expect(error?.message).toContain('nobody has written yet what its answers prove about money');
			expect(error?.message).toContain('Nothing was sent.');
			expect(server.requests).toEqual([]);
		},
	);

	it.each(Object.entries(writes))(
		'sends nothing unsigned, whatever the verdict says: %s',
		async (_name, parameters) => {
			const { error } = await run(parameters, loaded.judging());
			expect(error?.message).toContain('nobody has written yet how a request is signed');
			expect(server.requests).toEqual([]);
		},
	);

	it('has nothing chosen for a payout before a person chooses', async () => {
		await expect(run({ ...payout, network: '' }, loaded.judging())).rejects.toThrow('"Network" is required');
		expect(server.requests).toEqual([]);
	});

	it.each([
		['POST', {}],
		['GET', { 'X-HTTP-Method-Override': 'DELETE' }],
	] as const)("signs no %s of n8n's HTTP Request node with the headers %j", async (method, headers) => {
		const { authenticate } = new loaded.Credential();
		if (typeof authenticate !== 'function') throw new Error('The credential signs nothing');
		const signing = async () =>
			await authenticate(
				{ apiKey: 'key-1', baseUrl: server.origin },
				{ method, url: `${server.origin}/v1/payouts`, headers },
			);
		await expect(signing()).rejects.toThrow('Nothing was sent.');
	});

	it('proves nothing by an answer about money', () => {
		const answer = { status: 200, headers: {}, text: '{"id":"1","status":"DONE"}' };
		const money = loaded.provider.resources
			.flatMap(({ operations }) => operations)
			.filter((one) => one.effect === 'money');
		expect(money.map((operation) => loaded.provider.verdict(answer, operation).state)).toEqual(
			money.map(() => 'unclear'),
		);
	});
});
