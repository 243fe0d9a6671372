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
		[{ success: false, message: 'no' }, { reason: 'no' }],
		[{ success: 'false', code: '9', message: 'no' }, { code: '9' }],
		[{ status: 'fail', label: 'GONE' }, {}],
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
		expect(verdictOf({ code: '0', data: { success: false } }, cancel)).toMatchObject({ state: 'refused' });
	});

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

	it.each([
		[{ status: 'FAIL', code: '400202', label: 'ORDER_NOT_FOUND' }, true],
		[{ status: 'FAIL', code: '400304', errorMessage: 'no' }, true],
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

	it('names the other contract when the fields of a deposit are refused', () => {
		const refused = verdictOf(
			{ status: 'FAIL', code: '400001', errorMessage: 'bankId' },
			operation('otc', 'createDeposit'),
		);
		expect(refused).toMatchObject({ nextStep: expect.stringContaining('other one') });
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
		...['400201', '550239', '550240', '550241', '550242', '5504060', '400202', '550141'].map(
			(code): [string, ReturnType<typeof answer>] => [
				`success beside the refusal code ${code}`,
				answer(`{"status":"SUCCESS","code":"${code}","data":{"batch_id":"p_1"}}`),
			],
		),
		['an unknown status', answer('{"status":"PROCESSING","code":"000000"}')],
		['a success that says nothing', answer('{"code":null}')],
		['a bare code', answer('{"code":0}')],
		['a bare success', answer('{"success":true}')],
		['429 of a gateway', answer('Too many requests', 429)],
	])('%s', (_name, given) => {
		expect(verdict(given, payout).state).toBe('unclear');
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
		['nothing without an envelope', {}],
		['a list without an envelope', []],
	])('but not by %s', (_what, body, status = 200) => {
		const found = verdictOf(body, get, status);
		expect(found.state).not.toBe('accepted');
		expect(found).not.toHaveProperty('meaning');
	});

	it.each([null, {}, []])('by the whole envelope with %j', (data) => {
		expect(verdictOf({ status: 'SUCCESS', code: '000000', data }, get)).toEqual({ state: 'accepted', data });
	});
});

describe('answers of their own shape', () => {
	const refund = operation('addressPayment', 'refund');

	it('the refund of a direct address order is documented without an envelope', () => {
		const data = { refundRequestId: 'r-1', prepayId: '7', orderAmount: '10', refundAmount: '2' };
		expect(verdictOf(data, refund)).toEqual({ state: 'accepted', data });
		expect(verdictOf({ refundAmount: '2' }, refund).state).toBe('unclear');
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
