import type { IDataObject } from 'n8n-workflow';
import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const sent = () => setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch');
const applied = () => setting.provider.books.appliedPerReference();
const lines = () => setting.provider.books.entries.map(({ line, amount }) => `${line} ${amount}`);
const quick = { timeout: 1 };
const goOn = { settings: { onError: 'continueRegularOutput' } } as const;
const three = { payroll_2026_11_1: 1, payroll_2026_11_2: 1, payroll_2026_11_3: 1 };
const fiveLines = [1, 2, 3, 4, 5].map((number) => `payroll_2026_11_line_${number} ${10 + number}.5`);
const outcomes = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => [json.reference, json.outcome]);

describe('a mass payout', () => {
	it('packs its items into as few batches as fit, and tells each recipient its own', async () => {
		const { items, error } = await setting.run(createMany(), { items: recipients(5) });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.reference, json.batchReference, pairedItem])).toEqual([
			['payroll_2026_11_line_1', 'payroll_2026_11_1', { item: 0 }],
			['payroll_2026_11_line_2', 'payroll_2026_11_1', { item: 1 }],
			['payroll_2026_11_line_3', 'payroll_2026_11_2', { item: 2 }],
			['payroll_2026_11_line_4', 'payroll_2026_11_2', { item: 3 }],
			['payroll_2026_11_line_5', 'payroll_2026_11_3', { item: 4 }],
		]);
		expect(items[4]?.json).toMatchObject({
			outcome: 'applied',
			provider: 'gatePay',
			kind: 'payoutLine',
			status: 'created',
			final: false,
			amount: '15.5',
			currency: 'USDT',
			network: 'TRX',
		});
		expect(applied()).toEqual(three);
		expect(lines()).toEqual(fiveLines);
		expect(setting.provider.books.total('USDT')).toBe('67.5');
	});

	it('takes the references of its items, and several currencies', async () => {
		const people = [
			{ ...recipients(1)[0], id: 'anna' },
			{ amount: '20', address: '0x52908400098527886E0F7030069857D2E4169EE7', currency: 'USDC', chain: 'ETH' },
		];
		const { items } = await setting.run(createMany({ recipientsPerBatch: 50 }), { items: people });
		expect(outcomes(items)).toEqual([
			['anna', 'applied'],
			['payroll_2026_11_line_2', 'applied'],
		]);
		expect(applied()).toEqual({ payroll_2026_11_1: 1 });
		expect(setting.provider.books.total('USDC')).toBe('20');
	});

	it('takes fifty recipients to a batch unless told otherwise', async () => {
		const parameters = createMany();
		parameters.options = {};
		const { error } = await setting.run(parameters, { items: recipients(101) });
		expect(error).toBeUndefined();
		expect(setting.provider.books.appliedEvents.map(({ entries }) => entries.length)).toEqual([50, 50, 1]);
	});

	it('gives the exact answer as Raw', async () => {
		const { items } = await setting.run(createMany({ output: 'raw' }), { items: recipients(1) });
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: 'payroll_2026_11_line_1',
			batchReference: 'payroll_2026_11_1',
			data: { batch_id: 'payroll_2026_11_1' },
		});
	});

	it('does nothing without items', async () => {
		const { items, error } = await setting.run(createMany(), { items: [] });
		expect([items, error, setting.provider.requests]).toEqual([[], undefined, []]);
	});
});

describe('one item that cannot be sent keeps all of them back', () => {
	const bad = [
		...recipients(3),
		{ ...recipients(1)[0], amount: '1.1234567' },
		{ ...recipients(1)[0], address: '' },
		...recipients(1, 6),
		{ ...recipients(1)[0], address: '' },
	];

	it('and the message names every one of them, with its reason', async () => {
		const { error } = await setting.run(createMany(), { items: bad });
		expect(error?.message).toBe(
			'3 of 7 items cannot be sent, so none is. Item 4: Amount `1.1234567` has 7 decimals; it takes at most 6. Items 5, 7: Address is empty. Nothing was sent.',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('with Continue On Fail too: each is told its own reason, or that others have one', async () => {
		const { items, error } = await setting.run(createMany(), { items: bad, ...goOn });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(7).fill('rejected'));
		expect(items[0]?.json.message).toBe(
			'Other items of this run cannot be sent: items 4 to 5, 7. Nothing was sent. [item 1]',
		);
		expect(items[6]?.json.message).toBe('Address is empty. Nothing was sent. [item 7]');
		expect(setting.provider.requests).toHaveLength(0);
	});

	it.each<[string, IDataObject[], IDataObject, string]>([
		[
			'a reference twice',
			recipients(3).map((one, index) => ({ ...one, id: index === 1 ? 'a' : 'b' })),
			{},
			'1 item cannot be sent, so none is. Item 3: The reference `b` is that of item 1 already.',
		],
		[
			'a reference that the rule gives to another',
			[{ ...recipients(1)[0], id: 'payroll_2026_11_line_2' }, ...recipients(1)],
			{},
			'1 item cannot be sent, so none is. Item 2: The reference `payroll_2026_11_line_2` is that of item 1 already.',
		],
		[
			'another Batch ID',
			[...recipients(1), { ...recipients(1)[0], batch: 'other' }],
			{ batch_id: '={{ $json.batch || "payroll" }}' },
			'1 item cannot be sent, so none is. Item 2: Batch ID is another one than in item 1; it is one for the whole run.',
		],
		[
			'a Batch ID that leaves no room for the number',
			recipients(21),
			{ batch_id: 'a'.repeat(30) },
			`Batch ID \`${'a'.repeat(30)}_10\` with its number has 33 characters; it takes at most 32.`,
		],
		[
			'characters that the provider does not take',
			recipients(2),
			{ batch_id: 'pay-roll' },
			'2 of 2 items cannot be sent, so none is. Items 1 to 2: Batch ID `pay-roll` has characters that are not taken; use letters, digits and _.',
		],
		[
			'no number of recipients',
			recipients(2),
			{ options: { recipientsPerBatch: 0 } },
			'Recipients per Batch `0` is not a whole number above 0.',
		],
	])('%s', async (_name, items, more, message) => {
		const parameters = { ...createMany(), ...(more as object) };
		const { error } = await setting.run(parameters, { items });
		expect(error?.message).toBe(`${message} Nothing was sent.`);
		expect(setting.provider.requests).toHaveLength(0);
	});
});

describe('nobody is paid twice', () => {
	it.each([true, false])(
		'when the second batch times out after it was applied, under Retry On Fail (Check First %p)',
		async (checkFirst) => {
			setting.sandbox.fault({
				operation: 'createPayoutBatch',
				kind: 'timeout-after-applying',
				nth: 2,
				seconds: 5,
			});
			const { items, error } = await setting.run(createMany({ checkFirst, ...quick }), {
				items: recipients(5),
				settings: { retryOnFail: true, maxTries: 3 },
			});
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('applied'));
			expect([applied(), lines(), sent().length]).toEqual([three, fiveLines, 3]);
		},
	);

	it.each([true, false])('also when no lookup is answered at first (Check First %p)', async (checkFirst) => {
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		setting.sandbox.fault({
			operation: 'queryPayoutBatch',
			kind: 'bad-gateway',
			status: 503,
			nth: checkFirst ? 3 : 1,
			times: 12,
		});
		const { items, error } = await setting.run(createMany({ checkFirst, ...quick }), {
			items: recipients(5),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(5);
		expect([applied(), lines(), sent().length]).toEqual([three, fiveLines, 3]);
	});

	it('when n8n crashed after the second batch and the flow is run again', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 3 });
		const first = await setting.run(createMany(quick), { items: recipients(5) });
		expect(first.error?.message).toContain('`payroll_2026_11_3`');
		// A new execution remembers nothing.
		const { items, error } = await setting.run(createMany(), { items: recipients(5) });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.replayed ?? false)).toEqual([true, true, true, true, false]);
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', status: 'created', providerStatus: 'INIT' });
		expect([applied(), lines()]).toEqual([three, fiveLines]);
	});

	it('when it is run again and nobody can be asked: no line is called rejected', async () => {
		await setting.run(createMany(), { items: recipients(5) });
		setting.sandbox.fault({ operation: 'queryPayoutBatch', kind: 'bad-gateway', times: 4 });
		const { items } = await setting.run(createMany(), { items: recipients(5), ...goOn });
		expect(items.map(({ json }) => [json.outcome, json.code])).toEqual(
			Array(5).fill(['unknown', 'not_checked']),
		);
		expect(items[4]?.json.message).toContain(
			'Payout: Create Many `payroll_2026_11_3` was not sent, because it is not known what became of `payroll_2026_11_1` before it. Whether an earlier execution carried it out is not known. [item 5]',
		);
		expect([applied(), sent().length]).toEqual([three, 3]);
	});

	it("by the editor's Retry", async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal', nth: 2 });
		const first = await setting.run(createMany(), { items: recipients(5) });
		expect(first.error).toBeDefined();
		const { error } = await setting.retry(first, createMany(), { items: recipients(5) });
		expect(error).toBeUndefined();
		expect([applied(), lines()]).toEqual([three, fiveLines]);
	});

	it.each<[string, (people: IDataObject[]) => IDataObject[], IDataObject]>([
		[
			'another amount',
			(people) => people.map((one, index) => (index === 2 ? { ...one, amount: '99' } : one)),
			{},
		],
		['another memo', (people) => people.map((one, index) => (index === 2 ? { ...one, memo: '8' } : one)), {}],
		['one recipient fewer', (people) => people.slice(0, 4).filter((_one, index) => index !== 1), {}],
		['two recipients swapped', ([a, b, ...rest]) => [b ?? {}, a ?? {}, ...rest], {}],
		['larger batches', (people) => people, { recipientsPerBatch: 3 }],
		['smaller batches', (people) => people, { recipientsPerBatch: 1 }],
	])('when it is run again with %s: refused, Continue On Fail or not', async (_what, change, options) => {
		const people = recipients(5).map((one) => ({ ...one, memo: '7' }));
		await setting.run(createMany(), { items: people });
		const before = lines();
		for (const settings of [{}, goOn.settings]) {
			const { items, error } = await setting.run(createMany(options), { items: change(people), settings });
			const message = error?.message ?? items.map(({ json }) => json.message).join();
			expect(message).toContain('the reference is already used at the provider');
			expect(error?.description ?? items.map(({ json }) => json.nextStep).join()).toContain(
				'pay new recipients under an ID of their own',
			);
			// The run before has paid them. A flow that pays rejected items elsewhere must not pay them again.
			expect(items.map(({ json }) => json.outcome)).not.toContain('rejected');
		}
		expect(lines()).toEqual(before);
	});

	it('in a larger batch after the first one was refused, because the first refusal ends the run', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal' });
		const first = await setting.run(createMany(), { items: recipients(4), ...goOn });
		expect(outcomes(first.items).map(([, outcome]) => outcome)).toEqual(Array(4).fill('rejected'));
		expect(lines()).toEqual([]);
		await setting.run(createMany({ recipientsPerBatch: 4 }), { items: recipients(4) });
		expect(lines()).toEqual(fiveLines.slice(0, 4));
	});

	it('when the same Batch ID comes with other items, Check First off', async () => {
		await setting.run(createMany(), { items: recipients(2) });
		const { error } = await setting.run(createMany({ checkFirst: false }), { items: recipients(2, 3) });
		expect(error?.message).toContain('already used at the provider');
		expect(lines()).toEqual(fiveLines.slice(0, 2));
	});
});

describe('a batch that is not applied', () => {
	it('stops the node, which says what was paid and what was not sent', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal', nth: 2 });
		const { error } = await setting.run(createMany(), { items: recipients(5) });
		expect(error?.message).toMatch(
			/^Gate Pay refused Payout: Create Many `payroll_2026_11_2`: .* No money was moved by it\. \[items 3 to 4\]/,
		);
		expect(error?.description).toContain(
			'Already applied in this run: payroll_2026_11_1 (items 1 to 2); a retry of this execution does not repeat them.',
		);
		expect(error?.description).toContain('Not sent: payroll_2026_11_3 (item 5).');
		expect(applied()).toEqual({ payroll_2026_11_1: 1 });
	});

	it('with Continue On Fail ends the run: the lines behind it are told as not sent', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal', nth: 2 });
		const { items } = await setting.run(createMany(), { items: recipients(5), ...goOn });
		expect(outcomes(items)).toEqual([
			['payroll_2026_11_line_1', 'applied'],
			['payroll_2026_11_line_2', 'applied'],
			['payroll_2026_11_line_3', 'rejected'],
			['payroll_2026_11_line_4', 'rejected'],
			['payroll_2026_11_line_5', 'rejected'],
		]);
		expect(items[4]?.json).toMatchObject({
			batchReference: 'payroll_2026_11_3',
			code: 'not_sent',
			message: expect.stringContaining(
				'Payout: Create Many `payroll_2026_11_3` was not sent, because `payroll_2026_11_2` before it was not carried out. No money was moved by it. [item 5]',
			),
			nextStep:
				'Settle `payroll_2026_11_2` first, then run again with the same items: what was applied is not repeated.',
		});
		expect(items[4]?.pairedItem).toEqual({ item: 4 });
		expect([applied(), sent().length]).toEqual([{ payroll_2026_11_1: 1 }, 2]);
		for (const { json } of items) expect(json).not.toHaveProperty('error');
	});

	it('goes on as unknown where that is wanted, and is looked up by its own reference', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 });
		const { items, error } = await setting.run(createMany({ whenUnknown: 'continue', ...quick }), {
			items: recipients(5),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual([
			'applied',
			'applied',
			'unknown',
			'unknown',
			'unknown',
		]);
		expect(items[4]?.json.code).toBe('not_checked');
		expect(items[2]?.json.message).toContain('Money may or may not have moved. [item 3]');
		expect(items[2]?.json.nextStep).toContain('Use Payout: Get with payroll_2026_11_2');
		expect(items[4]?.json.message).toContain(
			'was not sent, because it is not known what became of `payroll_2026_11_2` before it. Whether an earlier execution carried it out is not known.',
		);
		expect(setting.waits).toEqual([1000, 2000, 4000]);
		expect(applied()).toEqual({ payroll_2026_11_1: 1 });
	});

	it('tells each line its own status when the batch was there already', async () => {
		await setting.run(createMany(), { items: recipients(2) });
		const [batch] = setting.provider.state.payoutBatches;
		const second = batch?.lines[1];
		if (!batch || !second) throw new Error('The batch is not there');
		// The provider may list the lines in any order.
		batch.lines.reverse();
		second.status = 'FAIL';
		const { items } = await setting.run(createMany(), { items: recipients(2) });
		expect(items.map(({ json }) => [json.reference, json.status, json.amount, json.replayed])).toEqual([
			['payroll_2026_11_line_1', 'created', '11.5', true],
			['payroll_2026_11_line_2', 'failed', '12.5', true],
		]);
		const raw = await setting.run(createMany({ output: 'raw' }), { items: recipients(2) });
		expect(raw.items[1]?.json.data).toMatchObject({ merchant_withdraw_id: 'payroll_2026_11_line_2' });
	});
});
