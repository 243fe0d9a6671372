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
