import { at, type Json, textOf, type WritableObject } from '../exact/json';
import type { Prepared } from '../items/prepare';
import type { Lookup } from '../provider/lookup';
import { findOperation, type Operation } from '../provider/operation';
import { readAbout } from '../wire/asking';
import { eachPage, objectIn } from '../wire/pages';
import { type Reading, saysAbsent } from '../wire/reading';
import type { SendingRun } from './attempts';
import { type Found, LOOKUP_TIMEOUT_MS } from './protocol';
import { differences } from './sameness';

/** Some providers have another lookup for a request on behalf of another account. */
export function lookupFor({ operation: { lookup }, account }: SendingRun): Lookup | undefined {
	return account.onBehalfOf === undefined ? lookup : (lookup?.onBehalfOf ?? lookup);
}

/** Asks the provider for the reference of a payment. Undefined where nobody can ask by it. */
export function askingFor(run: SendingRun, prepared: Prepared): (() => Promise<Found>) | undefined {
	const lookup = lookupFor(run);
	const { reference } = prepared;
	if (!lookup || reference === undefined) return undefined;
	return () => find(run, prepared, lookup, reference);
}

/** Asks the provider by the reference. */
async function find(run: SendingRun, prepared: Prepared, lookup: Lookup, reference: string): Promise<Found> {
	const { provider, account, operation } = run;
	const asking = findOperation(provider.resources, lookup.operation);
	if (!asking)
		throw new TypeError(`${operation.value} looks up by ${lookup.operation}, which does not exist`);
	const values: WritableObject = {
		...lookup.with,
		...shared(lookup, prepared),
		...(lookup.by ? { [lookup.by]: asSent(prepared, operation, reference) } : {}),
	};
	const ask = (page: WritableObject) => readAbout(run, asking, { ...values, ...page }, LOOKUP_TIMEOUT_MS);
	const sought =
		'list' in asking.returns
			? await findRow(asking, ask, lookup, reference)
			: findOne(asking, await ask({}), (candidate) => textOf(at(candidate, lookup.field)) === reference);
	if ('state' in sought) return sought;
	const same = lookup.same ?? operation.same;
	return {
		state: 'found',
		data: sought.data,
		kind: asking.returns.kind,
		differences: same ? differences(same, prepared.request.values, sought.data, account.onBehalfOf) : [],
	};
}

type Missing = Exclude<Found, { state: 'found' }>;

const ABSENT: Missing = { state: 'absent' };

function notProven(reason: string, nextStep?: string): Missing {
	return { state: 'unclear', reason, nextStep };
}

function unreadAs(reading: Exclude<Reading, { state: 'read' }>): Missing {
	const { reason, nextStep } = reading;
	if (reading.state === 'unclear') return notProven(reason, nextStep);
	return saysAbsent(reading) ? ABSENT : notProven(`${reason} (${reading.code})`, nextStep);
}

/**
 * The object in an answer, if it names the reference that was asked for. Another object proves nothing. It may even
 * be this payment, with a reference that the provider has changed.
 */
function findOne(
	asking: Operation,
	reading: Reading,
	namesReference: (candidate: Json) => boolean,
): { data: Json } | Missing {
	if (reading.state !== 'read') return unreadAs(reading);
	const data = objectIn(reading.data, asking) ?? null;
	const isNothing =
		data === null || data === '' || (typeof data === 'object' && Object.keys(data).length === 0);
	if (isNothing) return ABSENT;
	return namesReference(data)
		? { data }
		: notProven('it answered with something that does not name the reference');
}

/** If a list has more rows, its filter by reference does not work. */
const MAX_LOOKUP_ROWS = 1000;

interface Seen {
	rows: number;
	/** A row has the field of the reference. */
	isNamed: boolean;
	/** A row names the reference in another spelling. */
	isAlike: boolean;
	data?: Json | undefined;
}

/**
 * Looks for the reference in all rows of a list. The filter may let other rows through, so the right row may be on a
 * later page.
 */
async function findRow(
	asking: Operation,
	ask: (page: WritableObject) => Promise<Reading>,
	{ field }: Lookup,
	reference: string,
): Promise<{ data: Json } | Missing> {
	const seen: Seen = { rows: 0, isNamed: false, isAlike: false };
	const end = await eachPage(asking, MAX_LOOKUP_ROWS, ask, (news) => {
		const named = (row: Json) => textOf(at(row, field));
		seen.rows += news.length;
		seen.isNamed ||= news.some((row) => at(row, field) !== undefined);
		seen.isAlike ||= news.some((row) => inOneSpelling(named(row)) === inOneSpelling(reference));
		seen.data = news.find((row) => named(row) === reference);
		return seen.data !== undefined || seen.rows >= MAX_LOOKUP_ROWS;
	});
	if (seen.data !== undefined) return { data: seen.data };
	switch (end.state) {
		case 'complete':
			// It may be this payment, with a reference that the provider has changed.
			if (seen.isAlike) return notProven('its list names the reference in another spelling');
			// The rows may belong to another contract of the same endpoint. Rows without the field say nothing about
			// a reference.
			return seen.isNamed || seen.rows === 0 ? ABSENT : notProven('no row of its list shows a reference');
		case 'enough':
			return notProven(`the first ${seen.rows} rows of its list do not name the reference`);
		case 'short':
			return notProven(`its list is not whole: ${end.reason}`);
		case 'refused':
		case 'unclear':
			return unreadAs(end);
	}
}

/** Capitals, spaces and the width of characters are what a provider may change when it stores a text. */
function inOneSpelling(text = ''): string {
	return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}

function shared({ sharing = [] }: Lookup, { request: { values } }: Prepared): WritableObject {
	return Object.fromEntries(sharing.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** The reference in the form of the request: a number where the provider wants a number. */
function asSent(
	{ request }: Prepared,
	{ referenceField = '' }: Operation,
	reference: string,
): string | number {
	const value = request.values[referenceField];
	return typeof value === 'number' ? value : reference;
}
