import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { order } from '../../../engine/gatePay/merchant.mts';
import { byId, each, OTHER, plain, TAG, type Case, type Kit } from './case.mts';

const gatePay = (operation: string, more: Omit<Case, 'provider' | 'operation'>): Case => ({
	provider: 'gatePay',
	operation,
	...more,
});

const row = (name: string, fields: INodeParameters, options: INodeParameters = {}): INodeParameters => {
	const [resource = '', operation = ''] = name.split('.');
	return { resource, operation, ...fields, options };
};

const BANK = 'ba_123456789';

function quote(kit: Kit, type: 'BUY' | 'SELL'): Promise<IDataObject> {
	const pair = { cryptoCurrency: 'USDT', fiatCurrency: 'USD', side: 'FIAT', fiatAmount: '1000' };
	return kit.one(row('otc.createQuote', { type, ...pair }));
}

const deposit = (quoteToken: string, cryptoAmount: string): INodeParameters => ({
	quoteToken,
	bankId: byId(BANK),
	currency: 'USDT',
	amount: cryptoAmount,
	fiatCurrency: 'USD',
	fiatAmount: '1000',
});

const older = {
	clientOrderId: TAG,
	quoteToken: '={{ $json.quoteToken }}',
	bankAccountId: byId(BANK),
	cryptoCurrency: 'USDT',
	cryptoAmount: '={{ $json.cryptoAmount }}',
	fiatCurrency: 'USD',
	fiatAmount: '1000',
};

const quoted =
	(type: 'BUY' | 'SELL'): Case['items'] =>
	async (tags, kit) =>
		each(tags, async (tag) => {
			const { quoteToken, cryptoAmount } = await quote(kit, type);
			return { tag, quoteToken, cryptoAmount };
		});

/** Deposits that wait for their confirmation. Their number is the tag. */
const deposits: Case['items'] = (tags, kit) =>
	each(tags, async () => {
		const { quoteToken, cryptoAmount } = await quote(kit, 'BUY');
		const own = {
			...deposit(String(quoteToken), String(cryptoAmount)),
			paymentReference: String(quoteToken),
		};
		const { id } = await kit.one(row('otc.createDeposit', own));
		return { tag: String(id) };
	});

const bankAccounts =
	(status: 2 | 3): Case['items'] =>
	(tags, { sandbox }) => {
		const { bankAccounts: known } = sandbox.gatePay.state;
		const [first] = known;
		if (!first) throw new Error('The sandbox has no bank account');
		for (const bankAccountId of tags) known.push({ ...first, bankAccountId, status });
		return plain(tags);
	};

const payment = (operation: string, kind: Parameters<typeof order>[0]): Case =>
	gatePay(operation, { fields: order(kind, TAG), items: plain, isUnique: true });

/** A refund of a paid order of 100. */
function refund(
	operation: string,
	kind: 'checkout' | 'native' | 'address' | 'convert',
	fields: INodeParameters,
) {
	const create = {
		checkout: 'paymentOrder.createCheckout',
		native: 'paymentOrder.createNative',
		address: 'addressPayment.create',
		convert: 'addressPayment.create',
	}[kind];
	return gatePay(operation, {
		fields: { refundRequestId: TAG, prepayId: '={{ $json.prepayId }}', ...fields },
		isBooked: true,
		isUnique: true,
		async items(tags, kit) {
			const { id } = await kit.one(row(create, order(kind, 'paid-1')));
			kit.sandbox.gatePay.act('payOrder', 'paid-1');
			return tags.map((tag) => ({ tag, prepayId: String(id) }));
		},
	});
}

const inUsdc = { refundIn: 'pay', refundPayCurrency: 'USDC', refundPayAmount: '10.5' };

async function plan({ one, sandbox }: Kit): Promise<void> {
	await one(row('subscription.createProduct', product('m-1')));
	const priceNo = priceOf(sandbox);
	await one(row('subscription.createPlan', planFields('plan-1', priceNo), { authorizedAmount: '1000' }));
}

const product = (merchantProductNo: string): INodeParameters => ({
	merchantProductNo,
	productName: 'Membership',
	priceList: {
		price: [
			{
				priceName: 'Monthly',
				priceType: 'ACCOUNT_AUTH',
				amountType: 'crypto',
				cryptoCurrency: 'USDT',
				cryptoAmount: '9.90',
				period: 'MONTH',
				interval: 1,
			},
		],
	},
});

const planFields = (merchantPlanNo: string, priceNo: string): INodeParameters => ({
	merchantPlanNo,
	planName: 'Monthly',
	planDesc: 'Monthly plan',
	priceNo: byId(priceNo),
});

function priceOf({ gatePay: { state } }: Kit['sandbox']): string {
	const [price] = state.products.flatMap(({ prices }) => prices);
	if (!price) throw new Error('The product has no price');
	return price.priceNo;
}

const subscription = (merchantSubscriptionOrderNo: string): INodeParameters => ({
	merchantSubscriptionOrderNo,
	merchantPlanNo: 'plan-1',
	planNo: byId(''),
});

const move = { merchantBatchNo: TAG, accountId: byId('53695181'), amount: '10.5', currency: 'USDT' };
const behalf = { onBehalfOf: '53695180' };
const rule = { sub_merchant_id: byId(TAG), r_markup: '0.50', effective_date: '2030-12-01 00:00:00' };

const subAccounts: Case['items'] = (tags, { sandbox }) => {
	const known = sandbox.gatePay.state.subAccounts;
	const [first] = known;
	if (!first) throw new Error('The sandbox has no sub-account');
	for (const accountId of tags) known.push({ ...first, accountId, requestId: `request-${accountId}` });
	return plain(tags);
};

/** Makes a second address, which can receive money too. */
const besideAnother: Case['items'] = async (tags, { one }) => {
	await one(row('staticAddress.save', { channelId: OTHER, chain: byId('ETH'), currencies: 'USDT' }));
	return plain(tags);
};

export const gatePayCases: Case[] = [
	gatePay('otc.createBankAccount', {
		fields: {
			bankAccountName: TAG,
			bankName: 'Bank',
			countryId: byId('276'),
			address: 'Street 1',
			iban: 'DE02120300000000202051',
			swift: 'BYLADEM1001',
			file: 'data',
		},
		receipt: true,
		items: plain,
	}),
	gatePay('otc.deleteBankAccount', { fields: { bankAccountId: byId(TAG) }, items: bankAccounts(2) }),
	gatePay('otc.supplementBankMaterial', {
		fields: {
			bankAccountId: byId(TAG),
			certificate: 'data',
			passport: 'data',
			shareHolders: 'data',
			shareHoldingStructure: 'data',
		},
		receipt: true,
		items: bankAccounts(3),
	}),
	gatePay('otc.createDeposit', {
		fields: deposit(TAG, '={{ $json.cryptoAmount }}'),
		items: async (tags, kit) =>
			(await quoted('BUY')(tags, kit)).map(({ quoteToken, cryptoAmount }) => ({
				tag: quoteToken,
				cryptoAmount,
			})),
	}),
	gatePay('otc.createDepositOlder', {
		fields: older,
		credential: { merchantId: '' },
		items: quoted('BUY'),
		isBooked: true,
	}),
	gatePay('otc.confirmDeposit', { fields: { orderId: TAG, file: 'data' }, receipt: true, items: deposits }),
	gatePay('otc.cancelDeposit', { fields: { orderId: TAG }, items: deposits }),
	gatePay('otc.createWithdrawal', { fields: older, items: quoted('SELL'), isBooked: true }),
	gatePay('payout.create', {
		fields: {
			batch_id: TAG,
			withdraw_list: {
				payout: [
					{
						merchant_withdraw_id: '={{ $json.tag }}_1',
						currency: byId('USDT'),
						chain: byId('TRX'),
						address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
						amount: '10.50',
					},
				],
			},
		},
		items: plain,
		isBooked: true,
		isUnique: true,
	}),
	gatePay('payout.createBatchTransfer', {
		fields: {
			merchant_batch_no: TAG,
			currency: 'USDT',
			batchorderList: { transfer: [{ user_id: '100001', amount: '12.5' }] },
		},
		items: plain,
		isBooked: true,
		isUnique: true,
	}),
	gatePay('payout.createMany', {
		fields: {
			batch_id: 'payroll',
			address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			amount: '10.50',
			chain: byId('TRX'),
			currency: byId('USDT'),
			merchant_withdraw_id: TAG,
		},
		options: { recipientsPerBatch: 2 },
		items: plain,
		isPacked: true,
		isUnique: true,
	}),
	gatePay('payout.createManyTransfers', {
		fields: {
			merchant_batch_no: 'bonus',
			currency: byId('USDT'),
			amount: '12.5',
			user_id: '100001',
			rewardId: TAG,
		},
		options: { recipientsPerBatch: 2 },
		items: plain,
		isPacked: true,
		isUnique: true,
	}),
	payment('paymentOrder.createCheckout', 'checkout'),
	payment('paymentOrder.createPrepay', 'native'),
	payment('paymentOrder.createNative', 'native'),
	gatePay('paymentOrder.close', {
		fields: { merchantTradeNo: TAG, prepayId: '' },
		items: (tags, kit) =>
			each(tags, async (tag) => {
				await kit.one(row('paymentOrder.createNative', order('native', tag)));
				return { tag };
			}),
	}),
	refund('refund.create', 'checkout', { refundAmount: '10.50', refundReason: 'Returned' }),
	refund('refund.createOlder', 'native', { refundAmount: '10.50' }),
	refund('refund.createCheckoutOlder', 'checkout', { ...inUsdc, refundPayCurrency: 'USDT' }),
	payment('addressPayment.create', 'address'),
	refund('addressPayment.refund', 'address', { refundAmount: '10.50' }),
	refund('addressPayment.refundConvert', 'convert', inUsdc),
	gatePay('staticAddress.save', {
		fields: { channelId: TAG, chain: byId('ETH'), currencies: 'USDT' },
		items: plain,
	}),
	gatePay('staticAddress.createEvm', {
		fields: { channelId: TAG, chianCurrencyInfos: { network: [{ chain: byId('BSC'), currencies: 'USDT' }] } },
		items: plain,
	}),
	gatePay('staticAddress.saveAndWait', {
		fields: { channelId: TAG, chain: byId('ETH'), currencies: 'USDT' },
		items: besideAnother,
	}),
	gatePay('staticAddress.createEvmAndWait', {
		fields: { channelId: TAG, chianCurrencyInfos: { network: [{ chain: byId('BSC'), currencies: 'USDT' }] } },
		items: besideAnother,
	}),
	gatePay('staticAddress.delete', {
		fields: { channelId: TAG, chain: byId('ETH') },
		items: (tags, kit) =>
			each(tags, async (tag) => {
				const address = { channelId: tag, chain: byId('ETH'), currencies: 'USDT' };
				await kit.one(row('staticAddress.save', address));
				return { tag };
			}),
	}),
	gatePay('convert.create', {
		fields: {
			clientReqId: TAG,
			quoteId: '={{ $json.quoteId }}',
			sellCurrency: byId('USDT'),
			sellAmount: '={{ $json.sellAmount }}',
			buyCurrency: byId('BTC'),
			buyAmount: '={{ $json.buyAmount }}',
		},
		items: (tags, kit) =>
			each(tags, async (tag) => {
				const pair = { sellCurrency: byId('USDT'), buyCurrency: byId('BTC') };
				const wanted = { ...pair, amountGivenIn: 'sell', sellAmount: '600' };
				return { ...(await kit.one(row('convert.getQuote', wanted))), tag };
			}),
		isBooked: true,
	}),
	gatePay('giftCard.create', {
		fields: { title: TAG, templateId: byId('1'), currency: byId('USDT'), amount: '25' },
		items: plain,
	}),
	gatePay('customer.create', { fields: { channelId: TAG }, items: plain, isUnique: true }),
	gatePay('customer.update', {
		fields: { channelId: byId(TAG) },
		items: (tags, kit) =>
			each(tags, async (tag) => {
				await kit.one(row('customer.create', { channelId: tag }));
				return { tag };
			}),
	}),
	gatePay('customer.delete', {
		fields: { channelId: byId(TAG) },
		items: (tags, kit) =>
			each(tags, async (tag) => {
				await kit.one(row('customer.create', { channelId: tag }));
				return { tag };
			}),
	}),
	gatePay('subscription.create', {
		fields: subscription(TAG),
		isUnique: true,
		async items(tags, kit) {
			await plan(kit);
			return plain(tags);
		},
	}),
	gatePay('subscription.complete', {
		fields: { merchantSubscriptionOrderNo: TAG, subscriptionOrderNo: '', operationType: 'CANCEL' },
		async items(tags, kit) {
			await plan(kit);
			return each(tags, async (tag) => {
				await kit.one(row('subscription.create', subscription(tag)));
				return { tag };
			});
		},
	}),
	gatePay('subscription.debit', {
		fields: {
			merchantDeductNo: TAG,
			merchantSubscriptionOrderNo: 's-1',
			subscriptionOrderNo: '',
			amount: '9.90',
			currency: 'USDT',
		},
		isBooked: true,
		isUnique: true,
		async items(tags, kit) {
			await plan(kit);
			const { id } = await kit.one(row('subscription.create', subscription('s-1')));
			kit.sandbox.gatePay.act('authorizeSubscription', String(id));
			return plain(tags);
		},
	}),
	gatePay('subscription.createPlan', {
		fields: { ...planFields(TAG, ''), priceNo: byId('={{ $json.priceNo }}') },
		isUnique: true,
		async items(tags, kit) {
			await kit.one(row('subscription.createProduct', product('m-1')));
			return tags.map((tag) => ({ tag, priceNo: priceOf(kit.sandbox) }));
		},
	}),
	gatePay('subscription.createProduct', { fields: product(TAG), items: plain, isUnique: true }),
	gatePay('institution.createSubAccount', {
		fields: {
			request_id: TAG,
			customer_id: 'c-1',
			display_name: 'ABC',
			account_holder: '{ "entity_country": "GB", "entity_type": "BUSINESS" }',
		},
		items: plain,
	}),
	gatePay('institution.createTransfer', { fields: move, credential: behalf, items: plain, isBooked: true }),
	gatePay('institution.createCharge', { fields: move, credential: behalf, items: plain, isBooked: true }),
	gatePay('institution.createFeeRule', { fields: rule, items: subAccounts }),
	gatePay('institution.upgradeFeeRule', {
		fields: rule,
		items: async (tags, kit) => {
			const items = await subAccounts(tags, kit);
			for (const tag of tags) {
				const own = { ...rule, sub_merchant_id: byId(tag), r_markup: '0.40' };
				await kit.one(row('institution.createFeeRule', own));
			}
			return items;
		},
	}),
	gatePay('customRequest.send', {
		path: '/v1/pay/batch/transfer',
		fields: {
			method: 'POST',
			path: '/v1/pay/batch/transfer',
			query: {},
			bodyFormat: 'json',
			body: '={{ JSON.stringify({ merchant_batch_no: $json.tag, currency: "USDT", batchorderList: [{ amount: "12.5", user_id: 100001 }] }) }}',
		},
		items: plain,
		isBooked: true,
	}),
];
