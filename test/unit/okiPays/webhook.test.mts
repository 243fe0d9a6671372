import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { JsonObject } from '../../../core/exact/json.ts';
import { MAX_DELIVERY_BYTES, type Delivery, type Received } from '../../../core/events/webhook.ts';
import { orderStatus, orderStatusId } from '../../../nodes/OkiPays/statuses.ts';
import { acknowledge, okiPaysWebhook, receive } from '../../../nodes/OkiPays/webhook.ts';
import {
	credentials,
	delivery,
	documented,
	secret,
	signatureOf,
	signedDelivery,
	token,
} from './notifications.mts';

function notifiedBy(result: Received) {
	const notified = result.state === 'forged' ? undefined : result.notified[0];
	if (!notified) throw new Error(`No event: ${JSON.stringify(result)}`);
	return notified;
}

const eventOf = (body: JsonObject) => notifiedBy(receive(signedDelivery(body), credentials)).event;

const without = (name: string): JsonObject =>
	Object.fromEntries(Object.entries(documented).filter(([member]) => member !== name));

describe('a signed notification', () => {
	it('becomes an event: the sample of the page, with its signature V6', () => {
		const sample = delivery(documented, {
			token,
			sign: '148ba19e71ff6dc1d75df9400601ea28f40148ed0383d6d8c09c7304b010588c',
		});
		const result = receive(sample, credentials);
		expect(result.state).toBe('genuine');
		expect(notifiedBy(result)).toEqual({
			confirm: {
				operation: 'order.get',
				signed: true,
				values: { order_id: 3053 },
				about: { reference: '3053' },
			},
			event: {
				eventId: expect.stringMatching(/^okiPays-[0-9a-f]{32}$/),
				event: 'order',
				provider: 'okiPays',
				kind: 'order',
				id: '4JWOUAGY',
				reference: '3053',
				status: 'action_required',
				final: false,
				providerStatus: 'Partially',
				amount: '34',
				currency: 'USD',
				paidAmount: '12',
				rate: '1048229',
				address: 'XXXXXXX',
				requisites: { currency: 'BTC', amount: '0.00003243', network: 'Main', address: 'XXXXXXX' },
				createdAt: '2021-01-15T13:10:46.000Z',
				updatedAt: '2021-01-15T13:11:40.000Z',
				expiresAt: '2021-11-26T12:55:15.000Z',
				raw: documented,
			},
		});
	});

	it.each(['sign', 'x-auth-sign'])('is genuine by the header %s', (name) => {
		expect(receive(signedDelivery(documented, name), credentials).state).toBe('genuine');
	});

	it.each<[string, JsonObject]>([
		['status_id 0 beside Partially, as the page prints it', { status_id: 0 }],
		['a state that is not documented', { status: 'Frozen', status_id: 11 }],
		['a state named as a property of every object', { status: 'constructor', status_id: 'toString' }],
	])('with %s has an unknown state, never final', (_case, change) => {
		expect(eventOf({ ...documented, ...change })).toMatchObject({ status: 'unknown', final: false });
	});

	it('has another eventId for every change, and the same for a repetition sent later', () => {
		const changes: JsonObject[] = [
			{},
			{ status: 'Paid', status_id: 8 },
			{ total_sum_price: '13' },
			{ price: '35' },
			{ id: '4JWOUAGZ' },
		];
		const ids = changes.map((change) => eventOf({ ...documented, ...change }).eventId);
		expect(new Set(ids).size).toBe(changes.length);
		expect(eventOf({ ...documented, time_send: 1637931400, total_sum_price: '12.00' }).eventId).toBe(ids[0]);
	});

	it.each([3053, '3053', '99999999999999'])('asks about the order ID %p', (order_id) => {
		const result = receive(signedDelivery({ ...documented, order_id }), credentials);
		expect(notifiedBy(result).confirm?.values).toEqual({ order_id: Number(order_id) });
	});
});

describe('a notification without a signature', () => {
	it.each<[string, Delivery['headers']]>([
		['no header', {}],
		['the right token, which does not cover the body', { token }],
		['the right token under its other name', { 'x-auth-token': token }],
	])('with %s is not proven, and always says how to confirm it', (_case, headers) => {
		const result = receive(delivery(documented, headers), credentials);
		expect(result).toMatchObject({ state: 'unproven', reason: 'The notification is not signed' });
		// Without `signed`, nothing of the notification's own content is passed on.
		expect(notifiedBy(result).confirm).toStrictEqual({
			operation: 'order.get',
			values: { order_id: 3053 },
			about: { reference: '3053' },
		});
	});

	it('of the largest size is still read', () => {
		const body = JSON.stringify(documented).padEnd(MAX_DELIVERY_BYTES);
		expect(Buffer.byteLength(body)).toBe(MAX_DELIVERY_BYTES);
		expect(receive(delivery(body), credentials).state).toBe('unproven');
	});
});

describe('the answer', () => {
	const states = Object.entries(orderStatusId).map(([id, status]) => ({ status, status_id: Number(id) }));
	const paid = ['Paid', 'Overpayment', 'Completed'];

	it.each([...states, ...Object.keys(orderStatus).map((status) => ({ status })), { status: 'Frozen' }])(
		'to %j is done exactly when it is paid',
		(state) => {
			const event = eventOf({ ...without('status_id'), ...state });
			expect(acknowledge([event])).toEqual(paid.includes(state.status) ? { status: 'done' } : {});
		},
	);

	it('is never done for a paid name with another id, for nothing, or beside an unpaid order', () => {
		const event = eventOf({ ...documented, status: 'Paid', status_id: 8 });
		expect(acknowledge([])).toEqual({});
		expect(acknowledge([eventOf({ ...documented, status: 'Paid', status_id: 1 })])).toEqual({});
		expect(acknowledge([event, eventOf(documented)])).toEqual({});
	});

	it('to a forgery decides nothing', () => {
		expect(okiPaysWebhook.refuse('why')).toEqual({ message: 'why' });
	});
});

const right = signatureOf(documented);
const text = JSON.stringify(documented);
const changed = (change: JsonObject) => delivery({ ...documented, ...change }, { sign: right });
const with_ = (headers: Delivery['headers']) => delivery(documented, headers);
const withoutOrder = without('order_id');
const deep = `{"order_id":1,"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;

describe('a forgery is refused', () => {
	it.each<[string, Delivery]>([
		['another secret', with_({ sign: signatureOf(documented, 'other') })],
		['no secret in the hash', with_({ sign: signatureOf(documented, '') })],
		['the token for the secret', with_({ sign: signatureOf(documented, token) })],
		['the secret itself', with_({ sign: secret })],
		['an empty signature', with_({ sign: '' })],
		['a space', with_({ sign: ' ' })],
		['two signatures in one header', with_({ sign: `${right}, ${right}` })],
		['a doubled header', with_({ sign: [right, right] })],
		['a list of one', with_({ sign: [right] })],
		['an empty list', with_({ sign: [] })],
		['a cut signature', with_({ sign: right.slice(0, 63) })],
		['half a signature', with_({ sign: right.slice(0, 32) })],
		['one character more', with_({ sign: `${right}0` })],
		['one character before', with_({ sign: `0${right}` })],
		['0x before', with_({ sign: `0x${right}` })],
		['sha256= before', with_({ sign: `sha256=${right}` })],
		[
			'the last character changed',
			with_({ sign: right.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
		],
		['reversed', with_({ sign: [...right].reverse().join('') })],
		['in base64', with_({ sign: Buffer.from(right, 'hex').toString('base64') })],
		['a letter that only looks the same', with_({ sign: right.replace('a', '\u0430') })],
		['64 zeros', with_({ sign: '0'.repeat(64) })],
		['the hash of nothing', with_({ sign: signatureOf({}, '') })],
		['the hash of the secret alone', with_({ sign: signatureOf({}) })],
		['null', with_({ sign: 'null' })],
		['true', with_({ sign: 'true' })],
		['a megabyte', with_({ sign: 'a'.repeat(1_000_000) })],
		['the other header wrong', with_({ sign: right, 'x-auth-sign': 'x' })],
		['the other header empty', with_({ sign: right, 'x-auth-sign': '' })],
		['the other header alone, wrong', with_({ 'x-auth-sign': right.slice(1) })],
		['the other header alone, empty', with_({ 'x-auth-sign': '' })],
		['the other header doubled', with_({ 'x-auth-sign': [right, right] })],
		['a wrong token, a right signature', with_({ token: 'other', sign: right })],
		['an empty token, a right signature', with_({ token: '', sign: right })],
		['a doubled token, a right signature', with_({ token: [token, token], sign: right })],
		['a wrong token alone', with_({ token: 'other' })],
		['an empty token alone', with_({ token: '' })],
		['a cut token alone', with_({ token: token.slice(1) })],
		['a token with a space', with_({ token: `${token} ` })],
		['a token in capitals', with_({ token: token.toUpperCase() })],
		['the secret as the token', with_({ token: secret })],
		['a wrong x-auth-token alone', with_({ 'x-auth-token': 'other' })],
		['a wrong x-auth-token, a right signature', with_({ 'x-auth-token': 'x', sign: right })],
		['two tokens, one wrong', with_({ token, 'x-auth-token': 'other' })],
		['a right token, a wrong signature', with_({ token, sign: right.slice(1) })],
		['another order', changed({ order_id: 3054 })],
		['another invoice', changed({ id: '4JWOUAGZ' })],
		['another state', changed({ status: 'Paid', status_id: 8 })],
		['another state id', changed({ status_id: 8 })],
		['more received', changed({ total_sum_price: '34' })],
		['a lower price', changed({ price: '12' })],
		['a zero more', changed({ amount: '0.000032430' })],
		['another coin', changed({ currency: 'USDT' })],
		['another currency', changed({ payment_currency: 'EUR' })],
		['another address', changed({ address: 'YYYYYYY' })],
		['another time', changed({ time_update: 1610716301 })],
		['a member more', changed({ extra: 'x' })],
		['a member less', delivery(withoutOrder, { sign: right })],
		['an object for a value', changed({ price: { a: '35' } })],
		['the signature of another notification', with_({ sign: signatureOf({ ...documented, id: 'X' }) })],
		['a key doubled', delivery(text.replace(/}$/, ',"price":"1"}'), { sign: right })],
		['letters in another case', delivery(text.toUpperCase(), { sign: right })],
		['half of the body', delivery(text.slice(0, 200), { sign: right })],
		['an empty body', delivery('', { sign: right })],
		['an empty object', delivery('{}', { sign: right })],
		['a list around it', delivery(`[${text}]`, { sign: right })],
		['a text around it', delivery(JSON.stringify(text), { sign: right })],
		['a form', delivery('order_id=3053&status=Paid', { sign: right })],
		['a body nested 200,000 deep', delivery(deep, { sign: right })],
	])('signed: %s', (_case, forgery) => {
		const result = receive(forgery, credentials);
		expect(result).toMatchObject({ state: 'forged' });
		expect(JSON.stringify(result)).not.toContain(secret);
	});

	it.each<[string, JsonObject | string]>([
		['an empty body', ''],
		['an empty object', {}],
		['a list', '[]'],
		['a text', '"3053"'],
		['a number', '3053'],
		['null', 'null'],
		['a form', 'order_id=3053'],
		['half a body', text.slice(0, 100)],
		['3 MB', { ...documented, description: 'x'.repeat(3_000_000) }],
		['no order ID', withoutOrder],
		...(
			[null, '', ' ', 'A-1', '1 OR 1=1', -1, 1.5, '1e3', true, [3053], { a: 1 }, '123456789012345'] as const
		).map((order_id): [string, JsonObject] => [
			`the order ID ${JSON.stringify(order_id)}`,
			{ ...documented, order_id: order_id as never },
		]),
	])('unsigned: %s', (_case, body) => {
		expect(receive(delivery(body), credentials)).toMatchObject({ state: 'forged' });
	});

	const noOrder = 'The notification names no order that can be asked about';

	it.each<[string, string, Delivery]>([
		['another secret', 'The token or the signature does not fit', with_({ sign: 'x' })],
		['another token', 'The token or the signature does not fit', with_({ token: 'x' })],
		['a list', 'The notification is not a JSON object', delivery('[]')],
		['no order', noOrder, delivery(withoutOrder)],
		['no order, signed', noOrder, signedDelivery(withoutOrder)],
		['one byte too many', 'The notification is too large', delivery(text.padEnd(MAX_DELIVERY_BYTES + 1))],
	])('and the log says why: %s: %s', (_case, reason, forgery) => {
		expect(receive(forgery, credentials)).toEqual({ state: 'forged', reason });
	});

	it.each<ICredentialDataDecryptedObject>([
		{},
		{ token },
		{ secret },
		{ token: '', secret: '' },
		{ token, secret: `${secret}\n` },
	])('signed or not, when the credential has %j', (incomplete) => {
		for (const one of [signedDelivery(documented), delivery(documented), delivery(documented, { token })]) {
			expect(receive(one, incomplete)).toEqual({
				state: 'forged',
				reason: 'The trigger has no usable token and secret',
			});
		}
	});

	it('and so is an unsigned body nested 200,000 deep, without a throw', () => {
		expect(receive(delivery(deep), credentials).state).toBe('forged');
	});
});
