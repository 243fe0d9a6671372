export interface Page {
	/** Parameters that carry the page number and the page size. */
	number: string;
	size: string;
	/** The number of the first page, and the largest page that the provider allows. */
	first: number;
	maximumSize: number;
	/** The path in the answer to the count of all rows (`total`), or to a flag that says that more follow (`more`). */
	total?: string;
	more?: string;
	/** A field that identifies a row. It makes each row come once, even if new rows shift the pages meanwhile. */
	unique?: string;
}

export type Returns = {
	/** The kind of Payment that the provider's `payment` makes of the answer when Output is Simplified. */
	kind?: string;
	/**
	 * For an answer that is not a payment: the name in the provider's `shapes` of the function that makes it
	 * readable.
	 */
	shape?: string;
	/**
	 * For an answer that is not a payment: members that few people need. Simplified is without them, because a person
	 * reads about ten columns. Raw has them.
	 */
	leavesOut?: readonly string[];
} & (
	| /** One object, at this path of the answer. */
	  { data?: string }
	  /**
	   * Rows at this path of the answer, one item each. The path is '' when the answer itself is the list. There are
	   * several paths where the pages differ.
	   */
	| { list: string | readonly string[]; page?: Page }
	/** A file as binary data, from an answer that is text (SVG, CSV). */
	| { file: { name: string; type: string } }
);
