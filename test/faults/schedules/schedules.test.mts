import { FAULT_KINDS } from '../../../sandbox/index.mts';
import { missingCases, targets } from './cases/index.mts';
import { claimsOf } from './claims.mts';
import { isKept } from './evidence.mts';
import { judge } from './oracle.mts';
import { quiet } from './quiet.mts';
import { SEEDS_FOR_ALL, scheduleOf, WAITS_EVERY, type Schedule } from './schedule.mts';
import { Stage, type Played } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(() => stage.close());

async function play(schedule: Schedule): Promise<Played> {
	const played = await stage.play(schedule);
	booked = stage.booked(schedule.target);
	await stage.reset(schedule);
	return played;
}

let booked = new Map<string, number>();

describe('the cases', () => {
	it('are there for every write and money operation of the package', () => {
		expect(missingCases()).toEqual([]);
	});

	it.each(targets.map(({ provider, operation }) => `${provider} ${operation}`))(
		'%s is applied once per item when nothing happens',
		async (name) => {
			const schedule = quiet(name);
			const played = await play(schedule);
			const { violations, outcomes } = judge(played, booked);
			expect(played.executions[0]?.runs[0]?.error).toBeUndefined();
			expect([violations, outcomes]).toEqual([[], ['applied', 'applied']]);
		},
	);
});

describe('a seed', () => {
	it('is one schedule, and so many in a row meet every operation with every fault', () => {
		const pairs = new Set<string>();
		for (let seed = 5000; seed < 5000 + SEEDS_FOR_ALL; seed += 1) {
			const { target, faults } = scheduleOf(seed);
			pairs.add(`${target.provider} ${target.operation} ${faults[0]?.kind}`);
			expect(scheduleOf(seed)).toEqual(scheduleOf(seed));
		}
		expect(pairs.size).toBe(targets.length * FAULT_KINDS.length);
	});

	it('plays the same again, whatever was played before', async () => {
		const seeds = [
			...Array.from({ length: 40 }, (_, index) => 3000 + index * 7),
			// In these schedules executions sleep.
			...Array.from({ length: 10 }, (_, index) => (200 + index * 3) * WAITS_EVERY),
		];
		const forth = [];
		for (const seed of seeds) forth.push(traceOf(await play(scheduleOf(seed))));
		const back = [];
		for (const seed of seeds.toReversed()) back.unshift(traceOf(await play(scheduleOf(seed))));
		expect(back).toEqual(forth);
	});
});

/** The requests with their times and answers, and what the items say, without the values that the sandbox makes up. */
function traceOf({ schedule, executions, lost, waited }: Played) {
	return {
		seed: schedule.seed,
		lost,
		calls: waited?.calls.map(({ kind, status, hasResumed }) => [kind, status, hasResumed]),
		sleeps: waited?.sleeps.map(({ tag, fellAsleep, wokenBy, wokenAt }) => [
			tag,
			fellAsleep,
			wokenBy,
			wokenAt,
		]),
		executions: executions.map(({ requests, runs, attempts }) => ({
			attempts,
			requests: requests.map(({ at, operation, fault, verdict }) => [at, operation, fault, verdict.kind]),
			runs: runs.map((run) => [
				claimsOf(run, schedule.items).claims.map(({ item, outcome, replayed }) => [item, outcome, replayed]),
				run.error?.name,
			]),
		})),
	};
}

describe('the oracle', () => {
	const good = () => play(quiet('gatePay payout.create'));

	it.each<[string, (played: Played) => void, RegExp]>([
		[
			'a second send after one that was applied',
			({ requests, executions: [first] }) => {
				const [send] = requests.filter(({ operation }) => operation === 'createPayoutBatch');
				if (send && first) first.requests.push({ ...send });
			},
			/was sent again after accepted|was applied twice/,
		],
		[
			'a second send after a doubtful answer',
			({ executions: [first] }) => {
				const [send] = first?.requests.filter(({ operation }) => operation === 'createPayoutBatch') ?? [];
				const lost = { fault: 'reset-before-reading' as const, verdict: { kind: 'unread' as const } };
				if (send && first) first.requests.unshift({ ...send, ...lost });
			},
			/was sent again after reset-before-reading/,
		],
		[
			'an item that says applied, and is not in the books',
			({ requests, executions: [first] }) => {
				for (const request of [...requests, ...(first?.requests ?? [])])
					request.verdict = { kind: 'refused' };
			},
			/is said to be applied, and is not/,
		],
		['an item that says rejected, and was applied', said({ outcome: 'rejected' }), /said to be rejected/],
		['an outcome that is none of the three', said({ outcome: 'perhaps' }), /the outcome "perhaps"/],
		['a top-level error', said({ error: '' }), /a top-level error/],
		[
			'a message of somebody else',
			said({ outcome: 'unknown', message: 'Request failed with status code 504' }),
			/foreign message/,
		],
		[
			'an item that is lost',
			({ executions: [first] }) => void first?.runs[0]?.items.pop(),
			/1 of 2 items came out/,
		],
		[
			'a bare exception',
			({ executions: [first] }) => {
				const [run] = first?.runs ?? [];
				if (run) run.error = { name: 'TypeError', message: 'x is not a function' };
			},
			/a bare exception: TypeError/,
		],
		[
			'a secret in the saved execution, in another spelling',
			(played) => {
				const [run] = played.executions[0]?.runs ?? [];
				const secret = Buffer.from(played.secrets[0] ?? '', 'utf8').toString('hex');
				if (run) run.saved += ` ${secret} `;
			},
			/a secret of \d+ characters is seen/,
		],
		[
			'a signature in the saved execution',
			(played) => {
				const [run] = played.executions[0]?.runs ?? [];
				if (run) run.saved += played.requests[0]?.headers['x-gatepay-signature'];
			},
			/a secret of 128 characters is seen/,
		],
		['a line on the console', (played) => void (played.log = 'warning'), /the console says warning/],
		['a redirect that was followed', (played) => void (played.strays = 1), /followed a redirect/],
		[
			'a rejection that nobody handles',
			(played) => void played.unhandled.push(new Error('x')),
			/nobody handled/,
		],
	])('sees %s', async (_what, spoil, violation) => {
		const played = await good();
		expect(judge(played, booked).violations).toEqual([]);
		spoil(played);
		expect(judge(played, booked).violations.join('\n')).toMatch(violation);
	});

	it('sees books that have a reference twice', async () => {
		const played = await good();
		booked.set('t1_1', 2);
		expect(judge(played, booked).violations).toEqual(['t1_1 was applied 2 times']);
	});
});

/** Changes what the first item says. */
function said(change: Record<string, string>): (played: Played) => void {
	return ({ executions: [first] }) => {
		const [item] = first?.runs[0]?.items ?? [];
		if (item) Object.assign(item.json, change);
	};
}

describe('a new execution that remembers nothing, with the same reference', () => {
	const paying = targets.filter(({ row }) => row.effect === 'money' && !row.custom);

	it.each(
		paying.map((target): [string, typeof target] => [`${target.provider} ${target.operation}`, target]),
	)('is kept by somebody from paying again: %s', (name) =>
		expect(isKept({ schedule: quiet(name, { checkFirst: true }) })).toBe(true),
	);

	const remembered = paying.filter(({ row }) => row.once?.remembered);
	it.each(remembered.map(({ provider, operation }) => `${provider} ${operation}`))(
		'sends nothing that n8n remembers: %s',
		async (name) => {
			const schedule = quiet(name, { anew: true });
			const played = await play(schedule);
			const [first, second] = played.executions.map(({ requests }) => requests);
			const sends = (requests = first) =>
				requests?.filter(({ operation }) => operation === schedule.target.endpoint).length;
			expect(sends()).toBe(schedule.target.isPacked ? 1 : schedule.items);
			expect(sends(second)).toBe(0);
			expect(judge(played, booked).violations).toEqual([]);
		},
	);
});

describe('a refusal that repeats the secret it was called with', () => {
	it.each(['gatePay payout.createBatchTransfer', 'bridgePay invoice.cancel', 'payPlay refund.create'])(
		'is saved without it: %s',
		async (name) => {
			const echo = { oddity: { kind: 'echo' as const }, checkFirst: false, anew: true };
			const { target } = quiet(name);
			const repeating = target.row.once?.remembered ? { ...target, options: { allowRepeats: true } } : target;
			const played = await play(
				quiet(name, { ...echo, target: repeating, onError: 'continueRegularOutput' }),
			);
			expect(played.executions[1]?.requests.map(({ verdict }) => verdict.kind)).toContain('refused');
			expect(judge(played, booked).violations).toEqual([]);
		},
	);
});

describe('time', () => {
	const fault = (seconds: number) => ({
		kind: 'timeout-after-applying' as const,
		on: 'send' as const,
		seconds,
	});

	it('passes while an answer is held back, and only then', async () => {
		const played = await play(quiet('payPlay withdrawal.create', { items: 1, faults: [fault(3600)] }));
		expect(stage.time.expired).toBe(0);
		const [send] = played.requests;
		expect(played.requests).toHaveLength(1);
		// The node gave up after its 60 s. Nothing else took time.
		const message = played.executions[0]?.runs[0]?.error?.message;
		expect(message).toContain('no whole answer came in time');
		expect(stage.time.now - (send?.at ?? 0)).toBe(60_000);
	});

	it('is not moved by an answer that nobody waits for any longer', async () => {
		const faults = [{ kind: 'slow-drip' as const, on: 'send' as const, seconds: 5 }];
		const played = await play(quiet('gatePay payout.create', { faults }));
		const first = played.requests.find(({ operation }) => operation === 'createPayoutBatch');
		// The deadline is 60 s, and a second passes before the lookup.
		expect(stage.time.now - (first?.at ?? 0)).toBe(61_000);
	});

	it('stands still for a request while another worker runs', async () => {
		const race = { nth: 1, when: 'before' as const };
		const faults = [{ kind: 'bad-gateway' as const, on: 'lookup' as const, times: 40 }];
		const played = await play(quiet('gatePay payout.create', { items: 1, race, checkFirst: false, faults }));
		const [first, second] = played.executions;
		expect([first?.runs.length, second?.runs.length]).toEqual([1, 1]);
		expect(judge(played, booked)).toEqual({ violations: [], outcomes: ['applied', 'applied'] });
	});

	it('cuts the connection where the provider gives up first', async () => {
		const played = await play(quiet('payPlay withdrawal.create', { items: 1, faults: [fault(20)] }));
		expect(played.executions[0]?.runs[0]?.error?.message).toContain('the connection was cut');
		expect(stage.time.now - (played.requests[0]?.at ?? 0)).toBe(20_000);
	});
});
