/** JSON as PHP writes it, with escaped slashes and \uXXXX for all characters beyond ASCII. Signatures cover this text. */
export function phpJson(value: unknown): string {
	return JSON.stringify(value)
		.replace(/\//g, '\\/')
		.replace(
			/[\u0080-\uffff]/g,
			(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}

/** A time as PayPlay writes it: `2024-09-19 09:45:14`. Its time zone is not documented. The sandbox writes UTC. */
export function localTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
