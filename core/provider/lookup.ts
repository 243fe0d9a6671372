export interface Lookup {
	/** `resource.operation` of a read. */
	operation: string;
	/** The read's parameter that takes the reference. Absent where the provider can only list. */
	by?: string;
	/** Other parameters that the read needs. */
	with?: Record<string, string | number>;
	/** Parameters that the read takes from the request, e.g. a path parameter that the user has changed. */
	sharing?: readonly string[];
	/** The field of the found object (or row) that must equal the reference, with the provider's name. */
	field: string;
	/** How many milliseconds a new object may stay invisible to this lookup. Set where the provider documents it. */
	findsAfter?: number;
	/** The fields that must agree, where this lookup's answer has other names than the operation's `same`. */
	same?: Sameness;
	/** The lookup on behalf of another account, where this lookup has no path for it. */
	onBehalfOf?: Lookup;
}

/**
 * What makes two payments the same: equal money to the same place in the same way. The key is a field of the request;
 * the value is a path in the found object.
 */
export interface Sameness extends SameFields {
	/** The member of the object that names the account on whose behalf it was sent. */
	onBehalfOf?: string;
	/**
	 * Texts that people write in groups, such as card and phone numbers. Only their letters and digits are compared.
	 * The key is the path in the request; the value lists paths in the found object, and the first filled one counts.
	 */
	grouped?: Record<string, readonly string[]>;
	/**
	 * The lines of a batch: where both objects have them, which field identifies a line, and which fields must agree.
	 */
	lines?: SameFields & {
		sent: string;
		found: string;
		by: [sent: string, found: string];
		fields: Record<string, string>;
	};
}

export interface SameFields {
	/** Fields that identify the payment. If only one side has a value, that is a difference. */
	fields?: Record<string, string>;
	/** The value that the provider uses when a request leaves one of `fields` out. */
	unset?: Record<string, string>;
	/** Fields that the provider fills in when a request leaves them out. Compared only if the request has them. */
	ifSent?: Record<string, string>;
}

/** What a success must show of the payment. All entries are paths in the returned object. */
export interface Proof {
	/** Members that must be filled. */
	has: readonly string[];
	/** The member that repeats our reference. */
	reference?: string;
	/** Amounts that the answer may show without their fee. They must not be larger than the requested amount. */
	atMost?: Readonly<Record<string, string>>;
	/** Members under other names than in `same`. None of them may contradict the request. */
	same?: Sameness;
}
