/** Without width, or turning the direction: nobody sees them, and the provider takes them for letters. */
const INVISIBLE = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;

/** They join letters of some scripts, and pictures; anywhere else they are as invisible as the others. */
const JOINER = /\u200c|\u200d/u;
const JOINED =
	/\p{Extended_Pictographic}|[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Sinhala}\p{Script=Khmer}]/u;

/** Letters and digits of twice the width, as East Asian keyboards write them. */
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/u;

/** What is odd about a text that looks right; undefined when nothing is. */
export function oddCharacter(text: string): string | undefined {
	if (INVISIBLE.test(text) || (JOINER.test(text) && !JOINED.test(text)))
		return 'a character that nobody can see';
	return FULL_WIDTH.test(text) ? 'a letter or digit of double width' : undefined;
}
