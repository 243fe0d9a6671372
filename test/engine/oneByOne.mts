import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox/index.mts';
import type { Setting } from './setting.mts';

/** A payout without batches: each item is one request. */
export interface OneByOne {
	/** The contract's operationId. */
	endpoint: string;
	/** The parameters. An expression makes the reference from `$json.payroll` and `$json.person`. */
	parameters(options: IDataObject): INodeParameters;
	/** Whether a lost answer is found by the reference. Otherwise the outcome is unknown. */
	isFound: boolean;
}

const people = [
	{ payroll: '2026-11', person: 'anna', amount: '1010.5' },
	{ payroll: '2026-11', person: 'boris', amount: '1020' },
	{ payroll: '2026-11', person: 'chen', amount: '1030.25' },
];

/** The promises of a mass payout in which each recipient is one request. */
export function describeOneByOne<Name extends ProviderName>(
	setting: () => Setting<Name>,
	{ endpoint, parameters, isFound }: OneByOne,
): void {
	const applied = () => setting().provider.books.appliedPerReference();
	const sends = () => setting().provider.requests.filter(({ operation }) => operation === endpoint).length;
	const all = { '2026-11-anna': 1, '2026-11-boris': 1, '2026-11-chen': 1 };

	it('pays each recipient under the reference that the expression makes', async () => {
		const { items, error } = await setting().run(parameters({}), { items: people });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.outcome, json.reference, pairedItem])).toEqual([
			['applied', '2026-11-anna', { item: 0 }],
			['applied', '2026-11-boris', { item: 1 }],
			['applied', '2026-11-chen', { item: 2 }],
		]);
		expect(applied()).toEqual(all);
	});

	it('refuses one reference for two different payments before the first is sent', async () => {
		const items = [...people, { ...people[1], amount: '1021' }];
		const { error } = await setting().run(parameters({}), { items });
		expect(error?.message).toBe(
			'Two items use the reference `2026-11-boris` for different requests. Nothing was sent. [item 4]',
		);
		expect(setting().provider.requests).toHaveLength(0);
	});

	it('pays one reference with the same data in two items once, and says so', async () => {
		const { items } = await setting().run(parameters({}), { items: [...people, people[1] ?? {}] });
		expect(items.map(({ json }) => [json.outcome, json.replayed ?? false])).toEqual([
			['applied', false],
			['applied', false],
			['applied', false],
			['applied', true],
		]);
		expect([applied(), sends()]).toEqual([all, 3]);
	});

	it('sends nothing when one item is bad', async () => {
		const items = [...people, { ...people[0], person: 'dora', amount: '1e3' }];
		const { error } = await setting().run(parameters({}), { items });
		expect(error?.message).toMatch(/Nothing was sent\. \[item 4\]$/);
		expect(setting().provider.requests).toHaveLength(0);
	});

	it('pays nobody twice under Retry On Fail after an answer was lost', async () => {
		setting().sandbox.fault({ operation: endpoint, kind: 'reset-after-applying', nth: 2 });
		const run = { items: people, settings: { retryOnFail: true, maxTries: 3 } };
		const { error } = await setting().run(parameters({ timeout: 5 }), run);
		if (isFound) {
			expect(error).toBeUndefined();
			expect([applied(), sends()]).toEqual([all, 3]);
			return;
		}
		expect(error?.message).toContain('Money may or may not have moved. [item 2]');
		expect([applied(), sends()]).toEqual([{ '2026-11-anna': 1, '2026-11-boris': 1 }, 2]);
	});
}
