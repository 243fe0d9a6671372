import { Refusal } from '../refusal';

/**
 * Stands in a JSON body for a secret or one-time code that the credential writes there at the moment of sending:
 * previews, hashes and the saved execution see this text, never the value.
 */
export const FROM_CREDENTIAL = '[from the credential]';

const PLACE = JSON.stringify(FROM_CREDENTIAL);

/**
 * A JSON body with each placeholder replaced by what the credential holds for its field, byte for byte otherwise.
 * A quotation mark inside a JSON text is escaped, so no value of the user can look like a field with the placeholder.
 * @throws Refusal when a placeholder would stay: its text would be sent in place of a secret
 */
export function fillIn(body: Buffer, held: Readonly<Record<string, () => string | undefined>>): Buffer {
	if (!body.includes(PLACE)) return body;
	let text = body.toString('utf8');
	for (const [name, value] of Object.entries(held)) {
		const field = new RegExp(`(${JSON.stringify(name)}\\s*:\\s*)${escaped(PLACE)}`, 'g');
		text = text.replace(field, (whole, before: string) => {
			const own = value();
			return own === undefined ? whole : before + JSON.stringify(own);
		});
	}
	if (/:\s*"\[from the credential\]"/.test(text)) {
		throw new Refusal('The credential does not hold a value that the request wants from it');
	}
	return Buffer.from(text, 'utf8');
}

function escaped(text: string): string {
	return text.replace(/[[\]]/g, '\\$&');
}
