import { generateKeyPairSync } from 'node:crypto';
import { rapira as provider } from '../../../../nodes/Rapira/provider.ts';
import { watches } from '../../../../nodes/Rapira/watches.ts';
import { HTML, json, type Shop } from './shop.mts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
	.privateKey.export({ type: 'pkcs8', format: 'pem' })
	.toString();
const MADE = Date.parse('2026-11-20T08:00:00Z');
const isLogin = ({ url }: { url: string }) => url.endsWith('/open/generate_jwt');

export const rapira: Shop = {
	name: 'Rapira',
	product: { provider, watches },
	credentials: {
		uid: '00000000-0000-4000-8000-000000000001',
		privateKey,
		baseUrl: 'https://api.rapira.net',
		token: '',
	},
	watch: 'deposits',
	isNamed: false,
	references: () => '',
	words: {
		MEMPOOL: 'pending',
		PENDING_CONFIRMATIONS: 'pending',
		PENDING_AML: 'processing',
		MANUAL_CHECK: 'processing',
		SUCCESS: 'succeeded',
		FAILED: 'failed',
		RETURNED: 'refunded',
	},
	isAnnounced: () => false,
	asked: (request, objects) => (isLogin(request) ? [] : objects),
	answer(request, books) {
		if (isLogin(request)) return json({ token: 'eyJhbGciOiJ.c2VjcmV0.token' });
		const content = [...books].reverse().map(([object, { word }]) => ({
			id: Number(object),
			status: word,
			amount: 1.5,
			unit: 'USDT',
			token: 'TRX_USDT',
			address: 'TA1',
			txid: `hash-${object}`,
			createTimeTimestamp: MADE + Number(object) * 1000,
		}));
		return json({ code: 0, message: 'SUCCESS', data: { content } });
	},
	rubbish: [
		'{"code":0,"message":"SUCCESS","data":{"content":[{"status":"SUCCESS"}]}}',
		HTML,
		'{"code":0,"message":"SUCCESS","data":{}}',
	],
	changeOf: ({ word }) => word,
	isConfirmed: false,
	isTimed: false,
	acknowledgement: () => undefined,
	objectOf: ({ id }) => String(id),
	wordOf: ({ providerStatus }) => String(providerStatus),
};
