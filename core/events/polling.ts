import { NodeApiError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { textOf } from '../exact/json';
import type { Provider } from '../provider/provider';
import { byTime, findChanges, type Findings, lowest, objectOf, rememberUnknown } from './changes';
import { choicesIn, type Filter, passes, type ProviderEvent } from './event';
import { forgetOld, type Memory, type Place, placeOf } from './pollingMemory';
import { NotListed } from './notListed';
import { type Extent, filtersOf, listEvents, type Listing, type Watch } from './watching';

/** The first poll of all has to end soon: n8n keeps the time at which it began only then. */
const MAX_FIRST_POLL_MS = 10_000;
/** Of an n8n that sets none. */
const MAX_POLL_MS = 5 * 60_000;

/**
 * Asks a provider for new and changed objects: one execution with one item for each change. With n8n's durable cursors
 * the memory and the execution are stored together, so that each change is executed once. Else n8n stores the memory a
 * moment before the execution: a crash between the two loses the change, a repeat comes of nothing else.
 */
export async function poll(
	this: IPollFunctions,
	provider: Provider,
	watches: Readonly<Record<string, Watch>>,
): Promise<INodeExecutionData[][] | null> {
	const chosen = String(this.getNodeParameter('watch', ''));
	const watch = watches[chosen];
	if (!watch) throw new TypeError(`${provider.displayName} has nothing called ${chosen} to watch`);
	const settings = settingsOf(this, watch);
	const now = clock.now();
	const isTest = this.getMode() === 'manual';
	const before = isTest ? undefined : placeOf(this, chosen).memory;
	const deadline = now + (isTest || before ? pollBudget(this) : MAX_FIRST_POLL_MS);
	const askedAt = (name: string) => before?.asked[name]?.at ?? 0;
	const look = (extent: Extent) =>
		listEvents(this, provider, watch, { ...extent, deadline, askedAt, readAt: before?.readAt });
	if (isTest) return newest(this, await look(settings));

	const answers = await ask(look, settings, before);
	const place = placeOf(this, chosen);
	// A slow poll that a later one has overtaken knows less than that.
	const polledAt = place.memory?.polledAt ?? 0;
	if (polledAt > now && polledAt <= clock.now()) return null;
	const memory = memoryOf(place.memory, answers.listing, now);
	const { listing, unlisted } = answers;
	if (unlisted && memory.readAt !== undefined && mayThrow(this, place)) throw shown(this, unlisted);
	const found = learn(memory, watch, answers, settings, now);
	place.keep(memory);
	report(this, unlisted ? [unlisted] : [...unreadIn(listing), ...cutIn(listing)]);
	if (found.doubtful.length > 0) report(this, [mayHaveChanged(provider, found.doubtful)]);
	const news = toTell(found.news, settings, before);
	return news.length > 0 ? [news.map((json) => ({ json }))] : null;
}

interface Settings extends Extent {
	statuses: string[];
	emitExisting: boolean;
}

function settingsOf(node: IPollFunctions, { filters }: Watch): Settings {
	return {
		days: Math.max(1, Number(node.getNodeParameter('days', 7))),
		filters: filtersOf(node, filters),
		statuses: choicesIn(node.getNodeParameter('statuses', [])),
		emitExisting: node.getNodeParameter('emitExisting', false) === true,
	};
}

/** Milliseconds. n8n up to 2.35 has no limit of its own, and no function that tells it. */
function pollBudget(node: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return node.getPollBudgetMs?.() ?? MAX_POLL_MS;
}

/**
 * The durable scheduler waits longer after a poll that threw. Elsewhere n8n takes the throw of the poll at a start for a
 * trigger that cannot be activated.
 */
function mayThrow(node: IPollFunctions, { isDurable }: Place): boolean {
	return isDurable && node.getActivationMode() === 'update';
}

interface Answers {
	listing: Listing;
	/** The same as it was asked in the poll before, where that saw less for another reason than a change. */
	asBefore?: Listing | undefined;
	/** Why a list could not be read, as it is asked or as it was asked before. */
	unlisted?: NotListed | undefined;
}

async function ask(
	look: (extent: Extent) => Promise<Listing>,
	settings: Settings,
	before: Memory | undefined,
): Promise<Answers> {
	const listing = await look(settings);
	if (listing.isNamed) return { listing };
	const [unlisted] = unreadIn(listing);
	const earlier = before && earlierExtent(before, settings);
	if (unlisted || !earlier) return { listing, unlisted };
	// Asked after it, so that what is made meanwhile is not taken for old.
	const asBefore = await look(earlier);
	return { listing, asBefore, unlisted: unreadIn(asBefore)[0] };
}

/** How it was asked in the poll before, if it would now see more than that for another reason than a change. */
function earlierExtent(memory: Memory, now: Settings): Extent | undefined {
	if (memory.readAt === undefined) return undefined;
	const { days = now.days, filters = now.filters } = memory;
	const isOther = JSON.stringify(filters) !== JSON.stringify(now.filters);
	return isOther || days < now.days ? { days, filters } : undefined;
}

/** The memory that the listing is compared with: a new one at the beginning, and for another account. */
function memoryOf(kept: Memory | undefined, { reads, source }: Listing, now: number): Memory {
	const fresh: Memory = { format: 2, known: {}, asked: {}, polledAt: now };
	if (!kept) return fresh;
	const isAnswered = reads.some(({ unread }) => !unread);
	if (kept.source === undefined || kept.source === source || !isAnswered) return kept;
	// The same account may come with another key, so its objects are looked for first.
	const isSame = reads.some(({ events }) => events.some((event) => objectOf(event) in kept.known));
	return isSame ? kept : fresh;
}

/** Puts into the memory what the answers say. @returns what of it is told */
function learn(
	memory: Memory,
	watch: Watch,
	{ listing, asBefore, unlisted }: Answers,
	settings: Settings,
	now: number,
): Findings {
	memory.polledAt = now;
	const found = findChanges(memory, asBefore ?? listing, now, settings.emitExisting);
	if (unlisted) return found;
	settle(memory, watch, listing, settings, now);
	if (!asBefore) return found;
	rememberUnknown(memory, listing, now);
	const listed = new Set(listing.reads.flatMap(({ events }) => events.map(objectOf)));
	return { ...found, news: found.news.filter((event) => listed.has(objectOf(event))) };
}

/** What the next poll has to know of this one. */
function settle(
	memory: Memory,
	watch: Watch,
	{ reads, source, isNamed }: Listing,
	{ days, filters, statuses }: Settings,
	now: number,
): void {
	if (reads.every(({ unread }) => unread)) return;
	delete memory.before;
	memory.source = source;
	Object.assign(memory, { days, filters, statuses });
	if (reads.some(({ unread }) => unread)) return;
	if (watch.madeBy && memory.readAt === undefined) {
		const floor = lowest(reads.flatMap(({ events }) => events));
		if (floor !== undefined) memory.floor = floor;
	}
	memory.readAt = now;
	forgetOld(memory, isNamed, days, now);
}

/** What the filter lets through; where it was another one in the poll before, that one too. */
function toTell(
	news: readonly ProviderEvent[],
	{ statuses }: Settings,
	before: Memory | undefined,
): ProviderEvent[] {
	const filters: Filter[] = [statuses, before?.statuses ?? []].map((one) => ({ events: [], statuses: one }));
	return news.filter((event) => filters.every((filter) => passes(event, filter))).sort(byTime);
}

/** The editor's test: the newest object, as an event. */
function newest(node: IPollFunctions, listing: Listing): INodeExecutionData[][] | null {
	const [unanswered] = unreadIn(listing);
	const [last] = listing.reads.flatMap(({ events }) => events).sort((one, other) => byTime(other, one));
	if (!last && unanswered) throw shown(node, unanswered);
	return last ? [[{ json: last }]] : null;
}

const unreadIn = ({ reads }: Listing) =>
	reads.map(({ unread }) => unread).filter((cause) => cause !== undefined);
const cutIn = ({ reads }: Listing) => reads.map(({ cut }) => cut).filter((cause) => cause !== undefined);

function mayHaveChanged({ displayName }: Provider, events: readonly ProviderEvent[]): NotListed {
	const named = events.slice(0, 10).map(({ id, reference }) => textOf(id) ?? textOf(reference) ?? '');
	const more = events.length > named.length ? ` and ${events.length - named.length} more` : '';
	return new NotListed({
		message: `${displayName} has answered for the first time about ${named.join(', ')}${more}. What is there counts as known, and it does not say when that has changed.`,
		nextStep: 'Look at them: a change before this answer does not start the workflow.',
	});
}

function shown(node: IPollFunctions, { message, nextStep }: NotListed): NodeApiError {
	return new NodeApiError(node.getNode(), {}, { message, description: nextStep });
}

const MAX_TOLD_CAUSES = 5;

/** A poll that did not find everything is shown as one failed execution; what it found is told. */
function report(node: IPollFunctions, causes: readonly NotListed[]): void {
	const silent = causes.find(({ isSilence }) => isSilence);
	const told = causes.filter((cause) => !cause.isSilence || cause === silent);
	const [first] = told;
	if (!first) return;
	const messages = told.slice(0, MAX_TOLD_CAUSES).map(({ message }) => message);
	if (told.length > messages.length)
		messages.push(`${told.length - messages.length} more could not be read.`);
	node.__emitError(shown(node, new NotListed({ message: messages.join(' '), nextStep: first.nextStep })));
}
