/** Input that is refused before anything is sent. The executor adds the item and "Nothing was sent". */
export class Refusal extends Error {
	readonly nextStep: string | undefined;

	constructor(message: string, nextStep?: string) {
		super(message);
		this.name = 'Refusal';
		this.nextStep = nextStep;
	}
}
