import type {
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
	IParameterBuilderHint,
} from 'n8n-workflow';
import type { Provider } from '../../core/provider/provider.ts';

/** Says which texts of a description break a habit of n8n's editor, each with its place. Empty: none does. */
export type Habit = (description: INodeTypeDescription) => string[];

/** The habits of n8n's editor that its own lint does not hold, each under what it asks for. */
export const habits: Record<string, Habit> = {
	'an action text has no article': (description) =>
		operationsOf(description)
			.filter(({ action }) => /\b(an?|the)\b/i.test(action ?? ''))
			.map(({ place, action }) => `${place}: ${action}`),
	'an operation has an action text': (description) =>
		operationsOf(description)
			.filter(({ action }) => !action)
			.map(({ place }) => place),
	'a resource says what moves money and what to choose when': (description) =>
		description.properties
			.filter(({ name }) => name === 'resource')
			.flatMap(optionsOf)
			.filter(({ builderHint }) => !/^(These move money: |Nothing here pays out)/.test(hintOf(builderHint)))
			.map(({ value }) => `${description.name}.${value}`),
	'what moves money says what never to do': (description) =>
		operationsOf(description)
			.filter(({ builderHint }) => /Moves money/.test(hintOf(builderHint)))
			.filter(({ builderHint }) => !hintOf(builderHint).includes('Never send an unknown one again'))
			.map(({ place }) => place),
	'what could be spent is named as sensitive': ({ name, properties, sensitiveOutputFields = [] }) =>
		properties.some(({ options = [] }) => JSON.stringify(options).includes('redemption code')) &&
		!sensitiveOutputFields.includes('card_key')
			? [name]
			: [],
};

/** Says where a description tells less, or more, than the rows of its provider know. */
export type RowHabit = (provider: Provider, description: INodeTypeDescription) => string[];

/** What has to be printed of each row, each under what it asks for. */
export const rowHabits: Record<string, RowHabit> = {
	'what moves money has a hint for workflow builders, and nothing else has one': (provider, description) => {
		const moving = rowsOf(provider).filter(({ effect }) => effect === 'money');
		const hinted = operationsOf(description).filter(({ builderHint }) =>
			hintOf(builderHint).includes('Moves money'),
		);
		const any = operationsOf(description).filter(({ builderHint }) => builderHint !== undefined);
		return [
			...difference(moving, hinted).map((place) => `${place} has no hint`),
			...difference(any, moving).map((place) => `${place} moves no money`),
		];
	},
	'what deletes is marked, so that it returns `deleted`': (provider, description) => {
		const called = operationsOf(description).filter(({ action }) => /^Delete /.test(action ?? ''));
		const marked = rowsOf(provider).filter(({ does: { deletes } = {} }) => deletes);
		return [...difference(called, marked), ...difference(marked, called)];
	},
	'what is kept nowhere is named as sensitive': (provider, { sensitiveOutputFields = [] }) =>
		rowsOf(provider)
			.flatMap(({ once: { unkept = [] } = {} }) => unkept)
			.flatMap((name) => [name, `data.${name}`])
			.filter((name) => !sensitiveOutputFields.includes(name)),
	'what changes something can be previewed, and a person can be asked about an unknown outcome': (
		provider,
		description,
	) =>
		rowsOf(provider)
			.filter(({ effect }) => effect !== 'read')
			.filter(({ place }) => !offers(description, place, ['whenUnknown', 'preview']))
			.map(({ place }) => place),
};

interface Placed {
	place: string;
}

function difference(left: readonly Placed[], right: readonly Placed[]): string[] {
	return left.map(({ place }) => place).filter((place) => !right.some((other) => other.place === place));
}

function rowsOf(provider: Provider) {
	return provider.resources.flatMap((resource) =>
		resource.operations.map((row) => ({ ...row, place: `${provider.name}.${resource.value}.${row.value}` })),
	);
}

/** Whether the options of an operation have all of these. */
function offers({ name: node, properties }: INodeTypeDescription, place: string, wanted: string[]): boolean {
	const offered = properties
		.filter(({ name, displayOptions }) => {
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			const places = resource.flatMap((one) => operation.map((other) => `${node}.${one}.${other}`));
			return name === 'options' && places.includes(place);
		})
		.flatMap(({ options = [] }) => options.map(({ name }) => name));
	return wanted.every((one) => offered.includes(one));
}

/** An option of a selector of operations, and where it stands. */
interface OperationOption extends INodePropertyOptions, Placed {}

function hintOf(hint: IParameterBuilderHint | undefined): string {
	return hint?.propertyHint ?? '';
}

function operationsOf(description: INodeTypeDescription): OperationOption[] {
	return description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((selector) =>
			optionsOf(selector).map((option) => ({
				...option,
				place: [description.name, ...(selector.displayOptions?.show?.resource ?? []), option.value].join('.'),
			})),
		);
}

function optionsOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.flatMap((option) => ('value' in option && 'name' in option ? [option] : []));
}
