import { createHash } from 'node:crypto';

import { openLink } from '../../host/approval.mts';
import { itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, openFlow } from './openFlow.mts';
import { withParameters } from './smallFlows.mts';

let setting: Setting;
let events: string;
let evidence: (reference: string) => Promise<Execution>;

beforeAll(async () => {
	setting = await startSetting({ pace: 20, autopilot: false });
	events = await openFlow(setting, 'payout-with-approval');
	const file = await workflowFile('payment-evidence');
	const own = await ownCredential();
	const credentials = { ...setting.credentials, n8nApi: own };
	evidence = async (reference) => {
		const jsonOutput = JSON.stringify({ reference, eventsWorkflowId: events });
		const asked: WorkflowFile = withParameters(file, 'Which Payment', { jsonOutput });
		return await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(asked, { credentials }));
	};
});
afterAll(async () => await setting?.close());

/**
 * A credential with an API key of this n8n. n8n itself keeps its keys in a table as they are, so it is created past the
 * list of the secrets that must not be found there.
 */
async function ownCredential(): Promise<{ id: string; name: string }> {
	const { rest, apiKey, url } = setting.n8n;
	const name = 'n8n account';
	const { data } = await rest.post<{ data: { id: string } }>('/credentials', {
		type: 'n8nApi',
		name,
		data: { apiKey, baseUrl: `${url}/api/v1` },
	});
	return { id: data.data.id, name };
}

interface Kept {
	at: string;
	kind: string;
	node: string;
	asked?: string;
	content: Record<string, unknown>;
	before: string;
	hash: string;
}

/** The records of the JSON file. */
function recordsIn(execution: Execution): Kept[] {
	const [chained] = itemsOf(execution, 'Chain the Records');
	return JSON.parse(String(chained?.text)).records;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The hashes as the page says that they are made. */
function hashesOf(records: Kept[]): string[] {
	const made: string[] = [];
	for (const record of records) {
		const content = Object.entries(record).filter(([name]) => name !== 'before' && name !== 'hash');
		made.push(sha256((made.at(-1) ?? '') + JSON.stringify(Object.fromEntries(content))));
	}
	return made;
}

describe('payment evidence', () => {
	let exported: Execution;
	beforeAll(async () => {
		const flow = await openFlow(setting, 'mass-payout');
		const asked = await setting.n8n.runWorkflow(flow, { trigger: 'Try the Example' });
		const mail = await mailAbout(setting, /^Please approve payroll_2026_11: /);
		await openLink(mail.links.Approve ?? '');
		expectSuccess(await setting.n8n.waitForExecution(asked.id));
		setting.sandbox.gatePay.act('completePayout', 'payroll_2026_11_1');
		await poll(async () => {
			const told = await setting.n8n.executions({ workflowId: events, status: 'success' });
			return told.length > 0 ? told : undefined;
		}, 'the notification');
		exported = await evidence('nov_anna');
	});

	it('has request, approval, answers and notifications of one payment, in their order', () => {
		expectSuccess(exported);
		const records = recordsIn(exported);
		const kinds = records.map(({ kind }) => kind);
		const [approval] = records.filter(({ kind }) => kind === 'approval');
		expect(kinds[0]).toBe('request');
		expect(kinds.slice(1)).toEqual(
			expect.arrayContaining(['approval', 'answer', 'notification', 'ledger now', 'answer now']),
		);
		expect(approval).toMatchObject({ asked: 'approver@example.com', content: { approved: true } });
		expect(records.map(({ at }) => at)).toEqual(records.map(({ at }) => at).sort());
		const others = records.filter(({ node }) => node === 'Pay What Was Approved');
		expect(others.map(({ content }) => content.reference)).toEqual(['nov_anna']);
	});

	it('chains each record to the one before it, so that a change of any shows', () => {
		const records = recordsIn(exported);
		expect(records.map(({ hash }) => hash)).toEqual(hashesOf(records));
		expect(records.slice(1).map(({ before }) => before)).toEqual(
			records.slice(0, -1).map(({ hash }) => hash),
		);
		const [first, ...rest] = records;
		if (!first) throw new Error('There is no record.');
		const changed = [{ ...first, content: { ...first.content, url: 'elsewhere' } }, ...rest];
		expect(hashesOf(changed).at(-1)).not.toBe(records.at(-1)?.hash);
	});

	it('comes as one JSON file and one page', () => {
		const names = ['One JSON File', 'One Page to Read'].map(
			(node) => exported.data.resultData.runData[node]?.[0]?.data?.main?.[0]?.[0]?.binary?.data?.fileName,
		);
		expect(names).toEqual(['nov_anna.json', 'nov_anna.html']);
		const [chained] = itemsOf(exported, 'Chain the Records');
		expect(chained?.page).toContain(`the last hash ${recordsIn(exported).at(-1)?.hash}`);
	});
});

leavesNoSecret(() => setting);
