import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { payIn, payOut, withdrawal } from '../../../engine/bridgePay/setting.mts';
import { orderPerItem } from '../../../engine/okiPays/setting.mts';
import { EUR_BALANCE, USDT_ID } from '../../../engine/payPlay/setting.mts';
import { byId, each, OTHER, plain, TAG, type Case, type Kit } from './case.mts';

type More = Omit<Case, 'provider' | 'operation'>;

const bridgePay = (operation: string, more: More): Case => ({ provider: 'bridgePay', operation, ...more });
const okiPays = (operation: string, more: More): Case => ({ provider: 'okiPays', operation, ...more });
const payPlay = (operation: string, more: More): Case => ({ provider: 'payPlay', operation, ...more });
const rapira = (operation: string, more: More): Case => ({ provider: 'rapira', operation, ...more });

/** A setting's parameters without those that the schedule sets and those that the operation does not have. */
function fieldsOf(parameters: INodeParameters, ...without: string[]): INodeParameters {
	const own = new Set(['resource', 'operation', 'options', ...without]);
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !own.has(name)));
}

/** A URL where nobody listens, so that the sandbox's notifications stay on this machine. */
const HOOK = 'http://127.0.0.1:2/hook';

const order = (tag: string) => ({ order: tag, amount: '1500.50' });
const ordered = (tags: string[]) => tags.map((tag) => ({ tag, ...order(tag) }));

/** A pay-in for the operation. Its ID is the tag. */
const invoices =
	(flow: 'direct' | 'stepByStep'): Case['items'] =>
	(tags, { one }) =>
		each(tags, async (tag) => {
			const own = { internalId: tag, amount: '1500.50', notificationUrl: HOOK };
			const made = await one({ ...payIn({}, { flow }), ...own });
			return { tag: String(made.id), dealId: dealOf(made) };
		});

/** Makes a second order, which can be announced too. */
const besideAnother: Case['items'] = async (tags, { one }) => {
	await one({ ...payIn(), internalId: OTHER, amount: '1500.50', notificationUrl: HOOK });
	return ordered(tags);
};

function dealOf({ requisites }: IDataObject): string {
	const isObject = typeof requisites === 'object' && requisites !== null;
	return isObject && 'dealId' in requisites ? String(requisites.dealId) : '';
}

const bridgePayCases: Case[] = [
	bridgePay('invoice.createPayIn', {
		fields: { ...fieldsOf(payIn()), notificationUrl: HOOK },
		items: ordered,
		isBooked: true,
	}),
	bridgePay('invoice.createPayOut', {
		fields: { ...fieldsOf(payOut()), notificationUrl: HOOK },
		items: ordered,
		isBooked: true,
	}),
	bridgePay('invoice.createPayInAndWait', {
		fields: fieldsOf(payIn(), 'notificationUrl'),
		items: besideAnother,
		isBooked: true,
	}),
	bridgePay('invoice.createPayOutAndWait', {
		fields: fieldsOf(payOut(), 'notificationUrl'),
		items: besideAnother,
		isBooked: true,
	}),
	bridgePay('invoice.startDeal', { fields: { id: TAG }, items: invoices('stepByStep') }),
	bridgePay('invoice.confirmTransfer', {
		fields: { id: TAG, attachment: 'data' },
		receipt: true,
		items: invoices('direct'),
	}),
	bridgePay('invoice.openDispute', {
		fields: {
			id: TAG,
			dealId: byId('={{ $json.dealId }}'),
			disputeReason: 'invalid_sum',
			paidAmount: '1400.00',
			attachment: 'data',
		},
		receipt: true,
		items: invoices('direct'),
	}),
	bridgePay('invoice.cancel', { fields: { id: TAG }, items: invoices('direct') }),
	bridgePay('withdrawal.create', {
		fields: { ...fieldsOf(withdrawal()), amount: TAG },
		items: (tags) => tags.map((_tag, index) => ({ tag: `10.0${index + 1}` })),
	}),
	bridgePay('customRequest.send', {
		path: '/api/merchant/invoices',
		fields: {
			method: 'POST',
			path: '/api/merchant/invoices',
			query: {},
			bodyFormat: 'json',
			body: `={{ JSON.stringify({ type: "in", internalId: $json.tag, amount: "1000.10", currency: "RUB", notificationUrl: "${HOOK}", notificationToken: "own-token-of-mine-1" }) }}`,
		},
		items: plain,
		isBooked: true,
	}),
];

/** Order numbers are whole numbers. */
const numbered = (tags: string[]) =>
	tags.map((tag, index) => {
		const seed = Number.parseInt(tag.slice(1), 10);
		const number = 20_000_000 + (seed % 1_000_000) * 10 + index;
		return { tag: String(number), order: number, price: '15.50' };
	});

const okiPaysCases: Case[] = [
	okiPays('order.create', {
		fields: fieldsOf(orderPerItem()),
		items: numbered,
		isBooked: true,
		isUnique: true,
	}),
	okiPays('customRequest.send', {
		path: '/v1/order/create',
		fields: {
			method: 'POST',
			path: '/v1/order/create',
			query: {},
			bodyFormat: 'json',
			body: '={{ JSON.stringify({ order_id: $json.order, payment_currency_iso: "USD", price: "15.50", include_commission: 1 }) }}',
		},
		items: numbered,
		isBooked: true,
	}),
];

const WALLET = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

const conversion = {
	currency: byId('EUR'),
	amount: '50',
	target_currency: 'USDT',
	address: WALLET,
	network: byId('TRC20'),
	external_id: TAG,
};

/** An order that its payer has paid in full or in part. Its ID is the tag. */
const paid =
	(act: 'payOrder' | 'payPart'): Case['items'] =>
	(tags, { one, sandbox }: Kit) =>
		each(tags, async (tag) => {
			const fields = { amount: '10', currency: byId('USDT'), external_order_id: tag };
			const made = await one({ resource: 'cryptoOrder', operation: 'create', ...fields, options: {} });
			const id = String(made.id);
			sandbox.payPlay.act('chooseCoin', id);
			sandbox.payPlay.act(act, id);
			return { tag: id };
		});

const BALANCES = [
	EUR_BALANCE,
	'2e1d3b55-8e20-4b66-8e73-2c2c7a1a6b02',
	'3d2e4c66-9f31-4c77-9f84-3d3d8b2b7c03',
];

const payPlayCases: Case[] = [
	payPlay('cryptoOrder.create', {
		fields: { amount: '10.50', currency: byId('USDT'), external_order_id: TAG },
		items: plain,
		isBooked: true,
	}),
	payPlay('cryptoOrder.complete', { fields: { orderId: byId(TAG) }, items: paid('payPart'), isBooked: true }),
	payPlay('topUp.create', {
		fields: { amountIs: 'fixed', amount: '20', currency: byId('USDT'), external_order_id: TAG },
		items: plain,
		isBooked: true,
	}),
	payPlay('staticWallet.create', {
		fields: { currency_id: byId(USDT_ID), network: byId('TRC20'), amount: '20', external_order_id: TAG },
		items: plain,
		isBooked: true,
	}),
	payPlay('withdrawal.create', {
		fields: {
			amount: '10.5',
			currency: byId('USDT'),
			wallet: WALLET,
			network: byId('TRC20'),
			external_id: TAG,
		},
		items: plain,
		isBooked: true,
	}),
	payPlay('convertWithdrawal.create', { fields: conversion, items: plain, isBooked: true }),
	payPlay('convertWithdrawal.instant', { fields: conversion, items: plain, isBooked: true }),
	payPlay('refund.create', {
		fields: { orderId: byId(TAG), bodyNotice: '' },
		items: paid('payOrder'),
		isBooked: true,
	}),
	payPlay('balance.convert', {
		fields: { balanceId: byId(TAG), currency_to: 'USDT', amountNotice: '' },
		isAnswerUnknown: true,
		most: BALANCES.length,
		items: (tags) => plain(BALANCES.slice(0, tags.length)),
	}),
	payPlay('customRequest.send', {
		path: '/private-api/{slug}/withdrawal',
		fields: {
			method: 'POST',
			path: '/private-api/sandbox-company/withdrawal',
			query: {},
			bodyFormat: 'json',
			body: `={{ JSON.stringify({ amount: "10.5", currency: "USDT", wallet: "${WALLET}", network: "TRC20", external_id: $json.tag }) }}`,
		},
		items: plain,
		isBooked: true,
	}),
];

const DEPOSIT_CODES = ['usdt-trc20', 'btc-bitcoin', 'usdt-bep20', 'eth-optimism', 'xrp-ripple'];

const rapiraCases: Case[] = [
	rapira('payout.create', {
		fields: {
			// Addresses of Stellar are not checked, so the address can be the tag by which the books keep a payout.
			token: { __rl: true, mode: 'list', value: 'XLM:XLM:XLM' },
			address: TAG,
			amount: '100.5',
		},
		items: plain,
		isBooked: true,
	}),
	rapira('address.create', {
		fields: { currency: TAG },
		items: (tags) => plain(DEPOSIT_CODES.slice(0, tags.length)),
	}),
	rapira('address.createForOrder', { fields: { nonce: TAG, currency: 'usdt-trc20' }, items: plain }),
	rapira('address.stopUsing', {
		fields: { address: '={{ $json.address }}', nonce: TAG, status: 'success' },
		items: (tags, { one }) =>
			each(tags, async (tag) => {
				const fields = { nonce: tag, currency: 'usdt-trc20' };
				const made = await one({ resource: 'address', operation: 'createForOrder', ...fields, options: {} });
				return { tag, address: made.address };
			}),
	}),
	rapira('otc.payOrder', {
		fields: { orderSn: TAG },
		items(tags, { sandbox }) {
			const { otcOrders } = sandbox.rapira.state;
			const [first] = otcOrders;
			if (!first) throw new Error('The sandbox has no OTC order');
			const numbers = tags.map((_tag, index) => `96393631032462550${index}`);
			for (const orderSn of numbers) otcOrders.push({ ...first, orderSn });
			return plain(numbers);
		},
	}),
	rapira('aml.checkAddress', { fields: { address: TAG }, items: plain, isBooked: true }),
	rapira('aml.checkTransaction', { fields: { hash: TAG }, items: plain, isBooked: true }),
	rapira('customRequest.send', {
		path: '/open/withdraw/create',
		fields: {
			method: 'POST',
			path: '/open/withdraw/create',
			query: {},
			bodyFormat: 'json',
			body: '={{ JSON.stringify({ coin: "USDT", chain: "TRX", address: $json.tag, amount: "100.5", nonce: $json.nonce }) }}',
		},
		items: (tags) => tags.map((tag, index) => ({ tag, nonce: 1_767_225_600_000 + index })),
		isBooked: true,
	}),
];

export const otherCases: Case[] = [...bridgePayCases, ...okiPaysCases, ...payPlayCases, ...rapiraCases];
