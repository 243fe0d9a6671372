import { leaksIn, spellings } from '../secrets.mts';

/** Something that was left behind, and where it lay. */
export interface Text {
	place: string;
	text: string;
}

export interface Wanted {
	/** Searched for in every spelling. */
	secrets: readonly string[];
	/** Tokens and signatures, each used once: searched for as they were sent. */
	proofs?: readonly string[];
}

export interface Found {
	/** Characters by place. */
	searched: Record<string, number>;
	texts: number;
	/** Each with the place and what stands before it; never the secret. */
	leaks: string[];
}

/** Searches one text after the other, so that never all of them are in memory. */
export async function search(
	texts: AsyncIterable<Text> | Iterable<Text>,
	{ secrets, proofs = [] }: Wanted,
): Promise<Found> {
	const found: Found = { searched: {}, texts: 0, leaks: [] };
	const proofsWithin = finderOf(proofs);
	for await (const { place, text } of texts) {
		found.texts += 1;
		found.searched[place] = (found.searched[place] ?? 0) + text.length;
		const leaks = [...leaksIn(text, secrets), ...leaksIn(text, proofsWithin(text), (proof) => [proof])];
		found.leaks.push(...leaks.map((leak) => `${place}: ${leak}`));
	}
	return found;
}

/** Characters. A proof that is shorter than two steps is looked for by itself. */
const STEP = 8;

/**
 * Which of thousands of long random texts may stand in a text, in one pass over it: wherever one stands, one of the steps
 * falls on the beginning of a window within its end. Its beginning may be that of all others, as that of a JWT is.
 */
function finderOf(proofs: readonly string[]): (text: string) => string[] {
	const isShort = (proof: string) => proof.length < 2 * STEP;
	const windows = new Map<string, string>();
	for (const proof of proofs) {
		if (isShort(proof)) continue;
		const end = proof.length - 2 * STEP + 1;
		for (let place = end; place < end + STEP; place += 1)
			windows.set(proof.slice(place, place + STEP), proof);
	}
	return (text) => {
		const within = new Set(proofs.filter(isShort));
		for (let place = 0; place < text.length; place += STEP) {
			const proof = windows.get(text.slice(place, place + STEP));
			if (proof !== undefined) within.add(proof);
		}
		return [...within];
	};
}

/** HTML as it is sent, and as a browser reads it. */
export function bothWays(html: string): string {
	const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
	const read = html.replace(/&([^;&\s]{2,4});/g, (whole, name: string) => names[name] ?? whole);
	return `${html}\n${read}`;
}

/** One line for people. */
export function inWords(what: string, { secrets, proofs = [] }: Wanted, found: Found): string {
	const spelt = new Set(secrets.flatMap(spellings)).size;
	const isTable = (place: string) => place.startsWith('table ');
	const places = Object.keys(found.searched);
	const others = places.filter((place) => !isTable(place));
	const bytes = Object.values(found.searched).reduce((sum, each) => sum + each, 0);
	return [
		`${what}: ${found.leaks.length} leaks of ${secrets.length} secrets (${spelt} spellings)`,
		`and ${proofs.length} tokens and signatures in ${bytes} bytes, ${found.texts} texts:`,
		`${[...others, `${places.filter(isTable).length} tables`].join(', ')}`,
	].join(' ');
}
