/** Where the fee of a payment stands. Members are those of a payment, paths those of a row of the answer. */
export interface Fee {
	/** `resource.operation` of a read. */
	operation: string;
	/** The parameters of the read, each from a member. */
	by?: Readonly<Record<string, string>>;
	/** What a row must repeat, or else it is about something else: the path for each member. */
	same: Readonly<Record<string, string>>;
	/** An amount. */
	fixed: string;
	/** A share of the amount, as `0.5%`. It comes in addition. */
	percent?: string;
	/** The member that names the chain, where the row has a fee for each chain. */
	perChain?: string;
	/** The currency of the fee. Absent where it is that of the payment. */
	currency?: string;
	/**
	 * The member that says who bears the fee, and the values with which the recipient does. '' stands for a member that
	 * is not sent. With all others the fee comes on top. Absent where that is not documented.
	 */
	fromAmount?: { member: string; values: readonly string[] };
}
