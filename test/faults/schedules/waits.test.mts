import type { IExecuteFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { BridgePay } from '../../../nodes/BridgePay/BridgePay.node.ts';
import { judge } from './oracle.mts';
import { quiet, quietWait } from './quiet.mts';
import type { Schedule } from './schedule.mts';
import { Stage, type Played } from './stage.mts';
import type { Call, Round, Sleep } from './waiting/waited.mts';
import type { PlannedEvent, WaitEventKind, WaitPlan } from './waiting/plan.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(() => stage.close());

const PAY_IN = 'bridgePay invoice.createPayInAndWait';
const PAY_OUT = 'bridgePay invoice.createPayOutAndWait';
const ADDRESS = 'gatePay staticAddress.saveAndWait';
const EVM_ADDRESS = 'gatePay staticAddress.createEvmAndWait';

const minutes = (count: number) => count * 60_000;

const event = (kind: WaitEventKind, more: Partial<PlannedEvent> = {}): PlannedEvent => ({
	kind,
	pause: minutes(1),
	way: 0,
	...more,
});

async function play(
	name: string,
	events: Array<PlannedEvent | WaitEventKind>,
	{ wait = {}, ...change }: Partial<Omit<Schedule, 'wait'>> & { wait?: Partial<WaitPlan> } = {},
) {
	const planned = events.map((one) => (typeof one === 'string' ? event(one) : one));
	const schedule = quiet(name, { items: 1, ...change, wait: quietWait(planned, wait) });
	const played = await stage.play(schedule);
	const booked = stage.booked(schedule.target);
	await stage.reset(schedule);
	const { waited } = played;
	if (!waited) throw new Error(`${name} does not wait`);
	return { played, waited, violations: () => judge(played, booked).violations };
}

const statuses = (calls: Call[]) => calls.map(({ kind, status }) => [kind, status]);

describe.each([PAY_IN, PAY_OUT, ADDRESS, EVM_ADDRESS])('%s', (name) => {
	it.each<[WaitEventKind[], Round['how'], number[]]>([
		[['after'], 'callback', [200]],
		[['twice'], 'callback', [200, 409]],
		[['simultaneous'], 'callback', [200, 500]],
		[['forged'], 'limit', [401]],
		[['other'], 'limit', [200]],
		[['open'], 'limit', [200]],
		[['again'], 'limit', []],
		[['lost'], 'limit', []],
		[['never'], 'limit', []],
		[['killed'], 'limit', []],
		[['forged', 'other', 'killed', 'after', 'again', 'forged'], 'callback', [401, 200, 200, 409, 409]],
	])('sleeps through %j until the %s', async (events, how, answers) => {
		const { waited, violations } = await play(name, events);
		expect(waited.calls.map(({ status }) => status)).toEqual(answers);
		expect(waited.rounds.map((round) => round.how)).toEqual([how]);
		expect(waited.sleeps).toHaveLength(1);
		expect(violations()).toEqual([]);
	});

	it('goes on with a state that can change, where any change is waited for', async () => {
		const { waited, violations } = await play(name, ['open'], { wait: { waitFor: 'change' } });
		expect(waited.rounds).toMatchObject([{ how: 'callback', out: { final: false, timedOut: false } }]);
		expect(violations()).toEqual([]);
		for (const call of waited.calls) call.hasResumed = false;
		expect(violations().join()).toMatch(/acknowledged, and the execution sleeps on/);
	});

	it('wakes once for each item of a loop, in the raw form too', async () => {
		const { waited, violations } = await play(name, ['after'], { items: 3, output: 'raw' });
		expect(waited.rounds.map(({ tag, how }) => [tag, how])).toEqual([
			['t1_1', 'callback'],
			['t1_2', 'callback'],
			['t1_3', 'callback'],
		]);
		expect(violations()).toEqual([]);
	});

	it('survives a callback that comes before it is stored', async () => {
		const { waited, violations } = await play(name, [], { wait: { early: 1, repeats: 1 } });
		expect(statuses(waited.calls)[0]).toEqual(['early', 409]);
		// Where the order can be read, it is final before the execution sleeps. Elsewhere the provider's repetition wakes it.
		const how = name.startsWith('bridgePay') ? 'at once' : 'callback';
		expect(waited.rounds).toMatchObject([{ how, out: { timedOut: false, final: true } }]);
		expect(violations()).toEqual([]);
	});

	it('ends by its time limit where such a callback is not repeated', async () => {
		const { waited, violations } = await play(name, [], { wait: { early: 1 }, checkFirst: false });
		const how = name.startsWith('bridgePay') ? 'at once' : 'limit';
		expect(waited.rounds).toMatchObject([{ how, out: { timedOut: how === 'limit' } }]);
		expect(violations()).toEqual([]);
	});
});

it('a process that has ended takes what its modules remember along', async () => {
	const { inNewProcess } = quiet(PAY_IN).target;
	const node = await inNewProcess();
	expect(node).not.toBeInstanceOf(BridgePay);
	expect(node.description.name).toBe('bridgePay');
	expect(await inNewProcess()).toBe(node);
});

describe('the oracle', () => {
	type Waited = NonNullable<Played['waited']>;
	const call = (change: Partial<Call>, kind: Call['kind'] = 'after') =>
		spoil(({ calls }) => calls.filter((one) => one.kind === kind), change);
	const sleep = (change: Partial<Sleep>) => spoil(({ sleeps }) => sleeps, change);
	const out = (change: object, how: Round['how'] = 'callback') =>
		spoil(({ rounds }) => rounds.filter((one) => one.how === how).map((one) => one.out), change);

	function spoil(some: (waited: Waited) => Array<object | undefined>, change: object) {
		return ({ waited }: Played) => {
			const [first] = waited ? some(waited) : [];
			if (!first) throw new Error('There is nothing to spoil');
			Object.assign(first, change);
		};
	}

	it.each<[string, (played: Played) => void, RegExp]>([
		['a forgery that wakes', call({ hasResumed: true }, 'forged'), /forged callback has resumed/],
		['a forgery that is acknowledged', call({ status: 200 }, 'forged'), /forged callback was answered 200/],
		['another object that wakes', call({ hasResumed: true }, 'other'), /about another object has resumed/],
		['a call that is no news and wakes', call({ isAwaited: false }), /that is no news has resumed/],
		['a call that wakes and is refused', call({ status: 503 }), /has resumed .* and was answered 503/],
		['a call that is acknowledged and lost', call({ hasResumed: false }), /acknowledged, and the exec/],
		[
			'a genuine call that is refused',
			call({ hasResumed: false, status: 401 }),
			/waited for was answered 401/,
		],
		['a wrong time limit', sleep({ until: 1 }), /t1_1 is waited for -?\d+ ms, and not 3600000/],
		['a sleep on what is over', sleep({ isOver: true }), /t1_1 is waited for after its end/],
		['a sleep that nobody is told to end', sleep({ isCalled: false }), /t1_1 .* is announced elsewhere/],
		['a sleep that ends twice', sleep({ wokenBy: ['callback', 'limit'] }), /t1_1 has ended 2 times/],
		['a sleep that never ends', sleep({ wokenBy: [] }), /t1_1 has ended 0 times/],
		['a sleep that is cut short', sleep({ wokenBy: ['limit'], wokenAt: 1 }), /ended before its time/],
		['a state that the books do not have', out({ status: 'cancelled' }), /otherwise than the books/],
		['an amount that the books do not have', out({ amount: '1500.51' }), /otherwise than the books/],
		['another order', out({ id: 'another' }), /otherwise than the books/],
		['another order at the time limit', out({ id: 'another' }, 'limit'), /comes out as another order/],
		['another reference', out({ reference: 't1_2' }), /t1_1 comes out as t1_2/],
		['a state from before the end', out({ final: false }), /otherwise than the books|before its end/],
		['an outcome that is lost', out({ outcome: 'unknown' }), /t1_1 was slept on and is unknown/],
		['a callback that says it timed out', out({ timedOut: true }), /t1_1 says timedOut true/],
		['a time limit that says it did not', out({ timedOut: false }, 'limit'), /t1_2 says timedOut false/],
		[
			'an item of a loop that is lost',
			({ executions: [first] }) => void first?.runs.at(-1)?.rounds?.pop(),
			/1 of 2 items came out of the loop/,
		],
		[
			"a callback's proof in an answer",
			({ waited }) => {
				const [first] = waited?.calls ?? [];
				if (first) first.answer += first.headers['x-notification-token'];
			},
			/a secret of \d+ characters is seen/,
		],
	])('sees %s', async (_what, change, violation) => {
		const wait = { sleeps: [[event('forged'), event('other'), event('after')], []] };
		const { played, violations } = await play(PAY_IN, [], { items: 2, wait });
		expect(violations()).toEqual([]);
		change(played);
		expect(violations().join('\n')).toMatch(violation);
	});

	it('sees an order that comes out before its end', async () => {
		const { played, violations } = await play(ADDRESS, ['open'], { wait: { waitFor: 'change' } });
		expect(violations()).toEqual([]);
		if (played.schedule.wait) played.schedule.wait.waitFor = 'final';
		expect(violations()).toEqual(['t1_1 comes out before its end']);
	});

	it('sees an order that is not slept on although nothing has changed', async () => {
		const wait = { waitFor: 'change' as const, early: 1 };
		const { waited, violations } = await play(PAY_IN, [], { wait });
		expect(violations()).toEqual([]);
		for (const { states } of waited.rounds[0]?.truths ?? [])
			for (const state of states) state.isFinal = false;
		expect(violations()).toEqual(['t1_1 comes out before its end']);
	});

	it("sees a callback's signature in the saved execution", async () => {
		const { played, waited, violations } = await play(ADDRESS, ['after']);
		expect(violations()).toEqual([]);
		const [run] = played.executions[0]?.runs ?? [];
		if (run) run.saved += waited.calls[0]?.headers['x-gatepay-signature'];
		expect(violations().join()).toMatch(/a secret of 128 characters is seen/);
	});
});

describe('a node with a mistake is found by its schedule', () => {
	const playWith = async (Node: typeof BridgePay, events: WaitEventKind[], items = 1) => {
		const { target: whole } = quiet(PAY_IN);
		const parts = { ...whole.parts, node: new Node() };
		const target = { ...whole, parts, inNewProcess: async () => new Node() };
		const { violations } = await play(PAY_IN, events, { target, items });
		return violations().join('\n');
	};

	/** A node that believes every call. */
	class Credulous extends BridgePay {
		override async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
			const { invoice } = this.getBodyData();
			const paid = { outcome: 'applied', status: 'succeeded', final: true, timedOut: false };
			const json = { ...paid, ...(typeof invoice === 'object' && invoice), reference: 't1_1' };
			return { webhookResponse: {}, workflowData: [[{ json }]] };
		}
	}

	/** A node that acknowledges every call and goes on with none. */
	class Deaf extends BridgePay {
		override async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
			return { webhookResponse: {} };
		}
	}

	/** A node that knows what it waits for only in this process. */
	class Forgetful extends BridgePay {
		constructor() {
			super();
			const { execute, webhook } = this;
			let isWaiting = false;
			this.execute = async function (this: IExecuteFunctions) {
				isWaiting = true;
				return await execute.call(this);
			};
			this.webhook = async function (this: IWebhookFunctions) {
				if (isWaiting) return await webhook.call(this);
				this.getResponseObject().status(404).json({}).end();
				return { noWebhookResponse: true };
			};
		}
	}

	it('that believes everybody', async () => {
		expect(await playWith(Credulous, ['forged'])).toMatch(/a forged callback has resumed/);
		expect(await playWith(Credulous, ['other'])).toMatch(/about another object has resumed/);
		expect(await playWith(Credulous, ['open'])).toMatch(/otherwise than the books have it/);
	});

	it('that loses what it acknowledges', async () => {
		expect(await playWith(Deaf, ['after'])).toMatch(/acknowledged, and the execution sleeps on/);
	});

	it('that keeps what it waits for to itself', async () => {
		expect(await playWith(Forgetful, ['after'])).toBe('');
		expect(await playWith(Forgetful, ['killed', 'after'])).toMatch(/was answered 404/);
	});
});
