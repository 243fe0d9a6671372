/** The middle value of several rounds. The least and the greatest show how much it varies. */
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

/** The value below which this part of the values lies: 0.99 means all but one in a hundred. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/**
 * Runs rounds in turns, so that other work of the machine meets all contenders alike. Each begins a round equally often.
 * @param contenders each returns what its round took
 * @param warmUps earlier rounds that do not count
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

/** Milliseconds of processor time of this process: the collector's threads count, other programs do not. */
export async function processorTime(work: () => unknown): Promise<number> {
	const start = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
