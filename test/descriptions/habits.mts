import type {
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
	IParameterBuilderHint,
} from 'n8n-workflow';

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

/** An option of a selector of operations, and where it stands. */
interface OperationOption extends INodePropertyOptions {
	place: string;
}

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
