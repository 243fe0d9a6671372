import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { clock } from '../../../../core/clock.ts';
import type { WebhookTrigger } from '../../../../core/events/webhook.ts';
import { bridgePayWebhook } from '../../../../nodes/BridgePay/webhook.ts';
import { okiPaysWebhook } from '../../../../nodes/OkiPays/webhook.ts';
import { payPlayWebhook } from '../../../../nodes/PayPlay/webhook.ts';
import { sign } from '../../../../nodes/PayPlay/signing.ts';
import * as bridgePay from '../../bridgePay/notification.mts';
import * as okiPays from '../../okiPays/notifications.mts';
import * as payPlay from '../../payPlay/vectors.mts';
import { webhookStage } from '../../webhookStage.mts';

// After an answer that is not understood a read is repeated; nobody waits for that here.
beforeEach(() => jest.spyOn(clock, 'sleep').mockResolvedValue());
afterEach(() => jest.restoreAllMocks());

interface Subject {
	trigger: WebhookTrigger;
	credentials: ICredentialDataDecryptedObject;
	delivery: Parameters<ReturnType<typeof webhookStage>['deliver']>[0];
	/** An answer about the object that was notified. */
	truth: string;
	/** Answers about nothing, or about another object. */
	others: Record<string, string>;
}

const body = payPlay.notification('order::completed', 'COMPLETE', {});
const { order } = JSON.parse(body) as { order: { id: string } };
const transfer = JSON.parse(payPlay.W2) as { transaction: object };
const payPlayCredentials = {
	apiToken: 'api-token-1234',
	paymentPageSlug: 'shop',
	pageSignatureToken: payPlay.token,
	baseUrl: 'https://api.payplay.io',
};
const signed = (text: string) => ({
	headers: { signature: sign(payPlay.token, text) },
	body: Buffer.from(text),
});
const { invoice } = bridgePay.documented;
const paid = { ...okiPays.documented, status: 'Paid', status_id: 8 };
const okiPaysSays = (data: unknown) => JSON.stringify({ status: true, data });

const subjects: Record<string, Subject> = {
	"PayPlay's order": {
		trigger: payPlayWebhook,
		credentials: payPlayCredentials,
		delivery: signed(body),
		truth: JSON.stringify({ order: { ...order, status: 'COMPLETE' } }),
		others: {
			'an empty object': '{}',
			'a list': '[{}]',
			'an empty order': '{"order":{}}',
			'a state alone': '{"order":{"status":"COMPLETE"}}',
			'another order': '{"order":{"id":"another","status":"COMPLETE"}}',
			'the wrong object': `{"transaction":{"id":"${order.id}","status":"COMPLETE"}}`,
		},
	},
	"PayPlay's withdrawal": {
		trigger: payPlayWebhook,
		credentials: payPlayCredentials,
		delivery: signed(payPlay.W2),
		truth: JSON.stringify({ transaction: transfer.transaction }),
		others: {
			'an empty object': '{}',
			'an empty transaction': '{"transaction":{}}',
			'a state alone': '{"transaction":{"status":"COMPLETE"}}',
			'another transaction': '{"transaction":{"id":"another","status":"COMPLETE"}}',
		},
	},
	"BridgePay's invoice": {
		trigger: bridgePayWebhook,
		credentials: bridgePay.credentials,
		delivery: bridgePay.delivery(bridgePay.documented),
		truth: JSON.stringify(invoice),
		others: {
			'an empty object': '{}',
			'a list': '[{}]',
			'a state alone': '{"status":"paid","type":"in"}',
			'another invoice': '{"id":"another","status":"paid","type":"in"}',
		},
	},
	"OkiPays' order": {
		trigger: okiPaysWebhook,
		credentials: okiPays.credentials,
		delivery: okiPays.signedDelivery(paid),
		truth: okiPaysSays(paid),
		others: {
			'a bare success': '{"status":true}',
			'an empty order': okiPaysSays({}),
			'a state alone': okiPaysSays({ status: 'Paid', status_id: 8 }),
			'another order': okiPaysSays({ ...paid, order_id: 1 }),
			'the invoice without its order ID': okiPaysSays({ ...paid, order_id: null }),
		},
	},
};

const cases = Object.entries(subjects).flatMap(([name, subject]) =>
	Object.entries(subject.others).map(([what, answer]) => [name, what, subject, answer] as const),
);

it.each(Object.entries(subjects))('%s becomes an event by an answer about it', async (_name, subject) => {
	const { deliver } = webhookStage({ ...subject, answer: () => ({ body: subject.truth }) });
	const { status, items } = await deliver(subject.delivery);
	expect([status, items?.length]).toEqual([200, 1]);
	expect(items?.[0]).toMatchObject({ status: 'succeeded' });
});

it.each(cases)('%s is left to a retry after an answer with %s', async (_name, _what, subject, answer) => {
	const { deliver } = webhookStage({ ...subject, answer: () => ({ body: answer }) });
	// OkiPays is not told `done` either.
	expect(await deliver(subject.delivery)).toEqual({ status: 503, body: {}, items: undefined });
});

it("OkiPays' hint, which nothing proves, starts nothing by such an answer either", async () => {
	const { others } = subjects["OkiPays' order"] ?? { others: {} };
	for (const answer of Object.values(others)) {
		const { deliver } = webhookStage({
			trigger: okiPaysWebhook,
			credentials: okiPays.credentials,
			answer: () => ({ body: answer }),
		});
		expect(await deliver(okiPays.delivery(paid))).toEqual({ status: 503, body: {}, items: undefined });
	}
});
