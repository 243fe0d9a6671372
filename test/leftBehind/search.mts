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
	for await (const { place, text } of texts) {
		found.texts += 1;
		found.searched[place] = (found.searched[place] ?? 0) + text.length;
		const leaks = [...leaksIn(text, secrets), ...leaksIn(text, proofs, (proof) => [proof])];
		found.leaks.push(...leaks.map((leak) => `${place}: ${leak}`));
	}
	return found;
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
