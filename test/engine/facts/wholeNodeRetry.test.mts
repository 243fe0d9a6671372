import { NodeOperationError, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { RecordingServer, nodeOf, runNode } from '../harness/index.mts';
import { access, json, probeNode, request } from './probes.mts';

describe('Retry On Fail', () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());

	it('sends the first of three items three times when the second times out', async () => {
		server.answer(({ text }) => (text === 'p-2' ? { silent: true } : {}));
		const payer = probeNode(async function () {
			const items = this.getInputData();
			for (const item of items) {
				const reference = String(item.json.reference);
				const timeout = reference === 'p-2' ? 1000 : 60_000; // a busy machine needs some of this time to connect
				const body = Buffer.from(reference);
				await request.call(this, { method: 'POST', url: server.origin, body, headers: json, timeout });
			}
			return [items];
		});
		const items = ['p-1', 'p-2', 'p-3'].map((reference) => ({ reference }));
		await runNode({ node: payer, ...access(), items, settings: { retryOnFail: true, maxTries: 3 } });
		expect(server.requests.map(({ text }) => text)).toEqual(['p-1', 'p-2', 'p-1', 'p-2', 'p-1', 'p-2']);
	});

	it.each([
		[1, 2],
		[undefined, 3],
		[9, 5],
	])('with %s tries set runs a failing node %s times', async (maxTries, expected) => {
		const { attempts } = await attemptsOf(() => {
			throw new Error('refused');
		}, maxTries);
		expect(attempts).toBe(expected);
	});

	it.each(['', 0, 'text', { code: 7 }])(
		'runs a successful node again when its first item has error: %j',
		async (error) => {
			const { attempts, result } = await attemptsOf(() => [{ json: { id: 1, error } }]);
			expect(attempts).toBe(3);
			expect(result.error).toBeUndefined();
			expect(result.items[0].json).toEqual({ id: 1, error });
		},
	);

	it.each([undefined, null, false])('takes error: %j in the first item for success', async (error) => {
		const { attempts } = await attemptsOf(() => [{ json: { id: 1, error } as IDataObject }]);
		expect(attempts).toBe(1);
	});

	it('looks at the first item only', async () => {
		const { attempts } = await attemptsOf(() => [{ json: {} }, { json: { error: 'second' } }]);
		expect(attempts).toBe(1);
	});

	it('does not run a node again for an item that carries its error beside the json', async () => {
		const error = new NodeOperationError(anyNode, 'refused');
		const { attempts } = await attemptsOf(() => [{ json: {}, error }]);
		expect(attempts).toBe(1);
	});
});

describe('a node that continues on errors', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'knows it in the mode %s',
		async (onError) => {
			const node = nodeOf('asks', async function () {
				return [[{ json: { continues: this.continueOnFail() } }]];
			});
			const { items } = await runNode({ node, parameters: {}, settings: { onError } });
			expect(items[0].json).toEqual({ continues: true });
		},
	);

	it('passes its INPUT on as output when execute() throws', async () => {
		const node = nodeOf('throws', async () => {
			throw new Error('refused');
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const result = await runNode({ node, parameters: {}, items: [{ reference: 'p-1' }], settings });
		expect(result.items[0].json).toEqual({ reference: 'p-1' });
		expect(result.error).toMatchObject({ message: 'refused' });
	});

	it('routes an item with `error` to the error output, where its json is nothing but the message', async () => {
		const items = [{ reference: 'p-1' }, { reference: 'p-2' }];
		const node = nodeOf('pays', async () => [
			[
				{ json: { paid: true }, pairedItem: 0 },
				{ json: { outcome: 'unknown' }, error: new NodeOperationError(anyNode, 'refused'), pairedItem: 1 },
			],
		]);
		const result = await runNode({
			node,
			parameters: {},
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(result.items.map(({ json }) => json)).toEqual([{ paid: true }]);
		expect(result.errorItems.map(({ json }) => json)).toEqual([{ error: 'refused' }]);
	});

	it('loses the json of such an item on the regular output too', async () => {
		const error = new NodeOperationError(anyNode, 'refused');
		const node = nodeOf('pays', async () => [[{ json: { outcome: 'unknown' }, error }]]);
		const settings = { onError: 'continueRegularOutput' } as const;
		const { items } = await runNode({ node, parameters: {}, settings });
		expect(items[0].json).toEqual({ error: 'refused' });
	});

	it('routes json of nothing but error, message and details too, and adds the paired input to it', async () => {
		const json = { error: 'refused', details: { outcome: 'unknown' } };
		const node = nodeOf('pays', async () => [[{ json, pairedItem: { item: 0 } }]]);
		const settings = { onError: 'continueErrorOutput' } as const;
		const result = await runNode({ node, parameters: {}, items: [{ reference: 'p-1' }], settings });
		expect(result.errorItems.map((item) => item.json)).toEqual([{ reference: 'p-1', ...json }]);
	});
});

const anyNode = {
	id: '1',
	name: 'Node',
	type: 'test.node',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

async function attemptsOf(output: () => INodeExecutionData[], maxTries?: number) {
	let attempts = 0;
	const result = await runNode({
		node: nodeOf('gives', async () => [output()]),
		parameters: {},
		settings: { retryOnFail: true, maxTries },
		before: (attempt) => (attempts = attempt),
	});
	return { attempts, result };
}
