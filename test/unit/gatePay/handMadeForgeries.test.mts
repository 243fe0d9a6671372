import type { Delivery } from '../../../core/events/webhook.ts';
import { sign } from '../../../nodes/GatePay/signing.ts';
import { CLOCK_TOLERANCE_MS, NOTIFICATION_WINDOW_MS, receive } from '../../../nodes/GatePay/webhook.ts';

const secret = 'gp_test_secret_0123456789abcdef';
const now = 1_782_864_000_000;
const TIMESTAMP = 'x-gatepay-timestamp';
const NONCE = 'x-gatepay-nonce';
const SIGNATURE = 'x-gatepay-signature';

const order = {
	bizType: 'OTC',
	bizId: '79550727153516602',
	bizStatus: 'RECHARGE_SUCCESS',
	clientId: 'cid',
	data: '{"type":"BUY","orderId":"79550727153516602","cryptoAmount":"1088.420"}',
};
const text = JSON.stringify(order);

function signed(
	body: string | Buffer,
	{ timestamp = String(now), nonce = 'n1', key = secret } = {},
): Delivery {
	const signature = sign(key, { timestamp, nonce, body });
	return {
		headers: { [TIMESTAMP]: timestamp, [NONCE]: nonce, [SIGNATURE]: signature },
		body: Buffer.from(body),
	};
}

const genuine = signed(text);
const right = String(genuine.headers[SIGNATURE]);
const headed = (headers: Delivery['headers']): Delivery => ({
	...genuine,
	headers: { ...genuine.headers, ...headers },
});
const bodied = (body: string | Buffer): Delivery => ({ ...genuine, body: Buffer.from(body) });
const changed = (change: object) => bodied(JSON.stringify({ ...order, ...change }));
const signatureOf = (parts: string, key = secret) =>
	headed({ [SIGNATURE]: sign(key, { timestamp: parts, nonce: '', body: '' }) });

it('the delivery that all of them are made of is genuine', () => {
	expect(receive(genuine, { paymentSecret: secret }, now).state).toBe('genuine');
});

const withSignature: Array<[string, Delivery['headers'][string]]> = [
	['missing', undefined],
	['empty', ''],
	['a space', ' '],
	['doubled', [right, right]],
	['a list of one', [right]],
	['two in one', `${right}, ${right}`],
	['cut in half', right.slice(0, 64)],
	['one character short', right.slice(1)],
	['one character more', `${right}0`],
	['one character before', `0${right}`],
	['sha512= before', `sha512=${right}`],
	['0x before', `0x${right}`],
	['v1, before', `v1,${right}`],
	['the last character changed', right.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
	['the first character changed', right.replace(/^./, (first) => (first === '0' ? '1' : '0'))],
	['reversed', [...right].reverse().join('')],
	['in base64', Buffer.from(right, 'hex').toString('base64')],
	['a letter that only looks the same', right.replace(/a/, '\u0430')],
	['128 zeros', '0'.repeat(128)],
	['a space within', `${right.slice(0, 64)} ${right.slice(64)}`],
	['the secret', secret],
	['null', 'null'],
	['true', 'true'],
	['a megabyte', 'a'.repeat(1_000_000)],
];

const forgeries: Array<[string, Delivery]> = [
	...withSignature.map(([how, signature]): [string, Delivery] => [
		`signature: ${how}`,
		headed({ [SIGNATURE]: signature }),
	]),
	['signed with another secret', signed(text, { key: 'other' })],
	['signed with no secret', signed(text, { key: '' })],
	['signed with a cut secret', signed(text, { key: secret.slice(1) })],
	['signed with the secret and a space', signed(text, { key: `${secret} ` })],
	['signed with the secret in capitals', signed(text, { key: secret.toUpperCase() })],
	['a signature of the body alone', signatureOf(text)],
	['a signature of nothing', signatureOf('')],
	['a signature without the nonce', headed({ [SIGNATURE]: signed(text, { nonce: '' }).headers[SIGNATURE] })],
	['another nonce', headed({ [NONCE]: 'n2' })],
	['a nonce in capitals', headed({ [NONCE]: 'N1' })],
	['no nonce', headed({ [NONCE]: undefined })],
	['an empty nonce', headed({ [NONCE]: '' })],
	['a doubled nonce', headed({ [NONCE]: ['n1', 'n1'] })],
	['a nonce with a space', headed({ [NONCE]: 'n1 ' })],
	[
		'a line end moved from the body into the nonce',
		{
			...signed(`\n${text}`),
			headers: { ...signed(`\n${text}`).headers, [NONCE]: 'n1\n' },
			body: Buffer.from(text),
		},
	],
	['another timestamp', headed({ [TIMESTAMP]: String(now + 1) })],
	['no timestamp', headed({ [TIMESTAMP]: undefined })],
	['an empty timestamp', headed({ [TIMESTAMP]: '' })],
	['a doubled timestamp', headed({ [TIMESTAMP]: [String(now), String(now)] })],
	['a timestamp with a space', headed({ [TIMESTAMP]: `${now} ` })],
	['a timestamp in seconds', signed(text, { timestamp: String(now / 1000) })],
	['a timestamp with a sign', signed(text, { timestamp: `+${now}` })],
	['a timestamp with an exponent', signed(text, { timestamp: '1.782864e12' })],
	['a timestamp in hexadecimal', signed(text, { timestamp: `0x${now.toString(16)}` })],
	['a timestamp in other digits', signed(text, { timestamp: '\u0661782864000000' })],
	['a timestamp that is a date', signed(text, { timestamp: new Date(now).toISOString() })],
	['a timestamp that is a word', signed(text, { timestamp: 'now' })],
	['no header at all', { ...genuine, headers: {} }],
	['another amount', changed({ data: order.data.replace('1088', '9088') })],
	['a zero less', changed({ data: order.data.replace('1088.420', '1088.42') })],
	['another order', changed({ bizId: '79550727153516603' })],
	['another state', changed({ bizStatus: 'RECHARGE_FAIL' })],
	['another kind', changed({ bizType: 'PAY' })],
	['another client', changed({ clientId: 'other' })],
	['data as an object', changed({ data: JSON.parse(order.data) })],
	['a member more', changed({ extra: 1 })],
	['a member less', changed({ clientId: undefined })],
	['keys in another order', bodied(JSON.stringify(Object.fromEntries(Object.entries(order).reverse())))],
	['a key twice', bodied(text.replace(/}$/, ',"bizStatus":"RECHARGE_SUCCESS"}'))],
	['indented', bodied(JSON.stringify(order, null, 2))],
	['one space more', bodied(`${text} `)],
	['a line end more', bodied(`${text}\n`)],
	['a byte order mark', bodied(`\uFEFF${text}`)],
	['in UTF-16', bodied(Buffer.from(text, 'utf16le'))],
	['an escape for a letter', bodied(text.replace('OTC', '\\u004fTC'))],
	['two bodies', bodied(text + text)],
	['half a body', bodied(text.slice(0, 100))],
	['an empty body', bodied('')],
	['a body that is a list', signed('[]')],
	['a body that is a text', signed('"paid"')],
	['a body that is null', signed('null')],
	['a body that is no JSON', signed('bizType=OTC&bizStatus=RECHARGE_SUCCESS')],
	['a body of 3 MB', signed(`{"a":"${'x'.repeat(3_000_000)}"}`)],
	['a body of 200,000 brackets', signed(`{"a":${'['.repeat(200_000)}`)],
	['one that was old', signed(text, { timestamp: String(now - NOTIFICATION_WINDOW_MS - 1) })],
	['one from the future', signed(text, { timestamp: String(now + CLOCK_TOLERANCE_MS + 1) })],
];

describe(`${forgeries.length} forgeries made by hand`, () => {
	it('are more than 60', () => expect(forgeries.length).toBeGreaterThanOrEqual(60));

	it.each(forgeries)('%s', (_how, forgery) => {
		const result = receive(forgery, { paymentSecret: secret }, now);
		expect(result.state).toBe('forged');
		expect(JSON.stringify(result)).not.toContain(secret);
	});

	it.each([undefined, '', ' ', null, 0, {}, [secret], true])(
		'a genuine one, when the secret in the credential is %j',
		(paymentSecret) => {
			expect(receive(genuine, { paymentSecret } as never, now).state).toBe('forged');
		},
	);
});
