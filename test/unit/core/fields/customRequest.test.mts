import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { checkOne } from '../../../../core/fields/values.ts';
import { customRequestResource, readCustomParameters } from '../../../../core/fields/customRequest.ts';
import { Refusal } from '../../../../core/refusal.ts';
import { payout } from '../../examplePay.mts';

const [read, send] = customRequestResource('https://docs.example.com', '/v1/x').operations;

/** What the parameters of one item give, as n8n has evaluated them. */
function custom(parameters: IDataObject, operation = send) {
	if (!operation) throw new Error('There is no such operation');
	const given: IDataObject = { method: 'POST', path: '/v1/x', ...parameters };
	// What the function uses of n8n's context, and no more.
	const node: unknown = {
		getNodeParameter: (name: string, _item: number, other: unknown) => (name in given ? given[name] : other),
	};
	return readCustomParameters(node as IExecuteFunctions, operation, 0);
}

const pairs = (...parameter: unknown[]) => ({ parameter }) as never;

describe('the body of a custom request', () => {
	it('stays as it is typed, with every digit and blank', () => {
		const body = '{ "id": 7615917337495251231, "amount": 10.50 }';
		expect(custom({ body }).body).toBe(body);
	});

	it.each<[unknown, string]>([
		[{ amount: '10.50', currency: 'USDT' }, '{"amount":"10.50","currency":"USDT"}'],
		[{ amount: 10.5, count: 999_999_999_999_999 }, '{"amount":10.5,"count":999999999999999}'],
		[[1, null, true], '[1,null,true]'],
	])('is written as JSON where an expression gives %j', (body, text) => {
		expect(custom({ body: body as never }).body).toBe(text);
	});

	it('is refused where an expression gives nothing: the provider would get null', () => {
		for (const body of [null, undefined])
			expect(() => custom({ body })).toThrow('Body is nothing: its expression gives no value');
	});

	it('may be empty', () => {
		expect(custom({ body: '' }).body).toBe('');
	});

	// The digits were lost before the node got the number. A payment would be made with another amount or ID.
	it.each<[unknown, string]>([
		[{ id: 7_615_917_337_495_251_000 }, '7615917337495251000'],
		[{ lines: [{ amount: 0.1 + 0.2 }] }, '0.30000000000000004'],
		[{ amount: 1e21 }, '1e+21'],
		[{ amount: 1e-7 }, '1e-7'],
		[{ amount: Number.NaN }, 'NaN'],
		[{ amount: Number.POSITIVE_INFINITY }, 'Infinity'],
		[2 ** 60, '1152921504606847000'],
	])('is refused where a number of %j may be rounded', (body, number) => {
		expect(() => custom({ body: body as never })).toThrow(
			new Refusal(`Body \`${number}\` is a number that may already be rounded; pass it as text`),
		);
	});
});

describe('the parameters of a custom request', () => {
	it.each<[unknown, unknown]>([
		['10.50', '10.50'],
		['', ''],
		[3, 3],
		[true, true],
	])('may be %j', (value, sent) => {
		expect(custom({ query: pairs({ name: 'a', value }) }).query).toEqual([{ name: 'a', value: sent }]);
	});

	it.each<[string, unknown]>([
		['a number that may be rounded', 0.1 + 0.2],
		['an object', { amount: 1 }],
		['a list', ['1']],
		['nothing', null],
		['nothing at all', undefined],
	])('are refused where an expression gives %s', (_what, value) => {
		expect(() => custom({ query: pairs({ name: 'a', value }) })).toThrow(/^Query Parameters `a` /);
		const form = pairs({ name: 'a', value });
		expect(() => custom({ bodyFormat: 'form', form })).toThrow(/^Form Fields `a` /);
	});

	it.each<[unknown]>([
		['a=1'],
		[['a']],
		[{ a: 1 }],
		[{ parameter: { name: 'a', value: '1' } }],
		[pairs({ name: 'a' })],
	])('are not dropped where an expression gives %j', (query) => {
		expect(() => custom({ query: query as never })).toThrow(
			'Query Parameters have not the form of their field',
		);
	});

	it('leave out a row without a name', () => {
		expect(custom({ query: pairs({ name: '', value: 'x' }) }).query).toEqual([]);
	});
});

describe('the method of a custom request', () => {
	it.each(['PATCH', 'HEAD', 'post', ''])('is none that nobody has tried: %j', (method) => {
		expect(() => custom({ method })).toThrow(`Method ${method} is not supported`);
	});

	it('of a read is GET, whatever an expression gives', () => {
		expect(custom({ method: 'POST', body: '{"a":1}' }, read)).toMatchObject({ method: 'GET', body: '' });
	});
});

describe('a field that takes JSON', () => {
	const field = { displayName: 'Goods', name: 'goods', type: 'json', default: '' } as const;
	const checked = (value: unknown) =>
		checkOne({ ...payout, rules: { goods: { kind: 'json' } } }, field, value, 'UTC', 'goods', 'Goods');

	it('refuses a number of an expression that may be rounded', () => {
		expect(() => checked({ price: 0.1 + 0.2 })).toThrow(
			'Goods `0.30000000000000004` is a number that may already be rounded; pass it as text',
		);
	});

	it('refuses a number of an expression that is none, which JSON would write as nothing', () => {
		expect(() => checked({ price: Number.NaN })).toThrow('Goods `NaN` is a number');
	});

	it('takes a number that is exact', () => {
		expect(JSON.stringify(checked({ price: 10.5 }))).toContain('10.5');
	});
});
