const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** What the checksum of a correct text gives, in the form for SegWit version 0 and in that for later versions. */
const BECH32 = 1;
const BECH32M = 0x2bc830a3;
const CHECKSUM_LENGTH = 6;

/** Whether it is a SegWit address with this prefix, e.g. `bc`, by BIP 173 and BIP 350. */
export function isSegwitAddress(text: string, prefix: string): boolean {
	const digits = bech32Digits(text, prefix, 90);
	if (!digits) return false;
	const [version = 0] = digits.values;
	const program = bytesLength(digits.values.slice(1));
	if (program === undefined || version > 16) return false;
	if (version === 0) return digits.form === BECH32 && (program === 20 || program === 32);
	return digits.form === BECH32M && program >= 2 && program <= 40;
}

/** Whether it is an address of Litecoin's confidential part (MWEB): two public keys of 33 bytes. */
export function isMwebAddress(text: string): boolean {
	const digits = bech32Digits(text, 'ltcmweb', 130);
	return digits?.values[0] === 0 && bytesLength(digits.values.slice(1)) === 66;
}

function bech32Digits(text: string, prefix: string, maximumLength: number) {
	const lower = text.toLowerCase();
	// A text in both cases is no address.
	if (text !== lower && text !== text.toUpperCase()) return undefined;
	if (text.length > maximumLength || !lower.startsWith(`${prefix}1`)) return undefined;
	const values = [...lower.slice(prefix.length + 1)].map((letter) => ALPHABET.indexOf(letter));
	if (values.length <= CHECKSUM_LENGTH || values.includes(-1)) return undefined;
	const form = polynomial([...prefixDigits(prefix), ...values]);
	if (form !== BECH32 && form !== BECH32M) return undefined;
	return { form, values: values.slice(0, -CHECKSUM_LENGTH) };
}

function prefixDigits(prefix: string): number[] {
	const codes = [...prefix].map((letter) => letter.charCodeAt(0));
	return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polynomial(values: readonly number[]): number {
	let sum = 1;
	for (const value of values) {
		const top = sum >>> 25;
		sum = ((sum & 0x1ffffff) << 5) ^ value;
		GENERATOR.forEach((one, bit) => {
			if ((top >>> bit) & 1) sum ^= one;
		});
	}
	return sum >>> 0;
}

/**
 * How many bytes digits of 5 bits hold.
 * @returns undefined where the bits left over are too many or not zero
 */
function bytesLength(digits: readonly number[]): number | undefined {
	const bits = digits.length * 5;
	const left = bits % 8;
	const last = digits[digits.length - 1] ?? 0;
	if (left >= 5 || (last & ((1 << left) - 1)) !== 0) return undefined;
	return (bits - left) / 8;
}
