import HmacSHA512 from 'crypto-js/hmac-sha512.js';

import { retryMilliseconds } from '../../sandbox/gatePay/notifications.mts';
import type { Sandbox, SandboxOptions } from '../../sandbox/index.mts';
import { closeAll, contract, eventually, payout, start } from './client.mts';
import { Receiver, type ReceivedNotification } from './receiver.mts';

let receiver: Receiver;

beforeEach(async () => {
	receiver = new Receiver();
	await receiver.open();
});

afterEach(async () => {
	receiver.close();
	await closeAll();
});

async function startWithCallback(options: SandboxOptions) {
	const started = await start(options);
	started.sandbox.gatePay.setCallbackUrl(receiver.url);
	return started;
}

function isSigned({ headers, body }: ReceivedNotification, sandbox: Sandbox, signedBody = body): boolean {
	const {
		'x-gatepay-timestamp': timestamp,
		'x-gatepay-nonce': nonce,
		'x-gatepay-signature': signature,
	} = headers;
	const text = `${String(timestamp)}\n${String(nonce)}\n${signedBody}\n`;
	return signature === HmacSHA512(text, sandbox.gatePay.account.paymentSecret).toString();
}

describe('webhook deliveries', () => {
	it('are signed over the exact bytes and have the documented shape', async () => {
		const { client, sandbox } = await startWithCallback({ pace: 100 });
		const transfer = {
			merchant_batch_no: 'RB1',
			currency: 'USDT',
			batchorderList: [{ user_id: 1, amount: '1' }],
		};
		await client.call('createBatchTransfer', transfer);
		await client.call('createPayoutBatch', payout('b1', { memo: 'Ödeme – 1' }));
		await eventually(
			() => sandbox.gatePay.deliveries.filter(({ state }) => state === 'delivered').length === 2,
		);
		expect(receiver.received.every((each) => isSigned(each, sandbox))).toBe(true);
		const [first, second] = receiver.received.map(({ body }) => JSON.parse(body));
		expect(contract.checkSchema('BatchTransferNotification', first)).toEqual([]);
		expect(contract.checkSchema('BatchTransferData', JSON.parse(first.data))).toEqual([]);
		expect(contract.checkSchema('PayoutNotification', second)).toEqual([]);
	});

	it('carry OTC data as JSON text inside the JSON', async () => {
		const { client, sandbox } = await startWithCallback({ autopilot: false });
		const request = {
			cryptoCurrency: 'USDT',
			fiatCurrency: 'USD',
			side: 'FIAT',
			type: 'SELL',
			fiatAmount: '1000',
		};
		const { quoteToken, cryptoAmount, fiatAmount } = (await client.call('createOtcQuote', request)).data;
		const order = {
			quoteToken,
			cryptoAmount,
			fiatAmount,
			cryptoCurrency: 'USDT',
			fiatCurrency: 'USD',
			type: 'SELL',
		};
		const names = { bankAccountId: 'ba_123456789', clientOrderId: 'w-1' };
		const { data } = await client.call('createOtcWithdrawal', { ...order, ...names });
		sandbox.gatePay.act('dispatchWithdrawal', String(data.orderId));
		await eventually(() => receiver.received.length === 1);
		const notification = JSON.parse(receiver.received[0]?.body ?? '');
		expect(notification).toMatchObject({
			bizType: 'OTC',
			bizId: data.orderId,
			bizStatus: 'WITHDRAW_DISPATCHED',
		});
		expect(contract.checkSchema('OtcNotification', notification)).toEqual([]);
		expect(contract.checkSchema('OtcData', JSON.parse(notification.data))).toEqual([]);
		expect(JSON.parse(notification.data)).toMatchObject({ clientOrderId: 'w-1', type: 'SELL' });
	});

	it('are repeated until HTTP 200 and returnCode SUCCESS, with the same bytes signed anew', async () => {
		const { client, sandbox } = await startWithCallback({ pace: 5000 });
		receiver.answers = [
			{ status: 500, body: '' },
			{ status: 201, body: '{"returnCode":"SUCCESS"}' },
			{ status: 200, body: '{"returnCode":"FAIL","returnMessage":"later"}' },
			{ status: 200, body: 'ok' },
			{ status: 302, body: '' },
		];
		await client.call('createPayoutBatch', payout('b1'));
		await eventually(() => sandbox.gatePay.deliveries[0]?.state === 'delivered');
		const attempts = sandbox.gatePay.deliveries[0]?.attempts ?? [];
		expect(attempts.map(({ status }) => status)).toEqual([500, 201, 200, 200, 302, 200]);
		expect(attempts.map(({ acknowledged }) => acknowledged)).toEqual([
			false,
			false,
			false,
			false,
			false,
			true,
		]);
		expect(attempts[2]?.responseBody).toContain('later');
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
		expect(new Set(receiver.received.map(({ headers }) => headers['x-gatepay-nonce'])).size).toBe(6);
		expect(receiver.received.every((each) => isSigned(each, sandbox))).toBe(true);
	});
});

describe('webhook deliveries that nobody takes', () => {
	it('are given up after the fifteen documented repetitions', async () => {
		const { client, sandbox } = await startWithCallback({ pace: 10_000_000 });
		receiver.answers = Array.from({ length: 99 }, () => ({ status: 503, body: '' }));
		await client.call('createPayoutBatch', payout('b1'));
		await eventually(() => sandbox.gatePay.deliveries[0]?.state === 'abandoned');
		expect(sandbox.gatePay.deliveries[0]?.attempts).toHaveLength(16);
	});

	it('know the schedule of the contract', () => {
		const steps = contract.extension('x-webhook-retry');
		const schedule = Array.isArray(steps) ? steps.map((step) => retryMilliseconds(String(step)) / 1000) : [];
		const hours = [3600, 10_800, 10_800, 10_800, 21_600, 21_600];
		expect(schedule).toEqual([15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, ...hours]);
		expect(() => retryMilliseconds('soon')).toThrow('soon');
	});

	it('record that nobody answered', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		sandbox.gatePay.setCallbackUrl('http://127.0.0.1:2/webhook');
		await client.call('createPayoutBatch', payout('b1'));
		await eventually(() => (sandbox.gatePay.deliveries[0]?.attempts.length ?? 0) > 0);
		expect(sandbox.gatePay.deliveries[0]).toMatchObject({
			state: 'waiting',
			nextAttemptAt: expect.any(Number),
		});
		expect(sandbox.gatePay.deliveries[0]?.attempts[0]?.error).toContain('ECONNREFUSED');
	});

	it('are kept, unsent, while there is no callback URL', async () => {
		const { client, sandbox } = await start({ pace: 100 });
		await client.call('createPayoutBatch', payout('b1'));
		await eventually(() => sandbox.gatePay.deliveries.length === 1);
		expect(sandbox.gatePay.deliveries[0]).toMatchObject({ state: 'unsent', attempts: [] });
		sandbox.gatePay.setCallbackUrl(receiver.url);
		await sandbox.gatePay.resend('delivery-1');
		expect(sandbox.gatePay.deliveries[0]).toMatchObject({ state: 'delivered' });
	});

	it('can be repeated and forged', async () => {
		const { client, sandbox } = await startWithCallback({ pace: 100 });
		await client.call('createPayoutBatch', payout('b1'));
		await eventually(() => sandbox.gatePay.deliveries[0]?.state === 'delivered');
		await sandbox.gatePay.resend('delivery-1');
		for (const forgery of ['signature', 'body', 'unsigned'] as const) {
			receiver.answers = [{ status: 401, body: '{"returnCode":"FAIL"}' }];
			await sandbox.gatePay.forge('delivery-1', forgery);
		}
		const [original, again, signature, body, unsigned] = receiver.received;
		if (!original || !again || !signature || !body || !unsigned) throw new Error('something was not sent');
		expect(again.body).toBe(original.body);
		expect(isSigned(again, sandbox)).toBe(true);
		expect(signature.body).toBe(original.body);
		expect(isSigned(signature, sandbox)).toBe(false);
		expect(body.body).not.toBe(original.body);
		expect(isSigned(body, sandbox, original.body)).toBe(true);
		expect(unsigned.headers).not.toHaveProperty('x-gatepay-signature');
		expect(sandbox.gatePay.deliveries.slice(1)).toMatchObject([
			{ forgery: 'signature', state: 'abandoned' },
			{ forgery: 'body', state: 'abandoned' },
			{ forgery: 'unsigned', state: 'abandoned' },
		]);
	});
});
