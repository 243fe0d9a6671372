import { createHash, createHmac } from 'node:crypto';
import type { JsonObject } from '../../../core/exact/json.ts';
import type { Notified } from '../../../core/events/confirmation.ts';
import { MAX_DELIVERY_BYTES, type Delivery, type Received } from '../../../core/events/webhook.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { sign } from '../../../nodes/PayPlay/signing.ts';
import { payPlayWebhook, receive } from '../../../nodes/PayPlay/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';
import { eventTypes, notification, php, token, W1, W1_SIGNATURE, W2, W2_SIGNATURE } from './vectors.mts';

const page = { pageSignatureToken: token };
const general = { generalSignatureToken: token };

const delivery = (body: string | Buffer, signature: string | string[] = sign(token, body)): Delivery => ({
	headers: { signature },
	body: Buffer.from(body),
});

function notifiedOf(result: Received): Notified {
	const notified = result.state === 'genuine' ? result.notified[0] : undefined;
	if (!notified) throw new Error(`No event: ${JSON.stringify(result)}`);
	return notified;
}

const received = (body: string) => notifiedOf(receive(delivery(body), page));
const eventOf = (body: string) => received(body).event;

describe('the vectors of the reference', () => {
	it('W1 becomes a paid order, to be confirmed by its ID', () => {
		const { event, confirm } = notifiedOf(receive(delivery(W1, W1_SIGNATURE), page));
		expect(event).toEqual({
			eventId: expect.stringMatching(/^payPlay-[0-9a-f]{32}$/),
			event: 'order',
			provider: 'payPlay',
			kind: 'order',
			id: '5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e',
			reference: 'INV-123',
			status: 'succeeded',
			final: true,
			providerStatus: 'COMPLETE',
			amount: '100',
			currency: 'EUR',
			rate: '0.95',
			payUrl: 'https://merchant.pay.payplay.io/crypto-orders/5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e',
			createdAtLocal: '2024-12-05 09:51:25',
			updatedAtLocal: '2024-12-05 09:58:01',
			raw: JSON.parse(W1),
		});
		expect(confirm).toEqual({
			operation: 'order.get',
			signed: true,
			values: { orderId: '5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e' },
			about: { id: '5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e' },
		});
	});

	it('W2 becomes a withdrawal, to be confirmed by its ID', () => {
		const { event, confirm } = notifiedOf(receive(delivery(W2, W2_SIGNATURE), general));
		expect(event).toMatchObject({
			event: 'withdrawal',
			kind: 'transaction',
			id: '11ee8f2c-ffa1-4785-a14e-707dc011f959',
			reference: '12345rtg234',
			status: 'succeeded',
			final: true,
			amount: '11.2',
			currency: 'USDT',
			raw: { event_type: 'withdrawal::completed', transaction: { comment: 'оплата' } },
		});
		expect(event).not.toHaveProperty('txHash');
		expect(confirm).toEqual({
			operation: 'transaction.get',
			signed: true,
			values: { transactionId: '11ee8f2c-ffa1-4785-a14e-707dc011f959' },
			about: { id: '11ee8f2c-ffa1-4785-a14e-707dc011f959' },
			known: { external_id: '12345rtg234' },
		});
	});

	it.each<[string, string, string]>([
		[
			'W1 as the sister page hashes it',
			W1,
			'6a38de5422abbe64bbd47ff6f76ef46f5b8f59ee48f7512647e7f4cd02d85d6b',
		],
		['W1 written again', JSON.stringify(JSON.parse(W1)), W1_SIGNATURE],
		[
			'W2 hashed after it was written again',
			W2,
			'0ef64604474abd3ad7bbb1e9ce238855eedb0c105356122da7db50ba042b6453',
		],
		['W2 written again', JSON.stringify(JSON.parse(W2)), W2_SIGNATURE],
		['W1 under the signature of W2', W1, W2_SIGNATURE],
		['W2 under the signature of W1', W2, W1_SIGNATURE],
	])('%s is refused', (_case, body, signature) => {
		expect(receive(delivery(body, signature), { ...page, ...general })).toEqual({
			state: 'forged',
			reason: 'The signature does not fit',
		});
	});
});

describe('every documented notification becomes an event', () => {
	it.each(eventTypes)('%s', (eventType, event, status) => {
		const made = eventOf(notification(eventType, status));
		expect(made).toMatchObject({ event, providerStatus: status, raw: { event_type: eventType } });
		expect(made.status).not.toBe('unknown');
	});

	const examples: Record<string, { value: JsonObject }> =
		documentedWebhooks('payplay').transactionEvent.post.requestBody.content['application/json'].examples;

	it.each([
		['withdrawalCompleted', { event: 'withdrawal', reference: '12345rtg234', amount: '11.2' }],
		['rollback', { event: 'rollback', id: '167785a3-7461-47d5-8a08-05c3e71f657a', amount: '16' }],
	])("the contract's example %s", (name, expected) => {
		expect(eventOf(php(examples[name]?.value))).toMatchObject({
			...expected,
			status: 'succeeded',
			final: true,
		});
	});

	it('there are no more examples', () => expect(Object.keys(examples)).toHaveLength(2));

	it('is acknowledged alike, whatever its state', () => {
		expect(payPlayWebhook.acknowledge([])).toEqual({ received: true });
		for (const [type, , status] of eventTypes)
			expect(payPlayWebhook.acknowledge([eventOf(notification(type, status))])).toEqual({ received: true });
		expect(payPlayWebhook.refuse('no')).toEqual({ message: 'no' });
	});

	it('calls a declined order not final, and a declined withdrawal final', () => {
		expect(eventOf(notification('order::declined', 'DECLINED'))).toMatchObject({
			status: 'failed',
			final: false,
		});
		expect(eventOf(notification('withdrawal::declined', 'DECLINED'))).toMatchObject({
			status: 'failed',
			final: true,
		});
	});
});

describe('what is not documented', () => {
	it.each([
		'invoice::paid',
		'ORDER::completed',
		'orders::completed',
		'completed',
		'::',
		'',
		'__proto__::x',
		'constructor',
	])('the event %p is passed on as other, and confirmed like the others', (event_type) => {
		const { transaction } = JSON.parse(W2);
		const { event, confirm } = received(php({ transaction, event_type }));
		expect(event).toMatchObject({ event: 'other', kind: 'transaction', status: 'succeeded' });
		expect(confirm).toMatchObject({
			operation: 'transaction.get',
			values: { transactionId: transaction.id },
		});
	});

	it('an order under an event that nobody knows is confirmed as an order', () => {
		const { order } = JSON.parse(W1);
		const { event, confirm } = received(php({ order, event_type: 'page::visited' }));
		expect(event).toMatchObject({ event: 'other', kind: 'order' });
		expect(confirm?.operation).toBe('order.get');
	});

	it('a new part behind the :: keeps its event', () => {
		expect(eventOf(notification('order::archived', 'ARCHIVED'))).toMatchObject({
			event: 'order',
			status: 'unknown',
			final: false,
		});
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['no object', { event_type: 'order::completed' }],
		['a list', { order: [], event_type: 'order::completed' }],
		['a text', { order: 'COMPLETE', event_type: 'order::completed' }],
		['no ID', { order: { status: 'COMPLETE', value: '1' }, event_type: 'order::completed' }],
		['an empty ID', { transaction: { id: '', status: 'COMPLETE' }, event_type: 'withdrawal::completed' }],
		['an object as ID', { transaction: { id: {}, status: 'COMPLETE' }, event_type: 'withdrawal::completed' }],
	])('%s to confirm is passed on as other, never as paid', (_case, body) => {
		const { event, confirm } = received(php(body));
		expect(event).toMatchObject({
			event: 'other',
			kind: 'other',
			status: 'unknown',
			final: false,
			raw: body,
		});
		expect(confirm).toBeUndefined();
	});

	it('a transaction without a reference of the merchant claims none', () => {
		const transaction = { id: '11ee8f2c', status: 'COMPLETE', amount: '1' };
		const { event, confirm } = received(php({ transaction, event_type: 'withdrawal::completed' }));
		expect(event).not.toHaveProperty('reference');
		expect(confirm?.known).toStrictEqual({});
	});

	it('a notification without an event keeps its object', () => {
		const { transaction } = JSON.parse(W2);
		const { event, confirm } = received(php({ transaction }));
		expect(event).toMatchObject({ event: 'other', kind: 'transaction' });
		expect(confirm).toMatchObject({ operation: 'transaction.get' });
	});

	it('two of them are two events, and a repeat is the same', () => {
		const [one, other] = ['{"event_type":"a"}', '{"event_type":"b"}'].map((body) => eventOf(body).eventId);
		expect(one).not.toBe(other);
		expect(eventOf('{ "event_type": "a" }').eventId).toBe(one);
	});

	it('of an order and a transaction in one body the one of the event counts', () => {
		const both = { ...JSON.parse(W1), ...JSON.parse(W2) };
		expect(eventOf(php({ ...both, event_type: 'order::completed' }))).toMatchObject({ kind: 'order' });
		expect(eventOf(php({ ...both, event_type: 'transaction::complete' }))).toMatchObject({
			kind: 'transaction',
		});
	});

	it('keeps ids and amounts exact where JSON numbers would round them', () => {
		const body =
			'{"order":{"id":76159173374952512310,"value":0.98686588093984211645},"event_type":"order::x"}';
		expect(eventOf(body)).toMatchObject({ id: '76159173374952512310', amount: '0.98686588093984211645' });
	});
});

describe('eventId', () => {
	const idOf = (body: string) => eventOf(body).eventId;
	const complete = notification('order::completed', 'COMPLETE');

	it('is that of the state, not of the name that brought it', () => {
		expect(idOf(notification('order::complete', 'COMPLETE'))).toBe(idOf(complete));
		expect(idOf(notification('order::completed', 'COMPLETE', { received_total: '1' }))).toBe(idOf(complete));
		expect(idOf(JSON.stringify(JSON.parse(complete), null, 1))).toBe(idOf(complete));
	});

	it('differs for every real change', () => {
		const changes = [
			complete,
			notification('order::declined', 'DECLINED'),
			notification('order::completed', 'COMPLETE', { id: 'another' }),
			notification('order::completed', 'COMPLETE', { value: '101' }),
			notification('order::completed', 'COMPLETE', { completed_at: '2024-12-06 09:58:01' }),
			notification('order::completed', 'COMPLETE', { transactions: [JSON.parse(W2).transaction] }),
			notification('withdrawal::completed', 'COMPLETE'),
		];
		expect(new Set(changes.map(idOf)).size).toBe(changes.length);
	});

	it('is the same whether completed_at is null or left out', () => {
		const open = (change: object) => idOf(notification('order::declined', 'DECLINED', { ...change }));
		expect(open({ completed_at: null })).toBe(open({ completed_at: undefined }));
		expect(payPlay.eventVersion?.({ ...eventOf(complete), provider: 'payPlay' } as never)).toEqual([
			'COMPLETE',
			'2024-12-05 09:58:01',
		]);
	});
});

describe('either token is enough, and one must be set', () => {
	it('also for a notification of the largest size', () => {
		expect(Buffer.byteLength(W1)).toBe(W1.length);
		expect(receive(delivery(W1.padEnd(MAX_DELIVERY_BYTES)), page).state).toBe('genuine');
	});

	it.each<[string, object]>([
		['the page token', page],
		['the general token', general],
		['both', { pageSignatureToken: 'other', generalSignatureToken: token }],
		['both, the other way round', { pageSignatureToken: token, generalSignatureToken: 'other' }],
		['a token pasted with a line break', { pageSignatureToken: `${token}\n` }],
	])('%s', (_case, credentials) => {
		expect(receive(delivery(W1), { ...credentials }).state).toBe('genuine');
		expect(receive(delivery(W2), { ...credentials }).state).toBe('genuine');
	});
});

const changed = (text: string, other: string) => delivery(W1.replace(text, other), W1_SIGNATURE);
const of = (signature: string) => delivery(W1, signature);
const hmac = (algorithm: string, key: string, body = W1) =>
	createHmac(algorithm, key).update(body).digest('hex');
const bytes = Buffer.from(W1_SIGNATURE, 'hex');
const empty = { pageSignatureToken: '', generalSignatureToken: '' };

const forgeries: Array<[string, Delivery, object?]> = [
	// The token
	['another token', of(hmac('sha256', 'another'))],
	['an empty token', of(hmac('sha256', ''))],
	['the token with a space', of(hmac('sha256', `${token} `))],
	['the token in capitals', of(hmac('sha256', token.toUpperCase()))],
	['the token cut short', of(hmac('sha256', token.slice(0, -1)))],
	['the API token as signature token', of(hmac('sha256', 'api-token')), { ...page, apiToken: 'api-token' }],
	['the slug as token', of(hmac('sha256', 'my-shop')), { ...page, paymentPageSlug: 'my-shop' }],
	['the token itself as signature', of(token)],
	['a bearer token', of(`Bearer ${token}`)],
	['no token in the credential', delivery(W1), {}],
	['empty tokens in the credential', delivery(W1), empty],
	['empty tokens, and a signature with an empty one', of(hmac('sha256', '')), empty],
	[
		'tokens of white space',
		of(hmac('sha256', ' ')),
		{ pageSignatureToken: ' ', generalSignatureToken: '\n' },
	],
	['white space, and a signature with an empty one', of(hmac('sha256', '')), { pageSignatureToken: ' ' }],
	['null as token', of(hmac('sha256', 'null')), { pageSignatureToken: null }],
	['undefined as token', of(hmac('sha256', 'undefined')), { pageSignatureToken: undefined }],
	['a number as token', of(hmac('sha256', '0')), { pageSignatureToken: 0 }],
	['an object as token', of(hmac('sha256', '[object Object]')), { pageSignatureToken: {} }],
	['a list as token', delivery(W1), { pageSignatureToken: [token] }],
	['true as token', of(hmac('sha256', 'true')), { generalSignatureToken: true }],
	['only another token in the credential', delivery(W1), { generalSignatureToken: 'other' }],
	// The header
	['no signature', { headers: {}, body: Buffer.from(W1) }],
	['an undefined signature', { headers: { signature: undefined }, body: Buffer.from(W1) }],
	['an empty signature', of('')],
	['a blank signature', of('   ')],
	['a doubled signature', delivery(W1, [W1_SIGNATURE, W1_SIGNATURE])],
	['a list of one signature', delivery(W1, [W1_SIGNATURE])],
	['two signatures joined', of(`${W1_SIGNATURE}, ${W1_SIGNATURE}`)],
	['the signature under another header', { headers: { 'x-signature': W1_SIGNATURE }, body: Buffer.from(W1) }],
	['X-Secret-Key with the token', { headers: { 'x-secret-key': token }, body: Buffer.from(W1) }],
	[
		'X-Secret-Key beside a wrong signature',
		{ headers: { 'x-secret-key': token, signature: 'ab'.repeat(32) }, body: Buffer.from(W1) },
	],
	['a signature cut short', of(W1_SIGNATURE.slice(0, 63))],
	['half a signature', of(W1_SIGNATURE.slice(0, 32))],
	['one character of it', of(W1_SIGNATURE.slice(0, 1))],
	['one character more', of(`${W1_SIGNATURE}0`)],
	['the last character changed', of(W1_SIGNATURE.replace(/c$/, 'd'))],
	['the first character changed', of(W1_SIGNATURE.replace(/^1/, '2'))],
	['the signature backwards', of([...W1_SIGNATURE].reverse().join(''))],
	['the signature in Base64', of(bytes.toString('base64'))],
	['the signature as bytes', of(bytes.toString('latin1'))],
	['sha256= before it', of(`sha256=${W1_SIGNATURE}`)],
	['0x before it', of(`0x${W1_SIGNATURE}`)],
	['quotes around it', of(`"${W1_SIGNATURE}"`)],
	['a space within', of(`${W1_SIGNATURE.slice(0, 32)} ${W1_SIGNATURE.slice(32)}`)],
	['a Cyrillic letter in it', of(W1_SIGNATURE.replace('c', 'с'))],
	['digits of full width', of(W1_SIGNATURE.replace('1', '１'))],
	['zeros', of('0'.repeat(64))],
	['null', of('null')],
	['a list in the header', of('[]')],
	['a thousand characters', of('a'.repeat(1000))],
	// The algorithm
	['SHA-256 without a key', of(createHash('sha256').update(W1).digest('hex'))],
	[
		'SHA-256 of key and body',
		of(
			createHash('sha256')
				.update(token + W1)
				.digest('hex'),
		),
	],
	[
		'SHA-256 of body and key',
		of(
			createHash('sha256')
				.update(W1 + token)
				.digest('hex'),
		),
	],
	['HMAC-SHA1', of(hmac('sha1', token))],
	['HMAC-SHA512', of(hmac('sha512', token))],
	['HMAC-SHA512 cut to 64 characters', of(hmac('sha512', token).slice(0, 64))],
	['HMAC-MD5', of(hmac('md5', token))],
	['key and body exchanged', of(hmac('sha256', W1, token))],
	['the hash of the hash', of(hmac('sha256', token, W1_SIGNATURE))],
	['the hash of nothing', of(hmac('sha256', token, ''))],
	['the hash of the order alone', of(hmac('sha256', token, php(JSON.parse(W1).order)))],
	// The body
	['a larger amount', changed('"value":"100"', '"value":"900"')],
	['another status', changed('"COMPLETE"', '"DECLINED"')],
	['another ID', changed('5f96a6c7', '5f96a6c8')],
	['another reference', changed('INV-123', 'INV-124')],
	['another event', changed('order::completed', 'order::complete')],
	['an order made a transaction', changed('{"order":', '{"transaction":')],
	['a member more', changed('"transactions":[]', '"transactions":[],"is_refunded":true')],
	['a member doubled', changed('"status":"COMPLETE"', '"status":"INIT","status":"COMPLETE"')],
	['null as text', changed('"successful_link":null', '"successful_link":"null"')],
	['a number instead of text', changed('"value":"100"', '"value":100')],
	['plain slashes', delivery(W1.replaceAll('\\/', '/'), W1_SIGNATURE)],
	['an escaped letter', changed('COMPLETE', '\\u0043OMPLETE')],
	['a space more at the end', delivery(`${W1} `, W1_SIGNATURE)],
	['a line break at the end', delivery(`${W1}\n`, W1_SIGNATURE)],
	['a space at the start', delivery(` ${W1}`, W1_SIGNATURE)],
	['a byte order mark', delivery(`\ufeff${W1}`, W1_SIGNATURE)],
	['a zero byte', delivery(`${W1}\0`, W1_SIGNATURE)],
	['in UTF-16', delivery(Buffer.from(W1, 'utf16le'), W1_SIGNATURE)],
	['an empty body', delivery('', W1_SIGNATURE)],
	['half a body', delivery(W1.slice(0, 300), W1_SIGNATURE)],
	['two bodies', delivery(W1 + W1, W1_SIGNATURE)],
	['as a form', delivery(new URLSearchParams({ payload: W1 }).toString(), W1_SIGNATURE)],
	// Signed, and still no notification
	['an empty body, signed', delivery('')],
	['a list, signed', delivery('[]')],
	['a notification in a list, signed', delivery(`[${W1}]`)],
	['a text, signed', delivery('"order::completed"')],
	['null, signed', delivery('null')],
	['a number, signed', delivery('1')],
	['no JSON, signed', delivery('event_type=order::completed')],
	['broken JSON, signed', delivery(W1.slice(0, -1))],
	['3 MB, signed', delivery(`{"a":"${'x'.repeat(MAX_DELIVERY_BYTES)}"}`)],
];

describe('a forgery is refused', () => {
	const noToken = 'The trigger has no signature token';
	const noObject = 'The notification is not a JSON object';

	it.each<[string, string, Delivery, object?]>([
		['no token', noToken, delivery(W1), {}],
		['empty tokens', noToken, delivery(W1), empty],
		['white space', noToken, delivery(W1), { pageSignatureToken: ' ', generalSignatureToken: '\n' }],
		[
			'tokens that are no text',
			noToken,
			delivery(W1),
			{ pageSignatureToken: 0, generalSignatureToken: null },
		],
		['no signature', 'The signature is missing', { headers: {}, body: Buffer.from(W1) }],
		['another token', 'The signature does not fit', of(hmac('sha256', 'another'))],
		['a list', noObject, delivery('[]')],
		['no JSON', noObject, delivery('event_type=order::completed')],
		['one byte too many', 'The notification is too large', delivery(W1.padEnd(MAX_DELIVERY_BYTES + 1))],
	])('and the log says why: %s: %s', (_case, reason, forged, credentials = page) => {
		expect(receive(forged, { ...credentials })).toEqual({ state: 'forged', reason });
	});

	it('there are at least 60', () => expect(forgeries.length).toBeGreaterThanOrEqual(60));

	it.each(forgeries)('%s', (_case, forged, credentials = page) => {
		const result = receive(forged, { ...credentials });
		expect(result).toEqual({ state: 'forged', reason: expect.any(String) });
		expect(JSON.stringify(result)).not.toContain(token);
	});
});
