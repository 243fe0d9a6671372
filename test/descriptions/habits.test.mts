import type { INodeTypeDescription } from 'n8n-workflow';
import { catalogue } from '../catalogue.mts';
import { habits, type Habit } from './habits.mts';

/** What breaks a habit, planted into a description that keeps all of them. */
const planted: Record<string, (text: string) => string> = {
	'an action text has no article': (text) =>
		text.replace('"action":"Create payout"', '"action":"Create a payout"'),
	'an operation has an action text': (text) => text.replace('"action":"Create payout",', ''),
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
