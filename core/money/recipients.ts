import { breathing } from '../clock';
import type { WritableObject } from '../exact/json';
import { refuseWrongRecipient } from '../fields/recipientCheck';
import { checkParameters, type Parameters, readParameters } from '../fields/parameters';
import { checkReference, printable } from '../fields/rules';
import type { Run, Signer } from '../items/run';
import { signerFor } from '../items/signer';
import type { Packing } from '../provider/does';
import type { ReferenceRule } from '../provider/fieldRule';
import type { Operation } from '../provider/operation';
import { asRefusal, Refusal } from '../refusal';
import { refuseAgents } from './agents';
import { lineReference } from './packing';

/** One checked input item of a mass payment. */
export interface Recipient {
	item: number;
	/** The line's reference, unique within the run. */
	reference: string;
	line: WritableObject;
}

/** The content of all items: the batch's own parameters, and one line for each item. */
export interface Recipients {
	/** The parameters of the batch in the form in which they are sent. Its ID has no number yet. */
	shared: WritableObject;
	/** The node's options. They are the same for all items. */
	options: Record<string, unknown>;
	recipients: Recipient[];
}

/** The reasons why items cannot be sent, by the item's position in the input. */
export type Reasons = ReadonlyMap<number, Refusal>;

/** Reads and checks all items and sends nothing. It reports all items that cannot be sent, not only the first one. */
export async function readRecipients(run: Run, packs: Packing): Promise<Recipients | { bad: Reasons }> {
	const { node, operation } = run;
	const bad = new Map<number, Refusal>();
	const found: Recipients = { shared: {}, options: {}, recipients: [] };
	const references = new Map<string, number>();
	let first: (Parameters & { item: number }) | undefined;
	const breathe = breathing();
	for (let item = 0; item < node.getInputData().length; item += 1) {
		await breathe();
		try {
			const parameters = readParameters(node, operation, item);
			first ??= { ...parameters, item };
			refuseDifferent(operation, packs, parameters, first);
			refuseAgents(run);
			refuseOtherAccount(run, await signerFor(run, item), first.item);
			const { values } = await checkParameters(operation, parameters, noFile, node.getTimezone());
			refuseWrongRecipient(operation, values, parameters.options);
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

/**
 * One request has one signature. A line of another account would be paid from the wrong one, or not paid, and nobody
 * would notice.
 */
function refuseOtherAccount({ credentials }: Run, other: Signer, first: number): void {
	if (credentials === other.credentials) return;
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

/**
 * A parameter of the batch must be equal in all items. Otherwise the value of a later item would be ignored silently.
 */
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

/** The item's own reference, or one that is made from the batch's. */
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

/** @throws TypeError for a row with `packs` and without a rule for its references */
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
