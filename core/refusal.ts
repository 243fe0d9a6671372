/** Input that is refused before anything is sent. The executor adds the item and "Nothing was sent". */
export class Refusal extends Error {
	readonly nextStep: string | undefined;

	constructor(message: string, nextStep?: string) {
		super(message);
		this.name = 'Refusal';
		this.nextStep = nextStep;
	}
}

/** Whatever kept an item from being prepared, as a reason to refuse it. */
export function asRefusal(cause: unknown): Refusal {
	if (cause instanceof Refusal) return cause;
	// What encodeURIComponent throws.
	if (cause instanceof URIError) return new Refusal('A text has half a character, which no address can hold');
	return new Refusal(cause instanceof Error ? cause.message : 'The item could not be read');
}
