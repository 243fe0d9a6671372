import { DatabaseSync } from 'node:sqlite';

import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { idsFrom, placeOrder, settle } from './desk.mts';
import { eventsOnly } from './smallFlows.mts';

const webhookId = 'a0000000-0000-4000-8000-000000000009';
const EVENTS = 12;
/** Long enough for executions of one node on a busy machine. */
const PATIENCE_MS = 10_000;

let setting: Setting;
let workflowId: string;
let before = 0;

beforeAll(async () => {
	setting = await startSetting({ pace: 100 });
	workflowId = await importAndPublish(setting, eventsOnly(webhookId, { events: [], statuses: [] }));
	setting.sandbox.gatePay.setCallbackUrl(setting.n8n.webhookUrl(`${webhookId}/webhook`));
});
afterAll(async () => await setting?.close());

const deliveries = () => setting.sandbox.gatePay.deliveries;
const acknowledged = () => deliveries().filter(({ state }) => state === 'delivered').length;
/** The executions of this round. */
const executions = async () =>
	(await setting.n8n.executions({ workflowId })).filter(({ id }) => Number(id) > before);
const idsIn = (all: Execution[]) => all.flatMap((each) => itemsOf(each, 'Event')).map(({ id }) => String(id));

/** How many executions n8n's database has. n8n stores an execution before the provider gets its answer. */
function stored(): number {
	const database = new DatabaseSync(`${setting.n8n.userFolder}/.n8n/database.sqlite`, { readOnly: true });
	try {
		return Number(database.prepare('select count(*) as stored from execution_entity').get()?.stored);
	} finally {
		database.close();
	}
}

/** Retries as a person does after a crash. First it stops what n8n still believes to run (seen once in 16 crashes). */
async function retryByHand(): Promise<void> {
	const { n8n } = setting;
	for (const { id, status } of await executions()) {
		if (status === 'running') await n8n.rest.post(`/executions/${id}/stop`);
		if (status === 'running' || status === 'crashed') await n8n.retry(id);
	}
}

describe('an n8n that is killed while notifications come', () => {
	const moments: [string, () => boolean][] = [
		['as soon as the first is stored', () => stored() > before],
		['when some are acknowledged', () => acknowledged() >= 4],
	];

	it.each(moments)('has an execution for every one, %s', async (_when, isMoment) => {
		const { n8n, sandbox } = setting;
		await sandbox.reset();
		before = stored();
		const ids = idsFrom(before, EVENTS);
		for (const id of ids) {
			placeOrder(setting, id);
			settle(setting, id);
		}
		await poll(() => (isMoment() ? true : undefined), 'the moment', undefined, 1);
		await n8n.kill();
		await n8n.start();
		// The provider repeats every notification that got no answer.
		await poll(() => (acknowledged() === EVENTS ? true : undefined), 'all acknowledged');
		await poll(
			async () => ((await executions()).every(isFinished) ? true : undefined),
			'all ended',
			PATIENCE_MS,
		).catch(() => undefined);
		await retryByHand();
		expect([...new Set(idsIn(await executions()))].sort().filter((id) => ids.includes(id))).toEqual(ids);
	});
});

leavesNoSecret(() => setting);
