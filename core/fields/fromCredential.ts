import { Refusal } from '../refusal';

/**
 * Marks a place in a JSON body for a secret or one-time code. The credential writes the value there just before
 * sending. Previews, hashes and the saved execution contain only this text.
 */
export const FROM_CREDENTIAL = '[from the credential]';

const PLACEHOLDER = JSON.stringify(FROM_CREDENTIAL);

/**
 * Replaces each placeholder in a JSON body with the credential's value for that field. All other bytes stay. JSON
 * escapes a quotation mark inside a text, so no value of the user can look like a field with the placeholder.
 * @throws Refusal when a placeholder would stay, because its text would be sent in place of a secret
 */
export function fillIn(body: Buffer, held: Readonly<Record<string, () => string | undefined>>): Buffer {
	if (!body.includes(PLACEHOLDER)) return body;
	let text = body.toString('utf8');
	for (const [name, value] of Object.entries(held)) {
		const field = new RegExp(`(${JSON.stringify(name)}\\s*:\\s*)${escaped(PLACEHOLDER)}`, 'g');
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
