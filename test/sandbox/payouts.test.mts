import { closeAll, eventually, payout, start } from './client.mts';

afterEach(closeAll);

const manual = { autopilot: false };

describe('payout batches', () => {
	it('go through to SUCCESS by themselves, with transaction ids and one notification per sub-order', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		await client.call('createPayoutBatch', payout('b1', {}, [{ merchant_withdraw_id: 'second' }]));
		await eventually(() => sandbox.gatePay.state.payoutBatches[0]?.status === 'SUCCESS');
		const { data } = await client.call('queryPayoutBatch', { batch_id: 'b1', detail_status: 'ALL' });
		expect(data).toMatchObject({ status: 'SUCCESS', merchant_id: 10001 });
		const done = {
			status: 'DONE',
			tx_id: expect.stringMatching(/^0x/),
			amount: '10',
			fee: '0.3',
			done_amount: '9.7',
		};
		expect(data.withdraw_list).toMatchObject([done, done]);
		expect(sandbox.gatePay.deliveries.map(({ event }) => event)).toEqual(['PAYOUT DONE', 'PAYOUT DONE']);
		const [first, last] = sandbox.gatePay.deliveries.map(({ body }) => JSON.parse(body));
		expect([first.main_order.status, last.main_order.status]).toEqual(['PROCESSING', 'SUCCESS']);
		expect(first.suborders[0]).toMatchObject({
			merchant_withdraw_id: 'b1_1',
			batch_withdraw_id: 'b1',
			status: 'DONE',
		});
	});

	it('debits when applied; fee type 0 takes the fee out, 1 adds it', async () => {
		const { client, sandbox } = await start(manual);
		await client.call('createPayoutBatch', payout('b1', { fee_type: 0 }));
		expect(sandbox.gatePay.state.balances.USDT).toBe('999990');
		await client.call('createPayoutBatch', payout('b2', { fee_type: 1 }));
		expect(sandbox.gatePay.state.balances.USDT).toBe('999979.7');
		expect(sandbox.gatePay.books.total('USDT')).toBe('20');
	});

	it('INIT, PROCESSING, PARTIAL: a failed sub-order gives its money back', async () => {
		const { client, sandbox } = await start(manual);
		await client.call('createPayoutBatch', payout('b1', {}, [{ merchant_withdraw_id: 'bad' }]));
		const [batch] = sandbox.gatePay.state.payoutBatches;
		expect(batch?.status).toBe('INIT');
		sandbox.gatePay.act('advancePayout', 'b1');
		expect(batch).toMatchObject({
			status: 'PROCESSING',
			lines: [{ status: 'PENDING' }, { status: 'PENDING' }],
		});
		const [good, bad] = (batch?.lines ?? []).map(({ suborder_id }) => suborder_id);
		sandbox.gatePay.act('completePayout', String(good));
		sandbox.gatePay.act('failPayout', String(bad));
		expect(batch).toMatchObject({ status: 'PARTIAL', lines: [{ status: 'DONE' }, { status: 'FAIL' }] });
		expect(sandbox.gatePay.state.balances.USDT).toBe('999990');
		const failed = await client.call('queryPayoutBatch', { batch_id: 'b1', detail_status: 'FAIL' });
		expect(failed.data.withdraw_list).toMatchObject([
			{ merchant_withdraw_id: 'bad', err_msg: expect.stringMatching(/./) },
		]);
	});

	it('fails by itself to the burn address', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		const address = '0x000000000000000000000000000000000000dEaD';
		await client.call('createPayoutBatch', payout('b1', { address }));
		await eventually(() => sandbox.gatePay.state.payoutBatches[0]?.status === 'FAIL');
		expect(sandbox.gatePay.state.balances.USDT).toBe('1000000');
	});

	it('holds large amounts in CHECK until somebody approves', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		await client.call('createPayoutBatch', payout('b1', { amount: '100000' }));
		const line = () => sandbox.gatePay.state.payoutBatches[0]?.lines[0];
		await eventually(() => line()?.status === 'CHECK');
		sandbox.gatePay.act('approvePayout', String(line()?.suborder_id));
		await eventually(() => line()?.status === 'DONE');
	});

	it.each([
		['550233', payout('b2', { amount: '1000000.1' })],
		['550234', payout('b2', { memo: 'm'.repeat(257) })],
		['550235', payout('b2', { amount: '1.1234567' })],
		['550239', payout('b2', { amount: undefined })],
		['550240', payout('b2', { currency: undefined })],
		['550241', payout('b2', { address: undefined })],
		['550242', payout('b2', { chain: undefined })],
		['550241', payout('b2', { address: '' })],
		['550245', payout('b1', { merchant_withdraw_id: 'new' })],
		['550249', payout('b-2')],
		['550249', payout('b'.repeat(33))],
		['550249', payout('b2', { merchant_withdraw_id: 'no blanks' })],
		['400201', payout('b2', { merchant_withdraw_id: 'b1_1' })],
		['400201', payout('b2', {}, [{ merchant_withdraw_id: 'b2_1' }])],
		['400205', payout('b2', { currency: 'DOGE' })],
		['400001', payout('b2', { chain: 'SOL' })],
		['400001', { batch_id: 'b2', withdraw_list: [] }],
		['400621', payout('b2', { amount: '0.01' })],
		['400621', payout('b2', { amount: '0.3', fee_type: 0 })],
		['400621', payout('b2', { amount: '5000000.1' })],
		[
			'550238',
			payout(
				'b2',
				{},
				Array.from({ length: 500 }, (_each, n) => ({ merchant_withdraw_id: `x${n}` })),
			),
		],
	])('refuses with %s and applies nothing', async (code, body) => {
		const { client, sandbox } = await start(manual);
		await client.call('createPayoutBatch', payout('b1'));
		expect((await client.call('createPayoutBatch', body)).code).toBe(code);
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1 });
		expect(sandbox.gatePay.state.balances.USDT).toBe('999990');
	});

	it('checks the balance of the batch as a whole', async () => {
		const { client } = await start(manual);
		const half = { amount: '500000.1' };
		const body = payout('b1', half, [{ ...half, merchant_withdraw_id: 'second' }]);
		expect((await client.call('createPayoutBatch', body)).code).toBe('550233');
	});

	it('does not know other batches', async () => {
		const { client } = await start();
		expect((await client.call('queryPayoutBatch', { batch_id: 'none', detail_status: 'ALL' })).code).toBe(
			'400202',
		);
	});

	it('is the same for an institution', async () => {
		const { client, sandbox } = await start(manual);
		const headers = { 'X-GatePay-On-Behalf-Of': '2124538349' };
		await client.call('institutionCreatePayoutBatch', payout('b1'), { headers });
		const query = { batch_id: 'b1', detail_status: 'ALL' };
		expect((await client.call('institutionQueryPayoutBatch', query, { headers })).data.status).toBe('INIT');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1 });
	});
});

describe('batch transfers', () => {
	const body = {
		merchant_batch_no: 'RB1',
		currency: 'USDT',
		batchorderList: [
			{ user_id: 100001, amount: '12.5', rewardId: 'r1' },
			{ user_id: 100002, amount: '1', currency: 'USDC' },
		],
	};

	it('are paid at once and announced', async () => {
		const { client, sandbox } = await start();
		const { data } = await client.call('createBatchTransfer', body);
		expect(sandbox.gatePay.state.balances).toMatchObject({ USDT: '999987.5', USDC: '499999' });
		for (const query of [{ batch_id: data.batch_id }, { merchant_batch_no: 'RB1' }]) {
			const found = await client.call('queryBatchTransfer', query);
			expect(found.data).toMatchObject({
				status: 'SUCCESS',
				orders_list: [{ receiver_id: 100001 }, { currency: 'USDC' }],
			});
		}
		expect(sandbox.gatePay.deliveries[0]?.event).toBe('PAY_BATCH PAID');
	});

	it('want a new number, known currencies, positive amounts and balance', async () => {
		const { client, sandbox } = await start();
		const change = (item: Record<string, unknown>) => ({
			...body,
			merchant_batch_no: 'RB2',
			batchorderList: [{ user_id: 1, amount: '1', ...item }],
		});
		await client.call('createBatchTransfer', body);
		expect((await client.call('createBatchTransfer', body)).code).toBe('400201');
		expect((await client.call('createBatchTransfer', change({ amount: '0' }))).code).toBe('400621');
		expect((await client.call('createBatchTransfer', change({ amount: '0.1234567' }))).code).toBe('400001');
		expect((await client.call('createBatchTransfer', change({ currency: 'DOGE' }))).code).toBe('400205');
		expect((await client.call('createBatchTransfer', change({ amount: '1000000' }))).code).toBe('400605');
		expect((await client.call('queryBatchTransfer', { merchant_batch_no: 'RB2' })).code).toBe('400202');
		expect((await client.call('queryBatchTransfer', {})).code).toBe('400001');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ RB1: 1 });
	});
});

describe('the ledger', () => {
	it('has a row per movement, pages and filters', async () => {
		const { client } = await start(manual);
		for (const id of ['b1', 'b2', 'b3']) await client.call('createPayoutBatch', payout(id));
		const range = { startTime: '0', endTime: '9999999999999', page: '1', count: '2' };
		const first = await client.call('listLedger', undefined, { query: range });
		expect(first.data).toMatchObject({ total: 3, hasNext: true, nextPage: 2 });
		expect(first.data.balance_history_item_list).toMatchObject([{ payAmount: '-10', Balance: '999970' }, {}]);
		const last = await client.call('listLedger', undefined, { query: { ...range, page: '2' } });
		expect(last.data).toMatchObject({
			hasNext: false,
			balance_history_item_list: [{ merchantTradeNo: 'b1_1' }],
		});
		const query = {
			...range,
			orderType: '1',
			orderIdNo: 'b2_1',
			currency: 'USDT',
			financialType: 'distribution_fi',
		};
		expect((await client.call('listLedger', undefined, { query })).data.total).toBe(1);
	});
});
