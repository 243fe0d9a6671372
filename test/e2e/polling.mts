import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { idsFrom, placeOrder, settle, statesIn } from './desk.mts';

/** n8n polls once a minute at most; the durable scheduler waits a minute for what a killed n8n had begun. */
const PATIENCE_MS = 300_000;

/** What the polling trigger does in an n8n with these environment variables. */
export function describePolling(way: string, env: NodeJS.ProcessEnv): void {
	describe(`the polling trigger, ${way}`, () => {
		let setting: Setting;
		beforeAll(async () => (setting = await startSetting({ pace: 100, env })));
		afterAll(async () => await setting?.close());

		const desk = () => setting.sandbox.gatePay;
		const polls = () => desk().requests.filter(({ operation }) => operation === 'listOtcDeposits').length;
		const nextPoll = async () => {
			const before = polls();
			await poll(() => (polls() > before ? true : undefined), 'one more poll', PATIENCE_MS);
		};
		const [settled, placed] = [idsFrom(1, 10), idsFrom(11, 10)];
		const all = [...settled.map((id) => `${id} succeeded`), ...placed.map((id) => `${id} action_required`)];
		let workflow: string;
		/** The changes that were executed, as soon as there are so many. */
		const changes = (count: number, name = 'Change') =>
			poll(
				async () => {
					const states = statesIn(await setting.n8n.executions({ workflowId: workflow }), name);
					return states.length >= count ? states : undefined;
				},
				`${count} changes`,
				PATIENCE_MS,
			);

		beforeAll(async () => {
			for (const id of settled) placeOrder(setting, id);
			const trigger = {
				...node('Change', 'n8n-nodes-otc-payouts.gatePayPollingTrigger', 1, { watch: 'otcDeposits' }),
				credentials: { gatePayApi: { id: '', name: '' } },
			};
			workflow = await importAndPublish(setting, inARow('Changes', [trigger]));
		});

		it('emits nothing for what was there before', async () => {
			await nextPoll();
			expect(await setting.n8n.executions({ workflowId: workflow })).toEqual([]);
		});

		it('shows the newest object in the editor, published or not', async () => {
			const trigger = {
				...node('Change', 'n8n-nodes-otc-payouts.gatePayPollingTrigger', 1, { watch: 'otcDeposits' }),
				credentials: { gatePayApi: { id: '', name: '' } },
			};
			const id = await setting.n8n.importWorkflow(inARow('Tried out', [trigger]), setting);
			const shown = await setting.n8n.runWorkflow(id, { trigger: 'Change' });
			expect(statesIn([shown], 'Change')).toEqual([`${settled.at(-1)} action_required`]);
		});

		it('executes all of 20 changes that were made while n8n was stopped, each once', async () => {
			await setting.n8n.kill('SIGTERM');
			for (const id of settled) settle(setting, id);
			for (const id of placed) placeOrder(setting, id);
			await setting.n8n.start();
			expect(await changes(20)).toEqual(all);
		});

		it('executes a change once over three restarts, one of them a crash', async () => {
			for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
				await setting.n8n.kill(signal);
				await setting.n8n.start();
				await nextPoll();
			}
			await nextPoll();
			expect(await changes(20)).toEqual(all);
			settle(setting, placed[0] ?? '');
			expect(await changes(21)).toEqual([...all, `${placed[0]} succeeded`].sort());
		});

		it('loses nothing when the node is renamed', async () => {
			const { api } = setting.n8n;
			settle(setting, placed[1] ?? '');
			const { data } = await api.get<WorkflowFile>(`/workflows/${workflow}`);
			const nodes = data.nodes.map((one) => ({ ...one, name: 'Renamed' }));
			const { name, connections, settings } = data;
			await api.put(`/workflows/${workflow}`, { name, nodes, connections, settings });
			await setting.n8n.activate(workflow);
			settle(setting, placed[2] ?? '');
			await nextPoll();
			await nextPoll();
			// One of the first two may have come under the old name, a moment before.
			const states = [...(await changes(21)), ...(await changes(1, 'Renamed'))].sort();
			const news = placed.slice(0, 3).map((id) => `${id} succeeded`);
			expect(states).toEqual([...all, ...news].sort());
		});

		leavesNoSecret(() => setting);
	});
}
