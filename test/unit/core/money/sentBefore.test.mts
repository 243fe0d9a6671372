import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, NOTHING, payout, remembered, type Call, type Reply } from '../../examplePay.mts';
import { cut, linesOf, moneyStage, sendsIn, unreachable, type Setting } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const anna = {
	reference: 'p_1',
	paymentReference: 'inv-1',
	amount: '10.5',
	currency: 'USDT',
	address: 'TA1',
};
const MINUTE_MS = 60_000;

/** The provider can be asked, and n8n remembers the payment as well. */
const both: Operation = { ...payout, once: { remembered: true } };

function stageOf(operation: Operation) {
	const bank = exampleBank();
	const provider: { reply?: (call: Call) => Reply } = {};
	const stage = moneyStage({ operation, respond: (call) => provider.reply?.(call) ?? bank.respond(call) });
	const run = (item: IDataObject, options: IDataObject, setting: Setting = {}) =>
		stage.execution().run([item], { continueOnFail: true, ...setting, options });
	const preview = async (item: IDataObject = anna, options: IDataObject = {}, setting: Setting = {}) => {
		const ran = await run(item, { ...options, preview: true }, setting);
		expect(sendsIn(ran)).toBe(0);
		const { sentBefore: state, sentBeforeReason: reason, sentBeforeStatus: status } = ran.items[0] ?? {};
		return { ...ran, state, reason, status };
	};
	const send = (item: IDataObject = anna, options: IDataObject = {}) => run(item, options);
	/** The provider has the request, and its answer is lost. It makes the payment or not. */
	const sendAndLose = async (isMade: boolean) => {
		provider.reply = (call) => {
			if (call.line.startsWith('GET')) return isMade ? bank.respond(call) : { body: NOTHING };
			if (isMade) bank.pay(call.body);
			return cut();
		};
		await send();
		delete provider.reply;
	};
	return { ...stage, bank, provider, preview, send, sendAndLose };
}

describe('a preview of what the provider can be asked about', () => {
	it('says no where the provider has nothing', async () => {
		expect(await stageOf(payout).preview()).toMatchObject({ state: 'no', reason: undefined });
	});

	it('says yes where the provider has it, and what became of it', async () => {
		const { preview, send, bank } = stageOf(payout);
		await send();
		Object.assign(bank.payouts[0] ?? {}, { status: 'DONE' });
		expect(await preview()).toMatchObject({ state: 'yes', status: 'succeeded', reason: undefined });
	});

	it('says other where the reference stands for another payment, and what differs', async () => {
		const { preview, send } = stageOf(payout);
		await send();
		const { state, reason } = await preview({ ...anna, address: 'TB2' });
		expect(state).toBe('other');
		expect(reason).toMatch(/address.*TA1.*TB2|address.*TB2.*TA1/i);
	});

	it.each<[string, () => Reply]>([
		['does not answer', unreachable],
		['answers with a page of a gateway', () => ({ status: 502, body: '<html>' })],
		['refuses to say', () => ({ body: { code: 'CLOSED', message: 'no access' } })],
		['shows another payment', () => ({ body: { data: { reference: 'p_9' } } })],
	])('says unknown where the provider %s', async (_what, reply) => {
		const { preview, provider } = stageOf(payout);
		provider.reply = reply;
		const { state, reason } = await preview();
		expect(state).toBe('unknown');
		expect(reason).toEqual(expect.any(String));
	});

	it('says unknown after Stop, and asks nobody', async () => {
		const { calls, state, reason } = await stageOf(payout).preview(anna, {}, { stop: AbortSignal.abort() });
		expect([calls, state, reason]).toEqual([[], 'unknown', 'the run was stopped']);
	});

	it('says nothing where Check First is off, and asks nobody', async () => {
		const { calls, items } = await stageOf(payout).preview(anna, { checkFirst: false });
		expect(calls).toEqual([]);
		expect(items[0]).not.toHaveProperty('sentBefore');
	});

	it('says no secret that the provider repeats', async () => {
		const { preview, provider } = stageOf(payout);
		provider.reply = () => ({ body: { code: 'CLOSED', message: 'the key top-secret is closed' } });
		const { reason, items } = await preview();
		expect(reason).toContain('is closed');
		expect(JSON.stringify(items)).not.toContain('top-secret');
	});
});

describe('a preview of what only n8n remembers', () => {
	it('says no where n8n knows nothing, and asks nobody', async () => {
		expect(await stageOf(remembered).preview()).toMatchObject({ calls: [], state: 'no' });
	});

	it('says yes where an earlier execution has made it', async () => {
		const { preview, send } = stageOf(remembered);
		await send();
		expect(await preview()).toMatchObject({ calls: [], state: 'yes' });
	});

	it('says other where an earlier execution has made another payment under the reference', async () => {
		const { preview, send } = stageOf(remembered);
		await send();
		expect(await preview({ ...anna, amount: '11' })).toMatchObject({
			state: 'other',
			reason: 'an earlier execution has carried out another request under it',
		});
	});

	it('says unknown where nobody knows what became of an earlier send', async () => {
		const { preview, sendAndLose } = stageOf(remembered);
		await sendAndLose(true);
		expect(await preview()).toMatchObject({
			state: 'unknown',
			reason: 'an earlier execution has sent it, and what became of it is not known',
		});
	});

	it('says yes where a person has found that send paid', async () => {
		const { preview, sendAndLose } = stageOf(remembered);
		await sendAndLose(true);
		expect(await preview(anna, { checkedPaid: 'inv-1' })).toMatchObject({
			state: 'yes',
			reason: 'a person has found it paid',
		});
	});

	it('says no where a person has found that send unpaid', async () => {
		const { preview, sendAndLose } = stageOf(remembered);
		await sendAndLose(false);
		expect((await preview(anna, { checkedNotPaid: 'inv-1' })).state).toBe('no');
	});

	it('says unknown where the word of a person is about an earlier send than the last one', async () => {
		const { preview, send, provider, sendAndLose } = stageOf(remembered);
		await sendAndLose(false);
		provider.reply = cut;
		await send(anna, { checkedNotPaid: 'inv-1' });
		expect((await preview(anna, { checkedNotPaid: 'inv-1' })).state).toBe('unknown');
	});

	it("says unknown where n8n's database does not answer", async () => {
		const { preview, database } = stageOf(remembered);
		database.isDown = true;
		expect((await preview()).state).toBe('unknown');
	});

	it('writes nothing into the memory, so that a preview never keeps a payment back', async () => {
		const { preview, send, table, bank } = stageOf(remembered);
		await preview(anna, { checkedPaid: 'inv-1' });
		expect([...table]).toEqual([]);
		await send();
		expect(bank.payouts).toHaveLength(1);
	});
});

describe('a preview of what the provider and n8n both keep', () => {
	it('says yes where the list of the provider lags and n8n knows that it was made', async () => {
		const { preview, send, provider } = stageOf(both);
		await send();
		provider.reply = () => ({ body: NOTHING });
		expect((await preview()).state).toBe('yes');
	});

	it('says yes with Check First off, by what n8n knows', async () => {
		const { preview, send } = stageOf(both);
		await send();
		expect(await preview(anna, { checkFirst: false })).toMatchObject({ calls: [], state: 'yes' });
	});

	it('says unknown for 20 minutes after a send without an answer: it may still arrive', async () => {
		const { preview, sendAndLose, time } = stageOf(both);
		await sendAndLose(false);
		time.now += 10 * MINUTE_MS;
		expect((await preview()).state).toBe('unknown');
	});

	it('says no later, where the provider still has nothing', async () => {
		const { preview, sendAndLose, time } = stageOf(both);
		await sendAndLose(false);
		time.now += 21 * MINUTE_MS;
		expect((await preview()).state).toBe('no');
	});

	it('says unknown later too, where the provider was not asked', async () => {
		const { preview, sendAndLose, time } = stageOf(both);
		await sendAndLose(false);
		time.now += 21 * MINUTE_MS;
		expect((await preview(anna, { checkFirst: false })).state).toBe('unknown');
	});
});

/** What has happened before the preview, and what the options say of it. */
const BEFORE: Array<[string, (stage: ReturnType<typeof stageOf>) => Promise<unknown>, IDataObject]> = [
	['nothing', () => Promise.resolve(), {}],
	['a payment', ({ send }) => send(), {}],
	['another payment', ({ send }) => send({ ...anna, amount: '11' }), {}],
	['a lost answer to a payment', ({ sendAndLose }) => sendAndLose(true), {}],
	['a lost request', ({ sendAndLose }) => sendAndLose(false), {}],
	[
		'a payment that a person has found',
		({ sendAndLose }) => sendAndLose(true),
		{ checkedPaid: 'inv-1, p_1' },
	],
	[
		'a request that a person has not found',
		({ sendAndLose }) => sendAndLose(false),
		{ checkedNotPaid: 'inv-1, p_1' },
	],
	[
		'a lost request long ago',
		async ({ sendAndLose, time }) => {
			await sendAndLose(false);
			time.now += 21 * MINUTE_MS;
		},
		{},
	],
];

describe.each<[string, Operation]>([
	['the provider', payout],
	['n8n', remembered],
	['both', both],
])('what a preview says is what a send does, where %s can be asked', (_who, operation) => {
	it.each(BEFORE)('after %s', async (_what, happen, options) => {
		const stage = stageOf(operation);
		await happen(stage);
		const { state } = await stage.preview(anna, options);
		const sent = await stage.send(anna, options);
		expect(sendsIn(sent)).toBe(state === 'no' ? 1 : 0);
		const outcomes = { no: 'applied', yes: 'applied', other: 'unknown', unknown: 'unknown' };
		expect([state, sent.items[0]?.outcome]).toEqual([state, Reflect.get(outcomes, String(state))]);
	});
});

it('a preview asks about each item, and the sums say what is left to send', async () => {
	const bank = exampleBank();
	const { execution } = moneyStage({ operation: payout, respond: bank.respond });
	await execution().run([anna]);
	const boris = { ...anna, reference: 'p_2', amount: '4' };
	const ran = await execution().run([anna, boris], { options: { preview: true } });
	expect(linesOf(ran).sort()).toEqual(['GET /payouts/p_1', 'GET /payouts/p_2']);
	expect(ran.items.map(({ sentBefore }) => sentBefore)).toEqual(['yes', 'no']);
	expect(ran.items[0]).toMatchObject({ alreadySent: 1, toSend: 1, totalsToSend: { USDT: '4' } });
});
