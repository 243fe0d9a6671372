import HmacSHA256 from 'crypto-js/hmac-sha256.js';

import { sign } from '../../sandbox/payPlay/notifications.mts';
import { eventually } from './client.mts';
import { closeAllPayPlay, contract, startPayPlay, withdrawal } from './payPlayClient.mts';
import { Receiver } from './receiver.mts';

let receiver: Receiver;
beforeEach(async () => {
	receiver = new Receiver();
	await receiver.open();
});
afterEach(async () => {
	receiver.close();
	await closeAllPayPlay();
});

describe('webhooks of PayPlay', () => {
	it('are signed over the exact bytes, by the token of their level, and have the documented shape', async () => {
		const { call, payPlay } = await startPayPlay();
		payPlay.setCallbackUrl(receiver.url);
		await call('createCryptoOrder', { body: { amount: '10', currency: 'USDT', external_order_id: 'o-1' } });
		await call('createWithdrawal', { body: withdrawal({ comment: 'оплата / 1' }) });
		payPlay.act('payOrder', String(payPlay.state.orders[0]?.id));
		payPlay.act('completeTransaction', String(payPlay.state.transactions[0]?.id));
		await eventually(() => receiver.received.length === 4);
		const { pageSignatureToken, generalSignatureToken } = payPlay.account;
		for (const { headers, body } of receiver.received) {
			const event: { event_type: string } = JSON.parse(body);
			const isGeneral = event.event_type.startsWith('withdrawal::');
			const token = isGeneral ? generalSignatureToken : pageSignatureToken;
			expect(headers.signature).toBe(HmacSHA256(body, token).toString());
			const schema = event.event_type.startsWith('order::') ? 'OrderEvent' : 'TransactionEvent';
			expect([event.event_type, contract.checkSchema(schema, event)]).toEqual([event.event_type, []]);
		}
		const texts = receiver.received.map(({ body }) => body).join('\n');
		expect(texts).toContain('https:\\/\\/merchant.pay.payplay.io');
		expect(texts).toContain('"comment":"\\u043e\\u043f\\u043b\\u0430\\u0442\\u0430 \\/ 1"');
	});

	it('are repeated until a 2xx, then given up', async () => {
		const { call, payPlay } = await startPayPlay({ autopilot: false, pace: 100_000 });
		payPlay.setCallbackUrl(receiver.url);
		receiver.answers = [500, 302, 404].map((status) => ({ status, body: '' }));
		await call('createWithdrawal', { body: withdrawal() });
		payPlay.act('completeTransaction', String(payPlay.state.transactions[0]?.id));
		await eventually(() => payPlay.deliveries[0]?.state === 'abandoned');
		expect(payPlay.deliveries[0]?.attempts.map(({ status }) => status)).toEqual([500, 302, 404]);
		receiver.answers = [{ status: 204, body: '' }];
		await payPlay.resend('delivery-1');
		expect(payPlay.deliveries[0]?.state).toBe('delivered');
	});

	it('can be forged', async () => {
		const { call, payPlay } = await startPayPlay();
		payPlay.setCallbackUrl(receiver.url);
		await call('createWithdrawal', { body: withdrawal() });
		payPlay.act('completeTransaction', String(payPlay.state.transactions[0]?.id));
		await eventually(() => receiver.received.length === 1);
		for (const forgery of ['signature', 'body', 'unsigned'] as const)
			await payPlay.forge('delivery-1', forgery);
		const { generalSignatureToken } = payPlay.account;
		const isGenuine = receiver.received.map(
			({ headers, body }) => headers.signature === sign(generalSignatureToken, body),
		);
		expect(isGenuine).toEqual([true, false, false, false]);
	});
});
