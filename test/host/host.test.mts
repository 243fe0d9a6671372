import { existsSync } from 'node:fs';

import axios from 'axios';

import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { startSmtpSink, type SmtpSink } from '../../host/smtpSink.mts';
import { startN8n, type N8n } from '../../host/start.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { marker } from '../secrets.mts';
import { fingerprintOf, packCommunityPackage, probeCredential, probeNode } from './communityPackage.mts';
import { askByMail, probeByHand, probeByWebhook, waitAMinute, waitForCall } from './flows.mts';

const hook = 'host-probe';
const credential = { name: 'Probe', type: probeCredential };
const secret = marker('probe');
const fingerprint = fingerprintOf(secret);
let n8n: N8n;
let neighbour: N8n;
let sink: SmtpSink;
let credentials: Record<string, { id: string; name: string }>;

beforeAll(async () => {
	const tarball = await packCommunityPackage();
	[n8n, neighbour, sink] = await Promise.all([startN8n({ tarball }), startN8n(), startSmtpSink()]);
	const probe = await n8n.createCredential({ ...credential, data: { baseUrl: n8n.url, secret } });
	const smtp = await n8n.createCredential({ name: 'Sink', type: 'smtp', data: sink.credential });
	credentials = { [probeCredential]: { id: probe, name: 'Probe' }, smtp: { id: smtp, name: 'Sink' } };
});

afterAll(async () => {
	await Promise.all([n8n?.stop(), neighbour?.stop(), sink?.close()]);
});

describe('a fresh n8n with a community package', () => {
	it('serves the node types and credential types of the package', async () => {
		const nodes = await n8n.rest.get<{ name: string }[]>(`${n8n.url}/types/nodes.json`);
		const types = await n8n.rest.get<{ name: string }[]>(`${n8n.url}/types/credentials.json`);
		expect(nodes.data.map(({ name }) => name)).toContain(probeNode);
		expect(types.data.map(({ name }) => name)).toContain(probeCredential);
	});

	it('tests a stored credential', async () => {
		const wrong = await n8n.createCredential({
			...credential,
			data: { baseUrl: 'http://127.0.0.1:1', secret },
		});
		expect(await n8n.testCredential(credentials[probeCredential]?.id ?? '')).toMatchObject({ status: 'OK' });
		expect(await n8n.testCredential(wrong)).toMatchObject({ status: 'Error' });
	});

	it('runs a workflow from its Manual Trigger and gives out what its nodes did', async () => {
		const id = await n8n.importWorkflow(probeByHand, { credentials });
		const execution = await n8n.runWorkflow(id);
		expect(execution).toMatchObject({ workflowId: id, mode: 'manual', status: 'success' });
		expect(itemsOf(execution, 'Probe')).toEqual([{ text: 'by hand', fingerprint }]);
		expect((await n8n.executions({ workflowId: id })).map((each) => each.id)).toEqual([execution.id]);
	});

	it('answers a webhook while its workflow is active, and only then', async () => {
		const id = await n8n.importWorkflow(probeByWebhook('short-lived'), { credentials });
		await n8n.activate(id);
		expect(await call(n8n, 'short-lived', 'r-1')).toEqual({ text: 'r-1', fingerprint });
		const execution = await n8n.waitForExecution((each) => each.workflowId === id && isFinished(each));
		expect(execution).toMatchObject({ mode: 'webhook', status: 'success' });
		await n8n.deactivate(id);
		await expect(call(n8n, 'short-lived', 'r-2')).rejects.toThrow('404');
	});

	it('does not disturb another n8n on the same machine', async () => {
		expect(neighbour.url).not.toBe(n8n.url);
		const workflows = await neighbour.api.get('/workflows');
		const nodes = await neighbour.rest.get<{ name: string }[]>(`${neighbour.url}/types/nodes.json`);
		expect(workflows.data.data).toEqual([]);
		expect(nodes.data.map(({ name }) => name)).not.toContain(probeNode);
		await neighbour.stop();
		expect(existsSync(neighbour.userFolder)).toBe(false);
		expect(existsSync(n8n.userFolder)).toBe(true);
	});
});

describe('a person in the middle', () => {
	let asked: Execution;
	beforeEach(async () => {
		sink.mails.length = 0;
		asked = await n8n.runWorkflow(await n8n.importWorkflow(askByMail, { credentials }));
	});

	it('gets a mail with the links that approve and disapprove', async () => {
		const mail = await sink.waitForMail(({ to }) => to.includes('boss@example.com'));
		expect(asked.status).toBe('waiting');
		expect(mail.subject).toBe('Pay 100 USDT – please approve');
		expect(mail.html).toContain('Payout p-1');
		expect(mail.links).toMatchObject({
			Approve: n8n.approvalLink(asked, true),
			Decline: n8n.approvalLink(asked, false),
		});
	});

	it('approves, once', async () => {
		await n8n.approve(asked);
		const execution = await n8n.waitForExecution(asked.id);
		expect(itemsOf(execution, 'Answer')).toMatchObject([{ data: { approved: true } }]);
		await n8n.disapprove(asked);
		expect(itemsOf(await n8n.execution(asked.id), 'Answer')).toMatchObject([{ data: { approved: true } }]);
	});

	it('disapproves', async () => {
		await n8n.disapprove(asked);
		const execution = await n8n.waitForExecution(asked.id);
		expect(itemsOf(execution, 'Answer')).toMatchObject([{ data: { approved: false } }]);
	});

	it('is not replaced by a forged link', async () => {
		const forged = n8n.approvalLink(asked, false).replace('approved=false', 'approved=true');
		await expect(axios.get(forged, { headers: { 'User-Agent': 'Mozilla/5.0' } })).rejects.toThrow('401');
		expect((await n8n.execution(asked.id)).status).toBe('waiting');
	});
});

describe('a workflow that waits', () => {
	it('goes on when its resume address is called', async () => {
		const waiting = await n8n.runWorkflow(await n8n.importWorkflow(waitForCall));
		expect(waiting.status).toBe('waiting');
		await axios.post(n8n.resumeLink(waiting), { done: 'yes' });
		const execution = await n8n.waitForExecution(waiting.id);
		expect(itemsOf(execution, 'Called')).toMatchObject([{ body: { done: 'yes' } }]);
	});
});

describe('n8n that ends and comes back', () => {
	let id: string;
	beforeAll(async () => {
		id = await n8n.importWorkflow(probeByWebhook(hook), { credentials });
		await n8n.activate(id);
		await call(n8n, hook, 'before');
	});

	it('keeps workflows, credentials and executions over a restart', async () => {
		await n8n.restart();
		expect(await call(n8n, hook, 'after restart')).toEqual({ text: 'after restart', fingerprint });
		expect(await n8n.executions({ workflowId: id, status: 'success' })).toHaveLength(2);
	});

	it('keeps them when it is killed in the middle of an execution, and says that this one crashed', async () => {
		const interrupted = await n8n.importWorkflow(waitAMinute);
		await n8n.startWorkflow(interrupted, 'Start');
		await n8n.waitForExecution((each) => each.workflowId === interrupted && each.status === 'running');
		await n8n.kill();
		await expect(call(n8n, hook, 'nobody there')).rejects.toThrow('ECONNREFUSED');

		await n8n.start();
		expect(await call(n8n, hook, 'after the crash')).toEqual({ text: 'after the crash', fingerprint });
		const [crashed] = await n8n.executions({ workflowId: interrupted });
		expect(crashed?.status).toBe('crashed');
	});
});

leavesNoSecret(() => ({ n8n, mail: sink }));

async function call(at: N8n, path: string, reference: string): Promise<unknown> {
	const { data } = await axios.post(at.webhookUrl(path), { reference }, { proxy: false });
	return data;
}
