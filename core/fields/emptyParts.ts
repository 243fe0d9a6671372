import { isRecord, isWritableObject, type WritableJson, type WritableObject } from '../exact/json';
import { type Operation, requestLine } from '../provider/operation';
import { Refusal } from '../refusal';
import { printable } from './rules';

/** Fields that identify the payment or its receiver. */
const IDENTIFIERS = /address|wallet|account|requisites|iban|card|receiver/i;

/**
 * Refuses a text whose template has an empty part. If `inv_{{ $json.no }}` has no number, every invoice gets the
 * reference `inv_`, and three invoices become one payment. The template that is saved in the node shows this.
 * @throws Refusal for a reference, an address or an account with an empty part
 */
export function refuseEmptyParts(
	operation: Operation,
	stored: Readonly<Record<string, unknown>>,
	values: WritableObject,
): void {
	const { path } = requestLine(operation);
	const isIdentifier = (name: string, rule: string) =>
		operation.rules?.[rule]?.kind === 'reference' || path.includes(`{${name}}`) || IDENTIFIERS.test(name);
	const look = (templates: unknown, sent: WritableJson, name: string, rule: string): void => {
		if (Array.isArray(sent) && Array.isArray(templates)) {
			sent.forEach((one, index) => look(templates[index], one, name, rule));
		} else if (isWritableObject(sent) && isRecord(templates)) {
			for (const [key, one] of Object.entries(sent)) look(templates[key], one, key, `${rule}.${key}`);
		} else if (
			typeof sent === 'string' &&
			isIdentifier(name, rule) &&
			hasEmptyPart(textIn(templates), sent)
		) {
			throw emptyPart(labelOf(operation, name), sent);
		}
	};
	for (const [name, sent] of Object.entries(values))
		look(groupOf(operation, name, stored[name]), sent, name, name);
}

export function emptyPart(label: string, text: string): Refusal {
	return new Refusal(
		`${label} \`${printable(text)}\` has an empty part: a field of its expression is empty`,
		'Look at the expression and at the names of the fields',
	);
}

/** n8n saves a fixed collection with its group around the lines. */
function groupOf({ fields = [], options = [] }: Operation, name: string, stored: unknown): unknown {
	const field = [...fields, ...options].find((one) => one.name === name);
	if (field?.type !== 'fixedCollection' || !isRecord(stored)) return stored;
	const [group] = field.options ?? [];
	return group ? stored[group.name] : undefined;
}

/** The expression in a field or in a resource locator. */
function textIn(stored: unknown): string {
	const text = isRecord(stored) ? stored.value : stored;
	return typeof text === 'string' ? text : '';
}

const PART = /\{\{[^]*?\}\}/;

/** Whether a text fits its template only if one part is empty. */
export function hasEmptyPart(template: string, text: string): boolean {
	if (!template.startsWith('=')) return false;
	const fixed = template.slice(1).split(PART);
	if (fixed.length === 1) return false;
	if (fixed.every((one) => one === '')) return isOnlyWritten(template, text);
	return fixed.slice(1).some((after, part) => {
		const before = fixed[part] ?? '';
		// If two parts touch each other, nobody can tell which one is empty.
		if (before === '' && after === '') return false;
		const joined = [...fixed.slice(0, part), before + after, ...fixed.slice(part + 2)];
		return new RegExp(`^${joined.map(patternOf).join('[^]*')}$`).test(text);
	});
}

/**
 * For a template that is one expression, like `{{ 'inv_' + $json.no }}`: whether the text is only a literal from the
 * expression and ends or begins like an unfinished one.
 */
function isOnlyWritten(template: string, text: string): boolean {
	if (!/^[-_.:/#]|[-_.:/#]$/.test(text)) return false;
	return [...template.matchAll(/(['"`])((?:(?!\1)[^\\])*)\1/g)].some(([, , written]) => written === text);
}

function patternOf(text: string): string {
	return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

function labelOf({ fields = [], options = [] }: Operation, name: string): string {
	return [...fields, ...options].find((field) => field.name === name)?.displayName ?? name;
}
