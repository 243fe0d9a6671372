import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../core/provider/operation.ts';
import { properties } from '../../../../core/fields/properties.ts';
import type { Provider } from '../../../../core/provider/provider.ts';

const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...more,
});

const operation = (value: string, fields: INodeProperties[]): Operation => ({
	name: value,
	value,
	action: value,
	description: value,
	request: 'GET /v1',
	effect: 'read',
	docs: 'https://docs.example',
	returns: {},
	fields,
});

const shownForTwo = { displayOptions: { show: { mode: ['x'] } } };
const operations = [
	operation('one', [field('a'), field('b'), field('c')]),
	operation('two', [field('b'), field('a'), field('c', shownForTwo)]),
	operation('three', [field('d'), field('b', { required: true }), field('c')]),
];

const provider: Provider = {
	name: 'example',
	displayName: 'Example',
	credential: 'exampleApi',
	resources: [{ name: 'Thing', value: 'thing', operations }],
	parallelReads: 1,
	dashboard: 'the dashboard',
	account: () => ({ origin: 'https://api.example', id: 'me', secrets: [] }),
	headers: () => ({}),
	verdict: () => ({ state: 'accepted', data: null }),
	payment: () => {
		throw new TypeError('no payments here');
	},
};

const all = properties(provider);

it('shows every operation its own fields, in its own order', () => {
	for (const { value, fields = [] } of operations) {
		const shown = all.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(value));
		expect(shown.map(({ name }) => name)).toEqual([...fields.map(({ name }) => name), 'options']);
		expect(shown.map(({ required }) => required ?? false)).toEqual([
			...fields.map(({ required }) => required ?? false),
			false,
		]);
	}
});

it('has a field that operations share only once, and keeps what else it depends on', () => {
	const named = (name: string) =>
		all.filter((one) => one.name === name).map((one) => one.displayOptions?.show);
	expect(named('options')).toEqual([{ resource: ['thing'], operation: ['one', 'two', 'three'] }]);
	expect(named('c')).toEqual([
		{ resource: ['thing'], operation: ['two'], mode: ['x'] },
		{ resource: ['thing'], operation: ['one', 'three'] },
	]);
});
