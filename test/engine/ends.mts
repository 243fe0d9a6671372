import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Resource } from '../../core/provider/operation.ts';
import type { ProviderName } from '../../sandbox/index.mts';
import { endsOf, type State } from '../documentedStates.mts';
import { callBack, isAsleep, runWorkflow } from './harness/index.mts';
import { waitUntil } from './passingTime.mts';
import type { Setting } from './setting.mts';

/** Brings an object into a state at the provider and says by which fields it is asked for. */
export type Reach = () => Promise<INodeParameters>;

/**
 * How each waiting operation's object reaches each of its ends: by operation, then by the provider's state. A second way
 * to the same end stands behind a space: `FAIL after DISPATCHED`.
 */
export type Ends = Readonly<Record<string, Readonly<Record<string, Reach>>>>;

interface Subject {
	setting: () => Setting<ProviderName>;
	resources: readonly Resource[];
	/** The credential of operations that need another one than the usual. */
	credentials?: (operation: string) => ReturnType<Setting<ProviderName>['credentials']> | undefined;
	ends: Ends;
}

/** The operations that wait for an end, with the kind that they read. */
const waitingIn = (resources: readonly Resource[]) =>
	resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ does: { until } = {} }) => until === 'final')
			.map((operation) => ({
				name: `${value}.${operation.value}`,
				kind: operation.returns.kind ?? '',
				resource: value,
				operation: operation.value,
			})),
	);

/**
 * Drives each object of each waiting operation through the sandbox to every end that the documentation has, and holds
 * that the wait is over then, with the right status.
 */
export function reachesEveryEnd(provider: string, { setting, resources, credentials, ends }: Subject): void {
	const waiting = waitingIn(resources);

	it('every operation that waits has its ends here', () => {
		expect(Object.keys(ends).toSorted()).toEqual(waiting.map(({ name }) => name).toSorted());
	});

	describe.each(waiting)('$name', ({ name, kind, resource, operation }) => {
		const documented = new Map(endsOf(provider, kind).map(([text, status]) => [text, status]));
		const ways = Object.entries(ends[name] ?? {});

		it('can reach every documented end', () => {
			const reached = new Set(ways.map(([way]) => way.split(' after ')[0] ?? ''));
			expect([...reached].toSorted()).toEqual([...documented.keys()].toSorted());
		});

		it.each(ways)('%s ends the wait', async (way, reach) => {
			const fields = await reach();
			const { items, error } = await setting().run(waitUntil(resource, operation, fields), {
				items: [{}],
				...present(credentials?.(name)),
			});
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toEqual([
				expect.objectContaining({
					status: documented.get(way.split(' after ')[0] ?? ''),
					final: true,
					timedOut: false,
				}),
			]);
		});
	});
}

const present = (value: ReturnType<Setting<ProviderName>['credentials']> | undefined) =>
	value === undefined ? {} : { credentials: value };

/** An operation that sleeps until the provider calls: how it is run, and what happens at the provider meanwhile. */
export interface Sleeper {
	parameters: INodeParameters;
	item: IDataObject;
	/** By the provider's state: brings the object there. */
	ends: Readonly<Record<string, () => void>>;
}

interface Callbacks {
	setting: () => Setting<ProviderName>;
	resources: readonly Resource[];
	/** The states that are announced, and what each of them means. */
	announced: readonly State[];
	sleepers: Readonly<Record<string, Sleeper>>;
	/** What the provider sent last, as it arrives. */
	delivery: () => Parameters<typeof callBack>[2];
}

/** The same for the operations that sleep until the provider calls. */
export function wakesAtEveryEnd({ setting, resources, announced, sleepers, delivery }: Callbacks): void {
	const sleeping = resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ does: { callback } = {} }) => callback !== undefined)
			.map((one) => `${value}.${one.value}`),
	);

	it('every operation that sleeps has its ends here', () => {
		expect(Object.keys(sleepers).toSorted()).toEqual(sleeping.toSorted());
	});

	describe.each(Object.entries(sleepers))('%s', (_name, { parameters, item, ends }) => {
		it('can reach every end that is announced', () => {
			expect(Object.keys(ends).toSorted()).toEqual(announced.map(([text]) => text).toSorted());
		});

		const calls = announced.map(([text, status]) => ({ text, status }));
		it.each(calls)('goes on when it is $text', async ({ text, status }) => {
			const step = setting().full(parameters);
			const run = { steps: { Node: step }, items: [item], network: step.network, times: 1 };
			const asleep = await runWorkflow(run);
			expect(asleep.error).toBeUndefined();
			expect(isAsleep(asleep)).toBe(true);
			ends[text]?.();
			const { resumed } = await callBack(asleep, run, delivery());
			expect((resumed?.runs.Node ?? []).map(({ items }) => items[0]?.json)).toEqual([
				expect.objectContaining({ status, final: true, timedOut: false }),
			]);
		});
	});
}
