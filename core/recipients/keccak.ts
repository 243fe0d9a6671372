const MASK = (1n << 64n) - 1n;
const RATE_BYTES = 136;
const ROUNDS = 24;

/** How far each lane is turned, and where it goes: both follow from the definition of Keccak-f. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const LANES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

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
	const state: bigint[] = new Array<bigint>(25).fill(0n);
	for (let block = 0; block < padded.length; block += RATE_BYTES) {
		for (let lane = 0; lane < RATE_BYTES / 8; lane += 1) {
			state[lane] = at(state, lane) ^ padded.readBigUInt64LE(block + lane * 8);
		}
		permute(state);
	}
	const hash = Buffer.alloc(32);
	for (let lane = 0; lane < 4; lane += 1) hash.writeBigUInt64LE(at(state, lane), lane * 8);
	return hash.toString('hex');
}

function permute(state: bigint[]): void {
	for (const constant of ROUND_CONSTANTS) {
		mixColumns(state);
		turnLanes(state);
		mixRows(state);
		state[0] = at(state, 0) ^ constant;
	}
}

function mixColumns(state: bigint[]): void {
	const parity = [0, 1, 2, 3, 4].map((x) =>
		[0, 5, 10, 15, 20].reduce((sum, row) => sum ^ at(state, x + row), 0n),
	);
	for (let lane = 0; lane < 25; lane += 1) {
		const x = lane % 5;
		state[lane] = at(state, lane) ^ at(parity, (x + 4) % 5) ^ turned(at(parity, (x + 1) % 5), 1);
	}
}

function turnLanes(state: bigint[]): void {
	let moving = at(state, 1);
	LANES.forEach((lane, step) => {
		const next = at(state, lane);
		state[lane] = turned(moving, ROTATIONS[step] ?? 0);
		moving = next;
	});
}

function mixRows(state: bigint[]): void {
	for (let row = 0; row < 25; row += 5) {
		const old = state.slice(row, row + 5);
		for (let x = 0; x < 5; x += 1) {
			state[row + x] = at(old, x) ^ (~at(old, (x + 1) % 5) & MASK & at(old, (x + 2) % 5));
		}
	}
}

function turned(lane: bigint, bits: number): bigint {
	return ((lane << BigInt(bits)) | (lane >> BigInt(64 - bits))) & MASK;
}

function at(lanes: readonly bigint[], index: number): bigint {
	return lanes[index] ?? 0n;
}

/** The constants come from a shift register of 8 bits with the polynomial x^8 + x^6 + x^5 + x^4 + 1. */
const ROUND_CONSTANTS = roundConstants();

function roundConstants(): bigint[] {
	let register = 1;
	return Array.from({ length: ROUNDS }, () => {
		let constant = 0n;
		for (let power = 0; power < 7; power += 1) {
			if (register & 1) constant |= 1n << BigInt((1 << power) - 1);
			register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
		}
		return constant;
	});
}
