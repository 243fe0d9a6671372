import { closeAll, contract, payIn, payOut, start } from './bridgePayClient.mts';
import { eventually } from './client.mts';
import { Receiver } from './receiver.mts';

let receiver: Receiver;
beforeEach(async () => {
	receiver = new Receiver();
	await receiver.open();
});
afterEach(async () => {
	receiver.close();
	await closeAll();
});

describe('notifications', () => {
	it('go to the URL of the invoice, with its token and the documented shape', async () => {
		const { client, sandbox } = await start();
		const invoice = await client.invoice({ notificationUrl: receiver.url });
		sandbox.bridgePay.act('completeInvoice', String(invoice.id));
		await eventually(() => receiver.received.length === 1);
		const [notification] = receiver.received;
		const body = JSON.parse(notification?.body ?? '');
		expect(contract.checkSchema('InvoiceNotificationDTO', body)).toEqual([]);
		expect(body.invoice).toMatchObject({ id: invoice.id, status: 'paid', deal: { status: 'completed' } });
		expect(notification?.headers['x-notification-token']).toBe('a-long-random-token-0001');
	});

	it("go to the console's URL when one is set, and nowhere else off this machine", async () => {
		const { client, sandbox } = await start();
		const first = await client.invoice();
		sandbox.bridgePay.act('cancelInvoice', String(first.id));
		expect(sandbox.bridgePay.deliveries[0]).toMatchObject({ state: 'unsent', event: 'PAY-IN canceled' });
		sandbox.bridgePay.setCallbackUrl(receiver.url);
		const { object } = await client.call('createInvoice', payOut());
		sandbox.bridgePay.act('expireInvoice', String(object.id));
		await eventually(() => receiver.received.length === 1);
		expect(JSON.parse(receiver.received[0]?.body ?? '').invoice.status).toBe('expired');
	});

	it('are tried three times in all, until exactly 200', async () => {
		const { client, sandbox } = await start({ autopilot: false, pace: 10_000 });
		receiver.answers = [
			{ status: 500, body: '' },
			{ status: 201, body: '' },
			{ status: 204, body: '' },
		];
		const invoice = await client.invoice({ notificationUrl: receiver.url });
		sandbox.bridgePay.act('completeInvoice', String(invoice.id));
		await eventually(() => sandbox.bridgePay.deliveries[0]?.state === 'abandoned');
		expect(receiver.received).toHaveLength(3);
	});

	it('can be forged, also with the right token, because it does not cover the body', async () => {
		const { client, sandbox } = await start();
		const invoice = await client.invoice({ notificationUrl: receiver.url });
		sandbox.bridgePay.act('completeInvoice', String(invoice.id));
		await eventually(() => receiver.received.length === 1);
		const id = sandbox.bridgePay.deliveries[0]?.id ?? '';
		for (const forgery of ['signature', 'body', 'unsigned'] as const) {
			await sandbox.bridgePay.forge(id, forgery);
		}
		expect(receiver.received.map(({ headers }) => headers['x-notification-token'])).toEqual([
			'a-long-random-token-0001',
			'not-the-notification-token',
			'a-long-random-token-0001',
			undefined,
		]);
		expect(receiver.received[2]?.body).not.toBe(receiver.received[0]?.body);
	});
});

it('payers, traders and the chain act by themselves', async () => {
	const { client, sandbox } = await start({ pace: 100 });
	const paid = await client.invoice();
	await client.call('createInvoice', payOut({ internalId: 'good' }));
	await client.call(
		'createInvoice',
		payOut({ internalId: 'bad', paymentRequisites: { requisites: '4444 4444 4444 0000' } }),
	);
	const matched = await client.call('createInvoice', payIn({ internalId: 'm', allowMatching: true }));
	const { invoices } = sandbox.bridgePay.state;
	const statusOf = (id: string) => invoices.find(({ internalId }) => internalId === id)?.status;
	await eventually(() => statusOf('order-1') === 'paid' && statusOf('good') === 'paid');
	expect(paid.status).toBe('new');
	await eventually(() => statusOf('bad') === 'canceled');
	expect([matched.object.status, statusOf('m')]).toEqual(['new', 'new']);
});
