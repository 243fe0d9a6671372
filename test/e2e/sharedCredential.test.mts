import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { INode, INodeParameters } from 'n8n-workflow';

import { executionsOf, failureOf, itemsOf, type Execution } from '../../host/executions.mts';
import { N8nRefusal, openSession, type Owner, type Session } from '../../host/rest.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import { workflowsOf, type WorkflowFile, type Workflows } from '../../host/workflows.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { customApiCall } from './smallFlows.mts';

const ALLOWED = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
const OTHER = 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE';
const limits = { mostPerPayment: 'USDT 777', allowedRecipients: ALLOWED };

/** Somebody who builds flows and owns no credential. */
const member: Owner = {
	email: 'member@example.com',
	password: 'Local-n8n-2',
	firstName: 'Local',
	lastName: 'Member',
};

let setting: Setting;
let credential: string;
let session: Session;
/** What n8n said to its own way of sharing. */
let ofSharing: number | undefined;

beforeAll(async () => {
	setting = await startSetting();
	const { n8n, sandbox } = setting;
	const known = sandboxCredential(sandbox, 'gatePayApi');
	credential = await n8n.createCredential({ ...known, data: { ...known.data, ...limits } });
	const memberId = await invited();
	const project = projectOf(memberId);
	ofSharing = await statusOf(n8n.rest.put(`/credentials/${credential}/share`, { shareWithIds: [project] }));
	if (ofSharing !== 200) await sharedInDatabase(project);
	session = await openSession(n8n.url, member);
});
afterAll(async () => await setting?.close());

/** Invites the member as the owner does, and accepts as the member does. Resolves to the user's ID. */
async function invited(): Promise<string> {
	const { rest, url } = setting.n8n;
	const answer = await rest.post('/invitations', [{ email: member.email, role: 'global:member' }]);
	const id = String(answer.data.data[0].user.id);
	const { data } = await rest.post(`/users/${id}/invite-link`);
	const token = new URL(data.data.link, url).searchParams.get('token');
	const { firstName, lastName, password } = member;
	await rest.post('/invitations/accept', { token, firstName, lastName, password });
	return id;
}

function database(): DatabaseSync {
	return new DatabaseSync(join(setting.n8n.userFolder, '.n8n', 'database.sqlite'));
}

function projectOf(userId: string): string {
	const open = database();
	try {
		const row = open
			.prepare("SELECT projectId FROM project_relation WHERE userId = ? AND role = 'project:personalOwner'")
			.get(userId);
		return String(row?.projectId);
	} finally {
		open.close();
	}
}

/** Without a licence n8n shares no credential. This writes the row that its sharing writes, while n8n does not run. */
async function sharedInDatabase(project: string): Promise<void> {
	await setting.n8n.kill('SIGTERM');
	const open = database();
	try {
		open
			.prepare(
				"INSERT INTO shared_credentials (credentialsId, projectId, role) VALUES (?, ?, 'credential:user')",
			)
			.run(credential, project);
	} finally {
		open.close();
	}
	await setting.n8n.start();
}

async function statusOf(request: Promise<{ status: number }>): Promise<number | undefined> {
	try {
		return (await request).status;
	} catch (cause) {
		if (cause instanceof N8nRefusal) return cause.status;
		throw cause;
	}
}

function payout(amount: string, address: string, options: INodeParameters = {}): WorkflowFile {
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const pay: INode = {
		...node('Pay', 'n8n-nodes-otc-payouts.gatePay', 1, {
			resource: 'payout',
			operation: 'create',
			batch_id: `m_${randomUUID().slice(0, 8)}`,
			withdraw_list: {
				payout: [
					{
						merchant_withdraw_id: randomUUID(),
						currency: byId('USDT'),
						chain: byId('TRX'),
						address,
						amount,
					},
				],
			},
			options,
		}),
		credentials: { gatePayApi: { id: '', name: '' } },
	};
	return inARow('Payout of a member', [start, pay]);
}

/** The member builds the flow and runs it. */
async function run(file: WorkflowFile): Promise<Execution> {
	return await runWith(workflowsOf(session, executionsOf(session.api)), file, credential);
}

async function runWith(flows: Workflows, file: WorkflowFile, id: string): Promise<Execution> {
	const credentials = { gatePayApi: { id, name: 'Gate Pay account' } };
	return await flows.runWorkflow(await flows.importWorkflow(file, { credentials }));
}

const sent = () =>
	setting.sandbox.gatePay.requests.filter(({ operation }) => operation === 'createPayoutBatch');

describe('somebody with whom a credential is only shared for use', () => {
	it('got it by n8n where the licence allows it, else by the row that n8n would write', () => {
		expect([200, 403]).toContain(ofSharing);
	});

	it('pays with it within its limits', async () => {
		const execution = await run(payout('777', ALLOWED));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Pay')).toMatchObject([{ outcome: 'applied', amount: '777' }]);
		expect(sent()).toHaveLength(1);
	});

	it.each<[string, WorkflowFile, string]>([
		['above its cap', payout('777.000001', ALLOWED), 'is above Most per Payment of the credential'],
		['to somebody else', payout('1', OTHER), 'not among Allowed Recipients of the credential'],
		[
			'by a custom request of the HTTP Request node',
			customApiCall({
				method: 'POST',
				url: '/v1/pay/withdraw',
				sendBody: true,
				bodyParameters: { parameters: [] },
			}),
			'The limits of the credential let this node send only GET',
		],
	])('cannot pay %s', async (_what, file, reason) => {
		const before = sent().length;
		const [call, ...others] = file.nodes.filter(({ name }) => name === 'Call');
		if (call && others.length === 0)
			call.parameters.url = `${setting.sandbox.gatePay.url}${String(call.parameters.url)}`;
		const execution = await run(file);
		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution.data.resultData)).toContain(reason);
		expect(failureOf(execution)).not.toContain('777 ');
		expect(sent()).toHaveLength(before);
	});

	it('reads no limit', async () => {
		const list = await session.rest.get('/credentials', {
			params: { includeScopes: true, includeData: true },
		});
		expect(JSON.stringify(list.data)).toContain(credential);
		const one = await session.rest
			.get(`/credentials/${credential}`, { params: { includeData: true } })
			.then(({ data }) => JSON.stringify(data))
			.catch((cause: unknown) => {
				if (cause instanceof N8nRefusal) return cause.message;
				throw cause;
			});
		for (const text of [JSON.stringify(list.data), one]) {
			expect(text).not.toContain('777');
			expect(text).not.toContain(ALLOWED);
			expect(text).not.toContain('mostPerPayment');
		}
	});

	it('changes no limit, shares it with nobody and does not delete it', async () => {
		const known = sandboxCredential(setting.sandbox, 'gatePayApi');
		const changed = { ...known, data: { ...known.data, mostPerPayment: '' } };
		const { rest, api } = session;
		const statuses = [
			await statusOf(rest.patch(`/credentials/${credential}`, changed)),
			await statusOf(api.patch(`/credentials/${credential}`, changed)),
			await statusOf(rest.put(`/credentials/${credential}/share`, { shareWithIds: [] })),
			await statusOf(rest.delete(`/credentials/${credential}`)),
			await statusOf(api.delete(`/credentials/${credential}`)),
		];
		for (const status of statuses) expect([400, 401, 403, 404, 405]).toContain(status);
		const owned = await setting.n8n.rest.get(`/credentials/${credential}`, { params: { includeData: true } });
		expect(owned.data.data.data).toMatchObject(limits);
	});

	it('is held to a limit that the owner changes, from the next run on', async () => {
		const { rest } = setting.n8n;
		const { data } = await rest.get(`/credentials/${credential}`, { params: { includeData: true } });
		const { name, type, data: values } = data.data;
		await rest.patch(`/credentials/${credential}`, { name, type, data: { ...values, paymentsOff: true } });
		const execution = await run(payout('1', ALLOWED));
		expect(failureOf(execution)).toContain('Payments Off is on in the credential');
	});
});

describe('a limit that its owner has made an expression', () => {
	it.each([
		['Most per Payment', { mostPerPayment: '={{ "USDT 99999" }}' }],
		['Payments Off', { paymentsOff: '={{ false }}' }],
		['AI Agents', { aiAgents: "={{ $json.agents ?? 'within' }}" }],
	])('keeps every payment back: %s', async (name, change) => {
		const { n8n, sandbox } = setting;
		const known = sandboxCredential(sandbox, 'gatePayApi');
		const id = await n8n.createCredential({ ...known, data: { ...known.data, ...change } });
		const before = sent().length;
		const execution = await runWith(n8n, payout('1', ALLOWED), id);
		expect(failureOf(execution)).toContain(`${name} in the credential is an expression`);
		expect(sent()).toHaveLength(before);
	});
});

leavesNoSecret(() => setting);
