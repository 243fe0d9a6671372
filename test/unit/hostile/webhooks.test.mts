import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { parseJsonOrNothing, readJson } from '../../../core/exact/json.ts';
import type { Delivery, Received, WebhookTrigger } from '../../../core/events/webhook.ts';
import { bridgePayWebhook } from '../../../nodes/BridgePay/webhook.ts';
import { gatePayWebhook } from '../../../nodes/GatePay/webhook.ts';
import { joined } from '../../../nodes/OkiPays/signing.ts';
import { okiPaysWebhook } from '../../../nodes/OkiPays/webhook.ts';
import { payPlayWebhook } from '../../../nodes/PayPlay/webhook.ts';
import { cases, expectNoPollution, hostileJson, namesIn, patience, seed, spoilt } from '../../fuzzing.mts';

const COUNT = cases(3_000);
const now = 1_782_864_000_000;

interface Target {
	trigger: WebhookTrigger;
	contract: string;
	credentials: Record<string, string>;
	/** The headers that prove the body. */
	signed(body: string): Record<string, string>;
	/** The notification around a made-up JSON text. */
	frame: Array<(json: string) => string>;
	texts: string[];
}

const targets: Record<string, Target> = {
	gatePay: {
		trigger: gatePayWebhook,
		contract: 'gatepay',
		credentials: { paymentSecret: 'secret' },
		signed: (body) => ({
			'x-gatepay-timestamp': String(now),
			'x-gatepay-nonce': 'n',
			'x-gatepay-signature': createHmac('sha512', 'secret').update(`${now}\nn\n${body}\n`).digest('hex'),
		}),
		frame: [
			(json) => `{"bizType":"PAY","bizId":"1","bizStatus":"PAY_SUCCESS","data":${JSON.stringify(json)}}`,
			(json) => `{"bizType":${json},"bizStatus":${json},"data":${json}}`,
			(json) => `{"bizType":"PAY_BATCH","bizId":${json},"data":${json}}`,
			(json) => `{"bizType":"OTC","bizId":"1","data":${json}}`,
			(json) => `{"main_order":${json},"suborders":[${json}]}`,
		],
		texts: ['PAY', 'PAY_REFUND', 'PAY_BATCH', 'PAY_ADDRESS', 'OTC', 'SUBSCRIPTION_PAYMENT', 'INSTITUTION'],
	},
	bridgePay: {
		trigger: bridgePayWebhook,
		contract: 'bridgepay',
		credentials: { notificationToken: 'notification-token-0001' },
		signed: () => ({ 'x-notification-token': 'notification-token-0001' }),
		frame: [
			(json) => `{"notificationType":"invoice","invoice":{"id":"a","deal":${json},"sum":${json}}}`,
			(json) => `{"invoice":${json}}`,
		],
		texts: ['invoice', 'in', 'out', 'new', 'paid', 'dispute'],
	},
	okiPays: {
		trigger: okiPaysWebhook,
		contract: 'okipays',
		credentials: { token: 'token', secret: 'secret' },
		signed: (body): Record<string, string> => {
			if (parseJsonOrNothing(body) === undefined) return { token: 'token' };
			const text = joined(readJson(body, (digits) => String(Number(digits))));
			return { token: 'token', sign: createHash('sha256').update(`${text}secret`, 'utf8').digest('hex') };
		},
		frame: [(json) => `{"order_id":7,"status":${json},"status_id":${json},"currency":${json}}`],
		texts: ['Paid', 'Created', 'Partially', 'constructor'],
	},
	payPlay: {
		trigger: payPlayWebhook,
		contract: 'payplay',
		credentials: { pageSignatureToken: 'token' },
		signed: (body) => ({ signature: createHmac('sha256', 'token').update(body).digest('hex') }),
		frame: [
			(json) => `{"event_type":"order::completed","order":${json}}`,
			(json) => `{"event_type":${json},"order":{"id":"o","wallet":${json},"transactions":[${json}]}}`,
			(json) => `{"event_type":"withdrawal::completed","transaction":{"id":"t","currency":${json}}}`,
		],
		texts: ['order::completed', 'transaction::completed', 'withdrawal', 'COMPLETE'],
	},
};

function check(received: Received, { acknowledge, refuse }: WebhookTrigger): void {
	if (received.state === 'forged') {
		if (typeof received.reason !== 'string') throw new Error('A reason is no text');
		JSON.stringify(refuse(received.reason));
		return;
	}
	const events = received.notified.map(({ event }) => event);
	for (const event of events) {
		if (!/^[A-Za-z]+-[0-9a-f]{32}$/.test(event.eventId)) throw new Error(`An odd event id ${event.eventId}`);
		if (typeof event.event !== 'string') throw new Error('The name of the event is no text');
		if (typeof event.providerStatus !== 'string') throw new Error('The status is no text');
		const text = JSON.stringify(event);
		if (JSON.stringify(JSON.parse(text)) !== text) throw new Error('Not JSON');
	}
	JSON.stringify(acknowledge(events));
}

describe.each(Object.entries(targets))('%s', (_name, target) => {
	const { trigger, credentials, frame, signed } = target;
	const names = namesIn(readFileSync(`contracts/${target.contract}.openapi.yaml`, 'utf8'));
	const json = hostileJson(names, target.texts);
	const body = spoilt(
		fc
			.tuple(
				fc.constantFrom((text: string) => text, ...frame),
				json,
			)
			.map(([wrap, text]) => wrap(text)),
	);

	it(
		`${COUNT} bodies with a right signature: no throw, only plain events; seed ${seed}`,
		() => {
			let genuine = 0;
			fc.assert(
				fc.property(body, (text) => {
					const delivery: Delivery = { headers: signed(text), body: Buffer.from(text) };
					const received = trigger.receive(delivery, credentials, now);
					if (received.state === 'genuine') genuine += 1;
					check(received, trigger);
					expectNoPollution();
				}),
				{ numRuns: COUNT, seed },
			);
			// Without genuine deliveries the property would prove nothing.
			expect(genuine).toBeGreaterThan(COUNT / 5);
		},
		patience(COUNT),
	);

	it(
		`${COUNT} bodies and headers without one: forged, or to be asked about; seed ${seed}`,
		() => {
			const headers = fc.dictionary(
				fc.constantFrom(...Object.keys(signed('{}')), 'x-auth-token', 'x-auth-sign', 'content-type'),
				fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.array(fc.string(), { maxLength: 2 })),
			);
			fc.assert(
				fc.property(headers, body, (given, text) => {
					const received = trigger.receive({ headers: given, body: Buffer.from(text) }, credentials, now);
					if (received.state === 'genuine') throw new Error('Genuine without a proof');
					check(received, trigger);
					expectNoPollution();
				}),
				{ numRuns: COUNT, seed },
			);
		},
		patience(COUNT),
	);
});
