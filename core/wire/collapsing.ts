interface Reads<Answer> {
	underWay: Promise<Answer>;
	/** Begins when the one under way has ended; all that come meanwhile share it. */
	next?: Promise<Answer>;
}

/**
 * Request collapsing: equal reads that come at once are one. A read that has left already is not shared: what made the
 * caller ask may have happened after it was answered.
 * @param key names the request and the credential, with its secrets in a hash
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
