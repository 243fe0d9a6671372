import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { isFinished } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { startSmtpSink, type SmtpSink } from '../../host/smtpSink.mts';
import { startN8n, type N8n } from '../../host/start.mts';
import { placeOrder } from '../e2e/desk.mts';
import { secretsIn } from '../leftBehind/credentials.mts';
import { leftBehind } from '../leftBehind/index.mts';
import { recordsOf } from '../leftBehind/sandbox.mts';
import { search, type Found } from '../leftBehind/search.mts';
import { marker } from '../secrets.mts';
import { packCommunityPackage, probeCredential } from './communityPackage.mts';
import { leakByWebhook } from './flows.mts';

const HOOK = 'leak';
const secret = marker('leak');

let n8n: N8n;
let sandbox: Sandbox;
let mail: SmtpSink;
let found: Found;
beforeAll(async () => {
	const tarball = await packCommunityPackage();
	[n8n, sandbox, mail] = await Promise.all([
		startN8n({ tarball, env: { N8N_LOG_OUTPUT: 'console,file' } }),
		startSandbox({ pace: 100, autopilot: false }),
		startSmtpSink(),
	]);
	const records = recordsOf(sandbox);
	await leak();
	// The search still finds a leak from before the reset.
	await sandbox.reset();
	const secrets = await secretsIn(n8n);
	checkpoint(join(n8n.userFolder, '.n8n', 'database.sqlite'));
	// n8n itself writes only the names of nodes and workflows into this log, never a field.
	await appendFile(join(n8n.userFolder, '.n8n', 'n8nEventLog.log'), JSON.stringify({ secret }));
	found = await search(leftBehind({ n8n, mail }, records), { secrets });
}, 300_000);
afterAll(async () => await Promise.all([n8n?.stop(), sandbox?.close(), mail?.close()]));

/** Leaks the secret into n8n's log, database and files, into a mail, and into the answer to Gate Pay's notification. */
async function leak(): Promise<void> {
	const probe = { name: 'Probe', type: probeCredential, data: { baseUrl: n8n.url, secret } };
	const smtp = { name: 'Sink', type: 'smtp', data: mail.credential };
	const credentials = {
		[probeCredential]: { id: await n8n.createCredential(probe), name: probe.name },
		smtp: { id: await n8n.createCredential(smtp), name: smtp.name },
	};
	const workflowId = await n8n.importWorkflow(leakByWebhook(HOOK), { credentials });
	await n8n.activate(workflowId);
	sandbox.gatePay.setCallbackUrl(n8n.webhookUrl(HOOK));
	placeOrder({ sandbox }, '1');
	sandbox.gatePay.act('settleDeposit', '1');
	await poll(() => sandbox.gatePay.deliveries[0]?.attempts[0], 'the answer to a notification');
	await n8n.waitForExecution((each) => each.workflowId === workflowId && isFinished(each));
}

/** Moves the write-ahead log into the database file, as SQLite does it from time to time. */
function checkpoint(path: string): void {
	const database = new DatabaseSync(path);
	database.exec('pragma wal_checkpoint(full)');
	database.close();
}

describe('the search in what n8n leaves behind', () => {
	it.each([
		['output', 'said', 'as it is'],
		['log file', 'logged', 'as a URL spells it'],
		['event log', 'secret', 'as JSON spells it'],
		['database file', '', 'as a database keeps it'],
		['write-ahead log', '', 'as a database keeps it'],
		['table execution_data', '', 'in JSON of JSON'],
		['table execution_metadata', 'kept', 'in hex'],
		['table workflow_entity', 'kept', 'in base64'],
		['other files', '', 'of a binary value'],
		['deliveries', 'secret', 'in an answer'],
		['mails', '', 'in a mail'],
	])('finds one in the %s', (place, behind) => {
		const leaks = found.leaks.filter((leak) => leak.startsWith(`${place}: `));
		expect(leaks).toContainEqual(expect.stringContaining(behind));
	});

	it('does not repeat it', () => expect(found.leaks.join('\n')).not.toContain(secret));
});
