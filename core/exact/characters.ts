/**
 * Characters without width, and characters that change the writing direction. Nobody sees them, but the provider
 * treats them as part of the text.
 */
const INVISIBLE = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;

/**
 * These characters join letters of some scripts, and pictures. In any other place they are as invisible as the ones
 * above.
 */
const JOINER = /\u200c|\u200d/u;
const JOINED =
	/\p{Extended_Pictographic}|[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Sinhala}\p{Script=Khmer}]/u;

/** Letters and digits of double width, from East Asian keyboards. */
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/u;

/** Describes an odd character in a text that looks right. Undefined when there is none. */
export function oddCharacter(text: string): string | undefined {
	if (INVISIBLE.test(text) || (JOINER.test(text) && !JOINED.test(text)))
		return 'a character that nobody can see';
	return FULL_WIDTH.test(text) ? 'a letter or digit of double width' : undefined;
}
