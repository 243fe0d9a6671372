import { isToolType } from 'n8n-workflow';
import { nodeOf, runNode, runWorkflow } from '../harness/index.mts';

/** A node that reports how the engine runs it. */
const reporter = nodeOf('reporter', async function () {
	const { type, rewireOutputLogTo } = this.getNode();
	const report = {
		byContext: this.isToolExecution(),
		byType: isToolType(type),
		rewired: rewireOutputLogTo ?? '',
	};
	return [[{ json: report }]];
});

describe('a node used as a tool', () => {
	it('is no tool in the main line of a workflow', async () => {
		const { items } = await runNode({ node: reporter, parameters: {} });
		expect(items[0].json).toEqual({ byContext: false, byType: false, rewired: '' });
	});

	it('knows it by isToolExecution() when an agent calls it', async () => {
		const { items } = await runNode({ node: reporter, parameters: {}, asTool: true });
		expect(items[0].json).toEqual({ byContext: true, byType: true, rewired: '' });
	});

	it('does NOT know it by isToolExecution() when the engine runs it for an agent; its type tells', async () => {
		const { items } = await runNode({ node: reporter, parameters: {}, asTool: 'byEngine' });
		expect(items[0].json).toEqual({ byContext: false, byType: true, rewired: 'ai_tool' });
	});

	it.each([true, 'byEngine'] as const)('tells the agent why it failed (%s)', async (asTool) => {
		const refuses = nodeOf('refuses', async () => {
			throw new Error('Nothing was sent');
		});
		const { error } = await runNode({ node: refuses, parameters: {}, asTool });
		expect(error?.message).toContain('Nothing was sent');
	});

	it('is run again as a whole by Retry On Fail when an agent calls it', async () => {
		let attempts = 0;
		const fails = nodeOf('fails', async () => {
			throw new Error('refused');
		});
		const settings = { retryOnFail: true, maxTries: 3 };
		await runNode({
			node: fails,
			parameters: {},
			asTool: true,
			settings,
			before: (attempt) => (attempts = attempt),
		});
		expect(attempts).toBe(3);
	});
});

describe('$runIndex', () => {
	it('is read with evaluateExpression, in braces', async () => {
		const node = nodeOf('counts', async function () {
			const run = this.evaluateExpression('{{ $runIndex }}', 0);
			const withoutBraces = this.evaluateExpression('$runIndex', 0);
			return [
				[
					{
						json: {
							run: Number(run),
							isNumber: typeof run === 'number',
							withoutBraces: String(withoutBraces),
						},
					},
				],
			];
		});
		const { runs } = await runWorkflow({ steps: { Node: { node, parameters: {} } }, times: 2 });
		const reports = runs.Node.map(({ items }) => items[0].json);
		expect(reports).toEqual([
			{ run: 0, isNumber: true, withoutBraces: '$runIndex' },
			{ run: 1, isNumber: true, withoutBraces: '$runIndex' },
		]);
	});

	it('stays the same when Retry On Fail runs the node again', async () => {
		const seen: unknown[] = [];
		const node = nodeOf('fails', async function () {
			seen.push(this.evaluateExpression('{{ $runIndex }}', 0));
			throw new Error('refused');
		});
		await runNode({ node, parameters: {}, settings: { retryOnFail: true, maxTries: 2 } });
		expect(seen).toEqual([0, 0]);
	});
});
