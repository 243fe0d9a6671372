import { inPace, type RateSign } from '../../../../core/wire/pace.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

let accounts = 0;

/** A provider whose answers come when the test says so. Each stage is an account of its own. */
function stage(mostAtOnce = 32) {
	accounts += 1;
	const account = `example https://api.example ${accounts}`;
	const time = { now: 1_000_000 };
	const begun: string[] = [];
	const sleeps: number[] = [];
	const ends: Array<(sign: RateSign) => void> = [];
	const clock = {
		now: () => time.now,
		sleep: async (milliseconds: number) => {
			sleeps.push(milliseconds);
			time.now += milliseconds;
		},
	};
	const read = (name: string, isAgain = false, stop?: AbortSignal) =>
		inPace(
			{ account, mostAtOnce, isAgain },
			clock,
			() => {
				begun.push(name);
				return new Promise<RateSign>((resolve) => ends.push(resolve));
			},
			(sign) => sign,
			stop,
		);
	/** Answers the reads that have no answer yet. */
	const answer = async (sign: RateSign, count = ends.length) => {
		for (const end of ends.splice(0, count)) end(sign);
		await turn();
	};
	return { read, begun, sleeps, answer, time, underWay: () => ends.length };
}

/** So many reads, which go on as far as the pace lets them. */
async function many({ read }: ReturnType<typeof stage>, count: number): Promise<void> {
	for (let name = 0; name < count; name += 1) void read(String(name));
	await turn();
}

it('begins with 8, and doubles with each round of answers up to the most', async () => {
	const play = stage();
	await many(play, 200);
	const rounds: number[] = [];
	for (let round = 0; round < 5; round += 1) {
		rounds.push(play.underWay());
		await play.answer('fine');
	}
	expect(rounds).toEqual([8, 16, 32, 32, 32]);
});

it('never goes above what the provider is known to take', async () => {
	const play = stage(4);
	await many(play, 50);
	await play.answer('fine');
	await play.answer('fine');
	expect(play.underWay()).toBeLessThanOrEqual(4);
});

it('halves once for all refusals of one round, and grows slowly above what was too much', async () => {
	const play = stage();
	await many(play, 200);
	play.time.now += 10;
	await play.answer({ quiet: undefined });
	expect(play.underWay()).toBe(4);
	await play.answer('fine');
	expect(play.underWay()).toBe(4);
	for (let round = 0; round < 3; round += 1) await play.answer('fine');
	expect(play.underWay()).toBeLessThanOrEqual(8);
});

it('halves down to one at a time', async () => {
	const play = stage();
	await many(play, 200);
	for (let round = 0; round < 6; round += 1) {
		play.time.now += 10;
		await play.answer({ quiet: undefined });
	}
	expect(play.underWay()).toBe(1);
});

it.each([
	['that the provider names', 7_000],
	['of half a second', undefined],
])('begins no other read of the account in the time %s', async (_what, quiet) => {
	const play = stage();
	await many(play, 8);
	await play.answer({ quiet }, 1);
	await play.answer('nothing');
	void play.read('later');
	await turn();
	expect(play.sleeps).toEqual([quiet ?? 500]);
});

it('lets a refused read go first, and does not make it wait twice', async () => {
	const play = stage(1);
	await many(play, 8);
	await play.answer('fine');
	void play.read('one');
	await turn();
	void play.read('fresh');
	void play.read('refused before', true);
	await play.answer({ quiet: 5_000 });
	expect(play.begun.at(-1)).toBe('refused before');
	expect(play.sleeps).toEqual([]);
});

it('takes a cut connection neither for a refusal nor for room', async () => {
	const play = stage();
	await many(play, 50);
	await play.answer('nothing');
	expect(play.underWay()).toBe(8);
});

it('ends the wait of a stopped read, and keeps its place for nobody', async () => {
	const play = stage(1);
	await many(play, 8);
	const stop = new AbortController();
	const stopped = play.read('stopped', false, stop.signal);
	stop.abort();
	await turn();
	// It asks the transport, which sends nothing for a stopped run.
	expect(play.begun.at(-1)).toBe('stopped');
	await play.answer('nothing');
	await stopped;
	for (let name = 0; name < 3; name += 1) {
		void play.read(`after ${name}`);
		await turn();
		await play.answer('fine');
	}
	expect(play.begun.at(-1)).toBe('after 2');
});

it('holds no other account back', async () => {
	const [busy, other] = [stage(), stage()];
	await many(busy, 100);
	await busy.answer({ quiet: 10_000 });
	void other.read('free');
	await turn();
	expect([other.begun, other.sleeps]).toEqual([['free'], []]);
});
