import { breathing } from '../../../core/clock.ts';

/** A clock that a test moves, and how often the work paused. */
function stage() {
	const seen = { now: 1_000, pauses: 0 };
	const breathe = breathing(
		() => seen.now,
		async () => {
			seen.pauses += 1;
			seen.now += 5;
		},
	);
	return { seen, breathe };
}

it('does not pause work that has just begun', async () => {
	const { seen, breathe } = stage();
	for (let item = 0; item < 19; item += 1, seen.now += 1) await breathe();
	expect(seen.pauses).toBe(0);
});

it('pauses after 20 ms of work, and counts anew after the pause', async () => {
	const { seen, breathe } = stage();
	for (let item = 0; item < 100; item += 1, seen.now += 1) await breathe();
	expect(seen.pauses).toBe(4);
});

it('lets others in within a run that never waits by itself', async () => {
	let others = 0;
	const beat = setInterval(() => (others += 1), 1);
	const breathe = breathing();
	const until = Date.now() + 150;
	while (Date.now() < until) await breathe();
	clearInterval(beat);
	expect(others).toBeGreaterThan(0);
});
