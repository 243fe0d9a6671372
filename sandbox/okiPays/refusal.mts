/** Which of the provider's two envelopes a refusal comes in. */
export type Envelope = 'framework' | 'application';

const NAMES: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 404: 'Not Found' };

/**
 * OkiPays' refusal. Nothing was changed. Only the codes -1 (framework), 14 and 19 (application) are documented. All other
 * codes and texts are made up.
 */
export class Refusal extends Error {
	readonly envelope: Envelope;
	readonly code: number;
	readonly status: number;

	constructor(envelope: Envelope, code: number, message: string, status = 400) {
		super(message);
		this.envelope = envelope;
		this.code = code;
		this.status = status;
	}

	/** The answer's text. @param token the application's envelope repeats it */
	text(token: string): string {
		const { code, status, message } = this;
		return this.envelope === 'framework'
			? JSON.stringify({ name: NAMES[status] ?? 'Bad Request', message, code, status })
			: JSON.stringify({ status: false, error: message, code, token });
	}
}
