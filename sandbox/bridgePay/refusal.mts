export interface Told {
	message: string;
	field?: string;
}

/** BridgePay says no: nothing was changed. */
export class Refusal extends Error {
	readonly status: 400 | 401 | 404;
	readonly told: Told[];

	constructor(status: 400 | 401 | 404, ...told: Told[]) {
		super(told.map(({ message, field }) => (field ? `${message} (${field})` : message)).join('; '));
		this.status = status;
		this.told = told;
	}

	/** No envelope is documented: a list with 400, one object with 401, null where nothing is there. */
	body(): string {
		if (this.told.length === 0) return 'null';
		return JSON.stringify(this.status === 401 ? this.told[0] : this.told);
	}
}

export const refused = (message: string, field?: string) =>
	new Refusal(400, { message, ...(field !== undefined && { field }) });

/** "404 null". */
export const absent = () => new Refusal(404);
