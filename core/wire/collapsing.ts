interface Reads<Answer> {
	underWay: Promise<Answer>;
	/** Begins when the read under way has ended. All callers that come meanwhile share it. */
	next?: Promise<Answer>;
}

/**
 * Request collapsing: equal reads that come at the same time become one. A new caller does not share a read that has
 * already left, because the change that the caller wants to see may be newer than its answer.
 * @param key names the request and the credential; its secrets are in it as a hash
 */
export function collapsing<Answer>(): (key: string, read: () => Promise<Answer>) => Promise<Answer> {
	const all = new Map<string, Reads<Answer>>();

	function begin(key: string, read: () => Promise<Answer>): Promise<Answer> {
		const underWay = read();
		const own: Reads<Answer> = { underWay };
		all.set(key, own);
		const forget = () => {
			if (all.get(key) === own && !own.next) all.delete(key);
		};
		underWay.then(forget, forget);
		return underWay;
	}

	return (key, read) => {
		const own = all.get(key);
		if (!own) return begin(key, read);
		const start = () => begin(key, read);
		own.next ??= own.underWay.then(start, start);
		return own.next;
	};
}
