import { findOperation, type Operation } from '../../../core/provider/operation.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { verdict } from '../../../nodes/BridgePay/verdict.ts';

function operation(name: string): Operation {
	const found = findOperation(bridgePay.resources, name);
	if (!found) throw new Error(`No operation ${name}`);
	return found;
}

const payOut = operation('invoice.createPayOut');
const get = operation('invoice.getByInternalId');
const accounts = operation('store.getAccounts');
const qr = operation('invoice.getQrCode');
const answer = (text: string, status = 200) => ({ status, headers: {}, text });
const of = (body: unknown, status = 200, asked = payOut) =>
	verdict(answer(JSON.stringify(body), status), asked);

const invoice = { id: 'i-1', status: 'new', sum: { amount: '1000.00', currency: 'RUB', subunit: 2 } };

describe('a success is the object itself', () => {
	it.each([[invoice], [[invoice]]])('or a list of one: %j', (body) => {
		expect(of(body)).toEqual({ state: 'accepted', data: invoice });
	});

	it.each(['invoice.createPayOut', 'invoice.createPayIn'])('with 201 too: %s', (name) => {
		expect(of(invoice, 201, operation(name))).toEqual({ state: 'accepted', data: invoice });
		expect(of([{ id: 'w-1' }], 201, operation('withdrawal.create')).state).toBe('accepted');
	});

	it('also for withdrawals, which may have no status, and for the smaller answer to Cancel', () => {
		const create = operation('withdrawal.create');
		expect(of([{ id: 'w-1', txId: null }], 200, create)).toEqual({
			state: 'accepted',
			data: { id: 'w-1', txId: null },
		});
		const cancelled = { id: 'i-1', status: 'canceled', deals: [], isSumChanged: false };
		expect(of(cancelled, 200, operation('invoice.cancel'))).toMatchObject({ state: 'accepted' });
	});

	it('lists stay lists, of one and of none', () => {
		expect(of([{ id: 'a' }], 200, accounts)).toEqual({ state: 'accepted', data: [{ id: 'a' }] });
		expect(of([], 200, accounts)).toEqual({ state: 'accepted', data: [] });
		expect(of([{ code: 'SBP', name: 'SBP' }], 200, operation('store.getPaymentOptions')).state).toBe(
			'accepted',
		);
	});

	it('rates have two sides', () => {
		const rates = operation('store.getRates');
		expect(of({ in: { pair: 'USDT/RUB', rate: '102.05' } }, 200, rates).state).toBe('accepted');
		expect(of({}, 200, rates).state).toBe('unclear');
	});

	it('keeps numbers of 30 digits as text', () => {
		const text = '{"id":"w","sum":{"amount":0.1000,"n":123456789012345678901234567890}}';
		expect(verdict(answer(text), operation('withdrawal.get'))).toEqual({
			state: 'accepted',
			data: { id: 'w', sum: { amount: '0.1000', n: '123456789012345678901234567890' } },
		});
	});
});

describe('a refusal is 400, 401 or 404 with a documented envelope', () => {
	const said = 'Invoice amount should be not less than 1000.00';
	it.each<[unknown, string]>([
		[[{ message: said }], said],
		[{ message: said }, said],
		[said, said],
		[[{ message: said, field: 'amount' }], `${said} (amount)`],
		[[{ message: said }, { message: 'more' }], `${said}; more`],
	])('%j', (body, reason) => {
		expect(of(body, 400)).toEqual({
			state: 'refused',
			code: 'HTTP 400',
			reason,
			nextStep: 'Raise the amount',
		});
	});

	it.each<[number, string, RegExp]>([
		[400, 'this value should not be blank', /^$/],
		[400, 'Invoice amount should be not greater than 100000.00', /Lower the amount/],
		[400, 'Payment option not allowed', /payment option from the list/],
		[400, 'Payment method not allowed', /payment method from the list/],
		[400, 'maxAmount can not be less than amount', /Max Amount/],
		[400, 'This value should be of type boolean', /^$/],
		[400, '2FA should be enabled for this operation', /two-factor authentication/],
		[400, 'Insufficient funds', /top up/],
		[404, 'Pay in disabled', /does not take pay-ins/],
		[404, 'Pay out disabled', /does not make pay-outs/],
	])('%d %s has a next step of its own, where there is one', (status, message, nextStep) => {
		const refused = of([{ message }], status);
		expect(refused).toMatchObject({ state: 'refused', code: `HTTP ${status}`, reason: message });
		expect(('nextStep' in refused ? refused.nextStep : undefined) ?? '').toMatch(nextStep);
	});

	it('has no next step where none fits', () => {
		expect(of([{ message: 'this value should not be blank' }], 400)).not.toHaveProperty('nextStep');
	});

	it.each<[number, string, RegExp | string]>([
		[404, 'invoice.get', 'Check the ID; an invoice of another store is not seen with this API key'],
		[404, 'withdrawal.get', 'Check the ID of the withdrawal'],
		[404, 'customRequest.read', 'Check Base URL in the credential'],
		[404, 'store.getAccounts', 'Check Base URL in the credential'],
		[404, 'invoice.openDispute', /^Check both IDs/],
		[
			400,
			'invoice.cancel',
			'It may be over already: get the invoice, and read its status. This is no reason to pay again',
		],
	])(
		'%i without a documented text says what to do about the object of the call: %s',
		(status, name, step) => {
			const body = status === 404 ? null : [{ message: 'no' }];
			expect(of(body, status, operation(name))).toMatchObject({
				state: 'refused',
				nextStep: expect.stringMatching(step),
			});
		},
	);

	it('never tells a reader of something that is missing that it may be over', () => {
		const found = of(null, 404, operation('invoice.cancel'));
		expect(found).toMatchObject({ nextStep: expect.stringContaining('Check the ID') });
	});

	it.each([
		'Service temporarily unavailable, try again later',
		'Insufficient funds, or the service is busy: try again later',
	])('is none where the text does not know: %s', (message) => {
		expect(of([{ message }], 400).state).toBe('unclear');
	});

	it.each([
		'This value is already used.',
		'Payment option not allowed: the internalId is already used with another one',
	])('is looked up where the text says that there is one already: %s', (message) => {
		expect(of([{ message }], 400)).toMatchObject({ state: 'refused', meaning: 'duplicate' });
	});

	it('"Invoice data not available" refuses a read, and says what to look at', () => {
		expect(of([{ message: 'Invoice data not available' }], 400, get)).toMatchObject({
			state: 'refused',
			nextStep: 'Look at the invoice: it was not created or is cancelled',
		});
	});

	it('says in words that no requisites are free, from every operation', () => {
		for (const asked of [payOut, operation('invoice.startDeal')]) {
			expect(of([{ message: 'PAYMENT_METHOD_NOT_AVAILABLE' }], 400, asked)).toMatchObject({
				state: 'refused',
				code: 'PAYMENT_METHOD_NOT_AVAILABLE',
				reason: 'no requisites are free for this amount now',
				nextStep:
					'This is normal for some amounts, and no outage: try another payment option or method, or later',
			});
		}
	});

	it.each([
		['null', {}],
		['', { 'content-type': 'application/json' }],
	])('404 with %j is documented as "not there", and only that is an absence', (text, headers) => {
		const of404 = (asked: Operation) => verdict({ status: 404, headers, text }, asked);
		expect(of404(get)).toMatchObject({
			state: 'refused',
			code: 'HTTP 404',
			reason: 'it knows nothing there',
			meaning: 'absent',
		});
		expect(of404(payOut)).toMatchObject({ nextStep: 'Check Base URL in the credential' });
		expect(of404(operation('invoice.openDispute'))).toMatchObject({
			nextStep: expect.stringContaining('Check both IDs'),
		});
	});

	it('404 with a text is an absence only where the text names the invoice', () => {
		expect(of([{ message: 'Invoice not found' }], 404, get)).toMatchObject({ meaning: 'absent' });
		for (const message of ['No route found for "GET /api/merchant/invoices/internal-id/o-1"', 'Not Found'])
			expect(of({ message }, 404, get)).not.toHaveProperty('meaning');
		// An empty answer without its type may be a gateway's.
		expect(verdict(answer('', 404), get).state).toBe('unclear');
	});

	it('400 and 401 say nothing about the object that was asked for', () => {
		for (const status of [400, 401]) {
			for (const message of ['x', 'Invoice not found']) {
				const refused = of([{ message }], status, get);
				expect(refused).toMatchObject({ state: 'refused' });
				expect(refused).not.toHaveProperty('meaning');
			}
		}
	});

	it('401 refuses a read with a hint; a send may have met a gateway, so it is unclear, with the same hint', () => {
		const hint = expect.stringMatching(/API Key, Secret and Base URL/);
		expect(of({ message: 'Unauthorized' }, 401, get)).toMatchObject({ state: 'refused', nextStep: hint });
		expect(of({ message: 'Unauthorized' }, 401)).toMatchObject({ state: 'unclear', reason: hint });
	});
});

describe('everything else is unclear, because money may have moved', () => {
	it.each([
		['a web page', answer('<html>502</html>', 502)],
		['a web page with 200', answer('<!doctype html>')],
		['a web page with 401', answer('<html>401</html>', 401)],
		['a web page with 404', answer('<html>404</html>', 404)],
		['nothing', answer('')],
		['nothing with 400', answer('', 400)],
		['nothing with 401', answer('', 401)],
		['null with 400', answer('null', 400)],
		['an empty text with 400', answer('""', 400)],
		[
			'the same with the name of a field',
			answer('[{"message":"Invoice data not available","field":"internalId"}]', 400),
		],
		['an object without a message and 400', answer('{}', 400)],
		['an empty list with 404', answer('[]', 404)],
		['a path that a gateway does not know', answer('{"message":"no Route matched"}', 404)],
		['half an answer', answer('{"id":"i-1","sta')],
		['null', answer('null')],
		['a text', answer('"ok"')],
		['an empty list', answer('[]')],
		['an empty object', answer('{}')],
		['an invoice without an id', answer('{"status":"new"}')],
		['an invoice with an empty id', answer('{"id":"","status":"new"}')],
		['an invoice without a status', answer('{"id":"i-1"}')],
		['two invoices', answer(JSON.stringify([invoice, invoice]))],
		['a refusal with 200', answer('[{"message":"Insufficient funds"}]')],
		['an invoice with 400', answer(JSON.stringify(invoice), 400)],
		['an invoice with 500', answer(JSON.stringify(invoice), 500)],
		['a redirect', answer(JSON.stringify(invoice), 302)],
		['201 without the object', answer('', 201)],
		['201 with half of it', answer('{"id":"i-1"}', 201)],
		['201 with a message', answer('[{"message":"x"}]', 201)],
		['202', answer(JSON.stringify(invoice), 202)],
		['403 with a message', answer('{"message":"Forbidden"}', 403)],
		['409 with a message', answer('{"message":"Conflict"}', 409)],
		['422 with a message', answer('[{"message":"bad","field":"amount"}]', 422)],
		['429 with a message', answer('{"message":"Too many"}', 429)],
		['500 with a message', answer('{"message":"x"}', 500)],
		[
			'a pay-out that "was not created or is cancelled"',
			answer('[{"message":"Invoice data not available"}]', 400),
		],
		['an SVG image', answer('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
	])('%s', (_name, given) => expect(verdict(given, payOut).state).toBe('unclear'));

	it.each(['invoice.createPayOut', 'invoice.createPayOutAndWait', 'customRequest.send'])(
		'whatever makes the pay-out that "was not created or is cancelled": %s',
		(name) => {
			const told = answer('[{"message":"Invoice data not available"}]', 400);
			expect(verdict(told, operation(name)).state).toBe('unclear');
		},
	);

	it('two invoices under one internal ID are not taken for one or none', () => {
		expect(of([invoice, invoice], 200, get)).toEqual({
			state: 'unclear',
			reason: 'it answered with 2 objects where one is documented',
		});
	});

	it('an object that has a message of its own is no refusal, but a message among objects is', () => {
		expect(of({ ...invoice, message: 'x' }).state).toBe('accepted');
		const options = operation('store.getPaymentOptions');
		expect(of([{ code: 'SBP', message: 'x' }], 200, options).state).toBe('accepted');
		expect(of([{ id: 'a' }, { message: 'x' }], 200, accounts).state).toBe('unclear');
	});

	const json = { 'content-type': 'application/json' };
	it.each<[string, Operation, string, number?]>([
		['it answered 502 with a web page', get, '<html>502</html>', 502],
		['it answered 401 with nothing', get, '', 401],
		[
			'it answered 409 Conflict (sum); more',
			payOut,
			'[{"message":"Conflict","field":"sum"},{"message":"more"}]',
			409,
		],
		['it answered 500', payOut, '{}', 500],
		['it answered 401 Forbidden', payOut, '{"message":"Forbidden"}', 401],
		['it answered 200 without an SVG image', qr, '{}'],
		['it answered 200 with no; more', payOut, '[{"message":"no"},{"message":"more"}]'],
		['it answered 200 with no object', operation('customRequest.send'), '5'],
		['it answered 201 without a list', accounts, '{"id":"a"}', 201],
		['it answered 200 with no object', payOut, '[]'],
		['it answered 200 in a form that is not documented', payOut, '{"id":"i-1"}'],
		['it answered 400 without a message', payOut, '{}', 400],
	])('%s', (reason, asked, text, status = 200) => {
		expect(verdict({ status, headers: json, text }, asked)).toEqual({ state: 'unclear', reason });
	});

	it('a list where an object is expected, and the other way round', () => {
		expect(of({ id: 'a' }, 200, accounts).state).toBe('unclear');
		expect(of([], 200, get).state).toBe('unclear');
	});
});

describe('a QR code', () => {
	const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';
	it.each([
		svg,
		`${svg}\n`,
		`<?xml version="1.0" encoding="UTF-8"?>\n${svg}`,
		`<?xml version="1.0"?>${svg.toUpperCase()}`,
		`<?xml version="1.0"?>\r\n<!DOCTYPE  svg>${svg}`,
		`<!DOCTYPE svg>\r\n${svg}`,
		`<!-- one --><!-- two -->${svg}`,
		`\uFEFF<?xml version="1.0"?>\n<!-- made -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n${svg}`,
	])('is an SVG image, as text: %j', (text) => {
		expect(verdict(answer(text), qr)).toEqual({ state: 'accepted', data: text });
	});

	it.each([
		['', 200],
		['null', 200],
		['<html><body><svg></svg></body></html>', 200],
		[`<b>${svg}`, 200],
		[`<!-- ${svg}`, 200],
		[svg.slice(0, -4), 200],
		[svg, 404],
		[svg, 500],
		['{"id":"x","status":"new"}', 200],
	])('is not %j with %d', (text, status) => expect(verdict(answer(text, status), qr).state).toBe('unclear'));

	it('is refused as everything is', () => {
		expect(verdict(answer('null', 404), qr)).toMatchObject({ state: 'refused', code: 'HTTP 404' });
		expect(verdict(answer('[{"message":"no"}]', 400), qr)).toMatchObject({ state: 'refused' });
	});
});

describe('a custom request', () => {
	const send = operation('customRequest.send');
	it('takes any object or list, and nothing else, for an answer', () => {
		expect(of({ anything: 1 }, 200, send)).toEqual({ state: 'accepted', data: { anything: 1 } });
		expect(of([], 200, send)).toEqual({ state: 'accepted', data: [] });
		for (const body of ['text', null, 1, [{ message: 'no' }], { message: 'no' }])
			expect(of(body, 200, send).state).toBe('unclear');
	});

	it.each([
		{ code: 'MERCHANT_404', message: 'Merchant does not exist' },
		{ code: 1001, message: 'Balance too low', data: null },
		{ code: 'ACCESS_DENIED', timestamp: 1_700_000_000, path: '/api', requestId: 'r-1' },
	])('takes no bare code for a success: %j', (body) =>
		expect(of(body, 200, send)).toEqual(expect.objectContaining({ state: 'unclear' })),
	);

	it.each([
		{ code: 0, message: 'ok' },
		{ code: '000000', msg: 'Success' },
		{ code: 'CREATED' },
		{ code: 201, message: 'Made' },
		{ code: 'RUB', id: 7 },
	])('takes a code of success, or an object with a code: %j', (body) =>
		expect(of(body, 200, send)).toEqual({ state: 'accepted', data: expect.anything() }),
	);
});
