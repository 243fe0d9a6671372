import { findOperation, type Operation } from '../../../core/provider/operation.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { verdict } from '../../../nodes/PayPlay/verdict.ts';

function operation(name: string): Operation {
	const found = findOperation(payPlay.resources, name);
	if (!found) throw new Error(`No operation ${name}`);
	return found;
}

const answer = (text: string, status = 200) => ({ status, headers: {}, text });
const verdictOf = (name: string, body: unknown, status = 200) =>
	verdict(answer(JSON.stringify(body), status), operation(name));

describe('a success has the documented wrapper', () => {
	it.each<[string, unknown, number?]>([
		['withdrawal.create', { request_id: '1', transactions: [{ id: '1' }] }],
		['withdrawal.create', { transactions: [{ id: '1' }] }, 201],
		['cryptoOrder.create', { order: { id: '1' } }],
		['staticWallet.create', { order: { id: '1' } }, 201],
		['order.getMany', { orders: [], meta: { total: 0 } }],
		['transaction.get', { transaction: { id: '1' } }],
		['convertWithdrawal.instant', { transaction: { id: '1' } }],
		['refund.create', { order: { id: '1' } }],
		['balance.getMany', { balances: [] }],
		['balance.convert', { anything: { id: 1 } }],
		['balance.convert', { message: 'ok', balance: { id: 1 } }],
		['customRequest.send', { message: 'ok', id: 1 }],
		['rate.get', { ticker: 'NGN', exchange_rate: '1' }],
		['rate.getUsdtUsd', { USDT_USD: '1,00' }],
		['transaction.getMany', { transactions: [] }],
		['transaction.getMany', []],
		['customRequest.read', []],
		['customRequest.send', { id: 1 }],
	])('%s %j', (name, body, status = 200) => {
		expect(verdictOf(name, body, status)).toEqual({ state: 'accepted', data: body });
	});
});

describe('a refusal proves that nothing was applied', () => {
	it.each<[number, unknown, object]>([
		[
			422,
			{ message: 'The given data was invalid.', errors: { amount: ['Мінімальна сума: 5', 'б.'] } },
			{ code: '422', reason: 'The given data was invalid; amount: Мінімальна сума: 5; amount: б' },
		],
		[422, { errors: { network: 'wrong' } }, { reason: 'network: wrong' }],
		[422, { message: 'Not enough money' }, { reason: 'Not enough money' }],
		[422, { message: 'no', errors: { amount: [] } }, { reason: 'no' }],
		[422, { message: 'no', errors: { amount: [null] } }, { reason: 'no; amount: refused' }],
		[422, { message: 'Below 1.5 USDT.' }, { reason: 'Below 1.5 USDT' }],
		[
			422,
			{ message: 'no', errors: { external_order_id: ['x'] } },
			{ nextStep: 'Change what PayPlay names; nothing of this request was carried out' },
		],
		[404, { message: 'Not Found' }, { code: '404', reason: 'Not Found' }],
	])('%i %j', (status, body, expected) => {
		const found = verdictOf('withdrawal.create', body, status);
		expect(found).toMatchObject({ state: 'refused', nextStep: expect.any(String), ...expected });
	});

	it('with 422 says what to do: change what is named', () => {
		expect(verdictOf('cryptoOrder.create', { message: 'no', errors: { amount: ['x'] } }, 422)).toMatchObject({
			nextStep: 'Change what PayPlay names; nothing of this request was carried out',
		});
	});

	const page = 'the slug of the payment page: it is not that of the company';
	it.each([
		['balance.getMany', 'Check Base URL in the credential'],
		['rate.get', 'Check the currency'],
		['transaction.get', 'Check the ID'],
		['refund.create', 'Check the ID'],
		['order.get', `Check the ID and ${page}`],
		['order.getMany', `Check ${page}`],
		['cryptoOrder.create', `Check ${page}`],
		['withdrawal.create', 'Check the Company Slug: it is not that of a payment page'],
		['customRequest.read', 'Check Base URL in the credential'],
	])('of %s with 404 names the part of the path that may be wrong', (name, nextStep) => {
		const body = { message: 'Not Found', errors: { external_order_id: ['x'] } };
		expect(verdictOf(name, body, 404)).toMatchObject({ state: 'refused', nextStep });
	});

	it('of a list says nothing about an order: the slug is wrong', () => {
		const body = { message: 'Page not found' };
		for (const status of [404, 422]) {
			expect(verdictOf('order.getMany', body, status)).toMatchObject({ state: 'refused' });
			expect(verdictOf('order.getMany', body, status)).not.toHaveProperty('meaning');
		}
		expect(verdictOf('order.get', body, 404)).toMatchObject({ meaning: 'absent' });
	});

	it('that names the reference is a duplicate, in any language and behind any other field', () => {
		const errors = (field: string, text = 'не підходить') => ({
			message: 'invalid',
			errors: { ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`f${n}`, ['x']])), [field]: [text] },
		});
		expect(verdictOf('cryptoOrder.create', errors('external_order_id'), 422)).toMatchObject({
			meaning: 'duplicate',
			nextStep: 'If the External Order ID exists already, read that order with Order: Get Many',
		});
		expect(verdictOf('withdrawal.create', errors('external_id'), 422)).toMatchObject({
			meaning: 'duplicate',
		});
		expect(
			verdictOf('withdrawal.create', errors('external_id', 'The format is invalid'), 422),
		).not.toHaveProperty('meaning');
	});

	it('401 refuses a read with a hint; a send may have met a gateway, so it is unclear, with the same hint', () => {
		const hint = expect.stringMatching(/Private API Token/);
		const body = { message: 'Unauthenticated.' };
		expect(verdictOf('order.get', body, 401)).toMatchObject({ state: 'refused', nextStep: hint });
		expect(verdictOf('withdrawal.create', body, 401)).toMatchObject({ state: 'unclear', reason: hint });
	});

	it('quotes five texts at most', () => {
		const errors = Object.fromEntries(Array.from({ length: 9 }, (_each, index) => [`f${index}`, ['x']]));
		const found = verdictOf('withdrawal.create', { message: 'no', errors }, 422);
		expect(found).toMatchObject({ reason: 'no; f0: x; f1: x; f2: x; f3: x; f4: x' });
	});
});

describe('everything else is unclear, because money may have moved', () => {
	it.each([
		['a web page', answer('<html>502</html>', 502)],
		['a web page with 200', answer('<!doctype html>')],
		['a web page with 422', answer('<!doctype html>', 422)],
		['a web page with 401', answer('<!doctype html>', 401)],
		['nothing', answer('')],
		['nothing with 401', answer('', 401)],
		['half an answer', answer('{"transactions":[{"id"')],
		['a list', answer('[]')],
		['a text', answer('"ok"')],
		['null', answer('null')],
		['an empty object', answer('{}')],
		['a bare transaction', answer('{"id":"1","status":"COMPLETE"}')],
		['a withdrawal without a transaction', answer('{"request_id":"1","transactions":[]}')],
		['transactions that are none', answer('{"request_id":"1","transactions":["1"]}')],
		['an order', answer('{"order":{"id":"1"}}')],
		['a refusal under 200', answer('{"message":"no","errors":{"amount":["no"]}}')],
		['a message under 200', answer('{"message":"no"}')],
		['a success beside refused fields', answer('{"transactions":[{"id":"1"}],"errors":{"amount":["no"]}}')],
		['a success beside an empty list of refused fields', answer('{"transactions":[{"id":"1"}],"errors":{}}')],
		['202', answer('{"transactions":[{"id":"1"}]}', 202)],
		['204', answer('', 204)],
		['a redirect', answer('{"message":"Moved"}', 307)],
		['422 without a text', answer('{"errors":{}}', 422)],
		['422 that is a list', answer('[]', 422)],
		['401 without a text', answer('{}', 401)],
		['400', answer('{"message":"Bad"}', 400)],
		['403', answer('{"message":"Forbidden"}', 403)],
		['409', answer('{"message":"Conflict"}', 409)],
		['429', answer('{"message":"Too Many Attempts."}', 429)],
		['500', answer('{"message":"Server Error"}', 500)],
		['503 with a refusal', answer('{"message":"no","errors":{"amount":["no"]}}', 503)],
	])('%s', (_name, given) => {
		expect(verdict(given, operation('withdrawal.create')).state).toBe('unclear');
	});

	it.each([
		['balance.convert', { message: 'ok' }],
		['balance.convert', { success: false, message: 'Insufficient balance' }],
		['balance.convert', { status: 'error' }],
		['customRequest.send', { success: false, message: 'Insufficient balance' }],
		['customRequest.send', { status: 'error' }],
		['customRequest.send', { code: 'MERCHANT_404', message: 'Merchant does not exist' }],
		['balance.convert', { code: 1001, message: 'Balance too low' }],
		['customRequest.send', { maintenance: true, until: '2026-11-30T04:00:00Z' }],
		['balance.convert', { code: 503, message: 'System under maintenance', data: null }],
		['balance.convert', { balance: {}, message: 'Please try again later' }],
		['withdrawal.create', { transactions: [{}] }],
		['balance.convert', { code: 0 }],
		['balance.convert', { code: 0, message: 'ok' }],
		['balance.convert', { anything: 1 }],
		['balance.convert', { message: 'ok', balance: {} }],
		['balance.convert', { code: 200, message: 'success', data: {} }],
		['balance.convert', { msg: 'ok', data: null, traceId: '7' }],
		['customRequest.send', {}],
		['customRequest.send', { message: 'ok' }],
		['balance.convert', { success: true, status: 'ok' }],
		['balance.convert', {}],
		['balance.convert', []],
		['customRequest.send', []],
		['customRequest.send', { message: 'no', errors: { a: ['b'] } }],
		['order.getMany', { orders: {} }],
		['order.get', { order: 'x' }],
		['rate.get', { ticker: 'NGN', exchange_rate: null }],
	])('%s %j', (name, body) => expect(verdictOf(name, body).state).toBe('unclear'));

	it.each<[string, string, number?]>([
		['it answered 502 with a web page', '<html>502</html>', 502],
		['it answered 204 with nothing', '', 204],
		['it answered 409 Conflict', '{"message":"Conflict."}', 409],
		['it answered 422', '[]', 422],
		['it answered 200 in a form that is not documented', '[]'],
		['it answered 200 in a form that is not documented', '{}'],
		[
			'it answered 201 in a form that is not documented no; amount: x',
			'{"message":"no","errors":{"amount":"x"}}',
			201,
		],
	])('%s', (reason, text, status = 200) => {
		expect(verdict(answer(text, status), operation('withdrawal.create'))).toEqual({
			state: 'unclear',
			reason,
		});
	});
});
