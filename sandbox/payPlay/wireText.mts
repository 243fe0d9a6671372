/** JSON as PHP writes it: escaped slashes, other characters than ASCII as \uXXXX. Signatures cover this text. */
export function phpJson(value: unknown): string {
	return JSON.stringify(value)
		.replace(/\//g, '\\/')
		.replace(
			/[\u0080-\uffff]/g,
			(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}

/** `2024-09-19 09:45:14`. PayPlay's zone is not documented; the sandbox has UTC. */
export function localTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
