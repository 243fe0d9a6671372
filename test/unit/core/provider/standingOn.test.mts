import type { Operation } from '../../../../core/provider/operation.ts';
import { reconciling, standingOn, untilFinal } from '../../../../core/provider/standingOn.ts';

const bare: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get payout',
	description: 'Read a payout',
	request: 'POST /payouts/query',
	effect: 'read',
	docs: 'https://example.com/query',
	returns: { kind: 'payout' },
	fields: [{ displayName: 'ID', name: 'id', type: 'string', default: '' }],
	referenceField: 'id',
};

const read: Operation = {
	...bare,
	onBehalfOf: '/institution/payouts/query',
	unverified: 'the page leaves fields open',
	wire: { encoding: 'form', constants: { detail: 'ALL' }, sentAs: { coin: 'token' } },
};

const REQUEST = {
	request: 'POST /payouts/query',
	effect: 'read',
	docs: 'https://example.com/query',
	onBehalfOf: '/institution/payouts/query',
	unverified: 'the page leaves fields open',
	wire: { encoding: 'form', constants: { detail: 'ALL' }, sentAs: { coin: 'token' } },
	standsOn: 'payout.get',
};

it('takes the whole request of the endpoint, and nothing else of it', () => {
	expect(standingOn('payout', read)).toEqual(REQUEST);
});

it('takes no member that the endpoint lacks', () => {
	expect(Object.keys(standingOn('payout', bare))).toEqual(['request', 'effect', 'docs', 'standsOn']);
});

it('a row that waits has the fields and the answer of the read', () => {
	expect(untilFinal('payout', read)).toEqual({
		...read,
		name: 'Wait Until Final',
		value: 'waitUntilFinal',
		standsOn: 'payout.get',
		does: { until: 'final' },
	});
});

it('a row that reconciles makes the request with fields of its own', () => {
	expect(reconciling('payout', read, { by: 'id' })).toEqual({
		...REQUEST,
		name: 'Reconcile',
		value: 'reconcile',
		does: { reconciles: { by: 'id' } },
		returns: {},
	});
});
