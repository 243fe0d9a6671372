import { nodeOf, retryExecution, retryWorkflow, runNode, runWorkflow, type Run } from '../harness/index.mts';

/** A node that writes each call into its context and fails so many times. */
function remembering(failures: number): Run {
	let left = failures;
	const node = nodeOf('remembers', async function () {
		const context = this.getContext('node');
		context.calls = Number(context.calls ?? 0) + 1;
		if (left-- > 0) throw new Error('refused');
		return [[{ json: { calls: Number(context.calls), items: this.getInputData().length } }]];
	});
	return { node, parameters: {}, items: [{ id: 1 }, { id: 2 }] };
}

describe("what a node writes to getContext('node')", () => {
	it('survives Retry On Fail', async () => {
		const { items } = await runNode({ ...remembering(2), settings: { retryOnFail: true } });
		expect(items[0].json.calls).toBe(3);
	});

	it("survives the editor's Retry, and Retry of the Retry, of a failed execution", async () => {
		const run = remembering(2);
		const failed = await runNode(run);
		expect(failed.error?.message).toBe('refused');
		const failedAgain = await retryExecution(failed, run);
		expect(failedAgain.error?.message).toBe('refused');
		const retried = await retryExecution(failedAgain, run);
		expect(retried.error).toBeUndefined();
		expect(retried.items[0].json).toEqual({ calls: 3, items: 2 });
	});

	it('is saved with the execution', async () => {
		const { executionData } = await runNode(remembering(1));
		expect(executionData.executionData?.contextData).toEqual({ 'node:Node': { calls: 1 } });
	});

	it('is empty in a new execution', async () => {
		await runNode(remembering(0));
		const { items } = await runNode(remembering(0));
		expect(items[0].json.calls).toBe(1);
	});

	it('is the same for every run of the node in one execution (a loop)', async () => {
		const { runs } = await runWorkflow({ steps: { Node: remembering(0) }, times: 2 });
		expect(runs.Node.map(({ items }) => items[0].json.calls)).toEqual([1, 2]);
	});

	it('belongs to one node', async () => {
		const { runs } = await runWorkflow({ steps: { First: remembering(0), Second: remembering(0) } });
		expect(runs.Second[0].items[0].json.calls).toBe(1);
	});
});

describe("the editor's Retry", () => {
	it('does not run again what succeeded, and runs the failed node in the mode retry', async () => {
		let firstRuns = 0;
		const modes: string[] = [];
		const first = nodeOf('first', async () => [[{ json: { run: ++firstRuns } }]]);
		const second = nodeOf('second', async function () {
			modes.push(this.getMode());
			if (modes.length === 1) throw new Error('refused');
			return [this.getInputData()];
		});
		const run = {
			steps: { First: { node: first, parameters: {} }, Second: { node: second, parameters: {} } },
		};
		const retried = await retryWorkflow(await runWorkflow(run), run);
		expect(firstRuns).toBe(1);
		expect(modes).toEqual(['trigger', 'retry']);
		expect(retried.runs.Second.map(({ items }) => items[0].json)).toEqual([{ run: 1 }]);
	});

	it('is not offered for an execution that succeeded', async () => {
		const run = remembering(0);
		await expect(retryExecution(await runNode(run), run)).rejects.toThrow('cannot be retried');
	});

	it('has another execution id', async () => {
		const ids: string[] = [];
		const node = nodeOf('fails', async function () {
			ids.push(this.getExecutionId());
			throw new Error('refused');
		});
		const run = { node, parameters: {} };
		await retryExecution(await runNode(run), run);
		expect(new Set(ids).size).toBe(2);
	});
});
