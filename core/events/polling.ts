import { NodeApiError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { textOf } from '../exact/json';
import type { Provider } from '../provider/provider';
import { byTime, findChanges, type Findings, lowest, objectOf, rememberUnknown } from './changes';
import { choicesIn, type Filter, passes, type ProviderEvent } from './event';
import { forgetOld, type Memory, type Place, memoryPlaceOf } from './pollingMemory';
import { NotListed } from './notListed';
import { type Extent, filtersOf, listEvents, type Listing, type Watch } from './watching';

/** Milliseconds. The very first poll must end soon, because n8n stores its time only at its end. */
const MAX_FIRST_POLL_MS = 10_000;
/** Milliseconds, for an n8n that sets no limit. */
const MAX_POLL_MS = 5 * 60_000;

/**
 * Asks a provider for new and changed objects. All changes of a poll start one execution, with one item each. With
 * durable cursors, n8n stores the memory together with the execution, so each change is executed once. Without them,
 * n8n stores the memory a moment before the execution, and a crash between the two loses the change. Only such a
 * crash can lose or repeat a change.
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
	const before = isTest ? undefined : memoryPlaceOf(this, chosen).memory;
	const deadline = now + (isTest || before ? pollBudget(this) : MAX_FIRST_POLL_MS);
	const askedAt = (name: string) => before?.asked[name]?.at ?? 0;
	const look = (extent: Extent) =>
		listEvents(this, provider, watch, { ...extent, deadline, askedAt, readAt: before?.readAt });
	if (isTest) return newest(this, await look(settings));

	const answers = await ask(look, settings, before);
	const place = memoryPlaceOf(this, chosen);
	// A later poll has overtaken this slow one and knows more.
	const polledAt = place.memory?.polledAt ?? 0;
	if (polledAt > now && polledAt <= clock.now()) return null;
	const memory = memoryOf(place.memory, answers.listing, now);
	const { listing, unlisted } = answers;
	if (unlisted && memory.readAt !== undefined && mayThrow(this, place)) throw shownError(this, unlisted);
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

/** Milliseconds. n8n up to 2.35 has no limit of its own, and no function that gives one. */
function pollBudget(node: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return node.getPollBudgetMs?.() ?? MAX_POLL_MS;
}

/**
 * Whether a poll may throw. The durable scheduler then waits longer before the next poll. Without it, n8n would
 * conclude from a throw at the start that the trigger cannot be activated.
 */
function mayThrow(node: IPollFunctions, { isDurable }: Place): boolean {
	return isDurable && node.getActivationMode() === 'update';
}

interface Answers {
	listing: Listing;
	/** The answers to the last poll's question. Set where that question covered less than this one. */
	asBefore?: Listing | undefined;
	/** Why a list could not be read, with the settings of this poll or of the last one. */
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
	// This read comes second, so that an object that is made between the two counts as new.
	const asBefore = await look(earlier);
	return { listing, asBefore, unlisted: unreadIn(asBefore)[0] };
}

/** The settings of the last poll, if this poll sees more than that one only because the user changed them. */
function earlierExtent(memory: Memory, now: Settings): Extent | undefined {
	if (memory.readAt === undefined) return undefined;
	const { days = now.days, filters = now.filters } = memory;
	const isOther = JSON.stringify(filters) !== JSON.stringify(now.filters);
	return isOther || days < now.days ? { days, filters } : undefined;
}

/** The memory for the comparison. It is new at the beginning and for another account. */
function memoryOf(kept: Memory | undefined, { reads, source }: Listing, now: number): Memory {
	const fresh: Memory = { format: 2, known: {}, asked: {}, polledAt: now };
	if (!kept) return fresh;
	const isAnswered = reads.some(({ unread }) => !unread);
	if (kept.source === undefined || kept.source === source || !isAnswered) return kept;
	// The same account may come with another key, so its objects decide.
	const isSame = reads.some(({ events }) => events.some((event) => objectOf(event) in kept.known));
	return isSame ? kept : fresh;
}

/**
 * Stores the answers in the memory.
 * @returns the changes to emit
 */
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
	storePoll(memory, watch, listing, settings, now);
	if (!asBefore) return found;
	rememberUnknown(memory, listing, now);
	const listed = new Set(listing.reads.flatMap(({ events }) => events.map(objectOf)));
	return { ...found, news: found.news.filter((event) => listed.has(objectOf(event))) };
}

/** Stores what the next poll has to know about this one. */
function storePoll(
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

/** The changes that pass the filter. If the last poll had another filter, a change must pass that one as well. */
function toTell(
	news: readonly ProviderEvent[],
	{ statuses }: Settings,
	before: Memory | undefined,
): ProviderEvent[] {
	const filters: Filter[] = [statuses, before?.statuses ?? []].map((one) => ({ events: [], statuses: one }));
	return news.filter((event) => filters.every((filter) => passes(event, filter))).sort(byTime);
}

/** For the editor's test: the newest object as an event. */
function newest(node: IPollFunctions, listing: Listing): INodeExecutionData[][] | null {
	const [unanswered] = unreadIn(listing);
	const [last] = listing.reads.flatMap(({ events }) => events).sort((one, other) => byTime(other, one));
	if (!last && unanswered) throw shownError(node, unanswered);
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

function shownError(node: IPollFunctions, { message, nextStep }: NotListed): NodeApiError {
	return new NodeApiError(node.getNode(), {}, { message, description: nextStep });
}

const MAX_TOLD_CAUSES = 5;

/** An incomplete poll is shown as one failed execution. The changes that it found are still emitted. */
function report(node: IPollFunctions, causes: readonly NotListed[]): void {
	const silent = causes.find(({ isSilence }) => isSilence);
	const told = causes.filter((cause) => !cause.isSilence || cause === silent);
	const [first] = told;
	if (!first) return;
	const messages = told.slice(0, MAX_TOLD_CAUSES).map(({ message }) => message);
	if (told.length > messages.length)
		messages.push(`${told.length - messages.length} more could not be read.`);
	node.__emitError(
		shownError(node, new NotListed({ message: messages.join(' '), nextStep: first.nextStep })),
	);
}
