import type { IDataObject } from 'n8n-workflow';
import { WAIT } from '../../../../core/events/wait.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, NOTHING, type Call, type Reply } from '../../examplePay.mts';
import {
	cut,
	linesOf,
	moneyStage,
	RESUME_URL,
	sendsIn,
	unreachable,
	type Setting,
} from '../../moneyStage.mts';
import { addressAndWait, payoutAndWait } from './exampleCallback.mts';

afterEach(() => jest.restoreAllMocks());

const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };
const MINUTE_MS = 60_000;

/** What the provider answers to a read after the payout is made. Before that, it has nothing. */
type Later = (call: Call, bank: ReturnType<typeof exampleBank>) => Reply;

function stageOf(later: Later = (call, bank) => bank.respond(call), operation: Operation = payoutAndWait) {
	const bank = exampleBank();
	const respond = (call: Call): Reply =>
		call.line.startsWith('GET') && bank.payouts.length > 0 ? later(call, bank) : bank.respond(call);
	const stage = moneyStage({ operation, respond });
	/** One run of a new execution. */
	const once = (setting: Setting = {}) => stage.execution().run([anna], setting);
	return { ...stage, bank, once };
}

/** The payout as the provider shows it later. */
const shown =
	(change: IDataObject): Later =>
	(_call, { payouts }) => ({ body: { data: { ...payouts[0], ...change } as never } });

describe('an execution sleeps', () => {
	it('until the provider calls, at most for the time that the user sets', async () => {
		const { once, time } = stageOf();
		const { sleep } = await once({ fields: { maximumWait: 2, maximumWaitUnit: 'hours' } });
		expect(sleep?.until.getTime()).toBe(time.now + 120 * MINUTE_MS);
	});

	it('after the provider has got the URL that wakes it', async () => {
		const { once, bank } = stageOf();
		await once();
		const path = RESUME_URL.replace('?', '/cb?');
		expect(bank.payouts).toMatchObject([{ reference: 'p_1', callbackUrl: path }]);
	});

	it('and goes on at the time limit with the payout, which was made', async () => {
		const { once } = stageOf();
		const { sleep } = await once();
		expect(sleep?.atTheLimit).toMatchObject({
			outcome: 'applied',
			reference: 'p_1',
			id: '1000',
			status: 'pending',
			timedOut: true,
		});
	});

	it('though the read before it got no answer', async () => {
		const { once } = stageOf(() => unreachable());
		expect((await once()).sleep).toBeDefined();
	});

	it('though the read before it shows another payout that is final', async () => {
		const { once } = stageOf(shown({ id: '2000', status: 'DONE' }));
		expect((await once()).sleep?.atTheLimit).toMatchObject({ id: '1000', status: 'pending' });
	});

	it('though the provider does not find the payout yet', async () => {
		const { once } = stageOf(() => ({ body: NOTHING }));
		expect((await once()).sleep).toBeDefined();
	});

	it('again at the Retry of the execution that made the payout, and makes none', async () => {
		const { execution, bank } = stageOf();
		const first = execution();
		await first.run([anna]);
		const again = await first.run([anna]);
		expect(again.sleep).toBeDefined();
		expect(bank.payouts).toHaveLength(1);
	});

	it('and remembers which payout it waits for, and the state in which it was made', async () => {
		const { execution } = stageOf();
		const first = execution();
		await first.run([anna]);
		expect(first.context[WAIT]).toMatchObject({
			about: { id: '1000' },
			until: 'final',
			known: [expect.stringMatching(/^examplePay-[0-9a-f]{32}$/)],
			head: { outcome: 'applied', reference: 'p_1' },
		});
	});

	it('and in a loop remembers what woke it before', async () => {
		const { execution } = stageOf();
		const { run, context } = execution();
		await run([anna]);
		const next = { ...anna, reference: 'p_2' };
		await run([next], { runIndex: 1, wokenBy: ['examplePay-paid'] });
		expect(context[WAIT]).toMatchObject({ about: { id: '1001' } });
		expect(JSON.stringify(context[WAIT])).toContain('examplePay-paid');
	});
});

describe('an execution goes on at once', () => {
	it('where the payout is final already', async () => {
		const { once } = stageOf(shown({ status: 'DONE' }));
		const { items, sleep } = await once();
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'applied', status: 'succeeded', timedOut: false }]);
	});

	it('where any change is waited for and has come already', async () => {
		const { once } = stageOf(shown({ status: 'HELD' }));
		const { items, sleep } = await once({ fields: { waitFor: 'change' } });
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ status: 'unknown', timedOut: false }]);
	});

	it('where the user sets no time', async () => {
		const { once } = stageOf();
		const { items, sleep } = await once({ fields: { maximumWait: 0 } });
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'applied', timedOut: true }]);
	});

	it('where a person has pressed Stop', async () => {
		const stop = new AbortController();
		const { once } = stageOf((call, bank) => {
			stop.abort();
			return bank.respond(call);
		});
		const { items, sleep } = await once({ stop: stop.signal });
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'applied', timedOut: true }]);
	});

	it('where another execution has made the payout: the provider calls that one', async () => {
		const { once, bank } = stageOf();
		await once();
		const { items, sleep } = await once();
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'applied', replayed: true, timedOut: true }]);
		expect(bank.payouts).toHaveLength(1);
	});

	it('in a Retry that n8n makes a new execution of: the provider calls the first one', async () => {
		const { execution } = stageOf();
		const first = execution();
		await first.run([anna]);
		const { items, sleep } = await first.retry().run([anna]);
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'applied', timedOut: true }]);
	});
});

describe('an execution does not sleep on', () => {
	it('a payout that was refused', async () => {
		const stage = moneyStage({
			operation: payoutAndWait,
			respond: ({ line }) => ({ body: line.startsWith('GET') ? NOTHING : { code: 'LOW' } }),
		});
		const { items, sleep } = await stage.execution().run([anna], { continueOnFail: true });
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'rejected' }]);
	});

	it('a payout of which nobody knows whether it was made', async () => {
		const stage = moneyStage({
			operation: payoutAndWait,
			respond: ({ line }) => (line.startsWith('GET') ? { body: NOTHING } : cut()),
		});
		const { items, sleep } = await stage.execution().run([anna], { options: { whenUnknown: 'continue' } });
		expect(sleep).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'unknown' }]);
	});

	it('a preview, which shows nobody how to wake it', async () => {
		const { once } = stageOf();
		const ran = await once({ options: { preview: true } });
		expect([ran.sleep, sendsIn(ran)]).toEqual([undefined, 0]);
		expect(ran.items[0]?.body).toContain("[this execution's URL]");
		expect(JSON.stringify(ran.items)).not.toContain('signature=');
	});
});

describe('nothing is sent', () => {
	it('for two items, because an execution sleeps on one payout only', async () => {
		const { execution } = stageOf();
		const { calls, error } = await execution().run([anna, { ...anna, reference: 'p_2' }]);
		expect(calls).toEqual([]);
		expect(error?.message).toContain('takes one item at a time and got 2');
		expect(error?.nextStep).toContain('Loop Over Items');
	});

	it('for an AI agent, whose tool cannot sleep', async () => {
		const { once } = stageOf();
		const { calls, error } = await once({ asTool: true });
		expect(calls).toEqual([]);
		// A model reads the message only.
		expect(error?.message).toContain('which a tool of an AI agent cannot do');
	});

	it('for a wait that is no number', async () => {
		const { once } = stageOf();
		const { calls, error } = await once({ fields: { maximumWait: ' ' } });
		expect(calls).toEqual([]);
		expect(error?.message).toContain('Maximum Wait must be a number');
	});
});

describe('an approval', () => {
	it('of a preview counts in every execution, though each has a URL of its own', async () => {
		const { once, bank } = stageOf();
		const { items } = await once({ options: { preview: true } });
		await once({ options: { approvalHash: items[0]?.approvalHash } });
		expect(bank.payouts).toHaveLength(1);
	});
});

describe('an address that outlives the execution', () => {
	const save = () => stageOf(undefined, addressAndWait);

	it('is waited for with payments that are newer than the beginning, also after a Retry', async () => {
		const { execution, time } = save();
		const first = execution();
		const begun = time.now;
		await first.run([anna]);
		time.now += 5 * MINUTE_MS;
		await first.run([anna]);
		expect(first.context[WAIT]).toMatchObject({ kinds: ['addressPayment'], since: begun });
	});

	it('is not read again, because it is never final', async () => {
		const { execution } = save();
		expect(linesOf(await execution().run([anna]))).toEqual(['POST /payouts']);
	});
});
