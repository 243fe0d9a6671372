/** Input that is refused before anything is sent. The executor adds the item and "Nothing was sent". */
export class Refusal extends Error {
	constructor(
		message: string,
		readonly nextStep?: string,
	) {
		super(message);
		this.name = 'Refusal';
	}
}
