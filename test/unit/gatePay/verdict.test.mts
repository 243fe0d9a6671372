import type { Json } from '../../../core/exact/json.ts';
import type { Operation } from '../../../core/provider/operation.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { verdict } from '../../../nodes/GatePay/verdict.ts';

function operation(resource: string, value: string): Operation {
	const found = gatePay.resources
		.find((one) => one.value === resource)
		?.operations.find((one) => one.value === value);
	if (!found) throw new Error(`No operation ${resource}.${value}`);
	return found;
}

const payout = operation('payout', 'create');
const get = operation('paymentOrder', 'get');
const balances = operation('balance', 'getMany');
const answer = (text: string, status = 200) => ({ status, headers: {}, text });
const verdictOf = (body: unknown, of = payout, status = 200) =>
	verdict(answer(JSON.stringify(body), status), of);

describe('every documented spelling of success is a success', () => {
	it.each([
		{ status: 'SUCCESS', code: '000000', label: '', errorMessage: '', data: { batch_id: '1' } },
		{ code: '0', status: 'success', message: 'success', errorMessage: '', data: { batch_id: '1' } },
		{ code: '0', message: 'success', data: { batch_id: '1' } },
		{ code: 'SUCCESS', message: '', data: { batch_id: '1' } },
		{ code: '00000', data: { batch_id: '1' } },
		{ code: '000000', message: '', data: { batch_id: '1' } },
		{ code: '0', message: '', data: { batch_id: '1' }, success: true },
		{ code: '0', message: '', data: { batch_id: '1' }, success: 'true' },
		{ status: 'SUCCESS', code: null, data: { batch_id: '1' } },
		{
			status: 'SUCCESS',
			code: '000000',
			data: { bizCode: 'SUCCESS', bizData: { batch_id: '1' }, bizMessage: '' },
		},
	])('%j', (body) => {
		expect(verdictOf(body)).toEqual({ state: 'accepted', data: { batch_id: '1' } });
	});

	it('reads wallet answers without an envelope', () => {
		const chains = operation('payout', 'getChains');
		expect(verdictOf([{ chain: 'ETH' }], chains)).toEqual({ state: 'accepted', data: [{ chain: 'ETH' }] });
		expect(verdictOf({ details: {}, total: {} }, balances)).toMatchObject({ state: 'accepted' });
		expect(verdictOf({ status: 'PENDING', orderId: '1' }, balances)).toMatchObject({ state: 'accepted' });
	});

	it('reads an empty list without an envelope only where the list is the whole answer', () => {
		expect(verdictOf([], operation('payout', 'getChains'))).toEqual({ state: 'accepted', data: [] });
		for (const row of [get, operation('subscription', 'getMany')])
			expect(verdictOf([], row).state).toBe('unclear');
		expect(verdictOf([{ id: 1 }], operation('customRequest', 'read'))).toMatchObject({ state: 'accepted' });
	});

	it.each([
		{ code: null, data: { orderId: '1' } },
		{ success: true, data: { orderId: '1' } },
		{ success: 'true', data: { orderId: '1' } },
	])('reads an object without a code: %j', (body) => {
		expect(verdictOf(body, get)).toEqual({ state: 'accepted', data: { orderId: '1' } });
	});
});

describe('a refusal proves that nothing was applied', () => {
	it.each([
		[
			{ status: 'FAIL', code: '550233', label: 'X', errorMessage: 'Balance' },
			{ code: '550233', reason: 'X: Balance' },
		],
		[
			{ code: '400204', message: 'no' },
			{ code: '400204', reason: 'no' },
		],
		[
			{ success: false, message: 'no' },
			{ code: 'no code', reason: 'no' },
		],
		[
			{ success: 'false', message: 'no' },
			{ code: 'no code', reason: 'no' },
		],
		[{ success: 'false', code: '9', message: 'no' }, { code: '9' }],
		[
			{ status: 'fail', label: 'GONE' },
			{ code: 'GONE', reason: 'GONE' },
		],
		[
			{ status: 'fail', data: null },
			{ code: 'fail', reason: 'it gave no reason' },
		],
		[{ status: 'FAIL', code: '400201' }, { meaning: 'duplicate' }],
		// No page describes the answer to a repeated refund, transfer or off-ramp order.
		[{ status: 'FAIL', code: '400399', label: 'REFUND_ALREADY_EXISTS' }, { meaning: 'duplicate' }],
		[{ status: 'FAIL', code: '400399', label: 'DUPLICATE_REQUEST' }, { meaning: 'duplicate' }],
		[{ code: '7', message: 'Refund request id is repeated' }, { meaning: 'duplicate' }],
		[{ status: 'FAIL', code: '550245' }, { meaning: 'duplicate' }],
		[{ status: 'FAIL', code: '400003' }, { meaning: 'stale' }],
		[{ status: 'FAIL', code: '400002' }, {}],
	])('%j', (body, expected) => {
		const full = 'label' in body && !('code' in body) ? { ...body, errorMessage: '' } : body;
		expect(verdictOf(full)).toMatchObject({ state: 'refused', ...expected });
	});

	it.each([
		{ status: 'FAIL', code: '550299', label: 'ADDRESS_DOES_NOT_EXIST' },
		{ status: 'FAIL', code: '400620', label: 'ORDER_ALREADY_EXISTS_AND_IS_PAID' },
	])('it is no duplicate: %j', (body) => {
		expect(verdictOf({ errorMessage: '', ...body })).not.toHaveProperty('meaning');
	});

	it('that stands in the data of a cancel', () => {
		const cancel = operation('otc', 'cancelDeposit');
		const data = { success: false };
		expect(verdictOf({ code: '0', message: 'It is paid', data }, cancel)).toMatchObject({
			state: 'refused',
			code: '0',
			reason: 'It is paid',
		});
		expect(verdictOf({ status: 'SUCCESS', code: null, data }, cancel)).toMatchObject({
			state: 'refused',
			code: 'success: false',
			reason: 'it was not carried out',
		});
	});

	it.each(['400202', '400304', '500203', '500207', '550139', '550140'])(
		'of a send says nothing about an object, also with the code %s',
		(code) => {
			const refused = verdictOf({ status: 'FAIL', code, errorMessage: 'no' });
			expect(refused).toMatchObject({ state: 'refused', code });
			expect(refused).not.toHaveProperty('meaning');
		},
	);

	it.each<[object, number]>([
		[{ status: 'FAIL', code: '408', errorMessage: 'Request timeout' }, 408],
		[{ code: '429', message: 'Too many requests' }, 429],
		[{ status: 'FAIL', code: '550233', errorMessage: 'Balance' }, 408],
		[{ status: 'FAIL', code: '550233', errorMessage: 'Balance' }, 600],
		[{ code: 504, message: 'Gateway timeout' }, 200],
		[{ status: 'FAIL', code: '503', errorMessage: 'Busy' }, 200],
		[{ code: '429', message: 'Too many requests' }, 200],
	])('but not what a gateway says of a time-out or a limit: %j with HTTP %i', (body, status) => {
		expect(verdictOf(body, payout, status).state).toBe('unclear');
	});

	it.each([{ success: false }, { result: 'FAIL' }])('but not in that of a payout: %j', (data) => {
		expect(verdictOf({ code: '0', data })).toMatchObject({ state: 'unclear' });
	});

	it('names the other contract when the fields of a deposit are refused, and only then', () => {
		const nextStep = (resource: string, value: string, code = '400001') => {
			const found = verdictOf({ status: 'FAIL', code, errorMessage: 'bankId' }, operation(resource, value));
			return found.state === 'refused' ? found.nextStep : undefined;
		};
		for (const value of ['createDeposit', 'createDepositOlder', 'getDeposit', 'getDepositsOlder'])
			expect(nextStep('otc', value)).toContain('other one');
		expect(nextStep('otc', 'waitUntilDepositIsFinal')).toContain('other one');
		for (const value of ['createWithdrawal', 'cancelDeposit'])
			expect(nextStep('otc', value)).not.toContain('other one');
		expect(nextStep('payout', 'create')).not.toContain('other one');
		expect(nextStep('otc', 'createDeposit', '400004')).not.toContain('other one');
	});
});

describe('a refusal of a read', () => {
	it.each<[object, boolean]>([
		[{ status: 'FAIL', code: '400202', label: 'ORDER_NOT_FOUND' }, true],
		...['400304', '500203', '500207', '550139', '550140'].map((code): [object, boolean] => [
			{ status: 'FAIL', code, errorMessage: 'no' },
			true,
		]),
		[{ status: 'FAIL', code: '550299', label: 'BATCH_NOT_FOUND' }, true],
		[{ status: 'FAIL', code: '550299', errorMessage: 'The batch does not exist' }, true],
		[{ status: 'FAIL', code: '400204', label: 'ORDER_STATUS_ERROR' }, false],
		[{ status: 'FAIL', code: '500008', label: 'MERCHANT_NOT_FOUND' }, false],
		[{ status: 'FAIL', code: '550299', label: 'TOO_BUSY', errorMessage: 'Service is busy' }, false],
		[{ success: false, message: 'no' }, false],
	])('of a read, %j says that the object is not there: %s', (body, isAbsent) => {
		const found = verdictOf({ errorMessage: '', ...body }, get);
		expect(found).toMatchObject({ state: 'refused' });
		if (isAbsent) expect(found).toMatchObject({ meaning: 'absent' });
		else expect(found).not.toHaveProperty('meaning');
	});

	it('never comes with a 4xx where something is sent; of a read it is told, and proves no absence', () => {
		const refused = { status: 'FAIL', code: '400202', errorMessage: 'no' };
		for (const status of [400, 401, 403, 404, 409, 422, 423, 425, 444, 499]) {
			expect(verdictOf(refused, payout, status).state).toBe('unclear');
			const told = verdictOf(refused, get, status);
			expect(told).toMatchObject({ state: 'refused', code: '400202' });
			expect(told).not.toHaveProperty('meaning');
		}
	});

	it('of a read is not told with a 4xx where nobody documents its code: a gateway may have answered', () => {
		for (const code of ['404', 'SVC_404', '9'])
			expect(verdictOf({ status: 'FAIL', code, errorMessage: 'no' }, get, 404).state).toBe('unclear');
		for (const code of ['400007', '400020'])
			expect(verdictOf({ status: 'FAIL', code, errorMessage: 'no' }, get, 400).state).toBe('refused');
	});

	it('of a read never comes with a redirect, a limit or an outage', () => {
		const refused = { status: 'FAIL', code: '400202', errorMessage: 'no' };
		for (const status of [300, 302, 399, 408, 429, 500, 503])
			expect(verdictOf(refused, get, status).state).toBe('unclear');
	});

	it('of a read for its age may be asked again, with a 4xx too', () => {
		expect(verdictOf({ status: 'FAIL', code: '400003', errorMessage: 'no' }, get, 401)).toMatchObject({
			state: 'refused',
			meaning: 'stale',
		});
	});
});

describe('everything else is unclear, because money may have moved', () => {
	it.each([
		['a web page', answer('<html>502</html>', 502)],
		['a web page with 200', answer('<!doctype html>')],
		['nothing', answer('')],
		['half an answer', answer('{"status":"SUCCESS","code":"0000')],
		['a list', answer('[]')],
		['a bare object', answer('{"batch_id":"1"}')],
		['a text', answer('"SUCCESS"')],
		['null', answer('null')],
		['a redirect', answer('{"status":"SUCCESS","code":"000000"}', 302)],
		['a success with 404', answer('{"status":"SUCCESS","code":"000000"}', 404)],
		['a success with 500', answer('{"status":"SUCCESS","code":"000000"}', 500)],
		['401 without an envelope', answer('{}', 401)],
		['a system error', answer('{"status":"FAIL","code":"300000"}', 500)],
		['a system error with 200', answer('{"status":"FAIL","code":"400000"}')],
		['an internal error', answer('{"status":"FAIL","code":"300001"}')],
		['a system error with 200 and code 300000', answer('{"status":"FAIL","code":"300000"}')],
		...[
			'400201',
			'550239',
			'550240',
			'550241',
			'550242',
			'5504060',
			'400202',
			'550141',
			'400007',
			'400020',
		].map((code): [string, ReturnType<typeof answer>] => [
			`success beside the refusal code ${code}`,
			answer(`{"status":"SUCCESS","code":"${code}","data":{"batch_id":"p_1"}}`),
		]),
		...['false', '"false"'].map((success): [string, ReturnType<typeof answer>] => [
			`a code of success beside success: ${success}`,
			answer(`{"code":"0","message":"no","data":{"batch_id":"p_1"},"success":${success}}`),
		]),
		['a success without a code', answer('{"success":true,"data":{"batch_id":"p_1"}}')],
		['an unknown status', answer('{"status":"PROCESSING","code":"000000"}')],
		['a success that says nothing', answer('{"code":null}')],
		['a bare code', answer('{"code":0}')],
		['a code and a text', answer('{"code":0,"message":"ok"}')],
		['a code of HTTP as the success', answer('{"code":200,"message":"success","data":{}}')],
		['a word of success under an unknown code', answer('{"code":"1001","message":"Success."}')],
		['a code of success that no page shows', answer('{"code":"OK","message":"done"}')],
		['a code of text and a text', answer('{"code":"0","message":"ok","errorMessage":""}')],
		['the success of another stack', answer('{"code":0,"msg":"ok","data":null}')],
		['a number as the code', answer('{"code":0,"message":"success","data":{"batch_id":"p_1"}}')],
		['a code and data without a text', answer('{"code":"0","data":null}')],
		['a bare success', answer('{"success":true}')],
		['429 of a gateway', answer('Too many requests', 429)],
	])('%s', (_name, given) => {
		expect(verdict(given, payout).state).toBe('unclear');
	});

	it.each<[string, Operation, string, number?]>([
		['it answered 502 with a web page', get, '<html>502</html>', 502],
		['it answered with a redirect (302)', payout, '{"status":"SUCCESS","code":"000000"}', 302],
		['it answered 500 BUSY: no', payout, '{"code":"1","label":"BUSY","message":"no"}', 500],
		['it answered 503', payout, '{}', 503],
		['it answered 404 with a success', payout, '{"status":"SUCCESS","code":"000000"}', 404],
		['it answered 404 no', payout, '{"status":"FAIL","code":"400202","message":"no"}', 404],
		['it answered 404', payout, '{"status":"FAIL","code":"400202"}', 404],
		['it answered 404 in a form that is not documented', get, '{"path":"/v1/pay"}', 404],
		['it answered in a form that is not documented', payout, '{"batch_id":"1"}'],
		['it answered a success with a refusal in its data', payout, '{"code":"0","data":{"success":false}}'],
		['it answered a success without data', get, '{"status":"SUCCESS","code":"000000"}'],
		['it answered without a reason (300000)', payout, '{"status":"FAIL","code":"300000"}'],
		['it answered Busy (400000)', payout, '{"status":"FAIL","code":"400000","errorMessage":"Busy"}'],
	])('%s', (reason, of, text, status = 200) => {
		expect(verdict(answer(text, status), of)).toEqual({ state: 'unclear', reason });
	});
});

describe('a read says that there is nothing', () => {
	it.each<[string, unknown, number?]>([
		['a 404 of a gateway', { code: 404, message: 'Not Found' }, 404],
		['a 404 of a gateway with 200', { code: 404, message: 'Not Found' }],
		['a service that is not there', { status: 'FAIL', code: 'SVC_404', errorMessage: 'Service not found' }],
		['another who is not there', { status: 'FAIL', code: '9', errorMessage: 'Merchant does not exist' }],
		['an allow-list', { code: '9', message: 'Host not found in allowlist' }, 403],
		['a bare success', { success: true }],
		['a code and no data', { code: 0, message: 'ok' }],
		['another envelope without a code', { success: true, data: null }],
		['another envelope without a text', { code: 0, msg: 'ok', data: null }],
		['an empty object in half an envelope', { code: null, data: {} }],
		['a success as other stacks write it', { status: 'success', data: null }],
		['a 404 without an envelope', { path: '/v1/pay/order' }, 404],
		['nothing without an envelope', {}],
		['a list without an envelope', []],
	])('but not by %s', (_what, body, status = 200) => {
		const found = verdictOf(body, get, status);
		expect(found.state).not.toBe('accepted');
		expect(found).not.toHaveProperty('meaning');
	});

	it.each([null, {}, []])('by the whole envelope with %j', (data) => {
		for (const envelope of [{ status: 'SUCCESS' }, { message: '' }, { errorMessage: '' }])
			expect(verdictOf({ ...envelope, code: '000000', data }, get)).toEqual({ state: 'accepted', data });
	});
});

describe('answers of their own shape', () => {
	const refund = operation('addressPayment', 'refund');

	it('the refund of a direct address order is documented without an envelope', () => {
		const data = { refundRequestId: 'r-1', prepayId: '7', orderAmount: '10', refundAmount: '2' };
		expect(verdictOf(data, refund)).toEqual({ state: 'accepted', data });
		for (const part of [{ refundAmount: '2' }, { refundRequestId: 'r-1' }, { prepayId: '7' }])
			expect(verdictOf(part, refund).state).toBe('unclear');
		expect(verdictOf(data, operation('refund', 'create')).state).toBe('unclear');
		expect(verdictOf(data, refund, 500).state).toBe('unclear');
	});

	it('close and delete tell their result inside a success', () => {
		const close = operation('paymentOrder', 'close');
		const result = (text: string) => ({ status: 'SUCCESS', code: '000000', data: { result: text } });
		expect(verdictOf(result('SUCCESS'), close).state).toBe('accepted');
		expect(verdictOf(result('FAIL'), close).state).toBe('refused');
	});

	it('the query of an order may wrap a refusal', () => {
		const wrapped = { bizCode: '400202', bizData: null, bizMessage: 'no such order' };
		expect(verdictOf({ status: 'SUCCESS', code: '000000', data: wrapped }, get)).toMatchObject({
			state: 'refused',
			code: '400202',
			reason: 'no such order',
		});
		expect(
			verdictOf({ status: 'SUCCESS', code: '000000', data: { bizCode: '400202', bizData: null } }, get),
		).toMatchObject({ state: 'refused', reason: 'it gave no reason' });
	});

	it('the wrapped order may come without a code of its own', () => {
		const data = { bizData: { prepayId: '7' } };
		expect(verdictOf({ status: 'SUCCESS', code: '000000', data }, get)).toEqual({
			state: 'accepted',
			data: { prepayId: '7' },
		});
	});

	it('an order without an envelope has a status of its own', () => {
		const get = operation('addressPayment', 'get');
		const order = { prepayId: '7', status: 'PENDING' };
		expect(verdictOf(order, get)).toEqual({ state: 'accepted', data: order });
	});

	it.each([{ data: null }, { data: [] }, { data: {} }, {}])(
		'a success without content is an empty object, however it is written: %j',
		(content) => {
			const complete = operation('subscription', 'complete');
			expect(verdictOf({ code: '0', message: '', success: true, ...content }, complete)).toEqual({
				state: 'accepted',
				data: {},
			});
			expect(verdictOf({ status: 'SUCCESS', code: '000000', ...content }, payout)).toEqual({
				state: 'accepted',
				data: {},
			});
		},
	);

	it('only a missing object becomes an empty one: lists and custom requests keep what came', () => {
		const of = (data: Json, on: Operation) => verdictOf({ status: 'SUCCESS', code: '000000', data }, on);
		const custom = operation('customRequest', 'send');
		expect(of([{ batch_id: '1' }], payout)).toEqual({ state: 'accepted', data: [{ batch_id: '1' }] });
		expect(of(null, custom)).toEqual({ state: 'accepted', data: null });
		expect(of([], custom)).toEqual({ state: 'accepted', data: [] });
	});

	it('a fee that is still being calculated may be asked for again', () => {
		const fee = operation('reconciliation', 'getOrderFee');
		expect(verdictOf({ status: 'FAIL', code: '550141' }, fee)).toMatchObject({ meaning: 'stale' });
	});

	it('a QR order that exists is looked up', () => {
		const native = operation('paymentOrder', 'createNative');
		expect(verdictOf({ status: 'FAIL', code: '500101' }, native)).toMatchObject({ meaning: 'duplicate' });
	});
});

it('keeps numbers of 30 digits as text', () => {
	const body = answer('{"status":"SUCCESS","code":"000000","data":{"id":123456789012345678901234567890}}');
	expect(verdict(body, payout)).toEqual({
		state: 'accepted',
		data: { id: '123456789012345678901234567890' },
	});
});
