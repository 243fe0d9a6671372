import type { INodeTypeDescription } from 'n8n-workflow';
import { catalogue } from '../catalogue.mts';
import { habits, type Habit } from './habits.mts';

/** What breaks a habit, planted into a description that keeps all of them. */
const planted: Record<string, (text: string) => string> = {
	'an action text has no article': (text) =>
		text.replace('"action":"Create payout"', '"action":"Create a payout"'),
	'an operation has an action text': (text) => text.replace('"action":"Create payout",', ''),
	'a resource says what moves money and what to choose when': (text) =>
		text.replace(/These move money: Create\./, 'Pay with it.'),
	'what moves money says what never to do': (text) =>
		text.replace('Never send an unknown one again', 'Try an unknown one again'),
	'what could be spent is named as sensitive': (text) =>
		text.replace('Pay crypto to an address', 'Pay by redemption code'),
};

const cases = Object.entries(habits);

function isDescription(value: unknown): value is INodeTypeDescription {
	return typeof value === 'object' && value !== null && 'properties' in value;
}

/** What a habit says about a description as it is printed, that is, about what n8n's editor receives. */
function judge(habit: Habit, printed: string): string[] {
	const description: unknown = JSON.parse(printed);
	if (!isDescription(description)) throw new Error('This is no description');
	return habit(description);
}

/** The rows say which calls move money and which delete. What is printed has to say it of each of them. */
describe.each(catalogue)('the rows of $folder', ({ provider, node }) => {
	const rows = provider.resources.flatMap((resource) =>
		resource.operations.map((row) => ({ ...row, path: `${resource.value}.${row.value}` })),
	);

	it('have a hint where they move money, and only there', () => {
		const printed = node.description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [], displayOptions }) =>
				options.flatMap((option) =>
					'builderHint' in option && option.builderHint && 'value' in option
						? [`${displayOptions?.show?.['resource']?.[0]}.${option.value}`]
						: [],
				),
			);
		const moving = rows.filter(({ effect }) => effect === 'money').map(({ path }) => path);
		expect(printed.sort()).toEqual(moving.sort());
	});

	it('say that they delete where they are called so', () => {
		const called = rows.filter(({ action }) => action.startsWith('Delete ')).map(({ path }) => path);
		expect(rows.filter(({ does: { deletes } = {} }) => deletes).map(({ path }) => path)).toEqual(called);
	});

	it('name what is never kept as sensitive', () => {
		const unkept = rows.flatMap((row) => row.once?.unkept ?? []);
		expect(node.description.sensitiveOutputFields ?? []).toEqual(
			expect.arrayContaining(unkept.flatMap((name) => [name, `data.${name}`])),
		);
	});
});

const ofRapira = (): string => {
	const rapira = catalogue.find(({ folder }) => folder === 'Rapira');
	if (!rapira) throw new Error('The catalogue has no Rapira');
	return JSON.stringify(rapira.node.description);
};

describe.each(cases)('%s', (name, habit) => {
	it.each(catalogue.map((parts) => [parts.folder, parts] as const))(
		'in every node of %s',
		(_folder, { node, triggers }) => {
			const nodes = [node, ...triggers];
			expect(nodes.flatMap(({ description }) => judge(habit, JSON.stringify(description)))).toEqual([]);
		},
	);

	it('finds what breaks it', () => {
		const whole = ofRapira();
		const broken = planted[name]?.(whole) ?? whole;
		expect(broken).not.toBe(whole);
		expect(judge(habit, broken)).toHaveLength(1);
	});
});
