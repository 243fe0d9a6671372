import type { Schema } from './document.mts';
import { camel, sentence, title } from './names.mts';
import { isFieldName } from './whyNoRow.mts';

/** A parameter of the provider as a field in n8n. */
export interface Field {
	/** As n8n takes it, without `required`. */
	property: { name: string; displayName: string; [member: string]: unknown };
	/** The rules by the path of the value: `amount`, `lines.amount`. */
	rules: Record<string, object>;
	/** The parameter's own name, where a field cannot have it. */
	sentAs?: string;
	/** Paths whose rule is wider than the schema, because no field has its form. */
	ownRules: string[];
	/** What the contract leaves open about it. */
	questions: string[];
}

/** What a schema becomes: the members of the field, its rule, and what is open. */
interface Kind {
	members: object;
	rule?: object;
	isOwn?: true;
	question?: string;
}

/** More digits than any currency has. An amount with more is refused, never rounded. */
const MOST_DECIMALS = 18;
const PLAIN_DECIMAL = '^\\d+(\\.\\d+)?$';
/** Where the contract names no length. */
const LONGEST_TEXT = 1000;
const LARGEST_FILE = 10_000_000;

type Whole = (schema: Schema) => Schema;

export function fieldOf(
	name: string,
	given: Schema,
	whole: Whole,
	about: string | undefined = undefined,
): Field {
	const schema = whole(given);
	const own = isFieldName(name) ? name : `${camel(name)}Parameter`;
	const lines = linesOf(schema, whole);
	const kind = lines === undefined ? kindOf(schema) : linesKind(name, lines);
	const inner = lines === undefined ? [] : Object.values(lines.fields);
	return {
		property: {
			displayName: title(name),
			name: own,
			...kind.members,
			...described(kind, about ?? schema.description, title(name)),
		},
		rules: {
			...(kind.rule ? { [own]: kind.rule } : {}),
			...Object.fromEntries(
				inner.flatMap(({ rules }) =>
					Object.entries(rules).map(([path, rule]) => [`${own}.${path}`, rule] as const),
				),
			),
		},
		...(own === name ? {} : { sentAs: name }),
		ownRules: [...(kind.isOwn ? [own] : []), ...inner.flatMap(({ ownRules }) => ownRules)],
		questions: [
			...(kind.question ? [`\`${name}\`: ${kind.question}`] : []),
			...inner.flatMap(({ questions }) => questions),
		],
	};
}

function described(
	{ members }: Kind,
	text: string | undefined,
	label: string,
): { description?: string; placeholder?: string } {
	const said = sentence(text);
	const isSwitch = 'type' in members && members.type === 'boolean';
	if (isSwitch)
		return { description: said?.startsWith('Whether') ? said : `Whether it applies: ${said ?? label}` };
	return said === undefined || said.toLowerCase() === label.toLowerCase() ? {} : { description: said };
}

const isDecimal = (schema: Schema) =>
	schema['x-format'] === 'decimal string' || schema.pattern === PLAIN_DECIMAL;
const text = (example: unknown) => ({
	type: 'string',
	default: '',
	...(typeof example === 'string' || typeof example === 'number' ? { placeholder: `e.g. ${example}` } : {}),
});

function kindOf(schema: Schema): Kind {
	const types = [schema.type ?? (schema.enum ? 'string' : [])].flat();
	if (schema.enum) return choice(schema.enum);
	if (schema.format === 'binary' || schema.items?.format === 'binary') return file(schema);
	if (types.includes('boolean')) return { members: { type: 'boolean', default: false } };
	if (isDecimal(schema)) return amount(schema, {});
	if (schema['x-unit'] === 'unix milliseconds')
		return { members: { type: 'dateTime', default: '' }, rule: { kind: 'time', as: 'milliseconds' } };
	if (types.includes('integer')) {
		const { minimum, maximum } = schema;
		return { members: text(schema.example), rule: { kind: 'integer', ...set({ minimum, maximum }) } };
	}
	if (types.includes('number') && !types.includes('string')) return amount(schema, { as: 'number' });
	if (types.includes('array') && isText(schema.items))
		return { members: text(undefined), rule: { kind: 'list' } };
	if (types.includes('string')) return words(schema);
	return {
		members: { type: 'json', default: '' },
		rule: { kind: 'json' },
		...(schema.properties ? {} : { isOwn: true }),
		question: 'its form is too deep for fields. Which fields does a person need?',
	};
}

function words({ maxLength, pattern, example }: Schema): Kind {
	if (maxLength === undefined && pattern === undefined) return { members: text(example) };
	return {
		members: text(example),
		rule: {
			kind: 'reference',
			...(pattern === undefined
				? { pattern: '^[^\\x00-\\x1f]+$', characters: 'no line breaks' }
				: { pattern, characters: 'the documented ones' }),
			maximumLength: maxLength ?? LONGEST_TEXT,
		},
		...(maxLength === undefined ? { question: `no length is documented; ${LONGEST_TEXT} is ours` } : {}),
	};
}

const isText = (items: Schema | undefined) => items?.type === 'string' && items.enum === undefined;
const set = (members: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

function amount({ minimum, maximum, example }: Schema, as: object): Kind {
	const limit = (value: number | undefined) => (value === undefined || value < 0 ? undefined : String(value));
	return {
		members: text(example),
		rule: {
			kind: 'amount',
			...as,
			decimals: MOST_DECIMALS,
			...set({ minimum: limit(minimum), maximum: limit(maximum) }),
		},
		question: `how many decimals does it take? Until that is known it takes ${MOST_DECIMALS}. Is it in main units?`,
	};
}

function choice(values: unknown[]): Kind {
	const known = values.filter((value) => typeof value === 'string' || typeof value === 'number');
	const labels = known.map((value) => labelOf(value));
	const isTwice = new Set(labels).size < labels.length;
	const options = known.map((value, index) => ({ name: isTwice ? String(value) : labels[index], value }));
	options.sort((one, other) => String(one.name).localeCompare(String(other.name)));
	// Nothing is chosen beforehand: a network that nobody chose would send money to the wrong one.
	return {
		members: { type: 'options', options: [{ name: '[Choose]', value: '' }, ...options], default: '' },
		question: 'what does each value mean, and may one of them stand there before a person chooses?',
	};
}

/** `first_come` is `First Come`. A code like USDT stays as it is. */
function labelOf(value: string | number): string {
	const text = String(value);
	return /[a-z_]/.test(text) ? title(text) || text : text;
}

function file({ type, maxItems }: Schema): Kind {
	const most = [type].flat().includes('array') && maxItems !== undefined ? { maximumFiles: maxItems } : {};
	return {
		members: { ...text(undefined), placeholder: 'e.g. data' },
		rule: { kind: 'file', maximumBytes: LARGEST_FILE, ...most },
		question: `how large may the file be, and of which kinds? ${LARGEST_FILE} bytes are ours`,
	};
}

interface Lines {
	fields: Record<string, Field>;
	required: readonly string[];
}

/** The lines of a list of flat objects. Undefined for any other schema. */
function linesOf({ type, items }: Schema, whole: Whole): Lines | undefined {
	const line = type === 'array' && items ? whole(items) : {};
	const members = Object.entries(line.properties ?? {}).map(([name, schema]): [string, Schema] => [
		name,
		whole(schema),
	]);
	const isFlat = members.every(
		([name, one]) => isFieldName(name) && one.type !== 'object' && one.type !== 'array',
	);
	if (members.length === 0 || !isFlat || line.oneOf || line.anyOf) return undefined;
	return {
		fields: Object.fromEntries(members.map(([name, schema]) => [name, fieldOf(name, schema, whole)])),
		required: line.required ?? [],
	};
}

function linesKind(name: string, { fields, required }: Lines): Kind {
	const values = Object.entries(fields).map(([one, { property }]) => ({
		...property,
		...(required.includes(one) ? { required: true } : {}),
	}));
	return {
		members: {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Line',
			default: {},
			options: [{ displayName: 'Line', name: 'line', values }],
		},
		question: `how many lines does ${name} take?`,
	};
}
