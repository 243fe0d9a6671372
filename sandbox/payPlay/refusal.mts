import { phpJson } from './wireText.mts';

export type RefusalStatus = 401 | 404 | 415 | 422 | 501;

/** PayPlay's refusal. Nothing was changed. The status 422 comes with `errors`. */
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

/** The refusal of one field. */
export function invalid(field: string, reason: string): Refusal {
	return new Refusal(422, 'The given data was invalid.', { [field]: [reason] });
}
