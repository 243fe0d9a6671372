import { createHmac } from 'node:crypto';
import { GatePayApi } from '../../../credentials/GatePayApi.credentials.ts';
import { GatePayTrigger } from '../../../nodes/GatePay/GatePayTrigger.node.ts';
import { deliver } from '../harness/index.mts';

const secret = 'gp_test_secret_0123456789abcdef';
const acknowledged = { returnCode: 'SUCCESS', returnMessage: '' };
const otc = JSON.stringify({
	bizType: 'OTC',
	bizId: '79550727153516602',
	bizStatus: 'RECHARGE_SUCCESS',
	data: '{"type":"BUY","orderId":"79550727153516602","cryptoAmount":"1088.42"}',
});

interface Change {
	secret?: string;
	headers?: Record<string, string>;
	parameters?: Record<string, string[]>;
}

function send(body: string | Buffer, { secret: key = secret, headers = {}, parameters = {} }: Change = {}) {
	const rawBody = Buffer.from(body);
	const timestamp = String(Date.now());
	const signature = createHmac('sha512', secret)
		.update(`${timestamp}\nn1\n`)
		.update(rawBody)
		.update('\n')
		.digest('hex');
	return deliver({
		trigger: new GatePayTrigger(),
		parameters: { events: [], statuses: [], ...parameters },
		credentials: {
			gatePayApi: { clientId: 'c', paymentSecret: key, baseUrl: 'https://openplatform.gateapi.io' },
		},
		credentialTypes: { gatePayApi: new GatePayApi() },
		rawBody,
		headers: {
			'content-type': 'application/json',
			'x-gatepay-timestamp': timestamp,
			'x-gatepay-nonce': 'n1',
			'x-gatepay-signature': signature,
			...headers,
		},
	});
}

it('acknowledges a genuine notification to the letter and starts one execution', async () => {
	const { status, body, executions, threw } = await send(otc);
	expect([status, body, threw]).toEqual([200, acknowledged, undefined]);
	expect(executions.flat().map(({ json }) => json)).toEqual([
		expect.objectContaining({
			event: 'otc',
			kind: 'otcBuy',
			status: 'succeeded',
			final: true,
			amount: '1088.42',
			id: '79550727153516602',
		}),
	]);
});

it('acknowledges what is filtered out, without an execution', async () => {
	const { status, body, executions } = await send(otc, { parameters: { events: ['payout'] } });
	expect([status, body, executions]).toEqual([200, acknowledged, []]);
});

it.each<[string, string | Buffer, Change]>([
	['a wrong signature', otc, { headers: { 'x-gatepay-signature': 'ab'.repeat(64) } }],
	['no signature', otc, { headers: { 'x-gatepay-signature': '' } }],
	['no secret in the credential', otc, { secret: '' }],
	['another secret in the credential', otc, { secret: 'other' }],
	['an empty body', '', { headers: { 'x-gatepay-signature': '0' } }],
	[
		'bytes that are no text',
		Buffer.from([0xff, 0xfe, 0x00]),
		{ headers: { 'content-type': 'application/octet-stream' } },
	],
	['a list', '[]', {}],
	['a text', 'hello', { headers: { 'content-type': 'text/plain' } }],
])('answers 401 to %s, starts nothing and does not throw', async (_case, body, change) => {
	const { status, body: answer, executions, threw } = await send(body, change);
	expect([status, executions, threw]).toEqual([401, [], undefined]);
	expect(answer).toMatchObject({ returnCode: 'FAIL' });
	expect(JSON.stringify(answer)).not.toContain(secret);
});
