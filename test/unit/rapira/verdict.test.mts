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
const checkTransaction = operation('aml.checkTransaction');
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
		['error false', { error: false, content: [] }, balances, { error: false, content: [] }],
		['an empty error', { error: '', content: [] }, balances, { error: '', content: [] }],
		['a no inside of what is read', { success: false }, balances, { success: false }],
		['an envelope without data', envelope(0), balances, envelope(0)],
		['an envelope with no member data', { code: 0, message: 'M' }, balances, { code: 0, message: 'M' }],
		['an envelope that has a code alone', { code: 0, data: [1] }, balances, [1]],
		['an envelope that has a message alone', { message: 'M', data: [1] }, balances, [1]],
		['a check of a transaction', { uuid: 'u' }, checkTransaction, { uuid: 'u' }],
		['any object of a custom request', { withdrawRecordId: 7 }, custom, { withdrawRecordId: 7 }],
	])('%s', (_name, body, which, data) => {
		expect(of(body, which)).toEqual({ state: 'accepted', data });
	});

	it('nothing at all, where the shape is not known', () => {
		expect(verdict(answer(''), stop)).toEqual({ state: 'accepted', data: {} });
	});

	it('XML with white space before it, also if it speaks of HTML', () => {
		const text = '\n <rates note="<html>"/>';
		expect(verdict(answer(text), xml)).toEqual({ state: 'accepted', data: text });
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
		[envelope(400, { totalPage: 0, totalElement: 0, error: 'no' }), 400, { code: '400' }],
	])('%j with HTTP %i', (body, status, expected) => {
		expect(of(body, payout, status)).toMatchObject({ state: 'refused', ...expected });
	});

	it('an order that Rapira does not take: its code is no proof of a payment', () => {
		expect(of(envelope(400), pay, 400)).toMatchObject({ state: 'refused', code: '400' });
	});

	it.each<[unknown, number]>([
		[envelope(1401), 400],
		[envelope(4010), 400],
		[envelope(400), 400],
	])('%j does not speak of the access level', (body, status) => {
		expect(of(body, payout, status)).not.toHaveProperty('nextStep');
	});

	it.each([{ totalPage: 0 }, { totalElement: 0 }, { error: 'no' }, { totalPage: '0', totalElement: '0' }])(
		'its envelope with %j too',
		(more) => {
			expect(of(envelope(400, more), payout, 403)).toMatchObject({ state: 'refused', code: '400' });
			expect(of(envelope(400, { ...more, server: 'edge' }), payout, 403).state).toBe('unclear');
		},
	);

	it('HTTP 451, with what to do', () => {
		expect(verdict(answer('', 451), payout)).toMatchObject({
			nextStep: expect.stringContaining('Sending it again does not help'),
		});
	});

	it('a read by anybody, also by a gateway', () => {
		expect(of({ message: 'Forbidden' }, balances, 403)).toMatchObject({ state: 'refused', code: 'HTTP 403' });
		expect(of({}, balances, 422)).toMatchObject({ state: 'refused', reason: 'it gave no reason' });
	});

	it('a read as absent, only in words about the payment itself', () => {
		const absent = envelope(404, { message: 'Order not found' });
		expect(of(absent, balances, 404)).toMatchObject({ state: 'refused', meaning: 'absent' });
		expect(of(absent, payout, 404)).not.toHaveProperty('meaning');
		expect(of(envelope(404, { message: 'User not found' }), balances, 404)).not.toHaveProperty('meaning');
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
		['a refusal without a code, which may be of a gateway', '{"data":null,"message":"M"}', 403],
		['404 of a gateway', '{"code":404,"message":"Not Found"}', 404],
		...[409, 423, 425, 444, 499].map((status): [string, string, number] => [
			`${status} in its envelope`,
			JSON.stringify(envelope(status)),
			status,
		]),
		['a no inside of a success', '{"success":false}', 200],
		['a no beside an id', '{"success":false,"withdrawRecordId":7}', 200],
		['an id that only begins as a number', '{"withdrawRecordId":"7x"}', 200],
		['a redirect with an id', '{"withdrawRecordId":7}', 302],
		['300 with an id', '{"withdrawRecordId":7}', 300],
		['503 with an id', '{"withdrawRecordId":7}', 503],
		['a refusal without data, which may be of a gateway', '{"code":400,"message":"M"}', 401],
	])('%s', (_name, text, status) => {
		expect(verdict(answer(text, status), payout).state).toBe('unclear');
	});

	it.each<[string, string, number, Operation, string]>([
		['a redirect', '', 302, payout, 'it answered with a redirect (302)'],
		['the first redirect', '', 300, payout, 'it answered with a redirect (300)'],
		['the first redirect of a file', '<xml/>', 300, xml, 'it answered with a redirect (300)'],
		['a limit', '{"message":"slow"}', 429, payout, 'it answered 429 slow'],
		['an outage', '', 502, payout, 'it answered 502'],
		['a web page', '<html>', 200, payout, 'it answered 200 with a web page'],
		['a number', '7', 200, balances, 'it answered 200 with text that is not JSON'],
		['null', 'null', 200, custom, 'it answered 200 with text that is not JSON'],
		['no XML', '{}', 200, xml, 'it answered 200 with something else than XML'],
		['no id', '{}', 200, payout, 'it answered 200 without withdrawRecordId'],
		['no check', '{}', 200, checkTransaction, 'it answered 200 without uuid'],
		['a no', '{"success":false}', 200, payout, 'it answered 200 with a no'],
		['a code of an outage', '{"code":503,"message":"M"}', 200, payout, 'it answered code 503 M'],
		['a code of an outage alone', '{"code":503}', 200, payout, 'it answered code 503'],
		['a gateway', '{"message":"no"}', 404, payout, 'it answered 404 no'],
		['a gateway without a text', '{}', 404, payout, 'it answered 404'],
		[
			'two answers at once',
			'{"code":0,"error":"no"}',
			200,
			payout,
			'it answered 200 with both a success and a refusal',
		],
		[
			'a refusal with an id',
			'{"data":{"withdrawRecordId":7},"code":400,"message":"M"}',
			400,
			payout,
			'it answered 400 with both a refusal and withdrawRecordId',
		],
	])('%s, with what was seen', (_name, text, status, which, reason) => {
		expect(verdict(answer(text, status), which)).toEqual({ state: 'unclear', reason });
	});

	it('a gateway that lets nobody in, with what to check', () => {
		expect(of({ message: 'Forbidden' }, payout, 403)).toEqual({
			state: 'unclear',
			reason: expect.stringMatching(/^it answered 403 Forbidden: Check in the Rapira account/),
		});
	});

	it.each<[string, string, number, Operation]>([
		['a write with a no', '{"success":false}', 200, stop],
		['a write with a web page', '<html>', 200, stop],
		['nothing with a refusing status', '', 400, stop],
		['nothing with 300', '', 300, stop],
		['nothing where something is read', '', 200, balances],
		['nothing where an address is made', '', 200, address],
		['XML with a refusing status', '<rates/>', 400, xml],
		['XML with 300', '<rates/>', 300, xml],
		['text before the XML', 'x <rates/>', 200, xml],
		['a web page after white space', ' \n<html>', 200, xml],
	])('%s', (_name, text, status, which) => {
		expect(verdict(answer(text, status), which).state).toBe('unclear');
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

	it('is not taken from an answer that is no success', () => {
		for (const status of [300, 400, 500])
			expect(loginVerdict(answer(JSON.stringify({ token }), status), balances).state).not.toBe('accepted');
		expect(loginVerdict(answer('{}'), balances)).toEqual({
			state: 'unclear',
			reason: 'it answered 200 without a token',
		});
	});

	it.each<[string, string]>([
		[`x.${token}.y`, 'x.[hidden].y'],
		[`pre${token}`, 'pre[hidden]'],
		[`${token}.${token}`, '[hidden].[hidden]'],
		['eyJhbGciOiJ.two', 'eyJhbGciOiJ.two'],
		['eyJhbGciOiJ', 'eyJhbGciOiJ'],
		['a.b.eyJhbGciOiJ', 'a.b.eyJhbGciOiJ'],
		['eyJ.a.b', 'eyJ.a.b'],
		['api.rapira.net', 'api.rapira.net'],
	])('is hidden wherever it stands, and nothing else: %s', (text, shown) => {
		expect(of({ note: text }, custom)).toEqual({ state: 'accepted', data: { note: shown } });
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
		[envelope(400), 401, payout, false],
		[{ data: null, code: 401 }, 401, payout, false],
		[{ data: null, message: 'M' }, 401, payout, false],
		['<html>', 403, balances, false],
		[{ withdrawRecordId: 401 }, 200, payout, false],
	])('%j with HTTP %i of %#', (body, status, which, over) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		expect(isUnauthorized(answer(text, status), which)).toBe(over);
	});
});
