import type { WritableObject } from '../exact/json';
import { checkParameters, type Parameters, readParameters } from '../fields/parameters';
import { checkReference, printable } from '../fields/rules';
import type { Run, Signer } from '../items/run';
import { signerOf } from '../items/signer';
import type { Operation, Packing, ReferenceRule } from '../provider/operation';
import { asRefusal, Refusal } from '../refusal';
import { refuseAgents } from './agents';
import { lineReference } from './packing';

/** One input item of a mass payment, checked. */
export interface Recipient {
	item: number;
	/** Of the line, unique within the run. */
	reference: string;
	line: WritableObject;
}

/** What all items say together: the batch's own parameters, and one line each. */
export interface Recipients {
	/** Parameters of the batch as they are sent, its ID still without a number. */
	shared: WritableObject;
	/** The options of the node, the same for all items. */
	options: Record<string, unknown>;
	recipients: Recipient[];
}

/** Why items cannot be sent, by their place in the input. */
export type Reasons = ReadonlyMap<number, Refusal>;

/** Reads and checks all items, and finds all that cannot be sent, not only the first. Sends nothing. */
export async function readRecipients(run: Run, packs: Packing): Promise<Recipients | { bad: Reasons }> {
	const { node, operation } = run;
	const bad = new Map<number, Refusal>();
	const found: Recipients = { shared: {}, options: {}, recipients: [] };
	const references = new Map<string, number>();
	let first: (Parameters & { item: number }) | undefined;
	for (let item = 0; item < node.getInputData().length; item += 1) {
		try {
			const parameters = readParameters(node, operation, item);
			first ??= { ...parameters, item };
			refuseDifferent(operation, packs, parameters, first);
			refuseAgents(run);
			if (item > 0) refuseOtherAccount(run, await signerOf(run, item), first.item);
			const { values } = await checkParameters(operation, parameters, noFile, node.getTimezone());
			const { line, shared } = split(values, packs);
			const reference = ownReference(operation, packs, { line, shared, item });
			refuseReusedLine(references, reference, item);
			found.recipients.push({ item, reference, line: { ...line, [packs.referenceField]: reference } });
			Object.assign(found, { shared, options: parameters.options });
		} catch (cause) {
			bad.set(item, asRefusal(cause));
		}
	}
	return bad.size > 0 ? { bad } : found;
}

/** One request has one signature: another account would pay, or not, without a word. */
function refuseOtherAccount({ credentials }: Run, other: Signer, first: number): void {
	if (JSON.stringify(credentials) === JSON.stringify(other.credentials)) return;
	throw new Refusal(
		`The credential gives another account than for item ${first + 1}, and one run pays from one account`,
		'Run the node once for each account',
	);
}

function noFile(): Promise<never> {
	throw new TypeError('A line of a batch has no file');
}

function split(values: WritableObject, { lines }: Packing): { line: WritableObject; shared: WritableObject } {
	const isOfLine = ([name]: [string, unknown]) => lines.includes(name);
	const entries = Object.entries(values);
	return {
		line: Object.fromEntries(entries.filter(isOfLine)),
		shared: Object.fromEntries(entries.filter((entry) => !isOfLine(entry))),
	};
}

/** What belongs to the batch is one for all: the value of another item would silently count for nothing. */
function refuseDifferent(
	operation: Operation,
	{ lines }: Packing,
	{ fields, options }: Parameters,
	first: Parameters & { item: number },
): void {
	const own = Object.keys({ ...first.fields, ...fields }).filter((name) => !lines.includes(name));
	const differs = (here: unknown, there: unknown) => JSON.stringify(here) !== JSON.stringify(there);
	const name =
		own.find((one) => differs(fields[one], first.fields[one])) ??
		Object.keys({ ...first.options, ...options }).find((one) => differs(options[one], first.options[one]));
	if (name === undefined) return;
	const field = [...(operation.fields ?? []), ...(operation.options ?? [])].find((one) => one.name === name);
	throw new Refusal(
		`${field?.displayName ?? `The option ${name}`} is another one than in item ${first.item + 1}; it is one for the whole run`,
		'Give all items the same, or run the node once for each',
	);
}

/** The item's own reference, or the one that the rule makes. */
function ownReference(
	operation: Operation,
	packs: Packing,
	{ line, shared, item }: { line: WritableObject; shared: WritableObject; item: number },
): string {
	const given = line[packs.referenceField];
	if (given !== undefined) return String(given);
	const made = lineReference(String(shared[operation.referenceField ?? '']), item);
	const label = operation.fields?.find(({ name }) => name === packs.referenceField)?.displayName;
	return checkReference(made, referenceRule(operation, packs.referenceField), label ?? packs.referenceField);
}

/** @throws TypeError for a row that packs without a rule for its references */
export function referenceRule({ value, rules }: Operation, name: string): ReferenceRule {
	const rule = rules?.[name];
	if (rule?.kind !== 'reference') throw new TypeError(`${value} has no rule for the reference ${name}`);
	return rule;
}

function refuseReusedLine(references: Map<string, number>, reference: string, item: number): void {
	const earlier = references.get(reference);
	if (earlier !== undefined) {
		throw new Refusal(
			`The reference \`${printable(reference)}\` is that of item ${earlier + 1} already`,
			'Give each recipient a reference of its own, or none',
		);
	}
	references.set(reference, item);
}
