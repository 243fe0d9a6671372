import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import type { GatePayAction } from '../../../sandbox/gatePay/actions.mts';
import { sign } from '../../../sandbox/gatePay/signing.mts';
import { reachesEveryEnd, wakesAtEveryEnd, type Ends, type Reach } from '../ends.mts';
import { passingTime } from '../passingTime.mts';
import { receiptItem } from '../setting.mts';
import { authorizedSubscription, byId, one, order, paidOrder } from './merchant.mts';
import { openGatePay, payoutPerItem, type GatePaySetting } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
	passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const act = (id: string, ...actions: GatePayAction[]) => {
	for (const action of actions) setting.provider.act(action, id);
};

const quote = (type: 'BUY' | 'SELL') =>
	one(setting, 'otc', 'createQuote', {
		type,
		cryptoCurrency: 'USDT',
		fiatCurrency: 'USD',
		side: 'FIAT',
		fiatAmount: '1000',
	});

async function deposit(): Promise<string> {
	const { quoteToken, cryptoAmount } = await quote('BUY');
	const { id } = await one(setting, 'otc', 'createDeposit', {
		paymentReference: 'd-1',
		quoteToken: String(quoteToken),
		bankId: byId('ba_123456789'),
		currency: 'USDT',
		amount: String(cryptoAmount),
		fiatCurrency: 'USD',
		fiatAmount: '1000',
	});
	return String(id);
}

async function withdrawal(): Promise<string> {
	const { quoteToken, cryptoAmount } = await quote('SELL');
	const made = await one(setting, 'otc', 'createWithdrawal', {
		clientOrderId: 'sell-1',
		quoteToken: String(quoteToken),
		bankAccountId: byId('ba_123456789'),
		cryptoCurrency: 'USDT',
		cryptoAmount: String(cryptoAmount),
		fiatCurrency: 'USD',
		fiatAmount: '1000',
	});
	// What Create answers is no end.
	expect(made).toMatchObject({ status: 'processing', final: false, providerStatus: 'PROCESSING' });
	return String(made.id);
}

const otc =
	(make: () => Promise<string>, ...actions: GatePayAction[]): Reach =>
	async () => {
		const orderId = await make();
		act(orderId, ...actions);
		return { orderId };
	};

const confirmed = async (): Promise<string> => {
	const orderId = await deposit();
	const parameters = { resource: 'otc', operation: 'confirmDeposit', orderId, file: 'data', options: {} };
	const { error } = await setting.run(parameters, { items: [receiptItem()] });
	expect(error).toBeUndefined();
	return orderId;
};

/** A payout batch of two lines, each of which gets its own end. */
const payout =
	(first: GatePayAction, second = first): Reach =>
	async () => {
		const { withdraw_list, ...parameters } = payoutPerItem();
		const [line = {}] = (withdraw_list as { payout: IDataObject[] }).payout;
		const lines = ['p_1', 'p_2'].map((id) => ({ ...line, merchant_withdraw_id: id }));
		const { error } = await setting.run(
			{ ...parameters, withdraw_list: { payout: lines as INodeParameters[] } },
			{ items: [{ batch: 'p', amount: '10.5' }] },
		);
		expect(error).toBeUndefined();
		const ids = setting.provider.state.payoutBatches.flatMap((batch) =>
			batch.lines.map(({ suborder_id }) => suborder_id),
		);
		act(ids[0] ?? '', first);
		act(ids[1] ?? '', second);
		return { batch_id: 'p', detail_status: 'ALL' };
	};

const batchTransfer: Reach = async () => {
	await one(setting, 'payout', 'createBatchTransfer', {
		merchant_batch_no: 'b-1',
		currency: byId('USDT'),
		name: 'Rewards',
		batchorderList: { transfer: [{ user_id: '100001', amount: '1', rewardId: 'r-1' }] },
	});
	return { merchant_batch_no: 'b-1', detail_status: 'ALL' };
};

const orderOf =
	(kind: 'native' | 'address', ...actions: GatePayAction[]): Reach =>
	async () => {
		const [resource, operation] =
			kind === 'native' ? ['paymentOrder', 'createNative'] : ['addressPayment', 'create'];
		await one(setting, resource, operation, order(kind, 'A-1'));
		act('A-1', ...actions);
		return { merchantTradeNo: 'A-1', prepayId: '' };
	};

const closed =
	(kind: 'native' | 'address'): Reach =>
	async () => {
		const fields = await orderOf(kind)();
		await one(setting, 'paymentOrder', 'close', fields);
		return fields;
	};

const paymentOrderEnds = {
	PAID: orderOf('native', 'payOrder'),
	EXPIRED: orderOf('native', 'expireOrder'),
	CANCELLED: closed('native'),
	ERROR: orderOf('native', 'failOrder'),
};

const refund =
	(action: GatePayAction): Reach =>
	async () => {
		const prepayId = await paidOrder(setting, 'native');
		const refundRequestId = 'r-1';
		const fields = { refundRequestId, prepayId, refundAmount: '30', refundReason: 'Returned' };
		await one(setting, 'refund', 'create', fields);
		act(refundRequestId, action);
		return { refundRequestId };
	};

const giftCard =
	(status: 1 | 2 | 6, action: GatePayAction): Reach =>
	async () => {
		const fields = {
			paymentReference: 'g-1',
			title: 'Thanks',
			templateId: byId('1'),
			currency: byId('USDT'),
			amount: '25',
		};
		await one(setting, 'giftCard', 'create', fields);
		const [card] = setting.provider.state.giftCards;
		if (!card) throw new Error('The sandbox has no gift card');
		// The sandbox pays at once: a payment that is still open is set.
		card.status = status;
		act(card.cardNumber, action);
		return { card_number: card.cardNumber, key: '' };
	};

const debit: Reach = async () => {
	await authorizedSubscription(setting);
	await one(setting, 'subscription', 'debit', {
		merchantSubscriptionOrderNo: 's-1',
		subscriptionOrderNo: '',
		merchantDeductNo: 'd-1',
		amount: '9.90',
		currency: 'USDT',
	});
	return { merchantDeductNo: 'd-1', paymentOrderNo: '' };
};

const failedDebit: Reach = async () => {
	await authorizedSubscription(setting);
	const [subscription] = setting.provider.state.subscriptions;
	act(subscription?.subscriptionOrderNo ?? '', 'failDebit');
	return { merchantDeductNo: '', paymentOrderNo: setting.provider.state.debits[0]?.paymentOrderNo ?? '' };
};

const behalf = { onBehalfOf: '53695180' };
const institution =
	(operation: 'createTransfer' | 'createCharge'): Reach =>
	async () => {
		const move = { merchantBatchNo: 't-1', accountId: byId('53695181'), amount: '100', currency: 'USDT' };
		await one(setting, 'institution', operation, move, {}, behalf);
		return { merchantBatchNo: 't-1' };
	};

const ends: Ends = {
	'otc.waitUntilDepositIsFinal': {
		DONE: otc(confirmed, 'settleDeposit'),
		CANCEL: otc(deposit, 'cancelDeposit'),
		ERROR: otc(deposit, 'failDeposit'),
		'ERROR after PROCESSING': otc(confirmed, 'failDeposit'),
	},
	'otc.waitUntilWithdrawalIsFinal': {
		DONE: otc(withdrawal, 'dispatchWithdrawal', 'settleWithdrawal'),
		FAIL: otc(withdrawal, 'failWithdrawal'),
		'FAIL after DISPATCHED': otc(withdrawal, 'dispatchWithdrawal', 'failWithdrawal'),
		'FAIL after the crypto came back': otc(withdrawal, 'failWithdrawal', 'returnWithdrawal'),
	},
	'payout.waitUntilFinal': {
		SUCCESS: payout('completePayout'),
		PARTIAL: payout('completePayout', 'failPayout'),
		FAIL: payout('failPayout'),
	},
	'payout.waitUntilBatchTransferIsFinal': { SUCCESS: batchTransfer },
	'paymentOrder.waitUntilFinal': paymentOrderEnds,
	'paymentOrder.waitUntilFinalOlder': paymentOrderEnds,
	'addressPayment.waitUntilFinal': {
		PAID: orderOf('address', 'payOrder'),
		'PAID after a part': orderOf('address', 'payOrderInPart', 'payOrder'),
		CANCELLED: closed('address'),
		ERROR: orderOf('address', 'failOrder'),
	},
	'refund.waitUntilFinal': {
		REFUND_SUCCESS: refund('succeedRefund'),
		REFUND_REJECTED: refund('rejectRefund'),
	},
	'giftCard.waitUntilFinal': {
		'3': giftCard(2, 'redeemGiftCard'),
		'5': giftCard(1, 'failGiftCard'),
		'7': giftCard(6, 'rejectGiftCard'),
		'8': giftCard(6, 'failGiftCard'),
	},
	'subscription.waitUntilDebitIsFinal': { SUCCESS: debit, FAIL: failedDebit },
	'institution.waitUntilTransferIsFinal': { PAID: institution('createTransfer') },
	'institution.waitUntilChargeIsFinal': { PAID: institution('createCharge') },
};

reachesEveryEnd('gatePay', {
	setting: () => setting,
	resources: gatePay.resources,
	ends,
	credentials: (name) => (name.startsWith('institution.') ? setting.credentials(behalf) : undefined),
});

const network = [{ chain: 'BSC', currencies: 'USDT' }];

describe('asleep on a static address', () => {
	wakesAtEveryEnd({
		setting: () => setting,
		resources: gatePay.resources,
		announced: [['PAY_SUCCESS', 'succeeded', true]],
		sleepers: {
			'staticAddress.saveAndWait': {
				parameters: {
					resource: 'staticAddress',
					operation: 'saveAndWait',
					channelId: 'susie',
					chain: byId('TRX'),
					currencies: 'USDT',
				},
				item: {},
				ends: { PAY_SUCCESS: () => setting.provider.act('receiveOnAddress', 'susie TRX') },
			},
			'staticAddress.createEvmAndWait': {
				parameters: {
					resource: 'staticAddress',
					operation: 'createEvmAndWait',
					channelId: 'eve',
					chianCurrencyInfos: { network },
				},
				item: {},
				ends: { PAY_SUCCESS: () => setting.provider.act('receiveOnAddress', 'eve BSC') },
			},
		},
		delivery: () => {
			const body = setting.provider.deliveries.at(-1)?.body ?? '';
			const parts = { timestamp: String(clock.now()), nonce: 'n-1', body };
			return {
				rawBody: Buffer.from(body),
				headers: {
					'content-type': 'application/json',
					'x-gatepay-timestamp': parts.timestamp,
					'x-gatepay-nonce': parts.nonce,
					'x-gatepay-signature': sign(setting.provider.account.paymentSecret, parts),
				},
			};
		},
	});
});
