import {
	Workflow,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';
import { catalogue } from '../../../catalogue.mts';

const nodes = catalogue.flatMap(({ node, triggers }) => [node, ...triggers]);

/** The line under the node's name, as the editor computes it. */
function subtitleOf(type: INodeType, parameters: INodeParameters): unknown {
	const { name } = type.description;
	const node = {
		id: '1',
		name,
		type: name,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, type.description.subtitle, 'internal', {});
}

function optionsOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

const propertiesCalled = (type: INodeType, wanted: string) =>
	type.description.properties.filter(({ name }) => name === wanted);

it.each(catalogue)('$folder says which operation was chosen, by its name', ({ node, provider }) => {
	const shown = provider.resources.flatMap(({ value: resource, operations }) =>
		operations.map(({ value: operation }) => subtitleOf(node, { resource, operation })),
	);
	const names = provider.resources.flatMap(({ name, operations }) =>
		operations.map((operation) => `${name}: ${operation.name}`),
	);
	expect(shown).toEqual(names);
});

const choices = nodes.flatMap((type) =>
	['watch', 'events', 'statuses'].flatMap((parameter) =>
		propertiesCalled(type, parameter)
			.filter(() => type.description.subtitle?.includes(`"${parameter}"`))
			.flatMap(optionsOf)
			.map((option) => ({ type, node: type.description.displayName, parameter, ...option })),
	),
);

it('is tested for every trigger', () => {
	expect(new Set(choices.map(({ type }) => type)).size).toBe(nodes.length - catalogue.length);
});

it.each(choices)('$node says that $name was chosen', ({ type, parameter, name, value }) => {
	expect(subtitleOf(type, { [parameter]: parameter === 'watch' ? value : [value] })).toBe(name);
});

const webhookTriggers = catalogue
	.flatMap(({ triggers }) => triggers)
	.filter(({ description }) => description.webhooks);

it.each(webhookTriggers)('$description.displayName says that nothing is left out', (type) => {
	expect(subtitleOf(type, { events: [], statuses: [] })).toMatch(/^All (events|statuses)$/);
});
