import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Does } from '../provider/does';
import type { Operation, Resource } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { operationHint, resourceHint } from './builderHints';
import { paymentReferenceFields, paymentReferenceOptions } from './paymentReference';
import { quoteGuardOptions } from './quoteGuard';
import { checksRecipient, recipientCheckOption } from './recipientCheck';
import { reconcileFields, reconcileOptions } from './reconcileProperties';
import { callbackFields, waitFields } from './waitProperties';

/** The name of the collection with the optional fields. No provider parameter has it. */
export const OPTIONS = 'options';

/**
 * Turns a provider's rows into n8n properties: Resource, Operation, the fields of each operation, and one collection
 * of optional fields. The nodes are programmatic, not declarative. With `routing`, n8n would send all items at once,
 * drop every output when one fails, and evaluate every property of every operation for each item.
 */
export function properties(provider: Provider): INodeProperties[] {
	const { resources } = provider;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: byName(
				resources.map((resource) => ({
					name: resource.name,
					value: resource.value,
					builderHint: resourceHint(resource),
				})),
			),
			default: resources[0]?.value ?? '',
		},
		...resources.map((resource) => operationSelector(resource, provider)),
		...resources.flatMap((resource) => resourceFields(resource, provider)),
	];
}

/**
 * The fields of all operations of a resource. Operations share a field that is equal in all of them, because the
 * editor loads the whole description. Each operation keeps its own order of fields.
 */
function resourceFields(resource: Resource, provider: Provider): INodeProperties[] {
	const shared: Array<{ field: INodeProperties; key: string; operations: string[] }> = [];
	for (const operation of resource.operations) {
		let place = 0;
		for (const field of operationFields(operation, provider)) {
			const key = JSON.stringify(field);
			const known = shared.findIndex((one, index) => index >= place && one.key === key);
			if (known >= 0) shared[known]?.operations.push(operation.value);
			else shared.splice(place, 0, { field, key, operations: [operation.value] });
			place = (known >= 0 ? known : place) + 1;
		}
	}
	return shared.map(({ field, operations }) => showFor(resource, operations, field));
}

function operationSelector(resource: Resource, provider: Provider): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName(
			resource.operations.map((operation) => {
				const { name, value, action, description, unverified } = operation;
				const builderHint = operationHint(operation, provider);
				return {
					name,
					value,
					action,
					description: unverified ? `${description}. Unverified: ${unverified}.` : description,
					...(builderHint ? { builderHint } : {}),
				};
			}),
		),
		default: resource.operations[0]?.value ?? '',
	};
}

function operationFields(operation: Operation, provider: Provider): INodeProperties[] {
	const options = [...(operation.options ?? []), ...commonOptions(operation, provider)];
	return [
		...(operation.fields ?? []),
		...(operation.once?.remembered && !operation.lookup ? paymentReferenceFields(operation, provider) : []),
		...('list' in operation.returns ? listFields : []),
		...(operation.does?.until ? waitFields : []),
		...(operation.does?.reconciles ? reconcileFields(operation) : []),
		...(operation.does?.callback ? callbackFields : []),
		{
			displayName: 'Options',
			name: OPTIONS,
			type: 'collection' as const,
			placeholder: 'Add option',
			default: {},
			options: options.map(optional).sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	];
}

function showFor(resource: Resource, operations: string[], field: INodeProperties): INodeProperties {
	const own: IDisplayOptions = field.displayOptions ?? {};
	const show = { resource: [resource.value], operation: operations, ...own.show };
	return { ...optional(field), displayOptions: { ...own, show } };
}

/** A row can reuse a required field as an optional one. n8n knows only `required: true`, so `false` is removed. */
function optional(field: INodeProperties): INodeProperties {
	if (field.required !== false) return field;
	return Object.fromEntries(Object.entries(field).filter(([key]) => key !== 'required')) as typeof field;
}

const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

function commonOptions(operation: Operation, provider: Provider): INodeProperties[] {
	const options = [timeout(operation)];
	if (operation.does?.reconciles) options.push(...reconcileOptions);
	if (operation.returns.kind !== undefined || operation.returns.shape !== undefined)
		options.push(output(operation));
	if (operation.effect === 'read') return options;
	options.push(preview, approvalHash, whenUnknown(provider));
	if (operation.lookup) options.push(checkFirst(provider));
	if (checksRecipient(operation)) options.push(recipientCheckOption);
	if (operation.does?.quoted) options.push(...quoteGuardOptions(operation.does.quoted));
	if (operation.once?.remembered) options.push(...paymentReferenceOptions(operation, provider));
	options.push(allowAgents);
	return options;
}

function output({ returns, does: { until } = {} }: Operation): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Raw',
				value: 'raw',
				description: rawDescription(returns, until),
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: simplifiedDescription(returns),
			},
		],
		default: 'simplified',
		description: 'What to return',
	};
}

function simplifiedDescription({ kind, leavesOut }: Operation['returns']): string {
	if (kind !== undefined) return 'A payment record, the same for every provider';
	return leavesOut === undefined
		? 'The same content in a readable form'
		: 'The content that most people need, in a readable form';
}

function rawDescription(returns: Operation['returns'], until: Does['until']): string {
	if (until) return 'The last answer of the provider as it was received, with timedOut beside it';
	if ('list' in returns)
		return 'Each row of the list exactly as it was received; totals and counters of the answer are left out';
	return 'The answer of the provider, exactly as it was received';
}

const preview: INodeProperties = {
	displayName: 'Preview',
	name: 'preview',
	type: 'boolean',
	default: false,
	description:
		'Whether to build and check the request and send nothing. It only reads, e.g. balances, fees and what Check First asks, and returns what would be sent, with a hash for Approval Hash.',
};

const approvalHash: INodeProperties = {
	displayName: 'Approval Hash',
	name: 'approvalHash',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $('Preview').item.json.approvalHash }}",
	description:
		'The hash of the approved preview. When it is set and the request differs from the preview in anything, nothing is sent.',
};

function whenUnknown(provider: Provider): INodeProperties {
	return {
		displayName: 'When the Outcome Is Unknown',
		name: 'whenUnknown',
		type: 'options',
		options: [
			{
				name: 'Continue',
				value: 'continue',
				description: "The item goes on with outcome 'unknown', for a branch of its own",
			},
			{
				name: 'Stop',
				value: 'stop',
				description: 'The node stops and says how to find out',
			},
		],
		default: 'stop',
		description: `What to do when ${provider.displayName} gives no clear answer, so that money may or may not have moved`,
	};
}

function checkFirst(provider: Provider): INodeProperties {
	return {
		displayName: 'Check First',
		name: 'checkFirst',
		type: 'boolean',
		default: true,
		description: `Whether to ask ${provider.displayName} for the reference before sending. If it exists with the same content, that is returned and nothing is sent; if it differs, the node refuses.`,
	};
}

const allowAgents: INodeProperties = {
	displayName: 'Allow Use by AI Agents',
	name: 'allowAgents',
	type: 'boolean',
	default: false,
	noDataExpression: true,
	description:
		'Whether an AI agent that has this node as a tool may move money or change something with it. Only what is saved here counts, so no expression and no model can turn it on.',
};

function timeout(operation: Operation): INodeProperties {
	const seconds = operation.effect === 'read' ? 30 : 60;
	return {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 300 },
		default: seconds,
		description: 'Seconds to wait for an answer',
	};
}

function byName<Named extends { name: string }>(options: Named[]): Named[] {
	return [...options].sort((a, b) => a.name.localeCompare(b.name));
}
