import type { IDataObject } from 'n8n-workflow';
import type { Delivered } from '../../unit/webhookStage.mts';
import type { TriggerNode } from './schedule.mts';
import type { Books, Shop, State } from './shops/shop.mts';

export interface Tally {
	schedules: number;
	changes: number;
	deliveries: number;
	polls: number;
	/** Items that started executions. */
	told: number;
	/** Of these: repeats of a notification whose answer the provider did not get, under the same eventId. */
	repeats: number;
	/** Items of executions that n8n without durable cursors lost in a crash: the page says so. */
	lostInCrash: number;
	restarts: number;
	forgeries: number;
	violations: string[];
}

export const emptyTally = (): Tally => ({
	schedules: 0,
	changes: 0,
	deliveries: 0,
	polls: 0,
	told: 0,
	repeats: 0,
	lostInCrash: 0,
	restarts: 0,
	forgeries: 0,
	violations: [],
});

/** The one eventId of each change, from whatever source, and the one change of each eventId. */
export class Names {
	readonly #ids = new Map<string, string>();
	readonly #changes = new Map<string, string>();

	/** @returns what is wrong with the eventId of a change */
	check(change: string, id: string): string[] {
		const known = this.#ids.get(change);
		const other = this.#changes.get(id);
		this.#ids.set(change, known ?? id);
		this.#changes.set(id, other ?? change);
		return [
			...(known !== undefined && known !== id ? [`two names for one change: ${change}`] : []),
			...(other !== undefined && other !== change ? [`one name for two changes: ${other}, ${change}`] : []),
		];
	}
}

export function passes({ words }: Shop, { statuses }: TriggerNode, { word }: State): boolean {
	const meaning = words[word];
	return statuses.length === 0 || (meaning !== undefined && statuses.includes(meaning));
}

/** What an item says against the state that it should tell; nothing where it is right. */
export function itemFaults(
	{ shop, names }: { shop: Shop; names: Names },
	item: IDataObject,
	expected: { object: string; state: State; time: number },
): string[] {
	const { object, state, time } = expected;
	const about = `${object} ${state.word}`;
	const faults = [];
	if (shop.wordOf(item) !== state.word) faults.push(`invented: ${about} is told as ${shop.wordOf(item)}`);
	if (item.status !== shop.words[state.word])
		faults.push(`invented: ${about} is told as ${String(item.status)}`);
	const suffix = time > 1 ? `-${time}` : '';
	const id = String(item.eventId);
	const isCounted =
		id.endsWith(suffix) && /^[A-Za-z]+-[0-9a-f]{32}$/.test(id.slice(0, id.length - suffix.length));
	if (!isCounted) return [...faults, `the ${time}. time of ${about} has the name ${id}`];
	return [
		...faults,
		...names.check(`${object} ${shop.changeOf(state)}`, id.slice(0, id.length - suffix.length)),
	];
}

/** What a delivery has to bring: the state to tell, or none where it has to be repeated. */
export function deliveryFaults(
	setting: { shop: Shop; names: Names; node: TriggerNode },
	{ status, body, items }: Delivered,
	told: { object: string; state: State } | undefined,
): string[] {
	const { shop, node } = setting;
	if (!told) {
		const faults = items ? [`invented: ${items.length} items where nothing was proven`] : [];
		return status === 200 ? [...faults, 'lost: acknowledged and not understood'] : faults;
	}
	if (status !== 200) return [`refused with ${status}: ${told.object} ${told.state.word}`];
	const isTold = passes(shop, node, told.state);
	const expected = JSON.stringify(shop.acknowledgement(isTold ? told.state : undefined));
	const faults = JSON.stringify(body) === expected ? [] : [`acknowledged with ${JSON.stringify(body)}`];
	const [item, ...more] = items ?? [];
	if (!isTold) return item ? [...faults, `invented: ${told.state.word} past the filter`] : faults;
	if (!item) return [...faults, `lost: ${told.object} ${told.state.word}`];
	if (more.length > 0) return [...faults, `doubled: ${told.object} ${told.state.word}`];
	if (shop.objectOf(item) !== told.object) return [...faults, `invented: ${shop.objectOf(item)}`];
	return [...faults, ...itemFaults(setting, item, { ...told, time: 1 })];
}

interface Seen {
	change: string;
	times: Record<string, number>;
}

interface Expected {
	state: State;
	time: number;
	/** Whether it has to be told, or may be: before the first answer nobody knows what was there. */
	isCertain: boolean;
}

/** What a polling trigger must have seen: kept from the answers alone. */
export class Poller {
	#seen = new Map<string, Seen>();
	#begun = new Set<string>();
	#stored: { seen: Map<string, Seen>; begun: Set<string> };
	readonly #shop: Shop;
	readonly #since: number;

	constructor(shop: Shop, since: number) {
		this.#shop = shop;
		this.#since = since;
		this.#stored = this.#copy();
	}

	#copy() {
		return { seen: structuredClone(this.#seen), begun: structuredClone(this.#begun) };
	}

	/** n8n has stored the memory. */
	store(): void {
		this.#stored = this.#copy();
	}

	/** n8n begins anew with what it has stored. */
	recall(): void {
		this.#seen = structuredClone(this.#stored.seen);
		this.#begun = structuredClone(this.#stored.begun);
	}

	/** What a poll has to tell, that was answered about these objects. */
	answered(objects: readonly string[], books: Books, now: number): Map<string, Expected> {
		const expected = new Map<string, Expected>();
		for (const object of objects) {
			const state = books.get(object);
			const isFirst = !this.#begun.has(object);
			this.#begun.add(object);
			if (!state) continue;
			const change = this.#shop.changeOf(state);
			const known = this.#seen.get(object);
			if (known?.change === change) continue;
			const time = (known?.times[change] ?? 0) + 1;
			this.#seen.set(object, { change, times: { ...known?.times, [change]: time } });
			const isLater = state.at >= this.#since && now > this.#since;
			if (known || !isFirst) expected.set(object, { state, time, isCertain: true });
			else if (isLater) {
				const isShown = Math.floor(state.at / 1000) * 1000 >= this.#since;
				expected.set(object, { state, time, isCertain: this.#shop.isTimed && isShown });
			}
		}
		return expected;
	}
}

/** What is wrong with the items of a poll. */
export function pollFaults(
	setting: { shop: Shop; names: Names; node: TriggerNode },
	items: readonly IDataObject[],
	expected: ReadonlyMap<string, Expected>,
): string[] {
	const { shop, node } = setting;
	const faults: string[] = [];
	const told = new Set<string>();
	for (const item of items) {
		const object = shop.objectOf(item);
		const one = expected.get(object);
		if (told.has(object)) faults.push(`doubled: ${object}`);
		told.add(object);
		if (!one) faults.push(`invented: ${object} ${shop.wordOf(item)} is no news`);
		else if (!passes(shop, node, one.state)) faults.push(`invented: ${one.state.word} past the filter`);
		else faults.push(...itemFaults(setting, item, { object, ...one }));
	}
	for (const [object, { state, isCertain }] of expected)
		if (isCertain && !told.has(object) && passes(shop, node, state))
			faults.push(`lost: ${object} ${state.word}`);
	return faults;
}
