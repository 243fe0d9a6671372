import type { Operation } from '../../../core/provider/operation.ts';
import { findOperation } from '../../../core/provider/operation.ts';
import { isUnauthorized, loginVerdict, verdict } from '../../../nodes/Rapira/verdict.ts';
import { rapira } from '../../../nodes/Rapira/provider.ts';

function operation(name: string): Operation {
	const found = findOperation(rapira.resources, name);
	if (!found) throw new Error(`No operation ${name}`);
	return found;
}

const payout = operation('payout.create');
const pay = operation('otc.payOrder');
const address = operation('address.create');
const check = operation('aml.checkAddress');
const stop = operation('address.stopUsing');
const balances = operation('balance.getMany');
const xml = operation('market.getRatesXml');
const custom = operation('customRequest.send');

const answer = (text: string, status = 200) => ({ status, headers: {}, text });
const of = (body: unknown, which = payout, status = 200) =>
	verdict(answer(JSON.stringify(body), status), which);
const envelope = (code: unknown, more: object = {}) => ({
	data: null,
	code,
	message: 'M',
	isWorking: 1,
	...more,
});

describe('accepted', () => {
	it.each<[string, unknown, Operation, unknown]>([
		['a withdrawal id at the root', { withdrawRecordId: 1000001 }, payout, { withdrawRecordId: 1000001 }],
		['a withdrawal id under data', { data: { withdrawRecordId: 7 } }, payout, { withdrawRecordId: 7 }],
		[
			'a withdrawal id in an envelope',
			envelope(0, { data: { withdrawRecordId: 7 } }),
			payout,
			{ withdrawRecordId: 7 },
		],
		['code 200 of OTC', { code: 200, message: 'OK' }, pay, { code: 200, message: 'OK' }],
		['code 0 of OTC', { code: 0, message: 'SUCCESS' }, pay, { code: 0, message: 'SUCCESS' }],
		['an address', { id: 1, address: 'T', memo: null }, address, { id: 1, address: 'T', memo: null }],
		['an address under data', { data: { id: 1, address: 'T' } }, address, { id: 1, address: 'T' }],
		['a check', { uuid: 'u', status: 'PENDING' }, check, { uuid: 'u', status: 'PENDING' }],
		['an object whose shape is not known', {}, stop, {}],
		['a bare list', [{ unit: 'USDT' }], balances, [{ unit: 'USDT' }]],
		['an empty object', {}, balances, {}],
		['a page at the root', { content: [], totalPages: 0 }, balances, { content: [], totalPages: 0 }],
		['an envelope of 0', envelope(0, { data: [1] }), balances, [1]],
		['an envelope of 200', envelope(200, { data: { a: 1 } }), balances, { a: 1 }],
		['data that is no envelope', { data: [1] }, balances, { data: [1] }],
		['a code as text', envelope('0', { data: [1] }), balances, [1]],
		['isWorking 0, which is a warning', envelope(0, { data: [1], isWorking: 0 }), balances, [1]],
		['error null', { error: null, content: [] }, balances, { error: null, content: [] }],
		['any object of a custom request', { withdrawRecordId: 7 }, custom, { withdrawRecordId: 7 }],
	])('%s', (_name, body, which, data) => {
		expect(of(body, which)).toEqual({ state: 'accepted', data });
	});

	it('nothing at all, where the shape is not known', () => {
		expect(verdict(answer(''), stop)).toEqual({ state: 'accepted', data: {} });
	});

	it('XML where XML is asked for', () => {
		expect(verdict(answer('<?xml?><rates/>'), xml)).toEqual({ state: 'accepted', data: '<?xml?><rates/>' });
	});

	it('exact digits', () => {
		const text = '{"withdrawRecordId":963936310324625408,"fee":0.10}';
		expect(verdict(answer(text), payout)).toEqual({
			state: 'accepted',
			data: { withdrawRecordId: '963936310324625408', fee: '0.10' },
		});
	});
});

describe('refused: the provider says that it did nothing', () => {
	it.each<[unknown, number, object]>([
		[envelope(400), 400, { code: '400', reason: 'M' }],
		[envelope(400), 200, { code: '400' }],
		[envelope(3), 200, { code: '3' }],
		[envelope(-1), 200, { code: '-1' }],
		[envelope('E1'), 200, { code: 'E1' }],
		[{ message: 'no' }, 400, { code: 'HTTP 400', reason: 'no' }],
		[{ error: 'no such token' }, 200, { code: 'no code', reason: 'no such token' }],
		[envelope(401, { message: 'Error! JWT does not set' }), 401, { code: '401' }],
		[envelope(403), 403, { code: '403', nextStep: expect.stringContaining('access level') }],
		[envelope(404), 404, { code: '404' }],
	])('%j with HTTP %i', (body, status, expected) => {
		expect(of(body, payout, status)).toMatchObject({ state: 'refused', ...expected });
	});

	it.each([payout, balances, xml])('HTTP 451, with the reason, whatever the body', (which) => {
		expect(verdict(answer('<html>', 451), which)).toMatchObject({
			state: 'refused',
			code: 'HTTP 451',
			reason: expect.stringContaining('blocked'),
		});
	});
});

describe('unclear: money may have moved', () => {
	it.each<[string, string, number]>([
		['a web page', '<html>', 200],
		['nothing', '', 200],
		['half an answer', '{"withdrawRecordId":10', 200],
		['a text', '"ok"', 200],
		['a number', '7', 200],
		['null', 'null', 200],
		['no id', '{}', 200],
		['an id of 0', '{"withdrawRecordId":0}', 200],
		['a negative id', '{"withdrawRecordId":-1}', 200],
		['an id that is no number', '{"withdrawRecordId":"x"}', 200],
		['success without an id', '{"code":0,"message":"SUCCESS","data":null}', 200],
		['a list', '[]', 200],
		['success and refusal at once', '{"code":0,"error":"no"}', 200],
		['a refusing status with a success', '{"code":0,"withdrawRecordId":7}', 400],
		['a payout with an error', '{"withdrawRecordId":7,"error":"no"}', 200],
		['a payout with a code that refuses', '{"code":3,"message":"M","data":{"withdrawRecordId":7}}', 200],
		['a refusing status with a payout', '{"withdrawRecordId":7,"message":"M"}', 400],
		['a list with 400', '[]', 400],
		['code 500 with HTTP 200', '{"code":500,"message":"M"}', 200],
		['code 429 with HTTP 200', '{"code":429}', 200],
		['500', '{"code":500}', 500],
		['502', '<html>', 502],
		['503 with a code that refuses', '{"code":400}', 503],
		['429', '{"code":429}', 429],
		['408', '', 408],
		['302', '', 302],
		['307', '{"code":400}', 307],
		['a web page with 401', '<html>', 401],
		['a web page with 403', '<html>', 403],
		['a web page with 400', '<html>', 400],
		['nothing in an object with 400', '{}', 400],
		['an error without a text', '{"error":true}', 422],
		['401 of a gateway', '{"message":"Unauthorized"}', 401],
		['an empty 401', '{}', 401],
		['401 beside an id', '{"code":401,"withdrawRecordId":1000001}', 200],
		['403 of a gateway', '{"message":"Forbidden"}', 403],
		['404 of a gateway', '{"code":404,"message":"Not Found"}', 404],
		...[409, 423, 425, 444, 499].map((status): [string, string, number] => [
			`${status} in its envelope`,
			JSON.stringify(envelope(status)),
			status,
		]),
		['a no inside of a success', '{"success":false}', 200],
	])('%s', (_name, text, status) => {
		expect(verdict(answer(text, status), payout).state).toBe('unclear');
	});

	it('an order is not paid without its code', () => {
		expect(of({}, pay).state).toBe('unclear');
		expect(of({ message: 'OK' }, pay).state).toBe('unclear');
	});

	it('a web page is no XML', () => {
		expect(verdict(answer('<!DOCTYPE html><html>'), xml).state).toBe('unclear');
		expect(verdict(answer('{}'), xml).state).toBe('unclear');
	});
});

describe('the token', () => {
	const token = 'eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl';

	it('is taken from the login alone', () => {
		expect(loginVerdict(answer(JSON.stringify({ token })), balances)).toEqual({
			state: 'accepted',
			data: token,
		});
		for (const body of [{}, { token: '' }, { token: null }, { code: 0 }]) {
			expect(loginVerdict(answer(JSON.stringify(body)), balances).state).toBe('unclear');
		}
		expect(loginVerdict(answer(JSON.stringify(envelope(401)), 401), balances).state).toBe('refused');
		expect(loginVerdict(answer(JSON.stringify(envelope(400, { token }))), balances).state).toBe('refused');
	});

	it('is shown in no other answer', () => {
		expect(of({ token, note: `was ${token}` }, custom)).toEqual({
			state: 'accepted',
			data: { token: '[hidden]', note: 'was [hidden]' },
		});
		expect(of(envelope(400, { message: `bad ${token}` }), payout, 400)).toMatchObject({
			reason: 'bad [hidden]',
		});
		expect(of([{ token: 'TRX_USDT' }], balances)).toEqual({
			state: 'accepted',
			data: [{ token: 'TRX_USDT' }],
		});
	});

	it.each<[unknown, number, Operation, boolean]>([
		[envelope(401), 401, payout, true],
		[envelope(401), 200, payout, true],
		[{ message: 'Unauthorized' }, 401, payout, false],
		[{}, 401, payout, false],
		[{ code: 401, withdrawRecordId: 1000001 }, 200, payout, false],
		[envelope(401, { withdrawRecordId: 1000001 }), 401, payout, false],
		[envelope(401, { data: { withdrawRecordId: 1000001 } }), 401, payout, false],
		['<html>', 401, payout, false],
		['<html>', 401, balances, true],
		[envelope(401), 500, payout, false],
		[envelope(403), 403, payout, false],
		[{ withdrawRecordId: 401 }, 200, payout, false],
	])('%j with HTTP %i of %#', (body, status, which, over) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		expect(isUnauthorized(answer(text, status), which)).toBe(over);
	});
});
