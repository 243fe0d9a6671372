const RATE_BYTES = 136;
const ROUNDS = 24;
const LANES = 25;

/** How far each lane is turned, and where it goes: both follow from the definition of Keccak-f. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const PLACES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/** A state is 25 lanes of 64 bits. The lower half of a lane stands before its upper half. Numbers of 64 bits are slow. */
type State = Int32Array;

/**
 * Keccak-256 as Ethereum uses it. Node has SHA3-256 only, which pads in another way and gives another hash.
 * @param text ASCII
 * @returns lower-case hex
 */
export function keccak256(text: string): string {
	const input = Buffer.from(text, 'latin1');
	const padded = Buffer.alloc((Math.floor(input.length / RATE_BYTES) + 1) * RATE_BYTES);
	input.copy(padded);
	padded[input.length] = 0x01;
	padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80;
	const state = new Int32Array(LANES * 2);
	for (let block = 0; block < padded.length; block += RATE_BYTES) {
		for (let half = 0; half < RATE_BYTES / 4; half += 1) {
			state[half] = wordAt(state, half) ^ padded.readInt32LE(block + half * 4);
		}
		permute(state);
	}
	const hash = Buffer.alloc(32);
	for (let half = 0; half < 8; half += 1) hash.writeInt32LE(wordAt(state, half), half * 4);
	return hash.toString('hex');
}

function permute(state: State): void {
	for (const [lower, upper] of ROUND_CONSTANTS) {
		mixColumns(state);
		turnLanes(state);
		mixRows(state);
		state[0] = wordAt(state, 0) ^ lower;
		state[1] = wordAt(state, 1) ^ upper;
	}
}

function mixColumns(state: State): void {
	const parity = new Int32Array(10);
	for (let half = 0; half < LANES * 2; half += 1)
		parity[half % 10] = wordAt(parity, half % 10) ^ wordAt(state, half);
	for (let half = 0; half < LANES * 2; half += 1) {
		const before = (half + 8) % 10;
		const after = (half - (half % 2) + 2) % 10;
		state[half] = wordAt(state, half) ^ wordAt(parity, before) ^ turned(parity, after, 1, half % 2);
	}
}

function turnLanes(state: State): void {
	const moving = state.slice(2, 4);
	const next = new Int32Array(2);
	for (let step = 0; step < PLACES.length; step += 1) {
		const place = (PLACES[step] ?? 0) * 2;
		const distance = ROTATIONS[step] ?? 0;
		next[0] = wordAt(state, place);
		next[1] = wordAt(state, place + 1);
		state[place] = turned(moving, 0, distance, 0);
		state[place + 1] = turned(moving, 0, distance, 1);
		moving.set(next);
	}
}

function mixRows(state: State): void {
	for (let row = 0; row < LANES * 2; row += 10) {
		const old = state.slice(row, row + 10);
		for (let half = 0; half < 10; half += 1) {
			state[row + half] = wordAt(old, half) ^ (~wordAt(old, (half + 2) % 10) & wordAt(old, (half + 4) % 10));
		}
	}
}

/** One half of the lane that begins at `place`, turned to the left by 1 to 63 bits. */
function turned(lanes: State, place: number, distance: number, half: number): number {
	// From 32 bits on, the halves change places.
	const own = wordAt(lanes, place + (distance < 32 ? half : 1 - half));
	const other = wordAt(lanes, place + (distance < 32 ? 1 - half : half));
	const bits = distance % 32;
	return bits === 0 ? own : (own << bits) | (other >>> (32 - bits));
}

function wordAt(halves: State, index: number): number {
	return halves[index] ?? 0;
}

/** The constants come from a shift register of 8 bits with the polynomial x^8 + x^6 + x^5 + x^4 + 1. */
const ROUND_CONSTANTS = roundConstants();

function roundConstants(): Array<readonly [lower: number, upper: number]> {
	let register = 1;
	return Array.from({ length: ROUNDS }, () => {
		let lower = 0;
		let upper = 0;
		for (let power = 0; power < 7; power += 1) {
			const bit = (1 << power) - 1;
			if (register & 1 && bit < 32) lower |= 1 << bit;
			if (register & 1 && bit === 63) upper |= 1 << 31;
			register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
		}
		return [lower, upper] as const;
	});
}
