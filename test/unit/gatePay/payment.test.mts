import { readFileSync } from 'node:fs';
import { toPayment } from '../../../nodes/GatePay/payment.ts';
import * as statuses from '../../../nodes/GatePay/statuses.ts';
import { notificationStatus } from '../../../nodes/GatePay/notification.ts';
import { readContract } from '../../contract/contract.mts';

const requisites = {
	bank_name: 'Gate Bank',
	iban: 'DE02',
	transferRemark: 'R-1',
	memo: '',
	is_default: true,
};

describe('one record from every shape of an order', () => {
	it('deposit, newest contract', () => {
		expect(
			toPayment('otcBuy', {
				orderId: '71347515709194240',
				otcOrderId: '9',
				currency: 'USDT',
				amount: '1088.42',
				fiatCurrency: 'USD',
				fiatAmount: '1000',
				cfRate: '0.918',
				paid: false,
				status: 'PENDING',
				card_info: requisites,
				createTime: 1768973860523,
				transferRemark: 'R-1',
			}),
		).toEqual({
			provider: 'gatePay',
			kind: 'otcBuy',
			id: '71347515709194240',
			status: 'action_required',
			final: false,
			providerStatus: 'PENDING',
			amount: '1088.42',
			currency: 'USDT',
			fiatAmount: '1000',
			fiatCurrency: 'USD',
			rate: '0.918',
			requisites: { bank_name: 'Gate Bank', iban: 'DE02', transferRemark: 'R-1', is_default: true },
			createdAt: '2026-01-21T05:37:40.523Z',
		});
	});

	it('deposit, older contract, filled up from the request', () => {
		const sent = {
			clientOrderId: 'c-1',
			cryptoAmount: '1088.42',
			cryptoCurrency: 'USDT',
			fiatAmount: '1000',
			fiatCurrency: 'USD',
		};
		const answer = {
			orderId: '7',
			status: 'PENDING',
			gate_bank_info: { bankName: 'Gate Bank', transfer_remark: 'R-2' },
		};
		expect(toPayment('otcBuy', answer, sent)).toMatchObject({
			reference: 'c-1',
			amount: '1088.42',
			currency: 'USDT',
			requisites: { bankName: 'Gate Bank', transferRemark: 'R-2' },
		});
	});

	it('a create answer without a state is created, an object without one is unknown', () => {
		expect(toPayment('payout', { batch_id: 'b' }, { batch_id: 'b', withdraw_list: [] })).toMatchObject({
			status: 'created',
			final: false,
		});
		expect(toPayment('payout', { batch_id: 'b' })).toMatchObject({ status: 'unknown', final: false });
	});

	it('a state that is not documented is unknown and never final', () => {
		for (const status of ['NEW', 'success', 'constructor', '__proto__', '']) {
			expect(toPayment('payout', { batch_id: 'b', status })).toMatchObject({
				status: 'unknown',
				final: false,
			});
		}
	});

	it('a batch of several lines has no amount of its own', () => {
		const record = toPayment('payout', {
			batch_id: 'b',
			status: 'PARTIAL',
			withdraw_list: [
				{ amount: '1', status: 'DONE' },
				{ amount: '2', status: 'FAIL' },
			],
		});
		expect(record).toMatchObject({ status: 'action_required', final: true });
		expect(record).not.toHaveProperty('amount');
		expect(record.lines).toHaveLength(2);
	});
});

/** The documented values of a member, as texts. */
function statesOf(schema: string, path: readonly string[]): string[] {
	const { follow } = readContract('gatepay');
	const found = path.reduce(
		(one, name) => {
			const { properties = {}, items } = follow(one);
			const member = properties[name] ?? (items && follow(items).properties?.[name]) ?? {};
			return follow(member).items ?? member;
		},
		follow({ $ref: `#/components/schemas/${schema}` }),
	);
	const states = (follow(found).enum ?? []).map(String);
	expect(states).not.toEqual([]);
	return states;
}

describe('the tables of statuses', () => {
	const tables = { ...statuses, ...notificationStatus };
	const mapping = readFileSync('nodes/GatePay/MAPPING.md', 'utf8');

	it('have a reason in MAPPING.md for every state', () => {
		for (const table of Object.values(tables)) {
			for (const state of Object.keys(table)) expect(mapping).toContain(`\`${state}\``);
		}
	});

	it.each([
		['payoutBatchStatus', 'QueryPayoutBatchData', ['status']],
		['payoutLineStatus', 'QueryPayoutBatchData', ['withdraw_list', 'status']],
		['paymentOrderStatus', 'ListPaymentOrdersForm', ['status']],
		['addressOrderStatus', 'ListPaymentOrdersForm', ['status']],
		['giftCardStatus', 'CreateGiftCardData', ['status']],
		['subscriptionStatus', 'SubOrder', ['orderStatus']],
		['subscriptionStatus', 'SubscriptionOrderNotification', ['bizStatus']],
	] as const)('%s holds every state of %s in the contract', (table, schema, path) => {
		expect(Object.keys(statuses[table])).toEqual(expect.arrayContaining(statesOf(schema, path)));
	});

	it.each([
		['paymentOrder', 'PaymentOrderNotification'],
		['staticAddressPayment', 'StaticAddressPaymentNotification'],
		['otc', 'OtcNotification'],
		['subscriptionOrder', 'SubscriptionOrderNotification'],
	])('the notifications of %s have every state of the contract', (event, schema) => {
		const known = Object.keys(notificationStatus[event] ?? {});
		expect(known).toEqual(expect.arrayContaining(statesOf(schema, ['bizStatus'])));
	});

	it('call only ended states final', () => {
		for (const table of Object.values(tables)) {
			for (const { status, final } of Object.values(table)) {
				if (['created', 'pending', 'processing', 'unknown'].includes(status)) expect(final).toBeUndefined();
			}
		}
	});
});
