export interface Told {
	message: string;
	field?: string;
}

/** BridgePay's refusal. Nothing was changed. */
export class Refusal extends Error {
	readonly status: 400 | 401 | 404;
	readonly told: Told[];

	constructor(status: 400 | 401 | 404, ...told: Told[]) {
		super(told.map(({ message, field }) => (field ? `${message} (${field})` : message)).join('; '));
		this.status = status;
		this.told = told;
	}

	/** Refusals have no envelope: 400 comes with a list, 401 with one object, and 404 with null. */
	body(): string {
		if (this.told.length === 0) return 'null';
		return JSON.stringify(this.status === 401 ? this.told[0] : this.told);
	}
}

export const refused = (message: string, field?: string) =>
	new Refusal(400, { message, ...(field !== undefined && { field }) });

/** The refusal for what does not exist: "404 null". */
export const absent = () => new Refusal(404);
