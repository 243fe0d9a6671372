import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, NOTHING, payout } from '../../examplePay.mts';
import { cut, linesOf, moneyStage, sendsIn } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };

/** A payout without a reference: only the memory of the execution tells two of them apart. */
const unnamed: Operation = { ...payout, referenceField: undefined, lookup: undefined };

function stageOf(operation: Operation = payout) {
	const bank = exampleBank();
	const line = { isCut: false };
	const stage = moneyStage({
		operation,
		respond: (call) => {
			const reply = bank.respond(call);
			return call.line.startsWith('POST') && line.isCut ? cut() : reply;
		},
	});
	return { ...stage, bank, line };
}

describe('a Retry of the execution', () => {
	it('does not send an item under another reference: a reference may have the time in it', async () => {
		const { execution, bank, line } = stageOf({ ...payout, lookup: undefined });
		line.isCut = true;
		const first = execution();
		await first.run([anna]);
		line.isCut = false;
		const { error } = await first.retry().run([{ ...anna, reference: 'p_2' }]);
		expect(bank.payouts).toHaveLength(1);
		expect(error?.message).toContain('this item was sent as `p_1` before');
		expect(error?.message).toContain('Money may have moved then.');
	});

	it('does not send an item with other values, where it has no reference', async () => {
		const { execution, bank, line } = stageOf(unnamed);
		line.isCut = true;
		const first = execution();
		await first.run([anna]);
		line.isCut = false;
		const { error } = await first.retry().run([{ ...anna, amount: '11' }]);
		expect(bank.payouts).toHaveLength(1);
		expect(error?.message).toContain('this item was sent with other values before');
	});

	it('does not send an item that now cannot be built, and does not call it refused', async () => {
		const { execution, bank, line } = stageOf();
		line.isCut = true;
		const first = execution();
		await first.run([anna]);
		const retried = await first.retry().run([{ ...anna, reference: '' }], { continueOnFail: true });
		expect(bank.payouts).toHaveLength(1);
		expect(retried.items[0]).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(retried.items[0]?.message).toContain('an earlier try sent this item, and now it cannot be sent');
	});

	it('refuses an item that cannot be built and was never sent', async () => {
		const { execution } = stageOf();
		const { items } = await execution().run([{ ...anna, reference: '' }], { continueOnFail: true });
		expect(items[0]).toMatchObject({ outcome: 'rejected' });
		expect(items[0]?.message).toContain('Nothing was sent.');
	});

	it('sends an item that was refused, also with other values', async () => {
		const bank = exampleBank();
		const stage = moneyStage({
			operation: unnamed,
			respond: (call) => (call.body.amount === '10.5' ? { body: { code: 'LOW' } } : bank.respond(call)),
		});
		const first = stage.execution();
		await first.run([anna], { continueOnFail: true });
		const { items } = await first.retry().run([{ ...anna, amount: '5' }]);
		expect(items[0]).toMatchObject({ outcome: 'applied' });
		expect(bank.payouts).toHaveLength(1);
	});

	it('gives what was applied, and sends the rest', async () => {
		const { execution, bank, line } = stageOf(unnamed);
		const first = execution();
		await first.run([anna]);
		line.isCut = false;
		const { items } = await first.retry().run([anna, { ...anna, address: 'TB2' }]);
		expect(items.map(({ replayed }) => replayed)).toEqual([true, undefined]);
		expect(bank.payouts.map(({ address }) => address)).toEqual(['TA1', 'TB2']);
	});
});

describe('payouts without a reference', () => {
	it('that are equal are paid each, as intended: at two places, in two runs of a loop, in two executions', async () => {
		const { execution, bank } = stageOf(unnamed);
		const first = execution();
		await first.run([anna, anna]);
		expect(bank.payouts).toHaveLength(2);
		await first.run([anna, anna], { runIndex: 1 });
		expect(bank.payouts).toHaveLength(4);
		await execution().run([anna]);
		expect(bank.payouts).toHaveLength(5);
	});

	it('are not paid again at the same place of the same run', async () => {
		const { execution, bank } = stageOf(unnamed);
		const first = execution();
		await first.run([anna, anna]);
		await first.run([anna, anna]);
		expect(bank.payouts).toHaveLength(2);
	});

	it('of an AI agent are paid once per execution, however often the model repeats its call', async () => {
		const { execution, bank } = stageOf(unnamed);
		const { run } = execution();
		await run([anna], { asTool: true });
		const again = await run([{ ...anna, amount: '10.50' }], { asTool: true, runIndex: 1 });
		expect(bank.payouts).toHaveLength(1);
		expect(again.items[0]).toMatchObject({ outcome: 'applied', replayed: true });
		await run([{ ...anna, amount: '11' }], { asTool: true, runIndex: 2 });
		expect(bank.payouts).toHaveLength(2);
	});

	it('of an AI agent that calls several times at once are paid once', async () => {
		const { execution, bank } = stageOf(unnamed);
		const { run } = execution();
		await Promise.all([0, 1, 2].map((runIndex) => run([anna], { asTool: true, runIndex })));
		expect(bank.payouts).toHaveLength(1);
	});

	it('of an AI agent have no place: another call is another payout', async () => {
		const { execution, bank, line } = stageOf(unnamed);
		line.isCut = true;
		const { run } = execution();
		await run([anna], { asTool: true });
		line.isCut = false;
		await run([{ ...anna, address: 'TB2' }], { asTool: true });
		expect(bank.payouts).toHaveLength(2);
	});
});

it('one reference is one payout, wherever it stands in the execution', async () => {
	const { execution, bank } = stageOf({ ...payout, lookup: undefined });
	const { run } = execution();
	await run([anna]);
	const { items: other } = await run([{ ...anna, address: 'TB2' }], { runIndex: 3, continueOnFail: true });
	const { items: same } = await run([{ ...anna, address: 'TC3' }, anna], {
		runIndex: 4,
		continueOnFail: true,
	});
	expect(bank.payouts).toHaveLength(1);
	expect(other[0]?.outcome).toBe('unknown');
	expect(same[0]?.outcome).toBe('unknown');
});

describe('a value that the node makes', () => {
	const withNonce: Operation = {
		...unnamed,
		once: { made: { nonce: 'milliseconds' } },
		options: [{ displayName: 'Nonce', name: 'nonce', type: 'string', default: '' }],
	};

	it('is the time, and never the same for two payouts in one millisecond', async () => {
		const { execution, bank, time } = stageOf(withNonce);
		await execution().run([anna, anna]);
		const [one, other] = bank.payouts.map(({ nonce }) => Number(nonce));
		expect(one).toBe(time.now);
		expect(other).toBe(time.now + 1);
	});

	it('is the same at the Retry, and a person who decides to send again is told it', async () => {
		const { execution, bank, line, time } = stageOf(withNonce);
		line.isCut = true;
		const first = execution();
		const { error } = await first.run([anna]);
		const nonce = String(bank.payouts[0]?.nonce);
		expect(error?.nextStep).toContain(`It was sent with Nonce ${nonce}`);
		time.now += 60_000;
		const retried = await first.retry().run([anna], { continueOnFail: true });
		expect(retried.items[0]).toMatchObject({ outcome: 'unknown', nonce });
		expect(sendsIn(retried)).toBe(0);
	});

	it('that a person has set is sent as it is, and a refusal of it is not known to be one', async () => {
		const stage = moneyStage({ operation: withNonce, respond: () => ({ body: { code: 'USED' } }) });
		const { items, calls } = await stage
			.execution()
			.run([anna], { options: { nonce: '5' }, continueOnFail: true });
		expect(calls[0]?.body).toMatchObject({ nonce: '5' });
		expect(items[0]).toMatchObject({ outcome: 'unknown', code: 'USED' });
		const { items: own } = await stage.execution().run([anna], { continueOnFail: true });
		expect(own[0]).toMatchObject({ outcome: 'rejected' });
	});

	it('is not part of what a person approves: the preview has none', async () => {
		const { execution, bank } = stageOf({ ...withNonce });
		const preview = await execution().run([anna], { options: { preview: true, approvalHash: '' } });
		const hash = preview.items[0]?.approvalHash;
		expect(String(preview.items[0]?.body)).not.toContain('nonce');
		await execution().run([anna], { options: { preview: false, approvalHash: hash } });
		expect(bank.payouts).toHaveLength(1);
	});
});

describe('Stop', () => {
	it('before the first item sends nothing', async () => {
		const { execution } = stageOf(unnamed);
		const { items, calls } = await execution().run([anna], {
			stop: AbortSignal.abort(),
			continueOnFail: true,
		});
		expect(calls).toEqual([]);
		expect(items[0]).toMatchObject({ outcome: 'rejected', code: 'not_sent' });
		expect(items[0]?.message).toContain('the execution was canceled before it was sent');
	});

	it('while an item is sent leaves it unknown, asks nothing more, and keeps the next ones back', async () => {
		const stop = new AbortController();
		const stage = moneyStage({
			operation: payout,
			respond: ({ line }) => {
				if (line.startsWith('GET')) return { body: NOTHING };
				stop.abort();
				return cut();
			},
		});
		const ran = await stage
			.execution()
			.run([anna, { ...anna, reference: 'p_2' }], { stop: stop.signal, continueOnFail: true });
		expect(linesOf(ran)).toEqual(['GET /payouts/p_1', 'POST /payouts']);
		expect(ran.items).toMatchObject([
			{ outcome: 'unknown', reference: 'p_1' },
			{ outcome: 'unknown', reference: 'p_2', code: 'not_checked' },
		]);
		// n8n saves the memory of an execution that ends with this word.
		for (const { message } of ran.items) expect(message).toContain('the execution was canceled');
	});

	it('at the Retry does not forget that an earlier try sent the item as another request', async () => {
		const { execution, line } = stageOf({ ...payout, lookup: undefined });
		line.isCut = true;
		const first = execution();
		await first.run([anna]);
		const { items } = await first
			.retry()
			.run([{ ...anna, reference: 'p_2' }], { stop: AbortSignal.abort(), continueOnFail: true });
		expect(items[0]).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(items[0]?.message).toContain('this item was sent as `p_1` before, and the execution was canceled');
	});
});

describe('a quote', () => {
	const quoted: Operation = {
		...payout,
		does: {
			quoted: {
				of: { name: 'amount', label: 'Amount' },
				per: { name: 'price', label: 'Price' },
				worst: 'highest',
			},
		},
	};
	const options = { quoteEnds: '2026-11-20T09:00:30Z' };

	it('is accepted while it is valid', async () => {
		const { execution, bank } = stageOf(quoted);
		await execution().run([anna], { options });
		expect(bank.payouts).toHaveLength(1);
	});

	it('that ends while the provider is asked first is not accepted', async () => {
		const bank = exampleBank();
		const stage = moneyStage({
			operation: quoted,
			respond: (call) => {
				if (call.line.startsWith('GET')) stage.time.now += 30_000;
				return bank.respond(call);
			},
		});
		const { items } = await stage.execution().run([anna], { options, continueOnFail: true });
		expect(bank.payouts).toEqual([]);
		expect(items[0]?.message).toContain('its quote ended at 2026-11-20T09:00:30.000Z, so it was not sent');
		expect(items[0]).toMatchObject({ outcome: 'rejected' });
	});
});
