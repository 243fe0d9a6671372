import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { watches } from '../../../nodes/GatePay/watches.ts';
import { type Play, stage, type Stored } from '../pollingStage.mts';

const credentials = {
	clientId: 'cid',
	paymentSecret: 'secret-1234',
	baseUrl: 'https://openplatform.gateapi.io',
};

/** A desk with orders that change between two polls. */
function desk(parameters: IDataObject = {}, stored?: Stored, n8n: Partial<Play> = {}) {
	const orders: Array<Record<string, unknown>> = [];
	const line = { isCut: false };
	const play = stage(
		{
			provider: gatePay,
			watches,
			credentials,
			parameters: { watch: 'otcDeposits', ...parameters },
			...n8n,
			answer: () => ({
				...(line.isCut && { status: 403 }),
				body: JSON.stringify({ code: '0', status: 'success', data: { total: orders.length, list: orders } }),
			}),
		},
		stored,
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
	const second = desk({}, first.play.stored);
	second.orders.push(second.order('1', 'DONE'), second.order('2', 'PENDING'));
	await second.play.start();
	expect(second.statuses()).toEqual([
		['1', 'succeeded'],
		['2', 'action_required'],
	]);
});

describe('n8n dies while it takes a change over', () => {
	const change = async (isDurable: boolean, dies: 'before' | 'between') => {
		const first = desk({}, undefined, { isDurable });
		await first.play.start();
		await first.play.tick();
		first.orders.push(first.order('1', 'PENDING'));
		first.play.dies = dies;
		await first.play.tick();
		const second = desk({}, first.play.stored, { isDurable });
		second.orders.push(...first.orders);
		await second.play.start();
		await second.play.tick();
		await second.play.tick();
		return [...first.statuses(), ...second.statuses()];
	};
	it.each([
		[true, 'before'],
		[true, 'between'],
		[false, 'before'],
	] as const)('durable %p, %s it has stored anything: executed once', async (isDurable, dies) => {
		expect(await change(isDurable, dies)).toEqual([['1', 'action_required']]);
	});

	// What docs/triggers says of n8n without durable cursors.
	it('without durable cursors, between memory and execution: lost, not doubled', async () => {
		expect(await change(false, 'between')).toEqual([]);
	});
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
	// The first answer has the orders from before.
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

it.each(['{"code":"0"}', '{"code":"0","status":"success","data":{}}', '{"code":"0","data":null}'])(
	'a first answer without a list begins nothing: %s',
	async (bare) => {
		const order = { orderId: '1', status: 'DONE', amount: '1', currency: 'USDT', createTime: 1768973860523 };
		let body = bare;
		const play = stage({
			provider: gatePay,
			watches,
			credentials,
			parameters: { watch: 'otcDeposits' },
			answer: () => ({ body }),
		});
		await play.start();
		body = JSON.stringify({ code: '0', status: 'success', data: { total: 1, list: [order] } });
		await play.tick();
		await play.tick();
		expect(play.emitted).toEqual([]);
		// What is made later is new all the same.
		body = body.replace('"total":1', '"total":2').replace('[', '[{"orderId":"2","status":"DONE"},');
		await play.tick();
		expect(play.emitted.map(({ json }) => json.id)).toEqual(['2']);
	},
);

it('tells the lines of a batch one by one, as its notifications do, and each change of one line once', async () => {
	const line = (id: string, status: string) => ({
		merchant_withdraw_id: id,
		withdraw_id: `w-${id}`,
		status,
		amount: '5',
		currency: 'USDT',
		address: `T${id}`,
	});
	let lines = [line('one', 'PENDING'), line('two', 'PENDING')];
	const play = stage({
		provider: gatePay,
		watches,
		credentials,
		parameters: { watch: 'payouts', references: 'a_1' },
		answer: () => ({
			body: JSON.stringify({
				status: 'SUCCESS',
				code: '000000',
				data: { batch_id: 'a_1', status: 'PROCESSING', withdraw_list: lines },
			}),
		}),
	});
	await play.start();
	lines = [line('one', 'FAIL'), line('two', 'PENDING')];
	await play.tick();
	await play.tick();
	expect(play.emitted.map(({ json }) => json)).toMatchObject([
		{
			event: 'payout',
			kind: 'payoutLine',
			batchReference: 'a_1',
			batchStatus: 'PROCESSING',
			reference: 'one',
			status: 'failed',
			final: true,
			amount: '5',
			raw: { batch_id: 'a_1', withdraw_list: [line('one', 'FAIL')] },
		},
	]);
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
	const { orders, order, play, statuses } = desk({}, first.play.stored);
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
	const known = () => Object.keys(play.remembered('otcDeposits').known);
	time += 37 * day;
	await play.tick();
	expect(known()).toEqual(['otcBuy 1', 'otcBuy 2']);
	time += day;
	await play.tick();
	expect(known()).toEqual(['otcBuy 2']);
	expect(play.emitted).toEqual([]);
	now.mockRestore();
});
