import { findOperation, type Operation } from '../../../core/provider/operation.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { saysDuplicate, saysStale, verdict } from '../../../nodes/OkiPays/verdict.ts';

function operation(name: string): Operation {
	const found = findOperation(okiPays.resources, name);
	if (!found) throw new Error(`No operation ${name}`);
	return found;
}

const create = operation('order.create');
const get = operation('order.get');
const custom = operation('customRequest.send');
const coins = operation('currency.getCoins');
const token = '90b413637637634d1e3624ad545fa420';
const answer = (text: string, status = 200) => ({ status, headers: {}, text });
const of = (body: unknown, status = 400, on = create) => verdict(answer(JSON.stringify(body), status), on);
const application = (error: string, code?: number) => ({ status: false, error, code, token });
const framework = (message: string, status = 400, code = 0) => ({
	name: 'Bad Request',
	message,
	code,
	status,
});

describe('a success', () => {
	it('is its data alone: the token stays behind, at every depth', () => {
		const data = { id: '4JWOUAGY', price: '15', again: token, deep: [token, { token, keep: 'token' }] };
		const verdictOf = of({ status: true, message: 'Success', data, token }, 200);
		expect(verdictOf).toEqual({
			state: 'accepted',
			data: { id: '4JWOUAGY', price: '15', deep: [{ keep: 'token' }] },
		});
		expect(JSON.stringify(verdictOf)).not.toContain(token);
	});

	it('is a list where one is documented, also when it comes as one object', () => {
		expect(of({ status: true, data: [{ iso3: 'USDT' }], token }, 200, coins)).toEqual({
			state: 'accepted',
			data: [{ iso3: 'USDT' }],
		});
		expect(of({ status: true, data: { iso3: 'USDT', data: [] }, token }, 200, coins)).toEqual({
			state: 'accepted',
			data: [{ iso3: 'USDT', data: [] }],
		});
	});

	it('of a custom request may have no data', () => {
		expect(of({ status: true, message: 'Done', token }, 200, custom)).toEqual({
			state: 'accepted',
			data: { status: true, message: 'Done' },
		});
		expect(of({ status: true, data: token, token }, 200, custom)).toEqual({ state: 'accepted', data: null });
		expect(of({ status: true, data: '5', token }, 200, custom)).toEqual({ state: 'accepted', data: '5' });
	});

	it('keeps every digit', () => {
		const text = '{"status":true,"data":{"id":"A","price":15.50,"order_id":7615917337495251231}}';
		expect(verdict(answer(text), create)).toEqual({
			state: 'accepted',
			data: { id: 'A', price: '15.50', order_id: '7615917337495251231' },
		});
	});
});

describe('a refusal comes in two envelopes', () => {
	it.each<[string, object, number, object]>([
		[
			'the framework',
			framework('Currency not available', 400, -1),
			400,
			{ code: '-1', reason: 'Currency not available' },
		],
		['the application', application('Required order_id', 19), 400, { code: '19' }],
		['the application with HTTP 200', application('No'), 200, { code: 'HTTP 200', reason: 'No' }],
		[
			'its text under the other name',
			{ status: false, message: 'No', code: 3 },
			400,
			{ code: '3', reason: 'No' },
		],
		[
			'a wrong signature',
			application('Wrong sign', 5),
			400,
			{ nextStep: expect.stringContaining('Check Secret') },
		],
	])('%s', (_case, body, status, expected) => {
		expect(of(body, status)).toMatchObject({ state: 'refused', ...expected });
	});

	it.each<[string, Operation, object, number, string | undefined]>([
		[
			'a coin that is not taken',
			create,
			framework('Currency not available', 400, -1),
			400,
			'Choose the payment currency from its list, and only coins and networks that your account takes',
		],
		['the same code of another call', get, framework('No', 400, -1), 400, undefined],
		[
			'an order that is not there',
			get,
			application('Order not found', 14),
			400,
			'Check the order ID: it is your own order number, not the invoice ID',
		],
		['no order ID', get, application('Required order_id', 19), 400, 'Set the order ID'],
		['a documented code of a list', coins, application('No', 19), 400, undefined],
		['a documented code of a custom request', custom, application('No', 19), 400, 'Set the order ID'],
		['a code that nobody documents', create, application('No', 7), 400, undefined],
		[
			'a wrong signature of a read',
			get,
			application('Wrong sign', 5),
			400,
			'Check Secret in the credential: it must belong to the token',
		],
		[
			'a wrong signature of an order',
			create,
			application('Wrong sign', 5),
			400,
			'Check Secret in the credential: it must belong to the token. If orders without Coins and Networks pass, tell the developers',
		],
	])('says what to do about %s', (_case, on, body, status, nextStep) => {
		const refused = of(body, status, on);
		expect({ nextStep: undefined, ...refused }).toMatchObject({ state: 'refused', nextStep });
	});

	it('a documented code counts, whatever its text says; another one does not with a text that does not know', () => {
		for (const code of [-1, 19])
			expect(of(framework('Temporarily unavailable', 400, code)).state).toBe('refused');
		expect(of(application('System is busy, try again later', 7)).state).toBe('unclear');
	});

	it('"Order not found" alone says something about the order', () => {
		expect(of(application('Order not found', 14), 400, get)).toHaveProperty('meaning', 'absent');
		expect(of(application('Order not found'), 400, get)).not.toHaveProperty('meaning');
		expect(of(framework('Order not found', 404, 14), 404, get)).not.toHaveProperty('meaning');
	});

	it('401 refuses a read with a hint; a send may have met a gateway, so it is unclear, with the same hint', () => {
		const hint = expect.stringContaining('Check Token in the credential');
		expect(of(framework('Unauthorized', 401), 401, get)).toMatchObject({ state: 'refused', nextStep: hint });
		expect(of(framework('Unauthorized', 401), 401)).toMatchObject({ state: 'unclear', reason: hint });
	});

	it('never quotes the token', () => {
		expect(of(application(`Token ${token} is blocked`, 3))).toMatchObject({
			reason: 'Token [hidden] is blocked',
		});
		expect(of({ ...application(`Token ${token} is blocked`), status: 'x' })).toEqual({
			state: 'unclear',
			reason: 'it answered 400 Token [hidden] is blocked',
		});
	});
});

describe('a request_id that is too small', () => {
	it.each([
		'request_id must be greater than the previous one',
		'Request id is less than last',
		'request_id too small',
		'The request-id was already used',
		'RequestId is not unique',
		'Invalid request_id: it must be larger than 1610097140116',
		'duplicate request_id',
	])('proves it by its text: %s', (text) => {
		expect(saysStale(text)).toBe(true);
		for (const [body, on] of [
			[application(text, 5), create],
			[application(text, 5), get],
			[framework(text), create],
		] as const) {
			expect(of(body, 400, on)).toMatchObject({
				state: 'refused',
				meaning: 'stale',
				nextStep: expect.stringContaining('Request ID Unit'),
			});
		}
	});

	it.each([
		'Invalid request_id',
		'Wrong request_id',
		'Required request_id',
		'request_id is missing or too small',
		'Order 15 already exists',
		'price is too small',
		'Too small',
		'nonce too low',
		'Wrong sign',
	])('is not proven by: %s', (text) => {
		expect(saysStale(text)).toBe(false);
		expect(of(application(text, 5))).not.toHaveProperty('meaning', 'stale');
	});

	it('is nothing to send a custom request again for: it has no reference', () => {
		expect(of(application('request_id too small', 5), 400, custom)).not.toHaveProperty('meaning');
	});

	it('is not believed beside a 5xx or a success', () => {
		expect(of(framework('request_id too small', 500), 500).state).toBe('unclear');
		expect(of({ status: true, error: 'request_id too small', data: {} }, 200).state).toBe('unclear');
	});
});

describe('an order that is already there', () => {
	it.each([
		'Order already exists',
		'Order ID "123" has already been taken.',
		'order_id must be unique',
		'Duplicate order',
		'Wrong order_id',
	])('%s: looked up, also under a documented code', (text) => {
		expect(saysDuplicate(text)).toBe(true);
		for (const code of [7, -1, 19])
			expect(of(application(text, code))).toHaveProperty('meaning', 'duplicate');
		expect(of(application(text, 7), 400, get)).not.toHaveProperty('meaning');
	});

	it.each(['Order not found', 'Order does not exist', 'order is too old'])('%s: not that', (text) =>
		expect(saysDuplicate(text)).toBe(false),
	);
});

describe('everything else is unclear, because the order may have been created', () => {
	it.each([
		['a web page', answer('<html>502</html>', 502)],
		['a web page with 200', answer('<!doctype html>')],
		['nothing', answer('')],
		['half an answer', answer('{"status":true,"data":{"id":')],
		['a list', answer('[]')],
		['a text', answer('"ok"')],
		['null', answer('null')],
		['an empty object', answer('{}')],
		['a success without data', answer('{"status":true,"message":"Success"}')],
		['a success with a list instead of the order', answer('{"status":true,"data":[]}')],
		['a success with 400', answer('{"status":true,"data":{"id":"1"}}', 400)],
		['a success with 500', answer('{"status":true,"data":{"id":"1"}}', 500)],
		['a redirect', answer('{"status":true,"data":{"id":"1"}}', 302)],
		['status as text', answer('{"status":"true","data":{"id":"1"}}')],
		['status 1', answer('{"status":1,"data":{"id":"1"}}')],
		['status 400 with HTTP 200', answer('{"name":"Bad Request","message":"x","code":0,"status":400}')],
		['another status than the HTTP one', answer('{"name":"x","message":"x","status":401}', 400)],
		['a refusal with 500', answer('{"status":false,"error":"x"}', 500)],
		['the framework at fault', answer('{"name":"Internal Server Error","message":"x","status":500}', 500)],
		['a refusal without a text', answer('{"status":false}', 400)],
		['a limit', answer('{"name":"Too Many Requests","message":"x","status":429}', 429)],
		['401 of a gateway', answer('<html>', 401)],
		['401 whose members are no texts', answer('{"name":{},"message":"x","status":400}', 400)],
	])('%s', (_name, given) => {
		expect(verdict(given, create).state).toBe('unclear');
	});

	it.each([201, 204, 302, 307, 408, 429, 500, 503])('a read with a refusal under HTTP %i', (status) => {
		expect(of(application('No', 14), status, get).state).toBe('unclear');
		expect(of(framework('No', status), status, get).state).toBe('unclear');
	});

	it.each<[string, Operation, string, number?]>([
		['it answered 200 with text that is not a JSON object', create, '[]'],
		['it answered 502 with a web page', get, '<html>502</html>', 502],
		['it answered 200 in a form that is not documented', create, '{}'],
		['it answered 500 x', create, '{"status":false,"error":"x"}', 500],
		['it answered 404 x', create, '{"status":false,"error":"x"}', 404],
		['it answered a success without the order', create, '{"status":true,"data":[]}'],
		['it answered a success without the list', coins, '{"status":true,"data":"x"}'],
	])('%s', (reason, on, text, status = 200) => {
		expect(verdict(answer(text, status), on)).toEqual({ state: 'unclear', reason });
	});
});
