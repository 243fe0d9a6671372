import { clock } from '../../../core/clock.ts';
import { providerEvent } from '../../../core/events/event.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { watches } from '../../../nodes/OkiPays/watches.ts';
import { stage } from '../pollingStage.mts';
import { credentials } from './notifications.mts';

const notFound = {
	status: 400,
	body: '{"status":false,"error":"Order not found","code":14,"token":"merchant-token"}',
};

/** A cabinet with orders that change between two polls. */
function cabinet(references: string, parameters = {}) {
	const orders = new Map<number, string>();
	const answered = (order_id: number, status: string) => ({
		id: `INV${order_id}`,
		order_id,
		status,
		price: '15.50',
		payment_currency_iso: 'USD',
	});
	const play = stage({
		provider: okiPays,
		watches,
		credentials,
		parameters: { watch: 'orders', references, ...parameters },
		answer: ({ body }) => {
			const { order_id } = JSON.parse(String(body));
			const status = orders.get(order_id);
			if (status === undefined) return notFound;
			return {
				body: JSON.stringify({ status: true, data: answered(order_id, status), token: 'merchant-token' }),
			};
		},
	});
	const seen = () => play.emitted.map(({ json }) => [json.reference, json.providerStatus]);
	const asked = () => play.requests.map(({ url, body }) => [url, String(body)]);
	return { orders, play, seen, asked, answered };
}

// The pauses of the lane take no time.
beforeEach(() => jest.spyOn(clock, 'sleep').mockResolvedValue());

it('asks about the orders one by one, emits each change once, and passes over what is not there', async () => {
	const { orders, play, seen, asked } = cabinet('7, 8,,9 ');
	orders.set(7, 'Created').set(8, 'Paid');
	await play.start();
	expect(asked()).toEqual(
		[7, 8, 9].map((id) => ['https://api.okipays.com/v1/order/get', `{"order_id":${id}}`]),
	);
	expect(seen()).toEqual([]);
	orders.set(7, 'Partially').set(8, 'Completed').set(9, 'Created');
	await play.tick();
	await play.tick();
	// Order 8 was paid before. Closing it is not a second payment.
	expect(seen()).toEqual([
		['7', 'Partially'],
		['9', 'Created'],
	]);
	expect(play.failures).toEqual([]);
});

it('emits the event that a confirmed notification is, without the token', async () => {
	const { orders, play, answered } = cabinet('7', { emitExisting: true });
	orders.set(7, 'Paid');
	await play.start();
	const object = answered(7, 'Paid');
	expect(play.emitted.map(({ json }) => json)).toEqual([
		providerEvent('order', okiPays.payment('order', object), object),
	]);
	expect(JSON.stringify(play.emitted)).not.toContain('merchant-token');
});

it('tells that an order is paid once, and passes over what the status filter leaves out', async () => {
	const { orders, play, seen } = cabinet('7', { statuses: ['succeeded'] });
	orders.set(7, 'Created');
	await play.start();
	for (const status of ['In Process', 'Paid', 'Overpayment', 'Completed']) {
		orders.set(7, status);
		await play.tick();
	}
	expect(seen()).toEqual([['7', 'Paid']]);
});

it.each(['A-1', '1.5', '-1', '123456789012345'])(
	'says that %s is no order ID, and asks for the others',
	async (reference) => {
		const { play, asked } = cabinet(`7, ${reference}`);
		await play.start();
		expect(play.failures).toEqual([
			`${reference} in Order IDs is not a whole number of at most 14 digits. It was not asked for.`,
		]);
		expect(asked().map(([, body]) => body)).toEqual(['{"order_id":7}']);
	},
);

it('shows a wrong credential, and goes on', async () => {
	const play = stage({
		provider: okiPays,
		watches,
		credentials,
		parameters: { watch: 'orders', references: '7' },
		answer: () => ({ status: 400, body: '{"status":false,"error":"Wrong sign","code":5}' }),
	});
	await play.start();
	await play.tick();
	expect(play.failures).toHaveLength(2);
	expect(play.failures[0]).toContain('Wrong sign');
	expect(play.emitted).toEqual([]);
});
