import { leaksIn, spellings } from '../secrets.mts';

/** A text that was left behind, and its place. */
export interface Text {
	place: string;
	text: string;
}

export interface Wanted {
	/** The search looks for these in every spelling. */
	secrets: readonly string[];
	/** Tokens and signatures, each used once. The search looks for them as they were sent. */
	proofs?: readonly string[];
}

export interface Found {
	/** How many characters were searched, by place. */
	searched: Record<string, number>;
	texts: number;
	/** Each leak with its place and the text before it, but without the secret. */
	leaks: string[];
}

/** Searches one text after the other, so that the memory never holds all of them. */
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

/** A number of characters. A proof that is shorter than two steps is searched for directly. */
const STEP = 8;

/**
 * Finds in one pass which of thousands of long random texts may be in a text. The search looks at a short window at every
 * step. Where a proof is, one of the windows lies in its end. Its beginning proves nothing: all JWTs begin alike.
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

/** HTML as n8n sends it, and as a browser reads it. */
export function bothWays(html: string): string {
	const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
	const read = html.replace(/&([^;&\s]{2,4});/g, (whole, name: string) => names[name] ?? whole);
	return `${html}\n${read}`;
}

/** The result in one line. */
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
