import type { Reconciles } from './does';
import type { Operation } from './operation';

type Taken = Pick<
	Operation,
	'request' | 'effect' | 'docs' | 'onBehalfOf' | 'unverified' | 'wire' | 'standsOn'
>;

/**
 * The request of an endpoint, and what belongs to it, for another row that calls the same endpoint.
 * @param resource the `value` of the endpoint's resource
 */
export function standingOn(resource: string, endpoint: Operation): Taken {
	const { value, request, effect, docs, onBehalfOf, unverified, wire } = endpoint;
	return {
		request,
		effect,
		docs,
		...(onBehalfOf === undefined ? {} : { onBehalfOf }),
		...(unverified === undefined ? {} : { unverified }),
		...(wire === undefined ? {} : { wire }),
		standsOn: `${resource}.${value}`,
	};
}

/** A row that repeats a read until its payment is final. It has the fields of the read. */
export function untilFinal(resource: string, read: Operation): Operation {
	return {
		...read,
		name: 'Wait Until Final',
		value: 'waitUntilFinal',
		standsOn: `${resource}.${read.value}`,
		does: { until: 'final' },
	};
}

type Reconciling = Taken & Pick<Operation, 'name' | 'value' | 'does' | 'returns'>;

/** A row that compares a ledger with the payments of a read. It has none of the read's fields. */
export function reconciling(resource: string, read: Operation, reconciles: Reconciles): Reconciling {
	return {
		name: 'Reconcile',
		value: 'reconcile',
		...standingOn(resource, read),
		does: { reconciles },
		returns: {},
	};
}
