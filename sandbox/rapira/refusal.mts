/** Rapira's refusal. Nothing was changed. Code and HTTP status are equal, as in the one refusal that was seen. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}

	envelope(): string {
		return JSON.stringify({
			data: null,
			code: this.status,
			message: this.message,
			totalPage: null,
			totalElement: null,
			isWorking: 1,
		});
	}
}
