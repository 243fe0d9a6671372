import { isObject, type Json } from '../../../../core/exact/json.ts';
import { inLane } from '../../../../core/wire/lane.ts';
import type { Reading } from '../../../../core/wire/reading.ts';
import { slots } from '../../../../core/wire/slots.ts';
import { ABSENCE_MS, waitUntilFinal } from '../../../../core/reads/waiting.ts';
import { simulatedTime, type SimulatedTime } from '../../../simulatedTime.mts';

const MINUTE_MS = 60_000;
const isFinal = (data: Json) => isObject(data) && data.final === true;
const seen = (status: string, final = false): Reading => ({ state: 'read', data: { status, final } });
const cut: Reading = { state: 'unclear', reason: 'the connection was cut' };
const absent: Reading = { state: 'refused', reason: 'no such order', code: '404', meaning: 'absent' };
const unsigned: Reading = { state: 'refused', reason: 'bad signature', code: '401' };

/** Waits for one payment. `show` says how the server shows it at each time, in milliseconds from the beginning. */
async function wait(
	show: (passed: number) => Reading,
	limit: number,
	time: SimulatedTime = simulatedTime(),
	stop: AbortSignal = new AbortController().signal,
) {
	const asked: number[] = [];
	const ask = () => {
		asked.push(time.passed());
		return Promise.resolve(show(time.passed()));
	};
	const limits = { deadline: time.now() + limit, stop };
	return { waited: await waitUntilFinal(ask, isFinal, limits, time), asked };
}

it('returns what is final at once, and never asks for it again', async () => {
	const { waited, asked } = await wait(() => seen('done', true), MINUTE_MS);
	expect(waited).toEqual({ state: 'final', data: { status: 'done', final: true } });
	expect(asked).toEqual([0]);
});

it('asks with growing waits of 2 to 30 s until the state is final', async () => {
	const { waited, asked } = await wait((passed) => seen('x', passed >= 3 * MINUTE_MS), 10 * MINUTE_MS);
	expect(waited).toMatchObject({ state: 'final' });
	const waits = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
	expect(waits.slice(0, 3)).toEqual([2000, 3000, 4500]);
	expect(Math.max(...waits)).toBe(30_000);
	expect(asked.at(-1)).toBeLessThan(3.5 * MINUTE_MS);
});

it('waits up to a quarter less by chance, so that many do not ask at the same time', async () => {
	const time = { ...simulatedTime(), random: () => 1 };
	const { asked } = await wait(() => seen('x'), 10_000, time);
	expect(asked.slice(0, 3)).toEqual([0, 1500, 3750]);
});

it('asks once more at the limit and then says that the time is over, with the last record', async () => {
	const { waited, asked } = await wait((passed) => seen(`at ${passed}`), MINUTE_MS);
	expect(asked.at(-1)).toBe(MINUTE_MS);
	expect(waited).toEqual({ state: 'timed-out', data: { status: 'at 60000', final: false } });
});

it('asks exactly once when there is no time', async () => {
	const { waited, asked } = await wait(() => seen('new'), 0);
	expect(asked).toEqual([0]);
	expect(waited).toMatchObject({ state: 'timed-out', data: { status: 'new' } });
});

describe('an ask without an answer', () => {
	it('changes nothing: the wait goes on', async () => {
		const { waited } = await wait(
			(passed) => (passed === 0 ? seen('new') : passed < 50_000 ? cut : seen('done', true)),
			5 * MINUTE_MS,
		);
		expect(waited).toMatchObject({ state: 'final' });
	});

	it('at the end leaves the last record that was seen, and says why there is no newer one', async () => {
		const { waited } = await wait((passed) => (passed === 0 ? seen('new') : cut), MINUTE_MS);
		expect(waited).toEqual({ state: 'timed-out', data: { status: 'new', final: false }, silence: cut });
	});

	it('from the beginning to the end leaves nothing but the reason', async () => {
		const { waited, asked } = await wait(() => cut, MINUTE_MS);
		expect(waited).toEqual({ state: 'timed-out', silence: cut });
		expect(asked.length).toBeGreaterThan(4);
	});

	it('ends the wait where a person has to do something first', async () => {
		const login: Reading = { state: 'unclear', reason: 'login refused', nextStep: 'Check the key' };
		const { waited, asked } = await wait(() => login, MINUTE_MS);
		expect(waited).toEqual({ state: 'refused', reading: login });
		expect(asked).toEqual([0]);
	});
});

describe('what is not found', () => {
	it('is asked for again: a new order may take a moment', async () => {
		const { waited } = await wait((passed) => (passed < 12_000 ? absent : seen('done', true)), 5 * MINUTE_MS);
		expect(waited).toMatchObject({ state: 'final' });
	});

	it('is refused after half a minute', async () => {
		const { waited, asked } = await wait(() => absent, 5 * MINUTE_MS);
		expect(waited).toEqual({ state: 'refused', reading: absent });
		expect(asked.at(-1)).toBe(ABSENCE_MS);
	});

	it('is refused at the limit when that comes first', async () => {
		const { waited, asked } = await wait(() => absent, 10_000);
		expect(waited).toEqual({ state: 'refused', reading: absent });
		expect(asked.at(-1)).toBe(10_000);
	});

	it('has its half a minute anew after it was seen', async () => {
		const isGone = (passed: number) => passed > 5 * MINUTE_MS && passed < 5.4 * MINUTE_MS;
		const { waited } = await wait(
			(passed) => (isGone(passed) ? absent : seen('x', passed > 6 * MINUTE_MS)),
			10 * MINUTE_MS,
		);
		expect(waited).toMatchObject({ state: 'final' });
	});
});

it.each([unsigned, { ...unsigned, meaning: 'stale' }])(
	'a refusal for signature, permission or age says nothing of the payment and ends the wait: $meaning',
	async (reading) => {
		const { waited, asked } = await wait((passed) => (passed === 0 ? seen('new') : reading), MINUTE_MS);
		expect(waited).toEqual({ state: 'refused', reading });
		expect(asked).toHaveLength(2);
	},
);

it('stops within a wait when the execution is cancelled', async () => {
	const time = simulatedTime();
	const stop = new AbortController();
	time.after(20_000, () => stop.abort());
	const { waited, asked } = await wait(() => seen('x'), 60 * MINUTE_MS, time, stop.signal);
	expect(waited).toEqual({ state: 'stopped' });
	expect(asked.at(-1)).toBeLessThan(20_000);
});

it('does not ask at all when it was cancelled before', async () => {
	const { waited, asked } = await wait(() => cut, MINUTE_MS, simulatedTime(), AbortSignal.abort());
	expect([waited, asked]).toEqual([{ state: 'stopped' }, []]);
});

describe('a hundred payments', () => {
	const numbers = Array.from({ length: 100 }, (_one, index) => index + 1);
	let lanes = 0;

	/** Waits for a hundred payments at once, in a lane of four requests a second. Resolves to the reads and the results. */
	async function waitForHundred(limit: number, finalAt: (number: number) => number) {
		const time = simulatedTime();
		const lane = { key: `hundred ${(lanes += 1)}`, limits: [{ requests: 4, milliseconds: 1000 }] };
		const inSlot = slots(4);
		const stop = new AbortController().signal;
		const reads: Array<{ number: number; at: number }> = [];
		const one = async (number: number) => {
			const read = async () => {
				reads.push({ number, at: time.passed() });
				await time.sleep(50);
				return seen(`payment ${number}`, time.passed() >= finalAt(number));
			};
			const ask = () => inSlot(() => inLane(lane, time, read));
			return await waitUntilFinal(ask, isFinal, { deadline: time.now() + limit, stop }, time);
		};
		return { waited: await Promise.all(numbers.map(one)), reads, time };
	}

	it('wait side by side and come out in their order, each when it is final', async () => {
		const { waited, reads } = await waitForHundred(10 * MINUTE_MS, (number) => (101 - number) * 1000);
		expect(waited).toEqual(
			numbers.map((number) => ({ state: 'final', data: { status: `payment ${number}`, final: true } })),
		);
		// The first round of 100 reads asks for each payment. No payment waits for the one before it.
		expect(new Set(reads.slice(0, 100).map(({ number }) => number)).size).toBe(100);
		expect(reads[99]?.at).toBeLessThan(25_000);
		expect(reads.length).toBeLessThan(600);
	});

	it('share the rate limit', async () => {
		const { reads } = await waitForHundred(10 * MINUTE_MS, (number) => number * 1000);
		expect(reads.filter(({ at }, index) => at - (reads[index - 4]?.at ?? -1000) < 1000)).toEqual([]);
	});

	it('are over together when none is ever final', async () => {
		const { waited, time } = await waitForHundred(MINUTE_MS, () => Infinity);
		expect(waited.filter(({ state }) => state === 'timed-out')).toHaveLength(100);
		// It takes the limit and one round of reads in the lane. One after another, the waits would take 100 minutes.
		expect(time.passed()).toBeLessThan(MINUTE_MS + 60_000);
	});
});

describe('slots', () => {
	it('run so many at once, the others in order, and are free again after a throw', async () => {
		const inSlot = slots(2);
		const log: string[] = [];
		let under = 0;
		const work = (name: string) => async () => {
			under += 1;
			log.push(`${name} of ${under}`);
			await new Promise((resolve) => setImmediate(resolve));
			under -= 1;
			if (name === 'a') throw new Error(name);
			return name;
		};
		const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((name) => inSlot(work(name))));
		expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
		expect(log.map((line) => line[0]).join('')).toBe('abcde');
		expect(log.filter((line) => / [3-9]$/.test(line))).toEqual([]);
		expect(await inSlot(() => Promise.resolve(7))).toBe(7);
	});
});
