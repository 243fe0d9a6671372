/** Random numbers that are the same for the same seed: sfc32, started by a hash of the seed. */
export class Random {
	#state: [number, number, number, number];

	constructor(seed: number) {
		let hash = seed >>> 0;
		const word = () => {
			hash = (hash + 0x9e3779b9) | 0;
			let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
			mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
			return (mixed ^ (mixed >>> 15)) >>> 0;
		};
		this.#state = [word(), word(), word(), word()];
		for (let turn = 0; turn < 12; turn += 1) this.fraction();
	}

	/** A number from 0 to below 1. */
	fraction(): number {
		const [a, b, c, counter] = this.#state;
		const sum = (a + b + counter) | 0;
		this.#state = [
			b ^ (b >>> 9),
			(c + (c << 3)) | 0,
			(((c << 21) | (c >>> 11)) + sum) | 0,
			(counter + 1) | 0,
		];
		return (sum >>> 0) / 2 ** 32;
	}

	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.fraction() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.fraction() < probability;
	}

	pick<Value>(values: readonly Value[]): Value {
		const value = values[this.between(0, values.length - 1)];
		if (value === undefined) throw new Error('There is nothing to pick from');
		return value;
	}
}
