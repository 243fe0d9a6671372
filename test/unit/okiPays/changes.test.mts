import { createHash } from 'node:crypto';
import { eventsOf } from '../../../core/events/event.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { authenticity } from '../../../nodes/OkiPays/signing.ts';
import { receive } from '../../../nodes/OkiPays/webhook.ts';
import {
	credentials,
	delivery,
	documented,
	secret,
	signatureOf,
	signedDelivery,
	token,
} from './notifications.mts';

const idOf = (status: string, more = {}) =>
	eventsOf(okiPays, 'order', 'order', { ...documented, status, status_id: null, ...more })[0]?.eventId;
/** As Order: Get tells it: without times. */
const read = (status: string) => idOf(status, { time_update: null, total_sum_price: null });

it('each state that is not paid is an event of its own', () => {
	const states = [
		'Created',
		'In Process',
		'Partially',
		'Cancelled',
		'Pay Failed',
		'Error',
		'Expired',
		'Deleted',
		'On Hold',
	];
	for (const idIn of [idOf, read])
		expect(new Set(states.map((state) => idIn(state))).size).toBe(states.length);
});

it('that an order is paid is one event, whichever state says it, and whenever', () => {
	const paid = ['Paid', 'Overpayment', 'Completed'];
	expect(new Set(paid.map(read)).size).toBe(1);
	expect(new Set(paid.map((state, place) => idOf(state, { time_update: 1610716300 + place }))).size).toBe(1);
});

it('a state that comes again is another event where its time is told, and the same where it is not', () => {
	expect(idOf('Expired', { time_update: 1610716400 })).not.toBe(idOf('Expired'));
	expect(read('Expired')).toBe(read('Expired'));
});

it('a part that is paid later is another event where the sum is told', () => {
	expect(idOf('Partially', { total_sum_price: '20' })).not.toBe(idOf('Partially'));
});

describe('a truth value in a signed notification', () => {
	const account = { token, secret };
	const body = { ...documented, include_commission: true, is_test: false };
	const signedAs = (truth: (value: boolean) => string) => {
		const values = Object.entries(body)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([, value]) => (typeof value === 'boolean' ? truth(value) : String(value)));
		return createHash('sha256')
			.update(values.join('') + secret)
			.digest('hex');
	};
	const seen = (sign: string) => authenticity(account, { sign }, JSON.stringify(body));

	it('is read as PHP joins it, and as a word', () => {
		expect(seen(signedAs((value) => (value ? '1' : '')))).toBe('authentic');
		expect(seen(signedAs(String))).toBe('authentic');
	});

	it('in no other way', () => {
		expect(seen(signedAs((value) => (value ? '1' : '0')))).toBe('forged');
		expect(seen(signedAs((value) => String(value).toUpperCase()))).toBe('forged');
		expect(seen(signedAs(() => ''))).toBe('forged');
	});
});

it('a byte order mark changes nothing', () => {
	const text = JSON.stringify(documented);
	const marked = delivery(`\ufeff${text}`, { sign: signatureOf(documented) });
	expect(receive(marked, credentials)).toEqual(receive(signedDelivery(documented), credentials));
});
