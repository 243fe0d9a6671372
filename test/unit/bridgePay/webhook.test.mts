import type { JsonObject } from '../../../core/exact/json.ts';
import { MAX_DELIVERY_BYTES, type Delivery, type Received } from '../../../core/events/webhook.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { bridgePayWebhook, eventName, receive } from '../../../nodes/BridgePay/webhook.ts';
import { buildRequest } from '../../../core/wire/request.ts';
import { findOperation } from '../../../core/provider/operation.ts';
import { credentials, delivery, documented, notification, token } from './notification.mts';

const received = (body: unknown) => receive(delivery(body), credentials);

function notifiedOf(result: Received) {
	const notified = result.state === 'genuine' ? result.notified[0] : undefined;
	if (!notified) throw new Error(`No event: ${JSON.stringify(result)}`);
	return notified;
}

const eventOf = (body: unknown): JsonObject => notifiedOf(received(body)).event;
const money = (amount: string) => ({ amount, currency: 'RUB', subunit: 2 });

describe('a notification becomes an event', () => {
	it('the documented one', () => {
		expect(eventOf(documented)).toEqual({
			eventId: expect.stringMatching(/^bridgePay-[0-9a-f]{32}$/),
			event: 'payIn',
			provider: 'bridgePay',
			kind: 'payIn',
			id: 'e15e0486-c17a-4530-a259-997cbab26a0b',
			reference: '405953',
			status: 'succeeded',
			final: true,
			providerStatus: 'paid',
			amount: '3650.00',
			currency: 'RUB',
			paidAmount: '3650.00',
			fiatAmount: '3650.00',
			fiatCurrency: 'RUB',
			rate: '104.27',
			fee: '2.97544836',
			feeCurrency: 'USDT',
			requisites: {
				dealId: 'e15e0486-c17a-4530-a259-997cbab26a0b',
				dealStatus: 'completed',
				paymentOption: 'TO_CARD',
				paymentMethod: 'tinkoff',
				requisites: '2234 7017 2272 7358',
				holder: 'holder name',
			},
			createdAt: '2024-11-23T20:40:12.000Z',
			updatedAt: '2024-11-23T20:43:07.000Z',
			expiresAt: '2024-11-23T21:10:12.000Z',
			raw: documented,
		});
	});

	it('and says how to ask BridgePay itself', () => {
		expect(notifiedOf(received(documented)).confirm).toEqual({
			operation: 'invoice.get',
			values: { id: 'e15e0486-c17a-4530-a259-997cbab26a0b' },
			about: { id: 'e15e0486-c17a-4530-a259-997cbab26a0b' },
			event: eventName,
		});
	});

	it.each<[string, string, boolean]>([
		['new', 'processing', false],
		['paid', 'succeeded', true],
		['canceled', 'cancelled', true],
		['expired', 'expired', true],
		['dispute', 'action_required', false],
		['NEW_STATE', 'unknown', false],
		['constructor', 'unknown', false],
	])('in the state %s it is %s', (status, ours, final) => {
		expect(eventOf(notification({ status }))).toMatchObject({ status: ours, final, providerStatus: status });
	});

	it.each([
		['in', 'payIn'],
		['out', 'payOut'],
		['both', 'other'],
		['__proto__', 'other'],
		['constructor', 'other'],
	])('of the type %s it is called %s', (type, event) => {
		expect(eventOf(notification({ type }))).toMatchObject({ event });
	});

	it('is the same with and without the wrapper, with `deal` or `deals`', () => {
		const { deal = null, ...rest } = documented.invoice;
		const event: JsonObject = { ...eventOf(documented), raw: expect.anything() };
		expect(eventOf(documented.invoice)).toMatchObject(event);
		expect(eventOf({ ...documented, invoice: { ...rest, deals: [deal] } })).toMatchObject(event);
		expect(eventOf({ ...rest, deals: [deal] })).toMatchObject(event);
		expect(eventOf({ ...documented, invoice: { ...rest, deals: [] } }).eventId).toBe(event.eventId);
	});

	it('keeps an id and an amount exact where JSON numbers would round them', () => {
		const body = Buffer.from('{"invoice":{"id":7615917337495251231,"status":"new","sum":{"amount":0.1000}}}');
		expect(eventOf(body)).toMatchObject({ id: '7615917337495251231', amount: '0.1000' });
	});

	it.each([['withdrawal'], ['__proto__'], [''], [1], [null], [{}]])(
		'of the kind %j it is ignored, as the page says, and acknowledged',
		(notificationType) => {
			expect(received({ ...documented, notificationType })).toEqual({ state: 'genuine', notified: [] });
		},
	);

	it('of the largest size is still read', () => {
		const body = Buffer.alloc(MAX_DELIVERY_BYTES, ' ');
		body.write(JSON.stringify(documented));
		expect(eventOf(body)).toMatchObject({ event: 'payIn', status: 'succeeded' });
	});

	it('is acknowledged with 200 alone', () => {
		expect(bridgePayWebhook.acknowledge([])).toEqual({});
	});
});

describe('eventId', () => {
	it('stays the same when a delivery is repeated at another time, or keys change their order', () => {
		const { eventId } = eventOf(documented);
		expect(eventOf({ ...documented, notificationDate: '2024-11-23T20:44:07+00:00' }).eventId).toBe(eventId);
		expect(eventOf(Object.fromEntries(Object.entries(documented).reverse())).eventId).toBe(eventId);
		expect(eventOf(notification({ updatedAt: '2024-11-23T23:43:07+03:00' })).eventId).toBe(eventId);
		expect(eventOf(notification({ sum: money('3650') })).eventId).toBe(eventId);
	});

	it('differs for every real change, also for `paid` again with another amount or at another time', () => {
		const changes = [
			documented,
			notification({ id: 'another' }),
			notification({ type: 'out' }),
			notification({ status: 'dispute' }),
			notification({ receivedSumFromTaker: money('3600.00') }),
			notification({ sum: money('3651.00') }),
			notification({ updatedAt: '2024-11-24T20:43:07+00:00' }),
		];
		expect(new Set(changes.map((body) => eventOf(body).eventId)).size).toBe(changes.length);
	});
});

const strayIds: unknown[] = [
	'',
	' ',
	'.',
	'..',
	'../accounts',
	'../../withdrawals/1',
	'internal-id/order-1',
	'a/cancel',
	'a\\cancel',
	'%2e%2e',
	'%2E%2E%2Faccounts',
	'a%2Fcancel',
	'a?x=1',
	'a#b',
	'a;b',
	'a@evil.example',
	'//evil.example/',
	'https://evil.example/',
	'a\r\nX-Identity: b',
	'a\u0000',
	'a b',
	'a.b',
	'\ud800',
	'\u0430',
	'\uff0f\uff0e\uff0e',
	'x'.repeat(65),
	'{id}',
	1.5,
	-1,
	true,
	null,
	[],
	['a'],
	{},
	{ id: 'a' },
	{ toString: 'a' },
];

describe('an invoice id cannot change the path of the confirming request', () => {
	it.each(strayIds.map((id) => [JSON.stringify(id), id]))('%s is refused', (_text, id) => {
		const { state } = received(notification({ id: id as string }));
		// An ID must be exactly one part of the path.
		if (state === 'genuine') expect(pathOf(String(id))).toBe(`/api/merchant/invoices/${String(id)}`);
		else expect(state).toBe('forged');
	});

	it.each(['e15e0486-c17a-4530-a259-997cbab26a0b', 'internal-id', '42', 'A_b-9', '-'])(
		'%s is one part of it',
		(id) => {
			expect(received(notification({ id })).state).toBe('genuine');
			expect(pathOf(id)).toBe(`/api/merchant/invoices/${id}`);
		},
	);

	function pathOf(id: string): string {
		const { confirm } = notifiedOf(received(notification({ id })));
		const operation = findOperation(bridgePay.resources, confirm?.operation ?? '');
		if (!operation || !confirm) throw new Error('Nothing to confirm with');
		const account = bridgePay.account(credentials);
		const parts = { account, headers: {}, values: confirm.values, files: [], boundary: '' };
		return new URL(buildRequest(operation, parts).url).pathname;
	}
});

describe('a forgery is refused', () => {
	const key = 'x-notification-token';
	const given = (value: string | string[] | undefined) => delivery(documented, { [key]: value });
	const body = (text: string | Buffer) => delivery(Buffer.from(text));

	it.each<[string, Delivery]>([
		['no header at all', delivery(documented, {})],
		['no token', given(undefined)],
		['an empty token', given('')],
		['a space', given(' ')],
		['another token', given('another-notification-token')],
		['the token twice', given([token, token])],
		['the token in a list', given([token])],
		['no token in a list', given([])],
		['the token twice in one line', given(`${token}, ${token}`)],
		['the token and a semicolon', given(`${token};`)],
		['the token without its first character', given(token.slice(1))],
		['the token without its last character', given(token.slice(0, -1))],
		['the first half of the token', given(token.slice(0, 13))],
		['the second half of the token', given(token.slice(13))],
		['one character of the token', given(token.slice(0, 1))],
		['the token with one character more', given(`${token}x`)],
		['the token with a space before it', given(` ${token}`)],
		['the token with a space after it', given(`${token} `)],
		['the token with a tab', given(`${token}\t`)],
		['the token with a line break', given(`${token}\n`)],
		['the token with a null byte', given(`${token}\0`)],
		['the token with an invisible character', given(`${token}\u200b`)],
		['the token with a byte order mark', given(`\ufeff${token}`)],
		['the token with a Cyrillic letter', given(token.replace('o', '\u043e'))],
		['the token with another dash', given(token.replace('-', '\u2010'))],
		['the token in full width', given(token.replace('t', '\uff54'))],
		['the token in upper case', given(token.toUpperCase())],
		['the token capitalised', given(`F${token.slice(1)}`)],
		['the token backwards', given([...token].reverse().join(''))],
		['the token twice in a row', given(token + token)],
		['the token in quotes', given(`"${token}"`)],
		['the token as Bearer', given(`Bearer ${token}`)],
		['the token in Base64', given(Buffer.from(token).toString('base64'))],
		['the token in hex', given(Buffer.from(token).toString('hex'))],
		['the token escaped', given(encodeURIComponent(`${token} `))],
		['the token with %2D for a dash', given(token.replace('-', '%2D'))],
		['the API key', given(credentials.apiKey)],
		['the secret', given(credentials.secret)],
		['the invoice id', given(String(documented.invoice.id))],
		['the text undefined', given('undefined')],
		['the text null', given('null')],
		['the text true', given('true')],
		['a zero', given('0')],
		['a star', given('*')],
		['a pattern', given('.*')],
		['an object', given('{}')],
		['a long text', given('x'.repeat(100_000))],
		['the name of a property', given('__proto__')],
		['the token in another header', delivery(documented, { 'x-signature': token })],
		['the token in Authorization', delivery(documented, { authorization: `Bearer ${token}` })],
		['the token under a name with underscores', delivery(documented, { x_notification_token: token })],
		['the token in the body', delivery({ ...documented, notificationToken: token }, {})],
		['an empty body', body('')],
		['a body of spaces', body('  ')],
		['a body that is no JSON', body('notificationType=invoice')],
		['half a body', body(JSON.stringify(documented).slice(0, 200))],
		['two bodies', body(JSON.stringify(documented).repeat(2))],
		['bytes that are no text', body(Buffer.from([0xff, 0xfe, 0x00]))],
		['null', body('null')],
		['a number', body('1')],
		['a text', body('"invoice"')],
		['a list', delivery([documented])],
		['an empty list', body('[]')],
		['an empty object', body('{}')],
		['no invoice', body('{"notificationType":"invoice"}')],
		['an invoice that is null', body('{"notificationType":"invoice","invoice":null}')],
		['an invoice that is a text', body('{"notificationType":"invoice","invoice":"a"}')],
		['an invoice that is a list', delivery({ ...documented, invoice: [documented.invoice] })],
		['an invoice without an id', body('{"notificationType":"invoice","invoice":{"status":"paid"}}')],
		['an id beside an invoice without one', body('{"id":"a","invoice":{"status":"paid"}}')],
		['a body of 3 MB', body(`{"id":"a","x":"${'x'.repeat(3_000_000)}"}`)],
	])('%s', (_name, forged) => {
		const result = receive(forged, credentials);
		expect(result).toMatchObject({ state: 'forged' });
		expect(JSON.stringify(result)).not.toContain(token);
	});

	const noObject = 'The notification is not a JSON object';
	const noInvoice = 'The notification has no invoice with an ID of BridgePay';

	it.each<[string, string, Delivery]>([
		['no token', 'The notification token is missing', given(undefined)],
		['an empty token', 'The notification token is missing', given('')],
		['another token', 'The notification token does not fit', given('another-notification-token')],
		['a list', noObject, delivery([documented])],
		['no JSON', noObject, body('notificationType=invoice')],
		['no invoice', noInvoice, body('{"notificationType":"invoice"}')],
		['another path as ID', noInvoice, delivery(notification({ id: '../accounts' }))],
		['one byte too many', 'The notification is too large', body(Buffer.alloc(MAX_DELIVERY_BYTES + 1, ' '))],
	])('and the log says why: %s: %s', (_name, reason, forged) => {
		expect(receive(forged, credentials)).toEqual({ state: 'forged', reason });
		expect(bridgePayWebhook.refuse(reason)).toEqual({ message: reason });
	});

	it.each<[string, unknown, string | undefined]>([
		['none', undefined, ''],
		['none, and none sent', undefined, undefined],
		['an empty one', '', ''],
		['null', null, 'null'],
		['a number', 1234567890123456, '1234567890123456'],
		['one that is too short', 'short', 'short'],
		['one with a space', 'a long random token', 'a long random token'],
		['one with white space around it', ` ${token}`, ` ${token}`],
	])('whatever is sent, when the token of the credential is %s', (_name, own, sent) => {
		const forged = delivery(documented, { 'x-notification-token': sent });
		const result = receive(forged, { ...credentials, notificationToken: own as string });
		expect(result).toMatchObject({ state: 'forged', reason: expect.stringContaining('no usable') });
	});
});
