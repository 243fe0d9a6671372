import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ReferenceRule } from '../provider/fieldRule';
import type { Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { emptyPart, hasEmptyPart } from './emptyParts';
import { checkReference, isEmpty, printable } from './rules';

const PAYMENT_REFERENCE = 'paymentReference';
const ALLOW_REPEATS = 'allowRepeats';
const CHECKED_NOT_PAID = 'checkedNotPaid';
const CHECKED_PAID = 'checkedPaid';

/**
 * Commas and lines divide the references of a list, and a space stands before a count, so no reference may have them.
 */
const RULE: ReferenceRule = {
	kind: 'reference',
	pattern: '^[^\\s,\\x00-\\x1f\\x7f]+$',
	characters: 'no spaces and no commas',
	maximumLength: 128,
};

/** The reference by which n8n remembers a payment, and what a person has found out about the payment. */
export interface PaymentReference {
	reference: string;
	/** A person has found out that this payment was made. */
	isPaid: boolean;
	/** The number of the send that a person has found unpaid, counted from 1. 0 where nobody has looked. */
	unpaidSend: number;
}

/** The field for operations whose provider does not keep a reference of the user unique. */
export function paymentReferenceFields(
	{ referenceField, fields = [] }: Operation,
	{ displayName }: Provider,
): INodeProperties[] {
	const own = fields.find(({ name }) => name === referenceField);
	const keeping = `n8n keeps it, ${displayName} does not see it. A payment whose reference was sent before, by any execution of this workflow, is not sent again. A copy of the workflow begins with an empty memory.`;
	return [
		{
			displayName: 'Payment Reference',
			name: PAYMENT_REFERENCE,
			type: 'string',
			required: true,
			default: own === undefined ? '' : `={{ $parameter.${own.name} }}`,
			placeholder: 'e.g. invoice-2026-0042',
			displayOptions: { hide: { [`/options.${ALLOW_REPEATS}`]: [true] } },
			description:
				own === undefined
					? `Your own ID of this payment. ${keeping}`
					: `Your own ID of this payment, the ${own.displayName} unless you set another. ${keeping}`,
		},
		{
			displayName:
				'Allow Repeats is on, so nothing keeps a payment from being made twice. <i>Retry</i> in the list of executions goes on where it stopped. <i>Execute</i> pays all items again.',
			name: 'repeatsNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { [`/options.${ALLOW_REPEATS}`]: [true] } },
		},
	];
}

/** The options for every operation that n8n remembers. Names and defaults are the same everywhere. */
export function paymentReferenceOptions(
	{ lookup, referenceField, fields = [] }: Operation,
	{ displayName }: Provider,
): INodeProperties[] {
	const own = fields.find(({ name }) => name === referenceField)?.displayName ?? 'reference';
	const isOwn = lookup !== undefined;
	const those = isOwn ? `Values of ${own}` : 'Payment References';
	return [
		{
			displayName: 'Allow Repeats',
			name: ALLOW_REPEATS,
			type: 'boolean',
			default: false,
			description: isOwn
				? `Whether to send although n8n remembers that this ${own} was sent before. Then only Check First keeps it from being paid twice, because ${displayName} does not promise that.`
				: 'Whether to send without a Payment Reference. Then every new execution with the same data is another payment.',
		},
		{
			displayName: 'Checked and Not Paid',
			name: CHECKED_NOT_PAID,
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice-2026-0042, invoice-2026-0043',
			description: `${those} that a person has looked up at the provider and found unpaid. They are sent once more, although it was not known what became of them.`,
		},
		{
			displayName: 'Checked and Paid',
			name: CHECKED_PAID,
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice-2026-0042, invoice-2026-0043',
			description: `${those} that a person has looked up at the provider and found paid. They are not sent, and n8n remembers them as paid.`,
		},
	];
}

/**
 * Reads and checks the reference by which n8n remembers an item.
 * @returns undefined where n8n does not remember the item
 * @throws Refusal for a reference or a list that cannot be read
 */
export function readPaymentReference(
	node: IExecuteFunctions,
	{ once: { remembered } = {}, lookup }: Operation,
	options: Record<string, unknown>,
	item: number,
): PaymentReference | undefined {
	if (!remembered || lookup || allowsRepeats(options)) return undefined;
	const given: unknown = node.getNodeParameter(PAYMENT_REFERENCE, item, '');
	if (isEmpty(given)) {
		throw new Refusal(
			'Payment Reference is empty',
			'Map an ID of your own into it that is the same each time this payment is tried, e.g. the number of the invoice',
		);
	}
	const reference = checkReference(given, RULE, 'Payment Reference');
	// It would be the reference of every payment: the next one would come out as paid before.
	const template: unknown = node.getNode().parameters[PAYMENT_REFERENCE];
	if (typeof template === 'string' && hasEmptyPart(template, reference))
		throw emptyPart('Payment Reference', reference);
	return settledByPerson(reference, options);
}

/**
 * The reference of a payment that the provider and n8n both keep: it is the provider's own, without a field of its own.
 * @returns undefined where n8n does not remember the item
 * @throws Refusal for a list that cannot be read
 */
export function ownPaymentReference(
	{ once: { remembered } = {}, lookup }: Operation,
	options: Record<string, unknown>,
	reference: string,
): PaymentReference | undefined {
	if (!remembered || !lookup || allowsRepeats(options)) return undefined;
	return settledByPerson(reference, options);
}

/** @throws Refusal where the reference stands in both lists */
function settledByPerson(reference: string, options: Record<string, unknown>): PaymentReference {
	const unpaid = settledIn(options[CHECKED_NOT_PAID], 'Checked and Not Paid');
	const isPaid = settledIn(options[CHECKED_PAID], 'Checked and Paid').has(reference);
	const unpaidSend = unpaid.get(reference) ?? 0;
	if (isPaid && unpaidSend > 0) {
		throw new Refusal(
			`\`${reference}\` stands in Checked and Paid and in Checked and Not Paid`,
			'Take it out of one of them',
		);
	}
	return { reference, isPaid, unpaidSend };
}

/**
 * The node does not guess. An expression turns a sheet's cell into `'false'`, and some code reads that text as true.
 */
function allowsRepeats(options: Record<string, unknown>): boolean {
	const given = options[ALLOW_REPEATS];
	if (isEmpty(given)) return false;
	if (typeof given === 'boolean') return given;
	throw new Refusal('Allow Repeats is neither true nor false', 'Let its expression give true or false');
}

/**
 * The text with which a person has a payment sent once more. It counts for one send only. The text stays in the node,
 * so it must not allow another send if that one is cut off too.
 */
export function settledText(reference: string, sends: number): string {
	return sends <= 1 ? reference : `${reference} (${sends})`;
}

/** The references of a list, each with the number of the send that it is about. */
function settledIn(given: unknown, label: string): Map<string, number> {
	if (isEmpty(given)) return new Map();
	const texts: unknown[] = Array.isArray(given) ? given : [given];
	return new Map(
		texts
			.flatMap((text) => {
				if (typeof text === 'string') return text.split(/[,\r\n]/);
				if (typeof text === 'number') return [String(text)];
				throw new Refusal(
					`${label} has something that is no text`,
					'Give it references, divided by commas, or a list of them',
				);
			})
			.map((text) => text.trim())
			.filter((text) => text !== '')
			.map((text) => settledOne(text, label)),
	);
}

function settledOne(text: string, label: string): [reference: string, send: number] {
	const [, reference, send = '1'] = /^(\S+)(?: \(([1-9]\d{0,2})\))?$/.exec(text) ?? [];
	if (reference !== undefined) return [reference, Number(send)];
	throw new Refusal(
		`${label} has \`${printable(text)}\`, which is no reference`,
		'Divide references by commas',
	);
}
