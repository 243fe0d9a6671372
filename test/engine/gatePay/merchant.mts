import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { GatePaySetting } from './setting.mts';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Runs one operation for one item. Throws the error that a person would read. */
export async function one(
	setting: GatePaySetting,
	resource: string,
	operation: string,
	fields: INodeParameters = {},
	options: INodeParameters = {},
	credential: ICredentialDataDecryptedObject = {},
): Promise<IDataObject> {
	const items = await many(setting, resource, operation, fields, options, credential);
	return items[0] ?? {};
}

export async function many(
	setting: GatePaySetting,
	resource: string,
	operation: string,
	fields: INodeParameters = {},
	options: INodeParameters = {},
	credential: ICredentialDataDecryptedObject = {},
): Promise<IDataObject[]> {
	const parameters = { resource, operation, ...fields, options };
	const { items, error } = await setting.run(parameters, {
		items: [{}],
		credentials: setting.credentials(credential),
	});
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return items.map(({ json }) => json);
}

const network = {
	chain: byId('BSC'),
	fullCurrType: byId('USDT_BSC'),
	merchantUserId: '7',
};

/** The fields of an order of 100 USDT, by its kind. */
export function order(
	kind: 'checkout' | 'native' | 'address' | 'convert',
	merchantTradeNo: string,
): INodeParameters {
	return {
		merchantTradeNo,
		amountGivenIn: 'crypto',
		currency: byId('USDT'),
		orderAmount: '100',
		goodsName: 'Coffee – 1 kg',
		terminalType: 'WEB',
		...(kind === 'native' ? {} : network),
		...(kind === 'convert' ? { chain: byId('MATIC'), fullCurrType: byId('USDC_MATIC') } : {}),
	};
}

const CREATE = {
	checkout: ['paymentOrder', 'createCheckout'],
	native: ['paymentOrder', 'createNative'],
	address: ['addressPayment', 'create'],
	convert: ['addressPayment', 'create'],
} as const;

/** Makes an order that its payer has paid. Resolves to its prepay ID. */
export async function paidOrder(
	setting: GatePaySetting,
	kind: keyof typeof CREATE,
	merchantTradeNo = 'paid-1',
): Promise<string> {
	const [resource, operation] = CREATE[kind];
	const { id } = await one(setting, resource, operation, order(kind, merchantTradeNo));
	setting.provider.act('payOrder', merchantTradeNo);
	return String(id);
}

/** Makes an authorized subscription for debits on demand. */
export async function authorizedSubscription(setting: GatePaySetting): Promise<void> {
	const price = {
		priceName: 'Monthly',
		priceType: 'ACCOUNT_AUTH',
		amountType: 'crypto',
		cryptoCurrency: 'USDT',
		cryptoAmount: '9.90',
		period: 'MONTH',
		interval: 1,
	};
	const product = { merchantProductNo: 'm-1', productName: 'Membership', priceList: { price: [price] } };
	const made = await one(setting, 'subscription', 'createProduct', product);
	const [{ priceNo = '' } = {}] = setting.provider.state.products.flatMap(({ prices }) => prices);
	if (made.outcome !== 'applied') throw new Error('The product was not made');
	const plan = {
		merchantPlanNo: 'plan-1',
		planName: 'Monthly',
		planDesc: 'Monthly plan',
		priceNo: byId(priceNo),
	};
	await one(setting, 'subscription', 'createPlan', plan, { authorizedAmount: '1000' });
	const subscription = { merchantSubscriptionOrderNo: 's-1', merchantPlanNo: 'plan-1', planNo: byId('') };
	const { id } = await one(setting, 'subscription', 'create', subscription);
	setting.provider.act('authorizeSubscription', String(id));
}
