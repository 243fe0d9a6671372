import { isIban } from '../recipients/accounts';

/**
 * Recipients as chain and rail compare them. An EVM address in hex and a bech32 address mean the same in capital and in
 * small letters; in base58 each letter counts. People write cards, phones and accounts in groups. A memo is a part of
 * the recipient, because exchanges tell their customers apart by it.
 */

/**
 * The spelling in which two recipients are compared. A `#` in the name itself is not the one before a memo: a payment to
 * `rPv...#104328` has no memo.
 */
export function canonicalRecipient(text: string, memo?: string): string {
	const own = place(text.trim()).replace(/#/g, '##');
	return memo === undefined || memo === '' ? own : `${own}#${memo.trim()}`;
}

function place(text: string): string {
	if (/^0x[0-9a-f]+$/i.test(text) || isBech32(text)) return text.toLowerCase();
	if (/^[+\d][\d ()-]*$/.test(text)) return text.replace(/\D/g, '');
	// Only an IBAN: a base58 address can have its form, and there each letter counts.
	return isIban(text) ? text.replace(/ /g, '').toUpperCase() : text;
}

/** A mixed spelling is no bech32. */
function isBech32(text: string): boolean {
	return /^(?:bc|tb|ltc|tltc)1[0-9a-z]{6,87}$/.test(text) || /^(?:BC|TB|LTC|TLTC)1[0-9A-Z]{6,87}$/.test(text);
}

/** The longest list: a thousand addresses. */
const MAX_LIST_LENGTH = 100_000;

/**
 * Reads a list of recipients, separated by commas or lines: `TNX..., rPv...#104328`. Undefined if it cannot be read.
 */
export function recipientsIn(text: string): ReadonlySet<string> | undefined {
	if (text.length > MAX_LIST_LENGTH || text.startsWith('=')) return undefined;
	const entries = text.split(/[,;\n]/).map((entry) => entry.trim());
	if (entries.some((entry) => entry === '' || /^#|#$/.test(entry))) return undefined;
	return new Set(
		entries.map((entry) => {
			const [own = '', ...memo] = entry.split('#');
			return canonicalRecipient(own, memo.join('#'));
		}),
	);
}
