import * as fc from 'fast-check';
import type { JsonObject } from '../../../core/exact/json.ts';
import { orderStatusId } from '../../../nodes/OkiPays/statuses.ts';
import { okiPaysWebhook, receive } from '../../../nodes/OkiPays/webhook.ts';
import { describeForgeries, seed } from '../forgeries.mts';
import { credentials, delivery, documented, signatureOf, signedDelivery } from './notifications.mts';

/** The page's sample in every state. */
const bodies: JsonObject[] = Object.entries(orderStatusId).map(([id, status]) => ({
	...documented,
	status,
	status_id: Number(id),
}));

// The signature covers only values: no white space, no names and no order of keys. So the tests below spoil values.
describe.each(['sign', 'x-auth-sign'])('signed by the header %s', (name) => {
	describeForgeries('OkiPays', {
		trigger: okiPaysWebhook,
		credentials,
		now: 0,
		deliveries: bodies.map((body) => signedDelivery(body, name)),
		proof: [name],
		coversBody: false,
	});
});

it(`OkiPays: 10,000 changed values, seed ${seed}: none is accepted`, () => {
	const change = fc.record({
		body: fc.constantFrom(...bodies),
		name: fc.constantFrom(...Object.keys(documented)),
		value: fc.oneof(
			fc.string(),
			fc.string({ unit: 'grapheme' }),
			fc.nat(),
			fc.constantFrom('', '0', 8, 'Paid'),
		),
	});
	fc.assert(
		fc.property(
			change.filter(({ body, name, value }) => String(body[name]) !== String(value)),
			({ body, name, value }) => {
				const spoilt = delivery({ ...body, [name]: value }, { sign: signatureOf(body) });
				expect(receive(spoilt, credentials).state).toBe('forged');
			},
		),
		{ numRuns: 10_000, seed },
	);
});
