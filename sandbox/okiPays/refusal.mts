/** The provider has two envelopes for saying no. */
export type Envelope = 'framework' | 'application';

const NAMES: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 404: 'Not Found' };

/**
 * OkiPays says no: nothing was changed. Documented are only -1 (framework) and 14 and 19 (application); all other codes
 * and texts of the sandbox are made up.
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

	/** @param token what the application's envelope repeats */
	text(token: string): string {
		const { code, status, message } = this;
		return this.envelope === 'framework'
			? JSON.stringify({ name: NAMES[status] ?? 'Bad Request', message, code, status })
			: JSON.stringify({ status: false, error: message, code, token });
	}
}
