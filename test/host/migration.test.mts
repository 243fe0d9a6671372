import type { INode } from 'n8n-workflow';

import { flowNames, workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { startN8n, type N8n } from '../../host/start.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { packIfChanged } from '../../scripts/pack.mts';

interface Report {
	totalWorkflows: number;
	report: { workflowResults: { ruleId: string; nbAffectedWorkflows: number }[] };
}

let n8n: N8n;
beforeAll(async () => {
	const { path } = await packIfChanged();
	n8n = await startN8n({ tarball: path });
});
afterAll(async () => await n8n?.stop());

/** What n8n's Migration Report says about the workflows before an upgrade to n8n 3. */
async function migrationReport(): Promise<{ workflows: number; found: [rule: string, workflows: number][] }> {
	const params = { version: 'v3' };
	const { data } = await n8n.rest.post<{ data: Report }>('/breaking-changes/report/refresh', {}, { params });
	// When a rule fails, n8n leaves it out of the report and says so only in its log.
	expect(n8n.log).not.toContain('Breaking change rule failed');
	const { totalWorkflows, report } = data.data;
	const found = report.workflowResults.map((each): [string, number] => [
		each.ruleId,
		each.nbAffectedWorkflows,
	]);
	return { workflows: totalWorkflows, found: found.sort() };
}

function node(name: string, type: string, more: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...more };
}

/** A workflow with four things that n8n 3 removes or changes. */
const outdated: WorkflowFile = {
	name: 'Outdated',
	nodes: [
		node('Removed', 'n8n-nodes-base.orbit'),
		node('Set', 'n8n-nodes-base.set', { parameters: { value: '={{ $getPairedItem("a", {}, {}) }}' } }),
		node('Pay', 'n8n-nodes-otc-payouts.gatePay', { alwaysOutputData: true, onError: 'continueErrorOutput' }),
	],
	connections: {},
	settings: { callerPolicy: 'any' },
};

it("n8n's Migration Report finds nothing of n8n 3 in the flows, and all of it in an outdated workflow", async () => {
	const names = await flowNames();
	for (const name of names) await n8n.importWorkflow(await workflowFile(name));
	expect(await migrationReport()).toEqual({ workflows: names.length, found: [] });

	await n8n.importWorkflow(outdated);
	expect(await migrationReport()).toEqual({
		workflows: names.length + 1,
		found: [
			['always-output-data-multi-output-v3', 1],
			['caller-policy-any-removed-v3', 1],
			['get-paired-item-v3', 1],
			['removed-nodes-v3', 1],
		],
	});
});
