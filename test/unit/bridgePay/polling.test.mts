import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { watches } from '../../../nodes/BridgePay/watches.ts';
import { stage, type Stored } from '../pollingStage.mts';
import { credentials, documented } from './notification.mts';

const { deal, ...rest } = documented.invoice;
const paid: IDataObject = { ...(rest as IDataObject), deals: [deal as IDataObject] };

/** BridgePay with invoices by internal ID and withdrawals by ID. It answers `404 null` for everything else. */
function desk(parameters: IDataObject = {}, stored?: Stored) {
	const objects: Record<string, IDataObject | IDataObject[]> = {};
	const play = stage(
		{
			provider: bridgePay,
			watches,
			credentials,
			parameters: { watch: 'invoices', references: 'a-1, b-2', ...parameters },
			answer: ({ url }) => {
				const found = objects[decodeURIComponent(url.split('/').at(-1) ?? '')];
				return found ? { body: JSON.stringify(found) } : { status: 404, body: 'null' };
			},
		},
		stored,
	);
	const seen = () => play.emitted.map(({ json }) => [json.event, json.reference, json.status]);
	return { objects, play, seen };
}

const invoice = (internalId: string, change: IDataObject = {}): IDataObject => ({
	...paid,
	id: `id-of-${internalId}`,
	internalId,
	...change,
});

it('asks for each invoice by its internal ID, and emits it when it appears and when it changes', async () => {
	const { objects, play, seen } = desk();
	await play.start();
	expect(play.requests.map(({ url }) => url)).toEqual([
		'https://api.bridgepay.club/api/merchant/invoices/internal-id/a-1',
		'https://api.bridgepay.club/api/merchant/invoices/internal-id/b-2',
	]);
	expect([play.emitted, play.failures]).toEqual([[], []]);
	objects['a-1'] = invoice('a-1', { status: 'expired' });
	await play.tick();
	await play.tick();
	objects['b-2'] = invoice('b-2', { type: 'out' });
	objects['a-1'] = invoice('a-1');
	await play.tick();
	expect(seen()).toEqual([
		['payIn', 'a-1', 'expired'],
		['payIn', 'a-1', 'succeeded'],
		['payOut', 'b-2', 'succeeded'],
	]);
});

it('asks once for what is named twice', async () => {
	const { play } = desk({ references: 'a-1, b-2,a-1' });
	await play.start();
	expect(play.requests.map(({ url }) => url.split('/').at(-1))).toEqual(['a-1', 'b-2']);
});

it('emits `paid` again, with another amount or after a dispute with the same one', async () => {
	const { objects, play } = desk({ references: 'a-1', emitExisting: true });
	const money = (amount: string) => ({ amount, currency: 'RUB', subunit: 2 });
	objects['a-1'] = invoice('a-1');
	await play.start();
	objects['a-1'] = invoice('a-1', { receivedSumFromTaker: money('3600.00') });
	await play.tick();
	objects['a-1'] = invoice('a-1', {
		receivedSumFromTaker: money('3600.00'),
		updatedAt: '2024-11-25T20:43:07+00:00',
	});
	await play.tick();
	await play.tick();
	expect(play.emitted.map(({ json }) => json.paidAmount)).toEqual(['3650.00', '3600.00', '3600.00']);
	expect(new Set(play.emitted.map(({ json }) => json.eventId)).size).toBe(3);
});

it('finds after a restart what changed in between, and nothing else', async () => {
	const first = desk();
	first.objects['a-1'] = invoice('a-1', { status: 'dispute' });
	first.objects['b-2'] = invoice('b-2');
	await first.play.start();
	const second = desk({}, first.play.stored);
	second.objects['a-1'] = invoice('a-1');
	second.objects['b-2'] = invoice('b-2');
	await second.play.start();
	expect(second.seen()).toEqual([['payIn', 'a-1', 'succeeded']]);
});

it('asks for withdrawals by their ID; a transaction hash is a change', async () => {
	const { objects, play } = desk({ watch: 'withdrawals', references: 'w-1', emitExisting: true });
	objects['w-1'] = { id: 'w-1', sum: { amount: '12.5', currency: 'USDT' }, address: 'T1', txId: null };
	await play.start();
	objects['w-1'] = { ...objects['w-1'], txId: '0x1' };
	await play.tick();
	await play.tick();
	expect(play.requests[0]?.url).toBe('https://api.bridgepay.club/api/merchant/withdrawals/w-1');
	expect(play.emitted.map(({ json }) => [json.event, json.kind, json.status, json.txHash])).toEqual([
		['withdrawal', 'withdrawal', 'pending', undefined],
		['withdrawal', 'withdrawal', 'succeeded', '0x1'],
	]);
});

it('lets only the chosen statuses through', async () => {
	const { objects, play, seen } = desk({ references: 'a-1', statuses: ['succeeded'] });
	await play.start();
	objects['a-1'] = invoice('a-1', { status: 'expired' });
	await play.tick();
	objects['a-1'] = invoice('a-1');
	await play.tick();
	expect(seen()).toEqual([['payIn', 'a-1', 'succeeded']]);
});

it.each<[string, IDataObject, RegExp]>([
	['a signature that is refused', { status: 401, body: '{"message":"Unauthorized"}' }, /Unauthorized/],
	['a gateway without an answer', { status: 502, body: '<html>' }, /no usable answer/],
	['two invoices of one internal ID', { status: 200, body: '[{"id":"1"},{"id":"2"}]' }, /2 objects/],
])('shows %s and goes on', async (_name, answer, message) => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	let isDown = true;
	const play = stage({
		provider: bridgePay,
		watches,
		credentials,
		parameters: { watch: 'invoices', references: 'a-1', emitExisting: true },
		answer: () =>
			isDown
				? { status: Number(answer.status), body: String(answer.body) }
				: { body: JSON.stringify(invoice('a-1')) },
	});
	await play.start();
	expect(play.failures.join()).toMatch(message);
	for (const secret of [credentials.secret, credentials.apiKey, credentials.notificationToken])
		expect(play.failures.join()).not.toContain(secret);
	isDown = false;
	await play.tick();
	expect(play.emitted).toHaveLength(1);
});

it('a reference stays one part of the path, and two dots are not asked for', async () => {
	const { play } = desk({ references: '../accounts' });
	await play.start();
	expect(new URL(play.requests[0]?.url ?? '').pathname).toBe(
		'/api/merchant/invoices/internal-id/..%2Faccounts',
	);
	const dots = desk({ references: '..' });
	await dots.play.start();
	expect([dots.play.requests, dots.play.failures]).toEqual([
		[],
		[expect.stringContaining('cannot stand in a path')],
	]);
});
