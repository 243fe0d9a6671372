import { ManualExecutionCancelledError, type IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { watches } from '../../../nodes/GatePay/watches.ts';
import { stage } from '../pollingStage.mts';

const credentials = {
	clientId: 'cid',
	paymentSecret: 'secret-1234',
	baseUrl: 'https://openplatform.gateapi.io',
};

/** A desk with orders that change between two polls. */
function desk(parameters: IDataObject = {}, staticData?: IDataObject) {
	const orders: Array<Record<string, unknown>> = [];
	const line = { isCut: false };
	const play = stage(
		{
			provider: gatePay,
			watches,
			credentials,
			parameters: { watch: 'otcDeposits', ...parameters },
			answer: () => ({
				...(line.isCut && { status: 403 }),
				body: JSON.stringify({ code: '0', status: 'success', data: { total: orders.length, list: orders } }),
			}),
		},
		staticData,
	);
	const order = (orderId: string, status: string, createTime = 1768973860523) => ({
		orderId,
		status,
		amount: '1.50',
		currency: 'USDT',
		createTime,
	});
	const statuses = () => play.emitted.map(({ json }) => [json.id, json.status]);
	return { orders, order, play, statuses, line };
}

it('emits what is new or changed after the start, each once, and nothing that was there before', async () => {
	const { orders, order, play, statuses } = desk();
	orders.push(order('1', 'PENDING'));
	await play.start();
	expect(play.emitted).toEqual([]);
	orders[0] = order('1', 'PROCESSING');
	orders.push(order('2', 'PENDING'));
	await play.tick();
	await play.tick();
	expect(statuses()).toEqual([
		['1', 'processing'],
		['2', 'action_required'],
	]);
	orders[0] = order('1', 'DONE');
	await play.tick();
	expect(statuses()).toHaveLength(3);
	expect(play.emitted[2]?.json).toMatchObject({
		event: 'otc',
		kind: 'otcBuy',
		final: true,
		amount: '1.50',
		raw: { status: 'DONE' },
	});
});

it('emits what is already there when it is asked to', async () => {
	const { orders, order, play, statuses } = desk({ emitExisting: true });
	orders.push(order('2', 'PENDING', 1768973860600), order('1', 'DONE', 1768973860500));
	await play.start();
	expect(statuses()).toEqual([
		['1', 'succeeded'],
		['2', 'action_required'],
	]);
});

it('finds after a restart what changed in between', async () => {
	const first = desk();
	first.orders.push(first.order('1', 'PENDING'));
	await first.play.start();
	const saved = JSON.parse(JSON.stringify(first.play.staticData));
	const second = desk({}, saved);
	second.orders.push(second.order('1', 'DONE'), second.order('2', 'PENDING'));
	await second.play.start();
	expect(second.statuses()).toEqual([
		['1', 'succeeded'],
		['2', 'action_required'],
	]);
});

it('emits again, under the same key, what was not executed before a crash', async () => {
	const first = desk();
	await first.play.start();
	first.play.executes = false;
	first.orders.push(first.order('1', 'PENDING'));
	await first.play.tick();
	await first.play.tick();
	expect(first.play.emitted).toHaveLength(1);
	const second = desk({}, JSON.parse(JSON.stringify(first.play.staticData)));
	second.orders.push(second.order('1', 'PENDING'));
	await second.play.start();
	expect(second.play.emitted[0]?.key).toBe(first.play.emitted[0]?.key);
	expect(second.play.emitted[0]?.key?.length).toBeLessThanOrEqual(255);
});

it('emits again at the next poll what n8n could not store', async () => {
	const { play, orders, order, statuses } = desk();
	await play.start();
	play.executes = new Error('SQLITE_BUSY: database is locked');
	orders.push(order('1', 'PENDING'));
	await play.tick();
	play.executes = true;
	await play.tick();
	await play.tick();
	expect(statuses()).toEqual([
		['1', 'action_required'],
		['1', 'action_required'],
	]);
	expect(new Set(play.emitted.map(({ key }) => key)).size).toBe(1);
});

it('does not begin anew an execution that was cancelled', async () => {
	const { play, orders, order } = desk();
	await play.start();
	play.executes = new ManualExecutionCancelledError('7');
	orders.push(order('1', 'PENDING'));
	await play.tick();
	await play.tick();
	expect(play.emitted).toHaveLength(1);
});

it('passes over what the status filter leaves out, and does not emit it later', async () => {
	const { orders, order, play, statuses } = desk({ statuses: ['succeeded'] });
	await play.start();
	orders.push(order('1', 'PENDING'));
	await play.tick();
	orders[0] = order('1', 'DONE');
	await play.tick();
	expect(statuses()).toEqual([['1', 'succeeded']]);
});

it('goes on after a poll that was not answered, and shows it', async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	let isDown = false;
	let status = 'DONE';
	const play = stage({
		provider: gatePay,
		watches,
		credentials,
		parameters: { watch: 'otcDeposits' },
		answer: () =>
			isDown
				? { status: 502, body: '<html>' }
				: { body: `{"code":"0","status":"success","data":{"list":[{"orderId":"1","status":"${status}"}]}}` },
	});
	isDown = true;
	await play.start();
	expect(play.failures[0]).toContain('Gate Pay gave no usable answer to OTC: Get Many Deposits');
	expect(play.failures.join()).not.toContain('secret-1234');
	isDown = false;
	await play.tick();
	// The first answer is what was there before.
	expect(play.emitted).toEqual([]);
	status = 'ERROR';
	await play.tick();
	expect(play.emitted).toHaveLength(1);
});

it('asks about payouts one by one', async () => {
	const play = stage({
		provider: gatePay,
		watches,
		credentials,
		parameters: { watch: 'payouts', references: 'a_1, b_2', emitExisting: true },
		answer: ({ body }) => {
			const { batch_id } = JSON.parse(String(body));
			if (batch_id === 'b_2')
				return { body: '{"status":"FAIL","code":"400202","errorMessage":"Order not found"}' };
			return {
				body: JSON.stringify({
					status: 'SUCCESS',
					code: '000000',
					data: { batch_id, status: 'SUCCESS', withdraw_list: [] },
				}),
			};
		},
	});
	await play.start();
	expect(play.emitted.map(({ json }) => [json.reference, json.status])).toEqual([['a_1', 'succeeded']]);
});

it('shows the newest object in the editor', async () => {
	const play = stage({
		provider: gatePay,
		watches,
		credentials,
		parameters: { watch: 'otcDeposits' },
		mode: 'manual',
		answer: () => ({
			body: '{"code":"0","status":"success","data":{"list":[{"orderId":"2","status":"PENDING","createTime":1768973860600},{"orderId":"1","status":"DONE","createTime":1768973860500}]}}',
		}),
	});
	await play.start();
	expect(play.emitted.map(({ json }) => json.id)).toEqual(['2']);
	expect(play.crons).toEqual([]);
});

it.each([
	[{ every: 30, unit: 'seconds' }, '*/30 * * * * *'],
	[{ every: 5, unit: 'minutes' }, '0 */5 * * * *'],
	[{ every: 2, unit: 'hours' }, '0 0 */2 * * *'],
	[{ every: 0, unit: 'minutes' }, '0 */1 * * * *'],
])('polls as %j says', async (parameters, expression) => {
	const { play } = desk(parameters);
	await play.start();
	expect(play.crons).toEqual([expression]);
});

it('emits what came after an activation that got no answer, and nothing from before it', async () => {
	const started = Date.parse('2026-11-20T12:00:00Z');
	const now = jest.spyOn(clock, 'now').mockReturnValue(started);
	const first = desk();
	first.line.isCut = true;
	await first.play.start();
	expect(first.play.failures).toHaveLength(1);
	// n8n stops before the provider answers, and starts a day later.
	now.mockReturnValue(started + 86_400_000);
	const { orders, order, play, statuses } = desk({}, first.play.staticData);
	orders.push(order('1', 'PENDING', started - 1), order('2', 'PENDING', started + 1));
	await play.start();
	expect(statuses()).toEqual([['2', 'action_required']]);
	orders[0] = order('1', 'DONE', started - 1);
	await play.tick();
	await play.tick();
	expect(statuses()).toEqual([
		['2', 'action_required'],
		['1', 'succeeded'],
	]);
	now.mockRestore();
});

it('forgets what was not listed for a month longer than the days looked back, and nothing sooner', async () => {
	const day = 86_400_000;
	let time = Date.parse('2026-11-20T12:00:00Z');
	const now = jest.spyOn(clock, 'now').mockImplementation(() => time);
	const { orders, order, play } = desk();
	orders.push(order('1', 'DONE'), order('2', 'PENDING'));
	await play.start();
	orders.shift();
	const known = () => Object.keys((play.staticData.otcDeposits as { known: object }).known);
	time += 37 * day;
	await play.tick();
	expect(known()).toEqual(['otcBuy 1', 'otcBuy 2']);
	time += day;
	await play.tick();
	expect(known()).toEqual(['otcBuy 2']);
	expect(play.emitted).toEqual([]);
	now.mockRestore();
});
