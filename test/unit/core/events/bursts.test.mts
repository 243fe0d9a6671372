import type { IHttpRequestOptions } from 'n8n-workflow';
import { clock } from '../../../../core/clock.ts';
import { bridgePayWebhook } from '../../../../nodes/BridgePay/webhook.ts';
import { gatePayWebhook } from '../../../../nodes/GatePay/webhook.ts';
import { okiPaysWebhook } from '../../../../nodes/OkiPays/webhook.ts';
import { payPlayWebhook } from '../../../../nodes/PayPlay/webhook.ts';
import { sign } from '../../../../nodes/PayPlay/signing.ts';
import * as bridgePay from '../../bridgePay/notification.mts';
import * as okiPays from '../../okiPays/notifications.mts';
import * as payPlay from '../../payPlay/vectors.mts';
import { simulatedTime } from '../../../simulatedTime.mts';
import { webhookStage, type Answer } from '../../webhookStage.mts';

/** Time that passes while everyone waits. */
function passingTime() {
	const time = simulatedTime(async () => {
		for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
	});
	jest.spyOn(clock, 'now').mockImplementation(time.now);
	jest.spyOn(clock, 'sleep').mockImplementation(time.sleep);
	jest.spyOn(clock, 'deadline').mockImplementation(async (milliseconds, signal) => {
		await time.sleep(milliseconds, signal);
		if (signal.aborted) throw new Error('It has ended');
	});
	return time;
}
afterEach(() => jest.restoreAllMocks());

const paid = { ...okiPays.documented, status: 'Paid', status_id: 8 };
const bodyOf = ({ body }: IHttpRequestOptions): { order_id: number } => JSON.parse(String(body));
const order = (id: number): Answer => ({
	body: JSON.stringify({ status: true, data: { ...paid, order_id: id } }),
});
const payPlayBody = payPlay.notification('order::completed', 'COMPLETE', {});

const slow = {
	PayPlay: {
		trigger: payPlayWebhook,
		credentials: {
			apiToken: 'api-token-1234',
			paymentPageSlug: 'shop',
			pageSignatureToken: payPlay.token,
			baseUrl: 'https://api.payplay.io',
		},
		delivery: {
			headers: { signature: sign(payPlay.token, payPlayBody) },
			body: Buffer.from(payPlayBody),
		},
		limit: 3_000,
	},
	BridgePay: {
		trigger: bridgePayWebhook,
		credentials: bridgePay.credentials,
		delivery: bridgePay.delivery(bridgePay.documented),
		limit: 10_000,
	},
	OkiPays: {
		trigger: okiPaysWebhook,
		credentials: okiPays.credentials,
		delivery: okiPays.signedDelivery(paid),
		limit: 5_000,
	},
};

describe('nobody waits longer than the provider waits', () => {
	it.each(Object.entries(slow))('%s: 40 equal deliveries, and no answer', async (_name, subject) => {
		const time = passingTime();
		const { deliver, requests } = webhookStage({
			...subject,
			answer: async () => {
				await time.sleep(60_000);
				return { body: '{}' };
			},
		});
		const began = time.now();
		const all = Array.from({ length: 40 }, async () => {
			const { status } = await deliver(subject.delivery);
			return { status, took: time.now() - began };
		});
		const answers = await Promise.all(all);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
		expect(Math.max(...answers.map(({ took }) => took))).toBeLessThanOrEqual(subject.limit);
		expect(requests.length).toBeLessThanOrEqual(2);
	});

	it('a body that never comes is answered in time, by every trigger', async () => {
		for (const trigger of [gatePayWebhook, payPlayWebhook, bridgePayWebhook, okiPaysWebhook]) {
			const time = passingTime();
			const { deliver } = webhookStage({ trigger, credentials: okiPays.credentials });
			const readRawBody = () => new Promise<void>(() => undefined);
			const { status, items } = await deliver(
				{ headers: {}, body: Buffer.alloc(0) },
				{ rawBody: undefined, readRawBody },
			);
			expect([status, items]).toEqual([503, undefined]);
			expect(time.passed()).toBe(trigger.answerWithin);
			jest.restoreAllMocks();
		}
	});
});

describe("OkiPays' signed notifications and its hints", () => {
	function shop(took: number) {
		const time = passingTime();
		const stage = webhookStage({
			trigger: okiPaysWebhook,
			credentials: okiPays.credentials,
			answer: async (request) => {
				await time.sleep(took);
				return order(bodyOf(request).order_id);
			},
		});
		const at = async (work: Promise<{ status: number }>) => ({
			status: (await work).status,
			took: time.passed(),
		});
		return { ...stage, time, at };
	}

	it('a signed one waits for one hint at most, however many there are', async () => {
		const { deliver, at, requests } = shop(200);
		const hints = Array.from({ length: 60 }, (_value, place) =>
			at(deliver(okiPays.delivery({ ...paid, order_id: 1000 + place }))),
		);
		const genuine = await at(deliver(okiPays.signedDelivery(paid)));
		expect(genuine.status).toBe(200);
		expect(genuine.took).toBeLessThanOrEqual(500);
		const answers = await Promise.all(hints);
		// A hint that finds the lane full is not asked about: OkiPays sends it again, others do not.
		expect(answers.filter(({ status }) => status === 503).length).toBe(50);
		expect(answers.filter(({ status }) => status === 200).length).toBe(10);
		expect(requests).toHaveLength(11);
	});

	it('hints are taken again when the lane is free', async () => {
		const { deliver, at } = shop(200);
		for (const place of [1, 2, 3]) {
			const all = Array.from({ length: 10 }, (_value, other) =>
				at(deliver(okiPays.delivery({ ...paid, order_id: place * 100 + other }))),
			);
			expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(10).fill(200));
		}
	});

	it('a hint whose turn does not come in time is answered 503', async () => {
		const { deliver, at } = shop(2_000);
		const hints = Array.from({ length: 10 }, (_value, place) =>
			at(deliver(okiPays.delivery({ ...paid, order_id: 1000 + place }))),
		);
		const answers = await Promise.all(hints);
		expect(Math.max(...answers.map(({ took }) => took))).toBeLessThanOrEqual(5_000);
		expect(answers.filter(({ status }) => status === 200).length).toBe(2);
	});
});

it('signs the read that confirms a notification with the credential that verified it', async () => {
	const { credentials, delivery } = slow.OkiPays;
	const play = {
		trigger: okiPaysWebhook,
		credentials,
		answer: (request: IHttpRequestOptions) => order(bodyOf(request).order_id),
	};
	const { deliver, requests, signedWith } = webhookStage(play);
	expect((await deliver(delivery)).status).toBe(200);
	expect(requests).toHaveLength(1);
	expect(signedWith).toEqual([credentials]);
});
