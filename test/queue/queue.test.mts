import { findNoSecret, findPlanted } from './leftBehind.mts';
import { overtakeInOkiPays } from './okiPays.mts';
import { endRedis, killWebhookProcess } from './outages.mts';
import { killWorker, payOften, retryTooLate } from './payouts.mts';
import { payTwiceAtOnce } from './remembered.mts';
import { PATIENCE_MS, startStage, type Stage } from './stage.mts';

jest.setTimeout(3 * PATIENCE_MS);

let stage: Stage;
beforeAll(async () => (stage = await startStage()));
afterAll(async () => await stage?.close());

const ready = async () => {
	await stage.queue.revive();
	await stage.sandbox.reset();
};

describe('OkiPays orders', () => {
	beforeEach(ready);

	it('of two workers with one token are made once each, though calls overtake each other', () =>
		overtakeInOkiPays(stage));
});

describe('Rapira payouts, which n8n alone remembers', () => {
	beforeEach(ready);

	it('200 of them, each asked for twice at the same moment, are made once each by two workers', () =>
		payTwiceAtOnce(stage));
});

// The last ones, because the search behind them needs deliveries, and a reset takes them away.
describe('Gate Pay payouts', () => {
	beforeEach(ready);

	it('500 of them by 500 notifications are made once each, by both workers', () => payOften(stage));

	it('cut off by the death of a worker can be retried by hand: each reference once', () => killWorker(stage));

	it('given up by n8n before the retry are paid by a second notification: each reference once', () =>
		retryTooLate(stage));

	it('are all made, once each, when the webhook process is killed under load', () =>
		killWebhookProcess(stage));

	it.each(['SIGKILL', 'SIGTERM'] as const)(
		'are all made, once each, when Redis is ended by %s under load',
		(signal) => endRedis(stage, signal),
	);
});

describe('in all that n8n in queue mode leaves behind', () => {
	it('is no secret', () => findNoSecret(stage));

	it('one would be found in every place', () => findPlanted(stage));
});
