import { sha256 } from '../exact/hash';
import { canonicalJson, type WritableJson, type WritableObject } from '../exact/json';
import { checkReference } from '../fields/rules';
import { isPreview, refuseChanged } from '../items/approval';
import { type Prepared, preparedFrom } from '../items/prepare';
import type { Run } from '../items/run';
import { coveredBy } from '../limits/covered';
import { movedBy } from '../limits/moved';
import type { Packing } from '../provider/does';
import { Refusal } from '../refusal';
import { buildRequest } from '../wire/request';
import { batchReference, packed, totals } from './packing';
import { type Recipient, type Recipients, referenceRule } from './recipients';

/** One request of a mass payment. */
export interface Batch {
	reference: string;
	prepared: Prepared;
	recipients: readonly Recipient[];
	/** The last item among its recipients. The first one is `prepared.item`. */
	lastItem: number;
}

export interface Plan {
	batches: Batch[];
	preview: boolean;
	/** Covers all lines, their order and their batches, because a person approves the whole run. */
	fingerprint: string;
	/** The exact sum for each currency. */
	totals: Record<string, string>;
}

/**
 * Builds all requests of a run. It sends nothing.
 * @throws Refusal when a reference does not fit, or when the whole run is not what a person approved
 */
export function planBatches(run: Run, packs: Packing, given: Recipients): Plan {
	const { operation } = run;
	const { shared, options, recipients } = given;
	const id = String(shared[operation.referenceField ?? '']);
	const batches = packed(recipients, mostLines(run, packs, options)).map((lines, index) =>
		buildBatch(run, packs, {
			lines,
			shared,
			options,
			reference: fitting(run, batchReference(id, index + 1)),
		}),
	);
	const requests = batches.map(({ prepared }) => prepared.request);
	const fingerprint = sha256(canonicalJson({ batches: requests.map((request) => request.fingerprint) }));
	refuseChanged(options, () => ({
		covered: coveredBy(requests.map(({ values }) => movedBy(operation, values))),
		fingerprint,
	}));
	return { batches, preview: isPreview(options), fingerprint, totals: totalsOf(packs, given) };
}

function buildBatch(
	{ provider, operation, account, credentials }: Run,
	packs: Packing,
	given: {
		lines: readonly Recipient[];
		shared: WritableObject;
		options: Record<string, unknown>;
		reference: string;
	},
): Batch {
	const { lines, shared, options, reference } = given;
	const headers = provider.headers?.(operation, account) ?? {};
	// The ID keeps its place in the order of parameters, so that the request looks like one that a user typed.
	const values = {
		...shared,
		...(operation.referenceField === undefined ? {} : { [operation.referenceField]: reference }),
		[packs.into]: lines.map(({ line }) => line),
	};
	const item = lines[0]?.item ?? 0;
	const prepared = preparedFrom(
		{ provider, operation, account, credentials, item, boundary: '' },
		options,
		(more) =>
			buildRequest(operation, { account, headers, values: { ...values, ...more }, files: [], boundary: '' }),
	);
	return { reference, prepared, recipients: lines, lastItem: lines[lines.length - 1]?.item ?? item };
}

function mostLines({ operation }: Run, { most }: Packing, options: Record<string, unknown>): number {
	const field = operation.options?.find(({ name }) => name === most);
	const given = options[most] ?? field?.default;
	const lines = Number(given);
	if (Number.isSafeInteger(lines) && lines >= 1) return lines;
	throw new Refusal(`${field?.displayName ?? most} \`${String(given)}\` is not a whole number above 0`);
}

function fitting({ operation }: Run, reference: string): string {
	const name = operation.referenceField ?? '';
	const label = operation.fields?.find((field) => field.name === name)?.displayName ?? name;
	return checkReference(
		reference,
		referenceRule(operation, name),
		`${label} \`${reference}\` with its number`,
	);
}

function totalsOf({ amount, currency }: Packing, { shared, recipients }: Recipients): Record<string, string> {
	const memberOf = (line: WritableObject, name: string): WritableJson => line[name] ?? shared[name];
	return totals(
		recipients.map(({ line }) => ({ amount: memberOf(line, amount), currency: memberOf(line, currency) })),
	);
}
