import { createHash } from 'node:crypto';

import { addressOf } from '../addresses.mts';
import { add, subtract } from '../decimal.mts';
import { amountOf, requireAtLeast, type Handler } from './call.mts';
import { netOf } from './orderShapes.mts';
import { keep, newOrder, requireOrder, requirePage } from './orders.mts';
import { invalid, Refusal } from './refusal.mts';
import { currencies, icon, type Currency, type Network } from './seeds.mts';
import { localTime } from './wireText.mts';

export const listStaticWalletCurrencies: Handler = ({ path }, world) => {
	requirePage(world, path.slug);
	return { currencies: currencies.filter(({ isFiat }) => !isFiat).map(coinShape) };
};

export const createStaticWalletOrder: Handler = ({ operation, path, body }, world) => {
	const page = requirePage(world, path.slug);
	const currency = currencies.find(({ id }) => id === body.text('currency_id'));
	if (!currency) throw invalid('currency_id', 'The selected currency_id is invalid.');
	const name = body.text('network');
	const network = currency.networks[name];
	if (!network) throw invalid('network', 'The selected network is invalid.');
	if (body.textOr('method', 'WALLET') !== 'WALLET')
		throw invalid('method', 'The selected method is invalid.');
	const order = newOrder(world, 'wallet', page, body);
	const value = body.has('amount') ? amountOf(body, 'amount', currency) : null;
	if (value !== null) requireAtLeast(value, network.minimum, 'amount');
	const seed = createHash('sha256').update(order.id).digest('hex');
	Object.assign(order, {
		value,
		currency: currency.ticker,
		depositedCurrency: currency.ticker,
		// The sample expects 21 with a network fee of 1. We guess that this is the value and the fee.
		expectedAmount: value === null ? null : add(value, network.fixed),
		networkFee: network.fixed,
		status: 'OPEN',
		wallet: { address: addressOf(name, order.id), network: name, memo: network.memo ? seed.slice(-8) : null },
	});
	keep(world, operation, order);
	return { order: { id: order.id } };
};

export const getStaticWalletOrder: Handler = ({ path }, world) => {
	const order = requireOrder(world, path.orderId, requirePage(world, path.slug));
	const { wallet, networkFee, expectedAmount } = order;
	if (!wallet) throw new Refusal(404, 'Not Found');
	const currency = currencies.find(({ ticker }) => ticker === order.currency);
	const minimum = currency?.networks[wallet.network]?.minimum ?? '0';
	return {
		order: {
			id: order.id,
			min_deposit_amount: minimum,
			amount: null,
			expected_amount: expectedAmount,
			network_fee: networkFee ?? null,
			status: order.status,
			order_type: 'CRYPTO_DONATION',
			exchange_rate: null,
			received_total: netOf(order.paid),
			invoice_reminder: expectedAmount === null ? null : subtract(expectedAmount, order.paid),
			payment_url: null,
			successful_link: null,
			failure_link: null,
			fixated_at: localTime(order.createdAt),
			wallet,
		},
	};
};

function coinShape({ id, ticker, title, precision, minimum, networks }: Currency) {
	const map = <Shape,>(shape: (network: Network) => Shape) =>
		Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, shape(network)]));
	return {
		id,
		precision,
		icon,
		ticker,
		is_fiat: false,
		limits: map((network) => ({ min: network.minimum, max: null })),
		min: minimum,
		max: '0',
		is_stable: ticker === 'USDT',
		name: title,
		networks: map((network) => ({
			min_amount: network.minimum,
			max_amount: network.maximum,
			fixed: network.fixed,
			// One of the two is null: the page says "may be null".
			flex: network.memo ? null : { min_fee: '0', max_fee: '0', percent: '0' },
		})),
		exchange_rate: null,
		preset_donation_values: ['10.00000000000000000000'],
	};
}
