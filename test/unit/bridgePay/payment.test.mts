import { readFileSync } from 'node:fs';
import { isObject } from '../../../core/exact/json.ts';
import * as statuses from '../../../nodes/BridgePay/statuses.ts';
import { toPayment } from '../../../nodes/BridgePay/payment.ts';
import { readContract } from '../../contract/contract.mts';

const money = (amount: string, currency: string, subunit: number) => ({ amount, currency, subunit });

/** The documented example of a direct pay-in, shortened. */
const deal = {
	id: 'd-1',
	type: 'in',
	status: 'transfer_waiting',
	paymentMethodName: 'Сбербанк',
	paymentMethod: 'sberbank',
	paymentOption: 'SBP',
	requisites: { requisites: '+7(996)777-99-77', holder: 'holder name' },
	canceledAt: '2024-11-04T14:25:48+00:00',
	disputeReasonData: [],
	payment: null,
	rate: '99.23',
	isActive: true,
	qrCodeLink: 'https://www.sberbank.com/sms/pbpn',
};
const invoice = {
	id: 'i-1',
	internalId: '00001',
	type: 'in',
	status: 'new',
	paymentRequisites: null,
	sum: money('1000.00', 'RUB', 2),
	receivedSumFromTaker: null,
	serviceFeeSum: null,
	createdAt: '2024-11-04T13:55:45+00:00',
	expireAt: '2024-11-04T14:55:45+00:00',
	updatedAt: '2024-11-04T16:58:34+03:00',
	invoiceUrl: 'https://pay.example.com/invoice?id=i-1',
	deals: [deal],
};

describe('one record from every shape of an invoice', () => {
	it('a pay-in with its requisites and the earlier of the two deadlines', () => {
		expect(toPayment('invoice', invoice)).toEqual({
			provider: 'bridgePay',
			kind: 'payIn',
			id: 'i-1',
			reference: '00001',
			status: 'pending',
			final: false,
			providerStatus: 'new',
			amount: '1000.00',
			currency: 'RUB',
			fiatAmount: '1000.00',
			fiatCurrency: 'RUB',
			rate: '99.23',
			payUrl: 'https://pay.example.com/invoice?id=i-1',
			requisites: {
				dealId: 'd-1',
				dealStatus: 'transfer_waiting',
				paymentOption: 'SBP',
				paymentMethod: 'sberbank',
				paymentMethodName: 'Сбербанк',
				requisites: '+7(996)777-99-77',
				holder: 'holder name',
				qrCodeLink: 'https://www.sberbank.com/sms/pbpn',
			},
			createdAt: '2024-11-04T13:55:45.000Z',
			updatedAt: '2024-11-04T13:58:34.000Z',
			expiresAt: '2024-11-04T14:25:48.000Z',
		});
	});

	it('the invoice of a notification, which has `deal`', () => {
		const rest = { ...invoice, deals: undefined as never };
		const notified = {
			...rest,
			status: 'paid',
			receivedSumFromTaker: money('999.50', 'RUB', 2),
			serviceFeeSum: money('2.97544836', 'USDT', 8),
			rate: '104.27',
			deal: { ...deal, rate: undefined as never, status: 'completed' },
		};
		expect(toPayment('invoice', notified)).toMatchObject({
			status: 'succeeded',
			final: true,
			amount: '1000.00',
			paidAmount: '999.50',
			fiatAmount: '999.50',
			rate: '104.27',
			fee: '2.97544836',
			feeCurrency: 'USDT',
			requisites: { requisites: '+7(996)777-99-77' },
		});
		expect(toPayment('invoice', { ...rest, deal: null })).not.toHaveProperty('requisites');
	});

	it('the smaller answer to Cancel, which has `expiredAt`', () => {
		const cancelled = {
			id: 'i-1',
			internalId: '00001',
			type: 'in',
			expiredAt: '2025-07-04T16:28:26+00:00',
			sum: money('1200.00', 'RUB', 2),
			status: 'canceled',
			deals: [],
		};
		expect(toPayment('invoice', cancelled)).toMatchObject({
			status: 'cancelled',
			final: true,
			expiresAt: '2025-07-04T16:28:26.000Z',
		});
	});

	it('an amount that was shifted to be unique is the one to send, and is not yet paid', () => {
		const record = toPayment('invoice', { ...invoice, receivedSumFromTaker: money('1003.00', 'RUB', 2) });
		expect(record).toMatchObject({ amount: '1000.00', fiatAmount: '1003.00' });
		expect(record).not.toHaveProperty('paidAmount');
	});

	it.each([
		['+7(999)999-99-99', 'Иван Петров', true],
		['89999999999', undefined, true],
		['0000 0000 0000 0000', undefined, true],
		['2234 7017 2272 7358', ' test NAME ', true],
		['2234 7017 2272 7358', 'holder name', undefined],
		['+7(999)999-99-98', 'Testova Name', undefined],
	])('requisites of a test trader are marked: %s, %s', (requisites, holder, looksLikeTest) => {
		const deal = { id: 'd', status: 'transfer_waiting', requisites: { requisites, holder: holder ?? null } };
		const shown = toPayment('invoice', { id: 'i', type: 'in', status: 'new', deals: [deal] }).requisites;
		expect(shown).toMatchObject({ requisites });
		expect(isObject(shown) ? shown.looksLikeTest : undefined).toBe(looksLikeTest);
	});

	it('requisites of a deal that is over are not shown: nobody may pay to them', () => {
		for (const status of ['canceled', 'expired']) {
			const { requisites } = toPayment('invoice', {
				...invoice,
				deals: [{ ...deal, status, isActive: false }],
			});
			expect(requisites).toEqual({
				dealId: 'd-1',
				dealStatus: status,
				paymentOption: 'SBP',
				paymentMethod: 'sberbank',
				paymentMethodName: 'Сбербанк',
			});
		}
	});

	it('`canceledAt` in the past is a deadline and never a cancellation', () => {
		const past = { ...deal, canceledAt: '2020-01-01T00:00:00+00:00' };
		expect(toPayment('invoice', { ...invoice, deals: [past] })).toMatchObject({
			status: 'pending',
			final: false,
		});
	});

	it('an unreadable time is left out', () => {
		for (const createdAt of ['2024-11-04T13:55:45', 'yesterday', 1700000000, null, '2024-13-45T99:99:99Z']) {
			expect(toPayment('invoice', { ...invoice, createdAt })).not.toHaveProperty('createdAt');
		}
	});
});

describe('states', () => {
	const statusOf = (status: string, dealState: object = {}) => {
		const { status: own, final } = toPayment('invoice', {
			...invoice,
			status,
			deals: [{ ...deal, ...dealState }] as never,
		});
		return [own, final];
	};

	it.each([
		['new', 'created'],
		['transfer_waiting', 'pending'],
		['transfer_confirmed', 'processing'],
		['completed', 'processing'],
		['canceled', 'action_required'],
		['expired', 'action_required'],
		['dispute', 'action_required'],
		['whatever', 'created'],
		['__proto__', 'created'],
	])('a new invoice with a deal in `%s` is %s and not final', (status, expected) => {
		expect(statusOf('new', { status })).toEqual([expected, false]);
	});

	it.each([
		['paid', 'succeeded', true],
		['canceled', 'cancelled', true],
		['expired', 'expired', true],
		['dispute', 'action_required', false],
		['cancelled', 'unknown', false],
		['PAID', 'unknown', false],
		['constructor', 'unknown', false],
		['__proto__', 'unknown', false],
		['', 'unknown', false],
	])('an invoice in `%s` is %s, whatever its deal says', (status, expected, final) => {
		expect(statusOf(status)).toEqual([expected, final]);
		expect(statusOf(status, { status: 'completed' })).toEqual([expected, final]);
	});

	it('a dispute is refined by what it waits for', () => {
		expect(statusOf('dispute', { disputeResult: 'WAITING_CONFIRM_DOCS_FROM_TRADER' })).toEqual([
			'processing',
			false,
		]);
		expect(statusOf('paid', { disputeResult: 'WAITING_CONFIRM_DOCS_FROM_TRADER' })).toEqual([
			'succeeded',
			true,
		]);
	});

	it('a withdrawal is done with its transaction hash, and its number says nothing', () => {
		const withdrawal = {
			id: 'w-1',
			sum: money('10.00000000', 'USDT', 8),
			fee: money('5', 'USDT', 8),
			status: 2,
		};
		expect(toPayment('withdrawal', { ...withdrawal, address: 'T1', txId: null })).toEqual({
			provider: 'bridgePay',
			kind: 'withdrawal',
			id: 'w-1',
			status: 'pending',
			final: false,
			providerStatus: '2',
			amount: '10.00000000',
			currency: 'USDT',
			fee: '5',
			feeCurrency: 'USDT',
			address: 'T1',
		});
		expect(toPayment('withdrawal', { ...withdrawal, txId: 'abc' })).toMatchObject({
			status: 'succeeded',
			final: true,
			txHash: 'abc',
		});
	});
});

describe('the tables of statuses', () => {
	const mapping = readFileSync('nodes/BridgePay/MAPPING.md', 'utf8');
	const rows = Object.values(statuses).flatMap((table) => Object.entries(table));

	it('have a reason in MAPPING.md for every state, with our word for it in the same line', () => {
		for (const [state, { status }] of rows) {
			const lines = mapping.split('\n').filter((line) => line.includes(`\`${state}\``));
			expect([state, lines.some((line) => line.includes(`| ${status} `))]).toEqual([state, true]);
		}
	});

	it('call only ended states final', () => {
		for (const [, { status, final }] of rows) {
			if (['created', 'pending', 'processing', 'unknown'].includes(status)) expect(final).toBeUndefined();
		}
	});

	it('hold every state of the contract and no other', () => {
		const { follow } = readContract('bridgepay');
		const states = (name: string) => follow({ $ref: `#/components/schemas/${name}` }).enum;
		expect(Object.keys(statuses.invoiceStatus).sort()).toEqual([...(states('InvoiceStatus') ?? [])].sort());
		expect(Object.keys(statuses.dealStatus).sort()).toEqual([...(states('DealStatus') ?? [])].sort());
		expect(Object.keys(statuses.disputeResult).sort()).toEqual([...(states('DisputeResult') ?? [])].sort());
	});
});
