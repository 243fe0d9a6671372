/** An input that is refused before anything is sent. The executor adds the item and "Nothing was sent". */
export class Refusal extends Error {
	readonly nextStep: string | undefined;

	constructor(message: string, nextStep?: string) {
		super(message);
		this.name = 'Refusal';
		this.nextStep = nextStep;
	}
}

/** Turns any reason why an item could not be prepared into a Refusal. */
export function asRefusal(cause: unknown): Refusal {
	if (cause instanceof Refusal) return cause;
	// encodeURIComponent throws it.
	if (cause instanceof URIError) return new Refusal('A text has half a character, which no address can hold');
	return new Refusal(cause instanceof Error ? cause.message : 'The item could not be read');
}
