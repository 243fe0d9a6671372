import { createHash } from 'node:crypto';

export const BITCOIN_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export const RIPPLE_ALPHABET = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

/** The longest known address has 50 characters. The limit keeps the work for a hostile text small. */
const MAX_LENGTH = 64;

/** @returns undefined for a text with another letter, and for one that is too long for an address */
export function base58Bytes(text: string, alphabet = BITCOIN_ALPHABET): Buffer | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	let number = 0n;
	for (const letter of text) {
		const digit = alphabet.indexOf(letter);
		if (digit < 0) return undefined;
		number = number * 58n + BigInt(digit);
	}
	const hex = number === 0n ? '' : number.toString(16);
	const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
	return Buffer.concat([Buffer.alloc(leadingZeros(text, alphabet)), bytes]);
}

/** Each zero byte at the beginning is written as the first letter of the alphabet. */
function leadingZeros(text: string, alphabet: string): number {
	let count = 0;
	while (count < text.length && text[count] === alphabet[0]) count += 1;
	return count;
}

/** The content of a text whose last 4 bytes are the beginning of its double SHA-256. */
export function base58Checked(text: string, alphabet = BITCOIN_ALPHABET): Buffer | undefined {
	const bytes = base58Bytes(text, alphabet);
	if (!bytes || bytes.length < 5) return undefined;
	const content = bytes.subarray(0, -4);
	return digestOf(digestOf(content)).subarray(0, 4).equals(bytes.subarray(-4)) ? content : undefined;
}

function digestOf(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}
