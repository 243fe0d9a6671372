/** The lengths of the register of SWIFT, for the countries that use IBANs. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
	(
		'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 ' +
		'EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 ' +
		'KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 ' +
		'PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 ' +
		'VA22 VG24 XK20 YE30'
	)
		.split(' ')
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Whether the text has the form of an IBAN: two letters, two digits, and no more than letters and digits. */
export function looksLikeIban(text: string): boolean {
	return (
		/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(ungrouped(text)) && IBAN_LENGTHS.has(ungrouped(text).slice(0, 2))
	);
}

/** Whether length and check digits are right. */
export function isIban(text: string): boolean {
	const iban = ungrouped(text);
	if (!looksLikeIban(text) || IBAN_LENGTHS.get(iban.slice(0, 2)) !== iban.length) return false;
	const digits = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map((one) => Number.parseInt(one, 36)).join('');
	return BigInt(digits) % 97n === 1n;
}

/**
 * Visa, Mastercard, Mir and American Express. Only of these is it known that every card has Luhn's check digit, so
 * the check digit of another card is not checked.
 */
const CHECKED_CARDS = /^(?:4|5[1-5]|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47])/;

/** Whether a card number can be one: 12 to 19 digits, and the right check digit where its network has one. */
export function isCard(text: string): boolean {
	const digits = ungrouped(text);
	if (!/^\d{12,19}$/.test(digits)) return false;
	return !CHECKED_CARDS.test(digits) || luhn(digits) % 10 === 0;
}

function luhn(digits: string): number {
	return [...digits].reverse().reduce((sum, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return sum + (value > 9 ? value - 9 : value);
	}, 0);
}

/** Whether a phone number can be one. A number of Russia or Kazakhstan has 10 digits after +7. */
export function isPhone(text: string): boolean {
	const digits = text.replace(/[\s()+.-]/g, '');
	if (!/^\d{9,15}$/.test(digits)) return false;
	return !text.trim().startsWith('+7') || digits.length === 11;
}

function ungrouped(text: string): string {
	return text.replace(/[\s-]/g, '').toUpperCase();
}
