/** The most of an answer that is read, in bytes after decompression. Lists of 10,000 rows have a few million. */
export const MAX_ANSWER_BYTES = 20_000_000;

/** What n8n gives as the body: a stream where it was asked for one. */
interface AnswerStream extends AsyncIterable<unknown> {
	destroy(): unknown;
}

/**
 * The text of an answer, read no further than the limit: n8n sets none, so a huge answer, or a small one that inflates,
 * would take the memory of the whole process with it.
 * @param stop closes the connection: at the next byte, or when n8n's own time-out of a silent one is over
 * @returns undefined when there is more than the limit
 * @throws what the stream throws when the answer breaks off or cannot be decompressed
 */
export async function readText(body: unknown, stop?: AbortSignal): Promise<string | undefined> {
	if (typeof body === 'string') return body.length > MAX_ANSWER_BYTES ? undefined : body;
	if (Buffer.isBuffer(body)) return body.length > MAX_ANSWER_BYTES ? undefined : decoded([body]);
	if (!isStream(body)) return '';
	stop?.addEventListener('abort', () => body.destroy());
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
		length += bytes.length;
		// Leaving the loop destroys the stream, and with it the connection.
		if (length > MAX_ANSWER_BYTES) return undefined;
		chunks.push(bytes);
	}
	return decoded(chunks);
}

/** Closes an answer that nobody waits for any more. */
export function discard(body: unknown): void {
	if (isStream(body)) body.destroy();
}

// A byte order mark is no part of the text, and no JSON begins with it.
function decoded(chunks: readonly Buffer[]): string {
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
}

function isStream(body: unknown): body is AnswerStream {
	return (
		typeof body === 'object' &&
		body !== null &&
		Symbol.asyncIterator in body &&
		'destroy' in body &&
		typeof body.destroy === 'function'
	);
}
