import { inLane } from '../../../../core/wire/lane.ts';
import { type Lane } from '../../../../core/provider/provider.ts';

/** A clock that moves only while somebody sleeps. */
function stillClock() {
	let time = 1_000_000;
	const waits: number[] = [];
	return {
		waits,
		now: () => time,
		sleep: (wait: number) => {
			waits.push(wait);
			time += wait;
			return Promise.resolve();
		},
	};
}

let lanes = 0;
const lane = (more: Partial<Lane>): Lane => ({ key: `test ${(lanes += 1)}`, ...more });

it('lets requests through without a lane', async () => {
	expect(await inLane(undefined, stillClock(), () => Promise.resolve(7))).toBe(7);
});

it('runs one by one, in order, even when one fails', async () => {
	const own = lane({ oneByOne: true });
	const log: string[] = [];
	const request = (name: string, fails = false) =>
		inLane(own, stillClock(), async () => {
			log.push(`${name} begins`);
			await new Promise((resolve) => setImmediate(resolve));
			log.push(`${name} ends`);
			if (fails) throw new Error(name);
		});
	const results = await Promise.allSettled([request('a', true), request('b'), request('c')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
	expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('keeps to every limit', async () => {
	const own = lane({
		limits: [
			{ requests: 2, milliseconds: 1000 },
			{ requests: 4, milliseconds: 10_000 },
		],
	});
	const clock = stillClock();
	const starts: number[] = [];
	await Promise.all(
		Array.from({ length: 6 }, () =>
			inLane(own, clock, () => Promise.resolve(starts.push(clock.now() - 1_000_000))),
		),
	);
	expect(starts).toEqual([0, 0, 1000, 1000, 10_000, 10_000]);
	expect(clock.waits).toEqual([1000, 9000]);
});

it('does not mix two accounts', async () => {
	const clock = stillClock();
	const limits = [{ requests: 1, milliseconds: 1000 }];
	await Promise.all([
		inLane(lane({ limits }), clock, () => Promise.resolve()),
		inLane(lane({ limits }), clock, () => Promise.resolve()),
	]);
	expect(clock.waits).toEqual([]);
});

it('does not wait for a time that the clock was set back from', async () => {
	const own = lane({ limits: [{ requests: 2, milliseconds: 1000 }] });
	const clock = stillClock();
	const late = { ...clock, now: () => clock.now() - 3_600_000 };
	const starts: number[] = [];
	for (const now of [clock, clock, late, late, late, late])
		await inLane(own, now, () => Promise.resolve(starts.push(now.now())));
	expect(clock.waits.every((wait) => wait <= 1000)).toBe(true);
	const [, , ...after] = starts.map((start) => start - (starts[2] ?? 0));
	expect(after).toEqual([0, 0, 1000, 1000]);
});

describe('a request that is stopped', () => {
	const soon = () => new Promise((resolve) => setImmediate(resolve));

	it('does not wait for its turn, and those behind it still wait for the one before', async () => {
		const own = lane({ oneByOne: true });
		const log: string[] = [];
		let endFirst: () => void = () => undefined;
		const first = inLane(own, stillClock(), () => new Promise<void>((resolve) => (endFirst = resolve)));
		const stop = new AbortController();
		const second = inLane(own, stillClock(), async () => void log.push('second'), stop.signal);
		const third = inLane(own, stillClock(), async () => void log.push('third'));
		await soon();
		stop.abort();
		await second;
		await soon();
		expect(log).toEqual(['second']);
		endFirst();
		await Promise.all([first, third]);
		expect(log).toEqual(['second', 'third']);
	});

	it('does not wait for the limit, and does not count', async () => {
		const own = lane({ limits: [{ requests: 1, milliseconds: 500 }] });
		const clock = stillClock();
		const send = () => Promise.resolve();
		await inLane(own, clock, send);
		const stop = new AbortController();
		stop.abort();
		await inLane(own, clock, send, stop.signal);
		expect(clock.waits).toEqual([]);
		await inLane(own, clock, send);
		expect(clock.waits).toEqual([500]);
	});

	it('ends its wait for the limit', async () => {
		const own = lane({ limits: [{ requests: 1, milliseconds: 500 }] });
		const stop = new AbortController();
		const signals: unknown[] = [];
		const clock = {
			now: () => 0,
			sleep: (_wait: number, signal?: AbortSignal) => {
				signals.push(signal);
				return Promise.resolve();
			},
		};
		await inLane(own, clock, () => Promise.resolve());
		await inLane(own, clock, () => Promise.resolve(), stop.signal);
		expect(signals).toEqual([stop.signal]);
	});
});
