/** What else keeps a payment from being made twice, in a row whose reference and lookup are not enough. */
export interface Once {
	/**
	 * The provider does not document that it refuses a reference that it has seen, so n8n remembers the payment. Where
	 * there is a lookup, it does so by the provider's own reference, as a second belt behind Check First. Elsewhere it
	 * does so by a field of its own, the Payment Reference.
	 */
	remembered?: true;
	/** `resource.operation` of the row that shows the result, where no lookup is possible. Messages name it. */
	see?: string;
	/** What a person looks for there, e.g. `the same address and amount`. */
	seeBy?: string;
	/** After an unknown outcome, the list that may show the payment where no lookup is possible. It proves nothing. */
	candidates?: Candidates;
	/** For lines with an ID that is unique across all batches: how to find the other batch that has the ID. */
	holder?: Holder;
	/**
	 * Parameters that the node makes when the user leaves them empty. It makes each once per request, and keeps it
	 * when this execution runs the request again. They are not part of what a person approves.
	 */
	made?: Readonly<Record<string, 'milliseconds'>>;
	/** Fields with a new value at each try, like a one-time code. The fingerprint leaves them out. */
	oneTime?: readonly string[];
	/** Members of the answer that are never saved, e.g. the key of a gift card. A replayed outcome lacks them. */
	unkept?: readonly string[];
}

/** How the rows of a list are found that could be a payment: what both show agrees, and it was made since the send. */
export interface Candidates {
	/** `resource.operation` of the list. */
	operation: string;
	/** The key is a field of the request; the value lists members of the list's record, and one of them must agree. */
	by: Readonly<Record<string, readonly string[]>>;
	/** The parameters of the list's time range, where it has them. */
	range?: { from: string; to: string };
}

/** How to find the batch that has the ID of a line. */
export interface Holder {
	/** The code of the refusal when another batch has the ID. */
	code: string;
	/** `resource.operation` of the list that shows that batch, and the members of its rows with both IDs. */
	operation: string;
	line: string;
	batch: string;
	/** What a person calls the ID, e.g. `the Payout ID`. */
	label: string;
}
