import type { INodeProperties } from 'n8n-workflow';

type Named = Pick<INodeProperties, 'displayName' | 'name' | 'description'>;

/**
 * A required field whose value a person chooses from a drop-down or types.
 * @param search the method of the node that lists the values
 * @param example a value, as a person would type it: `e.g. USDT`
 * @param typed the name of the tab where the value is typed
 */
export function fromList(field: Named, search: string, example: string, typed = 'By ID'): INodeProperties {
	return { ...optionalFromList(field, search, example, typed), required: true };
}

/** The same for a field that may stay empty. */
export function optionalFromList(
	field: Named,
	search: string,
	example: string,
	typed = 'By ID',
): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: typed, name: 'id', type: 'string', placeholder: example },
		],
	};
}
