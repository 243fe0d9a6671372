import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RecordingServer, type Network } from '../harness/index.mts';
import { type BridgePaySetting, openBridgePay, withdrawal } from '../bridgePay/setting.mts';
import { createMany, recipients } from '../gatePay/massPayouts.mts';
import { type GatePaySetting, openGatePay } from '../gatePay/setting.mts';
import { openRapira, payoutPerItem, payouts, type RapiraSetting } from '../rapira/setting.mts';

/** Lets every request to this path meet an answer of ours. */
async function answering(
	path: string,
	answer: unknown,
): Promise<{ network: Network; close(): Promise<void> }> {
	const server = await RecordingServer.start();
	server.answer(() => ({
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(answer),
	}));
	return {
		network: ({ url }) => (url.includes(path) ? server.origin : undefined),
		close: () => server.stop(),
	};
}

describe("the fees in a preview of Gate Pay's payouts", () => {
	let setting: GatePaySetting;
	beforeAll(async () => {
		setting = await openGatePay();
	});
	afterEach(() => setting.sandbox.reset());
	afterAll(() => setting.close());

	const onTop = { fee_type: '={{ $json.fee ?? 1 }}' };
	const preview = (more: INodeParameters = onTop) =>
		createMany({ preview: true, recipientsPerBatch: 50 }, more);

	async function shown(
		items: IDataObject[],
		parameters: INodeParameters = preview(),
		network?: Network,
	): Promise<IDataObject> {
		const result = await setting.run(parameters, { items, ...(network ? { network } : {}) });
		expect(result.error).toBeUndefined();
		return result.items[0]?.json ?? {};
	}

	async function shownWith(answer: unknown, items = recipients(2)): Promise<IDataObject> {
		const { network, close } = await answering('withdraw_status', answer);
		try {
			return await shown(items, preview(), network);
		} finally {
			await close();
		}
	}

	it('come on top, are missing in the balance, and stand in the summary', async () => {
		setting.provider.state.balances.USDT = '24';
		expect(await shown(recipients(2))).toMatchObject({
			totals: { USDT: '24' },
			fees: { onTop: { USDT: '0.6' } },
			balances: { USDT: '24' },
			balancesAfter: {},
			shortBy: { USDT: '0.6' },
			summary: '2 recipients, 24 USDT: fees of 0.6 USDT on top, short by 0.6 USDT',
		});
	});

	it.each(['', 0])('are taken from the amount with the Fee %j, so nothing is missing', async (fee) => {
		setting.provider.state.balances.USDT = '24';
		const json = await shown(recipients(2), preview({ fee_type: fee }));
		expect(json).toMatchObject({
			fees: { fromAmount: { USDT: '0.6' } },
			balancesAfter: { USDT: '0' },
			summary: '2 recipients, 24 USDT',
		});
		expect(json).not.toHaveProperty('shortBy');
	});

	it('are told apart by who bears them, and read once for each currency', async () => {
		const items = recipients(4).map((one, index) => ({
			...one,
			currency: index === 3 ? 'USDC' : 'USDT',
			fee: index % 2,
		}));
		expect(await shown(items, preview({ fee_type: '={{ $json.fee }}' }))).toMatchObject({
			fees: { fromAmount: { USDT: '0.6' }, onTop: { USDT: '0.3' } },
			// The sandbox has no USDC on this chain.
			feesNotKnown: 1,
		});
		const reads = setting.provider.requests.filter(({ operation }) => operation === 'getPayoutFees');
		expect(reads).toHaveLength(2);
	});

	it('count only what is still to be sent', async () => {
		await setting.run(createMany({ recipientsPerBatch: 1 }, onTop), { items: recipients(1) });
		const list = createMany({ preview: true, recipientsPerBatch: 1 }, onTop);
		expect(await shown(recipients(3), list)).toMatchObject({ fees: { onTop: { USDT: '0.6' } } });
	});

	const row = (more: object) => ({
		currency: 'USDT',
		withdraw_fix: '9',
		withdraw_percent: '9%',
		withdraw_fix_on_chains: { TRX: '1', ETH: '5' },
		withdraw_percent_on_chains: { TRX: '0.5%', ETH: '7%' },
		...more,
	});

	it('are a fixed sum and a share of the amount', async () => {
		expect(await shownWith([row({})])).toMatchObject({ fees: { onTop: { USDT: '2.12' } } });
		expect(await shownWith({ status: 'SUCCESS', code: '000000', data: [row({})] })).toMatchObject({
			fees: { onTop: { USDT: '2.12' } },
		});
	});

	it.each<[string, unknown]>([
		['another coin', [row({ currency: 'USDC' })]],
		['no coin', [row({ currency: undefined })]],
		['two rows of the coin', [row({}), row({ withdraw_fix_on_chains: { TRX: '0' } })]],
		['another chain only', [row({ withdraw_fix_on_chains: { ETH: '5' } })]],
		['one fee for all chains', [row({ withdraw_fix_on_chains: undefined })]],
		['a share of another chain only', [row({ withdraw_percent_on_chains: { ETH: '7%' } })]],
		['a share without a sign', [row({ withdraw_percent_on_chains: { TRX: '0.5' } })]],
		['a fee below zero', [row({ withdraw_fix_on_chains: { TRX: '-1' } })]],
		['no number', [row({ withdraw_fix_on_chains: { TRX: 'free' } })]],
		['a chain that is named twice', [row({ withdraw_fix_on_chains: { TRX: '1', trx: '2' } })]],
	])('are not believed and not guessed where the answer names %s', async (_what, answer) => {
		const json = await shownWith(answer);
		expect(json).toMatchObject({ fees: {}, feesNotKnown: 2, summary: '2 recipients, 24 USDT' });
	});

	it('are missing where the answer has no row', async () => {
		const json = await shownWith([]);
		expect(json).toMatchObject({ verdict: 'would_send', feesNotRead: expect.any(String) });
		expect(json).not.toHaveProperty('fees');
	});

	it('are missing, and the preview is there, where they cannot be read', async () => {
		setting.sandbox.fault({
			provider: 'gatePay',
			operation: 'getPayoutFees',
			kind: 'bad-gateway',
			times: 99,
		});
		const json = await shown(recipients(2));
		expect(json).toMatchObject({ verdict: 'would_send', feesNotRead: expect.any(String) });
		expect(json).not.toHaveProperty('fees');
	});
});

describe("the fees in a preview of Rapira's payouts", () => {
	let setting: RapiraSetting;
	beforeAll(async () => {
		setting = await openRapira();
	});
	afterEach(() => setting.sandbox.reset());
	afterAll(() => setting.close());

	async function shown(token: string): Promise<IDataObject> {
		const parameters = {
			...payoutPerItem({ preview: true, skipRecipientCheck: true }),
			token: { __rl: true, mode: 'id', value: token },
		};
		const { items, error } = await setting.run(parameters, { items: payouts('TA1', 'TA2') });
		expect(error).toBeUndefined();
		return items[0]?.json ?? {};
	}

	it.each([
		['USDT:TRX:USDTTRC20', { USDT: '4' }],
		['USDT:BSC:USDTBEP20', { USDT: '1' }],
		['BTC:BTC:BTC', { BTC: '0.00006' }],
	])('of %s are those of its chain, and nobody says who bears them', async (token, fees) => {
		const json = await shown(token);
		expect(json).toMatchObject({ fees: { notDocumented: fees } });
		expect(json.summary).not.toContain('on top');
	});

	it('are not known for a chain that the list does not have', async () => {
		expect(await shown('USDT:SOL')).toMatchObject({ fees: {}, feesNotKnown: 2 });
	});

	it('are not counted for the balance', async () => {
		setting.provider.state.balances.USDT = '201';
		expect(await shown('USDT:TRX:USDTTRC20')).toMatchObject({ balancesAfter: { USDT: '0' } });
	});
});

describe("the fee in a preview of BridgePay's withdrawal", () => {
	let setting: BridgePaySetting;
	beforeAll(async () => {
		setting = await openBridgePay();
	});
	afterEach(() => setting.sandbox.reset());
	afterAll(() => setting.close());

	async function shown(options: IDataObject, fields: INodeParameters = {}): Promise<IDataObject> {
		const parameters = withdrawal({ preview: true, ...options }, fields);
		const { items, error } = await setting.run(parameters, { items: [{ amount: '10' }] });
		expect(error).toBeUndefined();
		return items[0]?.json ?? {};
	}

	it('is that of its account, on top unless it is taken from the amount', async () => {
		expect(await shown({})).toMatchObject({
			fees: { onTop: { USDT: '5' } },
			summary: '1 recipient: fees of 5 USDT on top',
		});
		expect(await shown({ substractFeeFromAmount: false })).toMatchObject({ fees: { onTop: { USDT: '5' } } });
		expect(await shown({ substractFeeFromAmount: true })).toMatchObject({
			fees: { fromAmount: { USDT: '5' } },
		});
	});

	it('is not known for another account', async () => {
		const accountId = { __rl: true, mode: 'id', value: '00000000-0000-0000-0000-000000000000' };
		expect(await shown({}, { accountId })).toMatchObject({ fees: {}, feesNotKnown: 1 });
	});
});
