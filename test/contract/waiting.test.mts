import { isEndpoint, type Operation, type Resource } from '../../core/provider/operation.ts';
import { catalogue } from '../catalogue.mts';
import { endsOf } from '../documentedStates.mts';

/** Reads of one payment that nobody can wait on, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
	'gatePay convert.get': 'no state of a conversion is documented as the last',
	'gatePay subscription.get': 'a subscription runs for months: its debits have an end',
	'gatePay refund.getOlder': 'the newer call reads the refunds of both generations',
};

/** `Get Deposit` -> `Wait Until Deposit Is Final`; what stands behind a name stays: `(Older Call)`, `by Internal ID`. */
function waitingName(name: string): string {
	const [, thing = '', rest = ''] = /^Get(?: (?!by)([A-Z][\w ]*?))?( \(.*\)| by .*)?$/.exec(name) ?? [];
	return thing === '' ? `Wait Until Final${rest}` : `Wait Until ${thing} Is Final${rest}`;
}

/** `Wait Until Final by Internal ID` -> `waitUntilFinalByInternalId` */
function waitingValue(name: string): string {
	const words = name.replace(' (Older Call)', ' Older').split(' ');
	const [first = '', ...rest] = words.map((word) => word.toLowerCase());
	return [first, ...rest.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)].join('');
}

const readsOfOne = ({ operations }: Resource) =>
	operations.filter(
		(one) =>
			isEndpoint(one) && one.effect === 'read' && one.returns.kind !== undefined && !('list' in one.returns),
	);

type Case = [name: string, resource: Resource, operation: Operation];

const casesOf = ({ provider }: (typeof catalogue)[number]) =>
	provider.resources.flatMap((resource) =>
		readsOfOne(resource).map((one): Case => [
			`${provider.name} ${resource.value}.${one.value}`,
			resource,
			one,
		]),
	);

it('nobody waits where no payment can be read', () => {
	for (const one of catalogue.filter((each) => casesOf(each).length === 0))
		expect(
			one.provider.resources.flatMap(({ operations }) =>
				operations.filter(({ does: { until } = {} }) => until),
			),
		).toEqual([]);
});

describe.each(catalogue.filter((one) => casesOf(one).length > 0))('$folder', (one) => {
	const { provider } = one;
	const cases = casesOf(one);

	it.each(cases)('%s can be waited on, or says why not', (name, resource, read) => {
		const [waiting, ...others] = resource.operations.filter(
			({ does: { until } = {}, standsOn }) =>
				until === 'final' && standsOn === `${resource.value}.${read.value}`,
		);
		expect(others).toEqual([]);
		expect(waiting === undefined).toBe(name in WITHOUT);
		if (!waiting) return;
		expect(waiting.name).toBe(waitingName(read.name));
		expect(waiting.value).toBe(waitingValue(waiting.name));
		expect(waiting.action).toMatch(/^Wait until \w.* is final/);
		const { fields, options, rules, oneOf, returns } = waiting;
		expect({ fields, options, rules, oneOf, returns }).toEqual({
			fields: read.fields,
			options: read.options,
			rules: read.rules,
			oneOf: read.oneOf,
			returns: read.returns,
		});
		expect(endsOf(provider.name, read.returns.kind ?? '')).not.toEqual([]);
	});

	it('waits for nothing but a single payment', () => {
		const waiting = provider.resources.flatMap(({ operations }) =>
			operations.filter(({ does: { until } = {} }) => until),
		);
		expect(waiting.length).toBeGreaterThan(0);
		const known = cases.map(([name]) => name.replace(`${provider.name} `, ''));
		for (const { standsOn } of waiting) expect(known).toContain(standsOn);
	});
});

it('every exception is a read that exists, and a conversion has no final state', () => {
	const known = catalogue.flatMap(({ provider }) =>
		provider.resources.flatMap((resource) =>
			readsOfOne(resource).map(({ value }) => `${provider.name} ${resource.value}.${value}`),
		),
	);
	for (const name of Object.keys(WITHOUT)) expect(known).toContain(name);
	expect(endsOf('gatePay', 'conversion')).toEqual([]);
});
