/** What several rounds gave: the middle one, and the least and the greatest, which say how much it varies. */
export interface Measured {
	median: number;
	low: number;
	high: number;
	rounds: number;
}

export function summary(values: readonly number[]): Measured {
	const sorted = [...values].sort((one, other) => one - other);
	const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
	return { median: at(0.5), low: at(0), high: at(1), rounds: sorted.length };
}

/** The value that so many of them are below: 0.99 for all but one in a hundred. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/**
 * Rounds in turns, so that what else the machine does meets all alike; each begins a round equally often.
 * @param contenders each gives what one round of it took
 * @param warmUps rounds before these, which do not count
 */
export async function inTurns<Name extends string>(
	contenders: Readonly<Record<Name, () => Promise<number> | number>>,
	rounds: number,
	warmUps?: number,
): Promise<Record<Name, Measured>>;
export async function inTurns(
	contenders: Readonly<Record<string, () => Promise<number> | number>>,
	rounds: number,
	warmUps = 1,
): Promise<Record<string, Measured>> {
	const names = Object.keys(contenders);
	const taken = new Map(names.map((name) => [name, new Array<number>()]));
	for (let round = -warmUps; round < rounds; round += 1) {
		const shift = (round + warmUps) % names.length;
		for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
			const value = await contenders[name]?.();
			if (round >= 0 && value !== undefined) taken.get(name)?.push(value);
		}
	}
	return Object.fromEntries([...taken].map(([name, values]) => [name, summary(values)]));
}

/** Milliseconds of processor time that work takes: others on the machine do not count, the collector's threads do. */
export async function processorTime(work: () => unknown): Promise<number> {
	const start = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
