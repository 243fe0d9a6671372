import type { IDataObject } from 'n8n-workflow';
import { providerEvent } from '../../../../core/events/event.ts';
import { WAIT } from '../../../../core/events/wait.ts';
import type { WebhookTrigger } from '../../../../core/events/webhook.ts';
import { isObject, parseJson, textOf, type JsonObject } from '../../../../core/exact/json.ts';
import { exampleBank, examplePay, NOTHING, type Reply } from '../../examplePay.mts';
import { moneyStage, type Setting } from '../../moneyStage.mts';
import { webhookStage } from '../../webhookStage.mts';
import { payoutAndWait } from '../money/exampleCallback.mts';

afterEach(() => jest.restoreAllMocks());

const PROVIDER = examplePay(payoutAndWait);
const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };

/** It signs with a header, and each of its notifications is confirmed with the provider. */
const trigger: WebhookTrigger = {
	provider: PROVIDER,
	answerWithin: 5_000,
	receive: ({ headers, body }) => {
		if (headers.signature !== 'genuine') return { state: 'forged', reason: 'The signature does not fit' };
		const told = parseJson(body.toString('utf8'));
		const objects = (Array.isArray(told) ? told : [told]).filter(isObject);
		return { state: 'genuine', notified: objects.map(notifiedOf) };
	},
	acknowledge: (emitted) => ({ received: emitted.length }),
	refuse: (reason) => ({ reason }),
};

function notifiedOf(object: JsonObject) {
	const reference = textOf(object.reference) ?? '';
	return {
		event: providerEvent('payout.changed', PROVIDER.payment('payout', object), object),
		confirm: { operation: 'payout.get', values: { reference }, about: { reference } },
	};
}

const notification = (told: unknown, signature = 'genuine') => ({
	headers: { signature },
	body: Buffer.from(JSON.stringify(told)),
});

/**
 * An execution that sleeps on the payout of Anna, and the URL that wakes it. `answer` is what the provider says of the
 * payout when it is asked about a notification.
 */
async function asleep(answer: (made: IDataObject) => Reply, setting: Setting = {}) {
	const bank = exampleBank();
	const stage = moneyStage({ operation: payoutAndWait, respond: bank.respond });
	const execution = stage.execution();
	const { sleep } = await execution.run([anna], setting);
	expect(sleep).toBeDefined();
	const made: IDataObject = { ...bank.payouts[0] };
	const url = webhookStage({
		trigger,
		credentials: { account: 'a', secret: 'top-secret' },
		held: () => execution.context[WAIT],
		answer: () => {
			const { status = 200, body } = answer(made);
			return { status, body: JSON.stringify(body) };
		},
	});
	const tell = (change: IDataObject = {}, signature?: string) =>
		url.callBack(notification({ ...made, ...change }, signature));
	return { ...url, tell, made, execution };
}

const now =
	(change: IDataObject) =>
	(made: IDataObject): Reply => ({ body: { data: { ...made, ...change } as never } });

const done = now({ status: 'DONE' });

describe('a callback wakes the execution', () => {
	it('with the payout in its last state, in the shape in which it was made', async () => {
		const { tell } = await asleep(done);
		const { items } = await tell({ status: 'DONE' });
		expect(items).toEqual([
			{
				outcome: 'applied',
				reference: 'p_1',
				provider: 'examplePay',
				kind: 'payout',
				id: '1000',
				amount: '10.5',
				currency: 'USDT',
				address: 'TA1',
				status: 'succeeded',
				final: true,
				providerStatus: 'DONE',
				eventId: expect.stringMatching(/^examplePay-/),
				timedOut: false,
			},
		]);
	});

	it("and gets the provider's own acknowledgement", async () => {
		const { tell } = await asleep(done);
		expect(await tell()).toMatchObject({ status: 200, body: { received: 1 } });
	});

	it('with what the provider says when asked, not with what was delivered', async () => {
		const { tell } = await asleep(done);
		const { items } = await tell({ status: 'DONE', amount: '99999' });
		expect(items).toMatchObject([{ amount: '10.5' }]);
	});

	it('whichever of several payouts in one delivery it waits for', async () => {
		const { callBack, made } = await asleep(done);
		const other = { ...made, id: '2000', reference: 'p_2' };
		const { items } = await callBack(notification([other, made]));
		expect(items).toMatchObject([{ reference: 'p_1' }]);
	});

	it('with any change, where any is waited for', async () => {
		const { tell } = await asleep(now({ status: 'HELD' }), { fields: { waitFor: 'change' } });
		expect((await tell()).items).toMatchObject([{ status: 'unknown', final: false }]);
	});

	it('with the answer of the provider as it is, where the output is raw', async () => {
		const { tell } = await asleep(done, { options: { output: 'raw' } });
		expect((await tell()).items).toEqual([
			{
				outcome: 'applied',
				reference: 'p_1',
				data: expect.objectContaining({ id: '1000', status: 'DONE' }),
				eventId: expect.any(String),
				timedOut: false,
			},
		]);
	});
});

describe('a callback is acknowledged, and the execution sleeps on', () => {
	it.each<[string, (made: IDataObject) => Reply, IDataObject]>([
		['about another payout', done, { id: '2000', reference: 'p_2' }],
		['about no payout', done, { id: undefined }],
		['about a state that is not the last one', now({ status: 'HELD' }), { status: 'DONE' }],
	])('%s', async (_what, answer, told) => {
		const { tell } = await asleep(answer);
		expect(await tell(told)).toEqual({ status: 200, body: { received: 0 }, items: undefined });
	});

	it('about the state in which the payout was made, where any change is waited for', async () => {
		const { tell } = await asleep(now({}), { fields: { waitFor: 'change' } });
		expect((await tell()).items).toBeUndefined();
	});
});

describe('a callback that is not acknowledged', () => {
	it('is a forgery, which gets 401 and of which the provider is not asked', async () => {
		const { tell, requests } = await asleep(done);
		const { status, items } = await tell({ status: 'DONE' }, 'forged');
		expect([status, items, requests]).toEqual([401, undefined, []]);
	});

	it('is one that the provider cannot confirm now, so that it comes again', async () => {
		const { tell } = await asleep(() => ({ status: 403, body: {} }));
		expect(await tell()).toMatchObject({ status: 503, items: undefined });
	});

	it('is a genuine one about a payout that the provider does not find', async () => {
		const { tell } = await asleep(() => ({ body: NOTHING }));
		expect(await tell()).toMatchObject({ status: 503, items: undefined });
	});

	it('is one whose answer is about another payout', async () => {
		const { tell } = await asleep(now({ reference: 'p_2', status: 'DONE' }));
		expect(await tell()).toMatchObject({ status: 503, items: undefined });
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a text', 'p_1'],
		['a wait without its payout', { known: [], head: {} }],
	])('is one for an execution that has kept %s of its sleep', async (_what, held) => {
		const { execution, tell } = await asleep(done);
		execution.context[WAIT] = held as never;
		expect(await tell()).toMatchObject({
			status: 404,
			body: { reason: 'No order is waited for here' },
			items: undefined,
		});
	});

	it('is no body at all', async () => {
		const { callBack } = await asleep(done);
		const { status, items } = await callBack({ headers: {}, body: Buffer.alloc(0) });
		expect([status, items]).toEqual([401, undefined]);
	});
});

describe('what a callback cannot change', () => {
	it('is the outcome and the reference of the payout', async () => {
		const { tell } = await asleep(now({ status: 'DONE', outcome: 'rejected', timedOut: true }));
		expect((await tell()).items).toMatchObject([{ outcome: 'applied', reference: 'p_1', timedOut: false }]);
	});

	it('is that a payout without an ID is woken by nothing', async () => {
		const { tell, execution } = await asleep(done);
		const wait = execution.context[WAIT];
		execution.context[WAIT] = Object.assign({}, wait, { about: { id: null } });
		expect((await tell()).items).toBeUndefined();
		expect((await tell({ id: null })).items).toBeUndefined();
	});

	it('is the secret of the account, which comes out nowhere', async () => {
		const { tell } = await asleep(now({ status: 'DONE', address: 'top-secret' }));
		const { items } = await tell();
		expect(items).toHaveLength(1);
		expect(JSON.stringify(items)).not.toContain('top-secret');
	});
});
