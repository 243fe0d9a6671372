import { WorkflowExecute } from 'n8n-core';
import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeOf, RecordingServer, retryExecution, runNode, type Run } from '../harness/index.mts';
import { access, probeNode } from './probes.mts';

let server: RecordingServer;
beforeEach(async () => (server = await RecordingServer.start()));
afterEach(() => server.stop());

type Ask = (this: IExecuteFunctions, url: string, signal?: AbortSignal) => Promise<unknown>;

const plain: Ask = async function (url) {
	return await this.helpers.httpRequest({ url });
};
const withSignal: Ask = async function (url, abortSignal) {
	return await this.helpers.httpRequest({ url, ...(abortSignal ? { abortSignal } : {}) });
};
const authenticated: Ask = async function (url) {
	return await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', { url });
};

/** Six requests in a row, and Stop while the second is under way: what came of each. */
async function stopped(ask: Ask): Promise<string[]> {
	const runs = jest.spyOn(WorkflowExecute.prototype, 'run');
	server.answer((_request, nth) => {
		if (nth === 2) runs.mock.results[0]?.value.cancel();
		return {};
	});
	const outcomes: string[] = [];
	const node = probeNode(async function () {
		for (let one = 1; one <= 6; one += 1) {
			outcomes.push(
				await ask.call(this, server.origin, this.getExecutionCancelSignal()).then(
					() => 'answered',
					(error: { name: string; message: string }) =>
						error.message.includes('ancel') ? 'canceled' : error.message,
				),
			);
		}
		return [[]];
	});
	await runNode({ node, ...access() });
	runs.mockRestore();
	return outcomes;
}

const ANSWERED = 'answered';
const CANCELED = 'canceled';

describe('Stop', () => {
	it('neither ends a request of httpRequest nor a loop: all six are sent', async () => {
		expect(await stopped(plain)).toEqual([ANSWERED, ANSWERED, ANSWERED, ANSWERED, ANSWERED, ANSWERED]);
		expect(server.requests).toHaveLength(6);
	});

	it.each([
		['httpRequestWithAuthentication', authenticated],
		['httpRequest with the signal that the node asks for', withSignal],
	])('ends a request of %s', async (_name, ask) => {
		expect(await stopped(ask)).toEqual([ANSWERED, CANCELED, CANCELED, CANCELED, CANCELED, CANCELED]);
		expect(server.requests).toHaveLength(2);
	});

	it.each([
		['an error whose message says canceled', 'The item was canceled', 'canceled'],
		['another error', 'The item was rejected', 'error'],
	])(
		'leaves an execution that Retry goes on with where the node throws %s',
		async (_what, message, status) => {
			const runs = jest.spyOn(WorkflowExecute.prototype, 'run');
			const node = nodeOf('stopped', async function () {
				runs.mock.results[0]?.value.cancel();
				this.getContext('node').sent = 1;
				throw new Error(message);
			});
			const { executionData } = await runNode({ node, parameters: {} });
			const [result] = runs.mock.results;
			expect(await result?.value).toMatchObject({ status });
			runs.mockRestore();
			expect(executionData.executionData?.nodeExecutionStack).toHaveLength(1);
			expect(executionData.executionData?.contextData).toEqual({ 'node:Node': { sent: 1 } });
		},
	);
});

describe('Continue (using error output)', () => {
	const routed = async (pairedItem: { item: number } | number) => {
		const node = nodeOf('fails', async () => [
			[{ json: { error: 'It is not known', details: { outcome: 'unknown' } }, pairedItem }],
		]);
		const { errorItems } = await runNode({
			node,
			parameters: {},
			items: [{ outcome: 'rejected', name: 'Anna' }],
			settings: { onError: 'continueErrorOutput' },
		});
		return errorItems[0]?.json;
	};

	it('puts the members of the input item beside the error when pairedItem is an object', async () => {
		expect(await routed({ item: 0 })).toMatchObject({ outcome: 'rejected', name: 'Anna' });
	});

	it('leaves the item as the node gave it when pairedItem is a number', async () => {
		expect(await routed(0)).toEqual({ error: 'It is not known', details: { outcome: 'unknown' } });
	});
});

describe("the editor's Retry, twice on the same failed execution", () => {
	it('begins both times with what the failed execution has saved', async () => {
		const node = nodeOf('counts', async function () {
			const context = this.getContext('node');
			context.sent = [...((context.sent as string[] | undefined) ?? []), `try ${tries++}`];
			if (tries < 2) throw new Error('refused');
			return [[{ json: { sent: context.sent } }]];
		});
		let tries = 0;
		const run: Run = { node, parameters: {} };
		const failed = await runNode(run);
		const sent = async () => (await retryExecution(failed, run)).items[0]?.json.sent;
		expect([await sent(), await sent()]).toEqual([
			['try 0', 'try 1'],
			['try 0', 'try 2'],
		]);
	});
});
