import { allInSlots, slots } from '../../../../core/wire/slots.ts';

/** Work that ends when the test says so. `begun` has the order in which it began. */
function bench() {
	const begun: number[] = [];
	const ends: Array<() => void> = [];
	const work = (name: number) => () => {
		begun.push(name);
		return new Promise<number>((resolve) => ends.push(() => resolve(name)));
	};
	return { begun, ends, work };
}

const pause = () => new Promise((resolve) => setImmediate(resolve));

it('begins so much at once as there are slots, and the others in order', async () => {
	const { begun, ends, work } = bench();
	const inSlot = slots(2);
	const done = Promise.all([0, 1, 2, 3, 4].map((name) => inSlot(work(name))));
	await pause();
	expect(begun).toEqual([0, 1]);
	ends[1]?.();
	await pause();
	expect(begun).toEqual([0, 1, 2]);
	for (let next = 0; next < 5; next += 1) {
		ends[next]?.();
		await pause();
	}
	expect(begun).toEqual([0, 1, 2, 3, 4]);
	expect(await done).toEqual([0, 1, 2, 3, 4]);
});

it('has all its slots again after all is done, failures too', async () => {
	const inSlot = slots(2);
	const fails = () => Promise.reject(new Error('no'));
	await Promise.allSettled([fails, fails, fails].map(inSlot));
	const { begun, work } = bench();
	void [0, 1, 2].map((name) => inSlot(work(name)));
	await pause();
	expect(begun).toEqual([0, 1]);
});

it('works on all items and keeps their order', async () => {
	const { begun, ends, work } = bench();
	const done = allInSlots(2, [0, 1, 2], (name) => work(name)());
	await pause();
	expect(begun).toEqual([0, 1]);
	for (const next of [1, 0, 2]) {
		ends[next]?.();
		await pause();
	}
	expect(await done).toEqual([0, 1, 2]);
});

it('begins nothing more after one has failed, and says why', async () => {
	const begun: number[] = [];
	const work = async (name: number) => {
		begun.push(name);
		await pause();
		if (name === 1) throw new Error('no');
		return name;
	};
	await expect(allInSlots(2, [0, 1, 2, 3, 4, 5, 6], work)).rejects.toThrow('no');
	const sofar = [...begun];
	await pause();
	await pause();
	expect(sofar.length).toBeLessThan(4);
	expect(begun).toEqual(sofar);
});
