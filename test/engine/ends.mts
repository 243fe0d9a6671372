import type { INodeParameters } from 'n8n-workflow';
import type { Resource } from '../../core/row/operation.ts';
import type { ProviderName } from '../../sandbox/index.mts';
import { endsOf } from '../documentedStates.mts';
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
			.filter(({ until }) => until === 'final')
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
