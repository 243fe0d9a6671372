import type { Operation } from './operation';

type Taken = Pick<
	Operation,
	'request' | 'effect' | 'docs' | 'onBehalfOf' | 'unverified' | 'encoding' | 'standsOn'
>;

/**
 * What a row takes from the endpoint that it calls, if it is no endpoint of its own: the request and all that belongs to it.
 * @param resource the `value` of the endpoint's resource
 */
export function standingOn(resource: string, endpoint: Operation): Taken {
	const { value, request, effect, docs, onBehalfOf, unverified, encoding } = endpoint;
	return {
		request,
		effect,
		docs,
		...(onBehalfOf === undefined ? {} : { onBehalfOf }),
		...(unverified === undefined ? {} : { unverified }),
		...(encoding === undefined ? {} : { encoding }),
		standsOn: `${resource}.${value}`,
	};
}
