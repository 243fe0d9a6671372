import { isCard, isIban, isPhone, looksLikeIban } from './accounts';
import { chainNamed, otherChainOf } from './chains';

/** What a recipient is where it is no address on a chain. An `account` is checked only if it has the form of an IBAN. */
export type AccountKind = 'account' | 'card' | 'phone';

/**
 * Why an address cannot be one of this chain.
 * @returns undefined for an address that can be one, and for a chain that we do not know
 */
export function wrongAddress(address: string, chainName: string): string | undefined {
	const chain = chainNamed(chainName);
	if (!chain) return undefined;
	if (!isAscii(address)) return `is no address of ${chain.name}: it has a letter of another alphabet`;
	if (chain.isAddress(address)) return undefined;
	const other = otherChainOf(address, chain);
	if (other) return `is an address of ${other.name}, not of ${chain.name}`;
	return chain.unproven
		? `is no address of ${chain.name}: a character is wrong or missing`
		: `is no address of ${chain.name}, because the checksum does not fit: a character is wrong or missing`;
}

/** Why a text cannot be a card, a phone number or an account. */
export function wrongAccount(text: string, kind: AccountKind): string | undefined {
	switch (kind) {
		case 'card':
			return isAscii(text) && isCard(text)
				? undefined
				: 'is no card number: the check digit does not fit, so a digit is wrong or missing';
		case 'phone':
			return isPhone(text) ? undefined : 'is no phone number: a digit is missing, or there is one too many';
		case 'account':
			return !looksLikeIban(text) || (isAscii(text) && isIban(text))
				? undefined
				: 'is no IBAN: the check digits do not fit, so a character is wrong or missing';
	}
}

/** Some letters of other alphabets become ASCII letters when their case changes. They belong to no address. */
function isAscii(text: string): boolean {
	return /^[\x20-\x7e]*$/.test(text);
}
