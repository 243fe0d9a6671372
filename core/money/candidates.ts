import { clock } from '../clock';
import { isObject, textOf, type Json, type JsonObject, type WritableObject } from '../exact/json';
import { DAY_MS } from '../exact/time';
import { spanOf } from '../events/changes';
import type { Outcome } from '../items/outcome';
import { recordOf } from '../items/output';
import type { Prepared } from '../items/prepare';
import type { Candidates } from '../provider/once';
import { findOperation, type Operation } from '../provider/operation';
import type { Payment } from '../provider/payment';
import { rangeValues } from '../reads/reconcile';
import { readFrom } from '../wire/asking';
import { readPages } from '../wire/pages';
import { requestFor } from '../wire/request';
import type { SendingRun } from './attempts';
import { LOOKUP_TIMEOUT_MS } from './protocol';
import { isSameText, scalarText } from './sameness';

/** Milliseconds by which the provider's clock may be behind ours. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/** Enough for what was made within a few minutes. It is one page of a list. */
const MAX_ROWS = 100;

/**
 * When this execution began to send a request, in unix milliseconds. A retry has the time of the first try. Undefined
 * where no list shows the payment.
 */
export function sendingSince({ operation, attempts }: SendingRun, key: string): number | undefined {
	return operation.once?.candidates && attempts.made(`${key} since`, () => ({ since: clock.now() })).since;
}

/**
 * Adds to an unknown outcome what the provider's list shows that could be the payment. It proves nothing, so the outcome
 * stays unknown. The list is read once. If it cannot be read, the outcome is told without it.
 * @param since unix milliseconds of the first send in this execution
 */
export async function withCandidates(
	run: SendingRun,
	prepared: Prepared,
	outcome: Outcome,
	since: number | undefined,
): Promise<Outcome> {
	const candidates = run.operation.once?.candidates;
	if (!candidates || since === undefined || run.stop?.aborted) return outcome;
	if (outcome.state !== 'unknown' || outcome.unsent || outcome.isConflict) return outcome;
	try {
		const rows = await readNewest(run, candidates, since);
		return rows ? { ...outcome, candidates: candidatesIn(run, prepared, rows, since) } : outcome;
	} catch {
		// What is known of the payment matters more than what its list shows.
		return outcome;
	}
}

async function readNewest(
	run: SendingRun,
	{ operation, range }: Candidates,
	since: number,
): Promise<Json[] | undefined> {
	const { provider, account } = run;
	const listing = listOf(run, operation);
	const span = { from: since - DAY_MS, to: clock.now() + DAY_MS };
	const asked = rangeValues(listing, range, span);
	const ask = (page: WritableObject) => {
		const request = requestFor(provider, account, listing, { ...asked, ...page });
		// The deadline is now: a payment that waits for its message must not wait for a provider that is down.
		return readFrom(run, listing, request, LOOKUP_TIMEOUT_MS, clock.now());
	};
	const { rows, reading } = await readPages(listing, MAX_ROWS, ask, () => true);
	return reading ? undefined : rows;
}

function listOf({ provider, operation }: SendingRun, name: string): Operation {
	const listing = findOperation(provider.resources, name);
	if (!listing)
		throw new TypeError(`${operation.value} looks for candidates in ${name}, which does not exist`);
	return listing;
}

function candidatesIn(run: SendingRun, prepared: Prepared, rows: readonly Json[], since: number): Payment[] {
	const { provider, operation, attempts } = run;
	const candidates = operation.once?.candidates;
	if (!candidates) return [];
	const kind = listOf(run, candidates.operation).returns.kind ?? '';
	const others = attempts.applied().map((one) => textOf(recordOf(provider, operation, one, {}).id));
	const isOther = (id: string | undefined) => id !== undefined && others.includes(id);
	return rows
		.filter(isObject)
		.map((row) => provider.payment(kind, row))
		.filter((record) => isSince(record, since) && !isOther(textOf(record.id)))
		.filter((record) => couldBe(candidates.by, prepared.request.values, record));
}

/** A time without a zone can mean any moment of more than a day. Without a time, nothing speaks against the record. */
function isSince({ createdAt, createdAtLocal }: Payment, since: number): boolean {
	const span = spanOf(createdAt, createdAtLocal);
	return span === undefined || span[1] >= since - CLOCK_TOLERANCE_MS;
}

/** Something must agree, and nothing that both show may differ. */
function couldBe(by: Candidates['by'], sent: WritableObject, record: JsonObject): boolean {
	const shown = Object.entries(by).flatMap(([field, members]) => {
		const here = scalarText(sent[field]);
		const there = members.map((name) => textOf(record[name])).filter((text) => text !== undefined);
		return here === undefined || there.length === 0 ? [] : [there.some((text) => isSameText(here, text))];
	});
	return shown.length > 0 && shown.every((agrees) => agrees);
}
