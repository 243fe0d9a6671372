/** The most bytes of an answer that are read, counted after decompression. A list of 10,000 rows has a few million. */
export const MAX_ANSWER_BYTES = 20_000_000;

/** The body that n8n gives: a stream where one was requested. */
interface AnswerStream extends AsyncIterable<unknown> {
	destroy(): unknown;
}

/**
 * Reads the text of an answer, but no more bytes than the limit. n8n sets no limit, so a huge answer, or a small one
 * that inflates, could use up the memory of the whole process.
 * @param stop closes the connection: at the next byte, or when n8n's own time-out of a silent connection is over
 * @returns undefined when the answer is longer than the limit
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
		// Leaving the loop destroys the stream and closes the connection.
		if (length > MAX_ANSWER_BYTES) return undefined;
		chunks.push(bytes);
	}
	return decoded(chunks);
}

/** Closes an answer that nobody waits for any longer. */
export function discard(body: unknown): void {
	if (isStream(body)) body.destroy();
}

// A byte order mark is not part of the text, and JSON.parse refuses it.
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
