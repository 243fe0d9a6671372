import { bridgePay as provider } from '../../../../nodes/BridgePay/provider.ts';
import { watches } from '../../../../nodes/BridgePay/watches.ts';
import { bridgePayWebhook } from '../../../../nodes/BridgePay/webhook.ts';
import { HTML, iso, json, seconds, type Shop, type State } from './shop.mts';

const token = 'bridgepay-notification-token';
const MADE = Date.parse('2026-11-20T08:00:00Z');
const money = { amount: '1000.00', currency: 'RUB' };

const invoice = (object: string, { word, at }: State) => ({
	id: `id-${object}`,
	internalId: object,
	type: 'in',
	status: word,
	sum: money,
	receivedSumFromTaker: money,
	createdAt: iso(MADE + Number(object) * 1000),
	updatedAt: iso(seconds(at) * 1000).replace('.000Z', '+00:00'),
});

const deal = { id: 'd-1', status: 'transfer_waiting', isActive: true };

/** By the ID of BridgePay in confirmations, by that of the merchant in polls. */
const readIn = ({ url }: { url: string }) => url.split('/').at(-1)?.replace('id-', '') ?? '';

export const bridgePay: Shop = {
	name: 'BridgePay',
	product: { provider, watches, trigger: bridgePayWebhook },
	credentials: {
		baseUrl: 'https://api.bridgepay.club',
		apiKey: 'an-api-key',
		secret: 'a-secret-of-it',
		notificationToken: token,
		totpSecret: '',
	},
	watch: 'invoices',
	isNamed: true,
	references: (objects) => objects.join(','),
	words: {
		new: 'pending',
		paid: 'succeeded',
		canceled: 'cancelled',
		expired: 'expired',
		dispute: 'action_required',
	},
	isAnnounced: () => true,
	notification(object, state) {
		const body = {
			notificationType: 'invoice',
			notificationDate: iso(state.at),
			invoice: { ...invoice(object, state), deal },
		};
		return { headers: { 'x-notification-token': token }, body: Buffer.from(JSON.stringify(body)) };
	},
	asked: (request, objects) => objects.filter((object) => object === readIn(request)),
	answer(request, books) {
		const object = readIn(request);
		const state = books.get(object);
		return state ? json({ ...invoice(object, state), deals: [deal] }) : { status: 404, body: 'null' };
	},
	rubbish: [
		'{}',
		'[{}]',
		HTML,
		'{"status":"paid","type":"in"}',
		'{"id":"another","internalId":"another","status":"paid","type":"in"}',
	],
	changeOf: ({ word, at }) => `${word} ${seconds(at)}`,
	isConfirmed: true,
	isTimed: true,
	acknowledgement: () => ({}),
	objectOf: ({ reference }) => String(reference),
	wordOf: ({ providerStatus }) => String(providerStatus),
};
