import type { Json } from '../../../core/exact/json.ts';
import { contradictions, differences } from '../../../core/money/sameness.ts';

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

describe('what decides a payment', () => {
	const same = {
		fields: { amount: 'amount', memo: 'memo', fee: 'fee_type' },
		unset: { fee: '0' },
		ifSent: { fiat: 'fiat' },
	};

	it.each<[string, object, Json]>([
		['the same', { amount: '10', memo: '7' }, { amount: '10.0', memo: '7', fee_type: 0 }],
		['an exponent', { amount: '10' }, { amount: '1.0E+1', memo: '' }],
		['nothing on both sides', { amount: '10', memo: '' }, { amount: '10', memo: null }],
		['what the provider takes by itself', { amount: '10' }, { amount: '10', fee_type: '0' }],
		['what the provider fills in', { amount: '10' }, { amount: '10', fiat: '9' }],
	])('%s is no difference', (_what, sent, found) =>
		expect(differences(same, sent as Record<string, string>, found)).toEqual([]),
	);

	it.each<[string, object, Json, string]>([
		['a memo there alone', { amount: '10' }, { amount: '10', memo: '7' }, 'memo is empty here and 7 there'],
		[
			'a memo here alone',
			{ amount: '10', memo: '7' },
			{ amount: '10', memo: '' },
			'memo is 7 here and empty there',
		],
		[
			'a memo that is not shown',
			{ amount: '10', memo: '7' },
			{ amount: '10' },
			'memo is 7 here and empty there',
		],
		['the fee', { amount: '10' }, { amount: '10', fee_type: 1 }, 'fee is 0 here and 1 there'],
		['the other fee', { amount: '10', fee: 1 }, { amount: '10', fee_type: 0 }, 'fee is 1 here and 0 there'],
		[
			'what it took for what was sent',
			{ amount: '10', fiat: '9' },
			{ amount: '10', fiat: '8' },
			'fiat is 9 here and 8 there',
		],
	])('%s is a difference', (_what, sent, found, difference) =>
		expect(differences(same, sent as Record<string, string>, found)).toEqual([difference]),
	);

	it('is compared as far as the answer to a send shows it', () => {
		expect(contradictions(same, { amount: '10', memo: '7' }, { id: '1' })).toEqual([]);
		expect(contradictions(same, { amount: '10', memo: '7' }, { amount: '99', memo: null })).toEqual([
			'amount is 10 here and 99 there',
		]);
	});

	it('is the account, too, where it was sent for another one', () => {
		const from = { fields: { amount: 'amount' }, onBehalfOf: 'from' };
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'a' }, 'a')).toEqual([]);
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'b' }, 'a')).toHaveLength(1);
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'b' })).toEqual([]);
	});
});
