import CryptoJS from 'crypto-js';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { Part } from './part.mts';
import { inTurns, processorTime } from './statistics.mts';

const require = createRequire(join(import.meta.dirname, '..', 'dist', 'index.js'));

/** A signature, and a verified and read notification, against crypto-js and against the bare work that each needs at least. */
export const signing: Part = async ({ extent: { calls, manyRounds } }) => {
	const { sign } = require('./nodes/GatePay/signing.js');
	const { receive } = require('./nodes/GatePay/webhook.js');
	const each = (work: () => unknown) => async () => {
		const all = () => {
			for (let call = 0; call < calls; call += 1) work();
		};
		return ((await processorTime(all)) / calls) * 1000;
	};
	const body = JSON.stringify({ text: 'x'.repeat(1000) });
	const parts = { timestamp: '1782864000000', nonce: 'a1B2c3D4e5F6g7H8', body };
	const text = `${parts.timestamp}\n${parts.nonce}\n${body}\n`;
	const { delivery, notification, now } = deliveryOf(sign);
	const times = await inTurns(
		{
			ours: each(() => sign('secret', parts)),
			cryptoJs: each(() => CryptoJS.HmacSHA512(text, 'secret').toString()),
			bare: each(() => createHmac('sha512', 'secret').update(text).digest('hex')),
			receive: each(() => receive(delivery, { paymentSecret: 'secret' }, now)),
			parse: each(() => JSON.parse(notification.toString('utf8'))),
		},
		manyRounds,
	);
	const signature = { what: 'signing 1 kB for Gate Pay (HMAC-SHA512)', ours: times.ours, unit: 'µs' };
	const size = Math.round(notification.length / 1000);
	return {
		title: 'Signatures',
		rows: [
			{ ...signature, peer: 'crypto-js', theirs: times.cryptoJs },
			{ ...signature, peer: 'bare node:crypto', theirs: times.bare },
			{
				what: `verifying and reading a notification of ${size} kB`,
				ours: times.receive,
				unit: 'µs',
				peer: 'JSON.parse alone',
				theirs: times.parse,
			},
		],
		series: [],
		notes: ['Processor time.'],
	};
};

/** A signed notification of a finished batch of 50 payouts. */
function deliveryOf(sign: (secret: string, parts: object) => string) {
	const suborders = Array.from({ length: 50 }, (_one, index) => ({
		merchant_withdraw_id: `w${index}`,
		amount: '0.1000',
		done_amount: '0.0501',
		status: 'DONE',
		chain: 'TRX',
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		tx_id: '0x57b0632baf605f7d0dd301a49d08a2505b56d178eb04eecbfa858f0a75b1aa36',
		currency: 'USDT',
		fee: '0.0499',
		memo: 'x'.repeat(120),
	}));
	const notification = Buffer.from(
		JSON.stringify({ main_order: { batch_id: 'b', status: 'SUCCESS' }, suborders }),
	);
	const now = 1782864000000;
	const parts = { timestamp: String(now), nonce: 'n1', body: notification };
	const headers = {
		'x-gatepay-timestamp': parts.timestamp,
		'x-gatepay-nonce': parts.nonce,
		'x-gatepay-signature': sign('secret', parts),
	};
	return { delivery: { headers, body: notification }, notification, now };
}
