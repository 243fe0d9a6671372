import type { Json } from '../../../../core/exact/json.ts';
import { ExactNumber, type WritableObject } from '../../../../core/exact/json.ts';
import { contradictions, differences, isSameText } from '../../../../core/money/sameness.ts';

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

	it('are another one where the provider shows one and none was sent', () => {
		expect(differences(same, {}, { to: { card: '4444 3333 2222 1111' } })).toEqual([
			'to.card is another one there',
		]);
	});

	it('prove nothing where the provider shows none', () => {
		expect(differences(same, sent, { to: {}, deals: [] })).toEqual(['the provider shows nothing to compare']);
	});

	it('are the same name in letters of any language and case', () => {
		const name = { grouped: { 'to.name': ['name'] } };
		expect(differences(name, { to: { name: 'Иван П.' } }, { name: 'ИВАН П' })).toEqual([]);
		expect(differences(name, { to: { name: 'Иван П.' } }, { name: 'Олег П' })).toHaveLength(1);
	});

	it('contradict the answer to a send, where both show one', () => {
		expect(contradictions(same, sent, { to: { card: '1' } })).toEqual(['to.card is another one there']);
		expect(contradictions(same, sent, { to: { card: '4444333322221111' } })).toEqual([]);
		expect(contradictions(same, sent, {})).toEqual([]);
		expect(contradictions(same, {}, { to: { card: '1' } })).toEqual([]);
	});
});

it('an answer that is no object shows nothing, and contradicts nothing', () => {
	const same = { fields: { amount: 'amount' } };
	for (const found of [null, [], 'x', [{ amount: '1' }]]) {
		expect(differences(same, { amount: '1' }, found)).toEqual(['the provider shows no details']);
		expect(contradictions(same, { amount: '2' }, found)).toEqual([]);
	}
});

describe('two texts', () => {
	it.each([
		['0xAb12', '0xaB12'],
		['10', '1.0E+1'],
		['1e-3', '0.001'],
		['TAbc', 'TAbc'],
		['0', '0.00'],
	])('are the same: %s and %s', (here, there) => expect(isSameText(here, there)).toBe(true));

	it.each([
		['0xAb12', '0xAb13'],
		['0xAb12', '0xAb123'],
		['TAbc', 'tabc'],
		['0xZz', '0xzZ'],
		['x0xAb', 'x0xaB'],
		['10', '11'],
		['memo', ''],
		['42', '042'],
	])('are not: %s and %s', (here, there) => expect(isSameText(here, there)).toBe(false));
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

	const batch = (...of: Array<[number, string]>) => ({
		currency: 'USDT',
		list: of.map(([user, amount]) => ({ user, amount })),
	});
	const shown = (...of: Array<[number, string]>) => ({
		currency: 'USDT',
		rows: of.map(([receiver, amount]) => ({ receiver, amount })),
	});

	it('are found by their key in any order', () => {
		expect(differences(same, batch([7, '1'], [8, '2']), shown([8, '2'], [7, '1']))).toEqual([]);
		expect(differences(same, batch([7, '1'], [8, '2']), shown([7, '2'], [8, '1']))).toEqual([
			'line 7: amount is 1 here and 2 there',
			'line 8: amount is 2 here and 1 there',
		]);
		expect(differences(same, batch([7, '1'], [8, '2']), shown([7, '1'], [9, '2']))).toEqual([
			'line 8 is not there',
		]);
	});

	it('with one key for several are matched one to one', () => {
		expect(differences(same, batch([7, '1'], [7, '2']), shown([7, '2'], [7, '1']))).toEqual([]);
		expect(differences(same, batch([7, '1'], [7, '1']), shown([7, '1'], [7, '1']))).toEqual([]);
		expect(differences(same, batch([7, '1'], [7, '1']), shown([7, '1'], [7, '5']))).toEqual([
			'line 7: amount is 1 here and 5 there',
		]);
	});

	it('that are no objects are not there', () => {
		expect(differences(same, batch([7, '1']), { currency: 'USDT', rows: [null] })).toEqual([
			'line 7 is not there',
		]);
		const odd = { currency: 'USDT', list: ['x'] };
		expect(differences(same, odd, shown([7, '1']))).toEqual(['line  is not there']);
	});

	it('prove the payment alone, and are not asked for where none were sent', () => {
		expect(differences({ lines: same.lines }, batch([7, '1']), shown([7, '1']))).toEqual([]);
		expect(differences(same, { currency: 'USDT' }, shown([7, '1']))).toEqual([]);
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
		['a memo with zeros before it', { amount: '10', memo: '0042' }, { amount: '10', memo: '0042' }],
		['an amount that was typed with zeros before it', { amount: '0010.50' }, { amount: '10.5', memo: '' }],
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
		[
			'a memo with zeros before it',
			{ amount: '10', memo: '42' },
			{ amount: '10', memo: '0042' },
			'memo is 42 here and 0042 there',
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

	it('is compared by every digit of a number', () => {
		const sent: WritableObject = { amount: new ExactNumber('10.50') };
		expect(differences({ fields: { amount: 'amount' } }, sent, { amount: '10.5' })).toEqual([]);
		expect(differences({ fields: { amount: 'amount' } }, sent, { amount: '10.51' })).toHaveLength(1);
	});

	it('contradicts nothing where only one side shows it', () => {
		expect(contradictions(same, { amount: '10' }, { amount: '10', memo: '7' })).toEqual([]);
		expect(contradictions(same, { amount: '10', fiat: '9' }, { fiat: '8', fee_type: 1 })).toEqual([
			'fee is 0 here and 1 there',
			'fiat is 9 here and 8 there',
		]);
	});

	it('is the account, too, where it was sent for another one', () => {
		const from = { fields: { amount: 'amount' }, onBehalfOf: 'from' };
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'a' }, 'a')).toEqual([]);
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'b' }, 'a')).toEqual([
			'the account is a here and b there',
		]);
		expect(differences(from, { amount: '1' }, { amount: '1', from: 'b' })).toEqual([]);
	});
});
