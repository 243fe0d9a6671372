import type { INodeTypeDescription } from 'n8n-workflow';
import { catalogue } from '../catalogue.mts';
import { habits, rowHabits, type Habit } from './habits.mts';

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

/** Every rule of the rows, with descriptions that break it: the folder of the provider, and what is planted. */
const plantedInRows: Record<string, Array<[folder: string, plant: (text: string) => string]>> = {
	'what moves money has a hint for workflow builders, and nothing else has one': [
		['Rapira', (text) => text.replace('"Moves money. ', '"Pays. ')],
		[
			'Rapira',
			(text) =>
				text.replace(
					'"action":"Get payout"',
					'"action":"Get payout","builderHint":{"propertyHint":"Moves money."}',
				),
		],
	],
	'what deletes is marked, so that it returns `deleted`': [
		['GatePay', (text) => text.replace('"action":"Delete ', '"action":"Remove ')],
		['Rapira', (text) => text.replace('"action":"Create payout"', '"action":"Delete payout"')],
	],
	'what is kept nowhere is named as sensitive': [
		['GatePay', (text) => text.replace('"data.card_key"', '"another"')],
	],
	'what changes something can be previewed, and a person can be asked about an unknown outcome': [
		['Rapira', (text) => text.replaceAll('"name":"preview"', '"name":"look"')],
		['Rapira', (text) => text.replaceAll('"name":"whenUnknown"', '"name":"whenDoubtful"')],
	],
};

function partsOf(folder: string) {
	const found = catalogue.find((one) => one.folder === folder);
	if (!found) throw new Error(`The catalogue has no ${folder}`);
	return found;
}

describe.each(Object.entries(rowHabits))('%s', (name, habit) => {
	it.each(catalogue.map((parts) => [parts.folder, parts] as const))(
		'in %s',
		(_folder, { provider, node }) => {
			const printed = JSON.stringify(node.description);
			expect(judge((description) => habit(provider, description), printed)).toEqual([]);
		},
	);

	const plants = plantedInRows[name] ?? [];
	it('has a planted text', () => expect(plants.length).toBeGreaterThan(0));

	it.each(plants)('finds what breaks it in %s', (folder, plant) => {
		const { provider, node } = partsOf(folder);
		const whole = JSON.stringify(node.description);
		const broken = plant(whole);
		expect(broken).not.toBe(whole);
		expect(judge((description) => habit(provider, description), broken)).not.toEqual([]);
	});
});

describe.each(cases)('%s', (name, habit) => {
	it.each(catalogue.map((parts) => [parts.folder, parts] as const))(
		'in every node of %s',
		(_folder, { node, triggers }) => {
			const nodes = [node, ...triggers];
			expect(nodes.flatMap(({ description }) => judge(habit, JSON.stringify(description)))).toEqual([]);
		},
	);

	it('finds what breaks it', () => {
		const whole = JSON.stringify(partsOf('Rapira').node.description);
		const broken = planted[name]?.(whole) ?? whole;
		expect(broken).not.toBe(whole);
		expect(judge(habit, broken)).toHaveLength(1);
	});
});
