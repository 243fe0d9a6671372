import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { toPayment } from '../../../nodes/OkiPays/payment.ts';
import { orderStatus, orderStatusId } from '../../../nodes/OkiPays/statuses.ts';
import { coin } from '../../../nodes/OkiPays/shapes.ts';

const order = {
	id: '4JWOUAGY',
	order_id: 2,
	status: 'Created',
	status_id: 0,
	price: '15',
	payment_currency_iso: 'USD',
	include_commission: 1,
	description: 'description',
	link: 'https://api.okipays.comcheckout/4JWOUAGY',
	currencies: [{ iso: 'USDT', network: 1 }],
};

const state = (status?: unknown, status_id?: unknown) => {
	const { status: ours, final, providerStatus } = toPayment('order', { status, status_id } as never);
	return [ours, final, providerStatus];
};

describe('one record from every shape of an order', () => {
	it('the order itself, its link untouched', () => {
		expect(toPayment('order', order, { time_expired: 1676525820 })).toEqual({
			provider: 'okiPays',
			kind: 'order',
			id: '4JWOUAGY',
			reference: '2',
			status: 'created',
			final: false,
			providerStatus: 'Created',
			amount: '15',
			currency: 'USD',
			payUrl: 'https://api.okipays.comcheckout/4JWOUAGY',
			expiresAt: '2023-02-16T05:37:00.000Z',
		});
	});

	it('numbers for ids and prices', () => {
		expect(toPayment('order', { ...order, id: 7, order_id: '2', price: 15 })).toMatchObject({
			id: '7',
			reference: '2',
			amount: '15',
		});
	});

	it('a notification, with what the payer was told to send', () => {
		const record = toPayment('order', {
			id: '4JWOUAGY',
			order_id: 3053,
			currency: 'BTC',
			payment_currency: 'USD',
			status: 'Partially',
			status_id: 1,
			amount: '0.00003243',
			price: '34',
			rate: '1048229',
			total_sum_price: '12',
			address: 'XXXXXXX',
			network_type: 'Main',
			time_create: 1610716246,
			time_update: 1610716300,
			time_expired: 1637931315,
		});
		expect(record).toEqual({
			provider: 'okiPays',
			kind: 'order',
			id: '4JWOUAGY',
			reference: '3053',
			status: 'action_required',
			final: false,
			providerStatus: 'Partially',
			amount: '34',
			currency: 'USD',
			paidAmount: '12',
			rate: '1048229',
			address: 'XXXXXXX',
			requisites: { currency: 'BTC', amount: '0.00003243', network: 'Main', address: 'XXXXXXX' },
			createdAt: '2021-01-15T13:10:46.000Z',
			updatedAt: '2021-01-15T13:11:40.000Z',
			expiresAt: '2021-11-26T12:55:15.000Z',
		});
	});

	it('there is no other kind', () => expect(() => toPayment('payout', order)).toThrow(TypeError));
});

describe('a state is read from name and id', () => {
	it.each(Object.entries(orderStatusId))('%s %s', (id, name) => {
		const known = orderStatus[name];
		const expected = [known?.status, known?.final ?? false, name];
		expect(state(name, Number(id))).toEqual(expected);
		expect(state(name.toLowerCase(), id)).toEqual(expected);
		expect(state(name)).toEqual(expected);
		expect(state(undefined, Number(id))).toEqual(expected);
	});

	it('in the other spelling too', () => {
		expect(state('canceled', 3)).toEqual(['cancelled', true, 'Canceled']);
	});

	it.each<[unknown, unknown, string]>([
		['Partially', 0, 'Partially (0)'],
		['Completed', 3, 'Completed (3)'],
		['Paid', 99, 'Paid (99)'],
		['Frozen', 8, 'Frozen'],
		['Frozen', undefined, 'Frozen'],
		[undefined, 99, '99'],
		[undefined, undefined, ''],
		['constructor', undefined, 'constructor'],
		['', '', ''],
	])('%j and %j do not agree on one, so it is unknown', (status, id, told) => {
		expect(state(status, id)).toEqual(['unknown', false, told]);
	});
});

describe('the table of statuses', () => {
	const mapping = readFileSync('nodes/OkiPays/MAPPING.md', 'utf8');

	it('has every documented name and id', () => {
		const contract = parse(readFileSync('contracts/okipays.openapi.yaml', 'utf8'));
		const { StatusName, StatusId } = contract.components.schemas;
		const names: string[] = StatusName.enum;
		expect(Object.keys(orderStatus).sort()).toEqual([...names, 'Canceled'].sort());
		expect(Object.keys(orderStatusId).map(Number)).toEqual(StatusId.enum);
		for (const [id, name] of Object.entries(orderStatusId)) {
			expect(StatusId.description).toMatch(new RegExp(`\\b${id} ${name}\\b`));
		}
	});

	it('has a line with the same status in MAPPING.md for every state', () => {
		for (const [name, { status, final }] of Object.entries(orderStatus)) {
			const line = new RegExp(`\`${name}\`.*\\| ${status} +\\| ${final ? 'yes' : 'no'} `);
			expect(mapping.split('\n').filter((one) => line.test(one))).toHaveLength(1);
		}
	});

	it('calls only ended states final', () => {
		for (const { status, final } of Object.values(orderStatus)) {
			if (['created', 'pending', 'processing', 'action_required', 'unknown'].includes(status))
				expect(final).toBeUndefined();
		}
	});
});

describe('a coin with its networks', () => {
	it('from the shape of the sample', () => {
		expect(
			coin({ iso3: 'USDT', name: 'Tether', icon: 'i', data: [{ network: 0, network_name: 'Main' }] }),
		).toEqual({ iso: 'USDT', name: 'Tether', icon: 'i', networks: [{ id: 0, name: 'Main' }] });
	});

	it('from the shape of the table, which has no code of the coin', () => {
		expect(coin({ name: 'Tether', icon: 'i', networks: [{ network_id: 1, network_iso: 'ETH' }] })).toEqual({
			iso: 'Tether',
			name: 'Tether',
			icon: 'i',
			networks: [{ id: 1, name: 'ETH' }],
		});
	});

	it('from mixtures and from gaps', () => {
		expect(coin({ iso: 'BTC', networks: [{ network: 2, network_iso: 'TRX' }, null, 5] })).toEqual({
			iso: 'BTC',
			networks: [{ id: 2, name: 'TRX' }],
		});
		expect(coin({})).toEqual({ networks: [] });
		expect(coin('USDT')).toBe('USDT');
	});
});
