import type { Contract } from './contract.mts';
import type { Endpoint } from './endpoint.mts';
import { fieldOf, type Field } from './fields.mts';
import { action, camel, sentence, singular, title } from './names.mts';

/** One row, and what is asked about it. */
export interface Row {
	endpoint: Endpoint;
	/** The name of its constant and its value. */
	value: string;
	resource: string;
	/** The row as it is written. */
	members: Record<string, unknown>;
	ownRules: string[];
	questions: string[];
}

export interface Rows {
	all: Row[];
	/** The rows of each resource, by its value. */
	resources: [value: string, rows: Row[]][];
	/** The path of a read without parameters: what the credential tests, and the example of the Custom API Request. */
	example: string;
}

/** Names that a resource's constant cannot have: words of JavaScript, and what provider.ts imports. */
const TAKEN =
	/^(?:account|verdict|toPayment|refuseUnjudged|customRequestResource|default|delete|class|export|import|new|package|public|return|static|switch|this|void|with|in|case|enum|function|interface|private|protected|for|if|do|try|var|let|const|while|yield|await)$/;

/** The name of the constant of a resource. */
export function constantOf(resource: string): string {
	return TAKEN.test(resource) ? `${resource}Resource` : resource;
}

/** @throws Error where no read can test the credential, or two calls have one name */
export function rowsOf(contract: Contract): Rows {
	const all = contract.endpoints.map((endpoint) => rowOf(endpoint, contract));
	const reads = all.filter(({ endpoint: { method } }) => method === 'GET');
	const bare = reads.find(
		({ endpoint: { path, parameters } }) =>
			!path.includes('{') && parameters.every(({ required }) => !required),
	);
	if (!bare)
		throw new Error('The contract has no GET without required parameters to test the credential with');
	const names = [...new Set(all.map(({ resource }) => resource))];
	const resources = names.map((name): Rows['resources'][number] => [
		name,
		all.filter(({ resource }) => resource === name),
	]);
	const odd = all.find(({ value, resource }) => ![value, resource].every((one) => /^[a-z]/.test(one)));
	if (odd) throw new Error(`The operationId and the tag of ${odd.endpoint.id} must begin with a letter`);
	for (const [resource, rows] of resources) {
		const twice = rows.find(({ value }, index) => rows.findIndex((one) => one.value === value) !== index);
		if (twice)
			throw new Error(`Two operations of ${resource} are called ${twice.value}: rename one operationId`);
	}
	return { all, resources, example: bare.endpoint.path };
}

function rowOf(endpoint: Endpoint, contract: Contract): Row {
	const { id, method, path, tag, docs } = endpoint;
	const { required, optional } = fieldsOf(endpoint, contract);
	const all = [...required, ...optional];
	const rules = Object.assign({}, ...all.map((one) => one.rules));
	const sentAs = Object.fromEntries(
		all.flatMap(({ property, sentAs: sent }) => (sent === undefined ? [] : [[property.name, sent] as const])),
	);
	const isRead = method === 'GET';
	return {
		endpoint,
		value: camel(id),
		resource: camel(singular(tag)),
		members: {
			name: title(id),
			value: camel(id),
			action: action(id),
			description: descriptionOf(endpoint),
			request: `${method} ${path}`,
			effect: isRead ? 'read' : 'money',
			...(isRead ? {} : UNDECIDED),
			returns: {},
			docs,
			unverified: 'this operation was made from the contract and nobody has compared it with its page',
			...wireOf(endpoint, sentAs),
			...(required.length > 0
				? { fields: required.map(({ property }) => ({ ...property, required: true })) }
				: {}),
			...(optional.length > 0 ? { options: optional.map(({ property }) => property) } : {}),
			...(Object.keys(rules).length > 0 ? { rules } : {}),
		},
		ownRules: all.flatMap(({ ownRules }) => ownRules.map((path) => `${camel(id)}.${path}`)),
		questions: [
			isRead
				? 'Does it change nothing? A GET that changes something may have no row. What does it return: one object, a payment (which `kind`), or a list (where do its rows stand, and how are they paged)?'
				: '**Does it move money?** It counts as `money` until a person writes another `effect` into its row.',
			...(isRead
				? []
				: [
						'Which members are sum, currency and recipient (`moves`)?',
						'What makes it unique (`referenceField`), how is that looked up (`lookup`, `same`), and what shows that it was made (`proof`)?',
					]),
			...all.flatMap((field) => field.questions),
			...endpoint.parameters
				.filter((one) => one.in === 'header')
				.map(({ name }) => `The optional header \`${name}\` has no field. Who needs it?`),
		],
	};
}

/** What the call does. The lint takes no description that only repeats the name. */
function descriptionOf({ id, method, path, summary }: Endpoint): string {
	const said = sentence(summary);
	return said === undefined || title(said) === title(id) ? `Call ${method} ${path}` : said;
}

/** What every call but a GET is until a person has said otherwise: money of an unknown sum, remembered by n8n. */
const UNDECIDED = {
	once: { remembered: true },
	moves: {
		amount: [],
		currency: [],
		to: [],
		unsaid: 'nobody has written yet which of its members say sum, currency and recipient',
	},
};

function fieldsOf(
	{ parameters, body }: Endpoint,
	contract: Contract,
): { required: Field[]; optional: Field[] } {
	const given = parameters
		.filter((one) => one.in === 'path' || one.in === 'query')
		.map((one) => ({
			isRequired: one.in === 'path' || one.required === true,
			field: fieldOf(
				one.name,
				{
					...(one.example === undefined ? {} : { example: one.example }),
					...(one.schema ?? { type: 'string' }),
				},
				contract.whole,
				one.description,
			),
		}));
	const inBody = Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
		isRequired: body?.required?.includes(name) === true,
		field: fieldOf(name, schema, contract.whole),
	}));
	const all = [...given, ...inBody];
	return {
		required: all.filter(({ isRequired }) => isRequired).map(({ field }) => field),
		optional: all.filter(({ isRequired }) => !isRequired).map(({ field }) => field),
	};
}

function wireOf(endpoint: Endpoint, sentAs: Record<string, string>): object {
	const wire = { ...encodingOf(endpoint), ...(Object.keys(sentAs).length > 0 ? { sentAs } : {}) };
	return Object.keys(wire).length > 0 ? { wire } : {};
}

function encodingOf({ method, body, encoding, parameters }: Endpoint): object {
	if (body === undefined) {
		if (method === 'GET' || method === 'DELETE') return {};
		return parameters.some((one) => one.in === 'query') ? { parametersIn: 'query' } : { encoding: 'none' };
	}
	return {
		...(method === 'DELETE' ? { parametersIn: 'body' } : {}),
		...(encoding === 'json' ? {} : { encoding }),
	};
}
