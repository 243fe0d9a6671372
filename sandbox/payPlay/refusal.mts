import { phpJson } from './wireText.mts';

export type RefusalStatus = 401 | 404 | 415 | 422 | 501;

/** PayPlay says no: nothing was changed. `errors` comes with 422. */
export class Refusal extends Error {
	readonly status: RefusalStatus;
	readonly errors: Record<string, string[]> | undefined;

	constructor(status: RefusalStatus, message: string, errors?: Record<string, string[]>) {
		super(message);
		this.status = status;
		this.errors = errors;
	}

	envelope(): string {
		const { message, errors } = this;
		return phpJson({ message, ...(errors && { errors }) });
	}
}

/** One field that is not taken. */
export function invalid(field: string, reason: string): Refusal {
	return new Refusal(422, 'The given data was invalid.', { [field]: [reason] });
}
