/** What a row does besides one request per item. */
export interface Does {
	/** It reads one payment repeatedly until it is final, or until the time that the user sets is over. */
	until?: 'final';
	/** It packs the items into as few requests as possible. */
	packs?: Packing;
	/** It compares the user's ledger with the payments of the endpoint that the row stands on. */
	reconciles?: Reconciles;
	/** It sends the request, and then sleeps until the provider calls. */
	callback?: Callback;
	/** It accepts a quote. The user can say which rate is too bad, and when the quote ends. */
	quoted?: Quoted;
	/**
	 * It can fill a parameter with the URL of the provider's trigger in the same workflow: where the user chooses so in
	 * the field `choice`, or, without such a field, where the user leaves the parameter empty.
	 */
	triggerUrl?: { parameter: string; choice?: string };
	/** It deletes the object. Its output says `deleted: true`, as n8n's nodes do. */
	deletes?: true;
}

/** A mass payment. Each input item is one line, and each request takes as many lines as fit. */
export interface Packing {
	/** The parameter that holds the lines, with the name that it has in the row that this one stands on. */
	into: string;
	/** The fields of a line. All other parameters belong to the batch and are the same for every item. */
	lines: readonly string[];
	/** The line's own reference, unique within a run. An item without one gets a reference made from the batch's. */
	referenceField: string;
	/** The amount and currency of a line, for the totals that a person approves: fields of the line or of the batch. */
	amount: string;
	currency: string;
	/** The option that limits the lines of one request. Its default counts when the user does not set it. */
	most: string;
}

/**
 * How a ledger is compared with payments. A list shows all differences. An endpoint that answers about one payment is
 * asked once per reference; it cannot show payments that the ledger lacks.
 */
export interface Reconciles {
	/** The member of the Payment that the ledger's reference stands for. */
	by: 'reference' | 'id';
	/** For a list: the parameters of its time range, where it has them. */
	range?: { from: string; to: string };
	/**
	 * For a single payment: the parameter of the reference, and the codes that prove that the payment does not exist.
	 */
	ask?: { parameter: string; absent: readonly string[] };
}

/** An order with its own notification URL. The execution that made the order sleeps until that URL is called. */
export interface Callback {
	/** The parameter that takes the URL. */
	parameter: string;
	/**
	 * What identifies the order: the key is a field of an event, the value the same field in the made object's
	 * record.
	 */
	about: Readonly<Record<string, string>>;
	/**
	 * For an object that outlives the execution, e.g. an address: the kinds of records that are about it. Only a
	 * record that is newer than the execution's beginning counts. An older one may have ended an earlier execution.
	 */
	kinds?: readonly string[];
	/**
	 * How to read the order once more before sleeping: `resource.operation` of a read, and its parameters from the
	 * record.
	 */
	read?: { operation: string; by: Readonly<Record<string, string>> };
}

/** A price that the provider has quoted, as the members of the request that accepts it: the rate is `of` / `per`. */
export interface Quoted {
	of: { name: string; label: string };
	per: { name: string; label: string };
	/** Which end of the rates is bad for the user. */
	worst: 'highest' | 'lowest';
}
