import type { Json } from '../../../core/exact/json.ts';
import { differences } from '../../../core/money/sameness.ts';

describe('fields deep inside the found object', () => {
	const same = { fields: { amount: 'sum.amount', first: 'rows.0.id' } };

	it('are compared by their path', () => {
		const found = { sum: { amount: '1.50' }, rows: [{ id: 'a' }, { id: 'b' }] };
		expect(differences(same, { amount: '1.5', first: 'a' }, found)).toEqual([]);
		expect(differences(same, { amount: '2', first: 'b' }, found)).toEqual([
			'amount is 2 here and 1.50 there',
			'first is b here and a there',
		]);
	});

	it.each<Json>([{}, { sum: null, rows: [] }, { sum: [], rows: {} }])('are not there in %j', (found) => {
		expect(differences(same, { amount: '1', first: 'a' }, found)).toEqual([
			'the provider shows nothing to compare',
		]);
	});
});

describe('numbers that are written in groups', () => {
	const same = { grouped: { 'to.card': ['to.card', 'deals.0.card'] } };
	const sent = { to: { card: '4444 3333 2222 1111' } };

	it.each<Json>([
		{ to: { card: '4444333322221111' } },
		{ to: null, deals: [{ card: '4444-3333-2222-1111' }] },
		{ to: { card: '' }, deals: [{ card: '4444 3333 2222 1111' }] },
	])('are the same by their digits: %j', (found) => expect(differences(same, sent, found)).toEqual([]));

	it('are another one, which is not quoted', () => {
		expect(differences(same, sent, { to: { card: '4444 3333 2222 1112' } })).toEqual([
			'to.card is another one there',
		]);
		expect(differences(same, sent, { to: { card: '4444 3333 2222 111' } })).toHaveLength(1);
	});
});

describe('the lines of a batch', () => {
	const lines = { sent: 'list', found: 'rows', by: ['user', 'receiver'], fields: { amount: 'amount' } };
	const same = { fields: { currency: 'currency' }, lines: lines as typeof lines & { by: [string, string] } };
	const sent = { currency: 'USDT', list: [{ user: 7, amount: '1.50' }] };

	it('are compared one by one', () => {
		const rows = [{ receiver: 7, amount: '1.5' }];
		expect(differences(same, sent, { currency: 'USDT', rows })).toEqual([]);
		expect(differences(same, sent, { currency: 'USDT', rows: [] })).toEqual(['1 lines here and 0 there']);
	});

	// The currency alone proves nothing: every payroll has the same one.
	it.each<Json>([{ currency: 'USDT' }, { currency: 'USDT', rows: null }])(
		'are not the same where the provider does not show them: %j',
		(found) => expect(differences(same, sent, found)).toEqual(['the provider shows no lines']),
	);
});
