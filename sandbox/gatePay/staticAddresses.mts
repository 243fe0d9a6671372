import { addressOf } from '../addresses.mts';
import { pageOf, type Handler } from './call.mts';
import type { StaticAddress } from './merchantState.mts';
import { hashOf, networksOf, requireNetwork } from './money.mts';
import { notify } from './orderNotifications.mts';
import { Refusal } from './refusal.mts';
import { payoutChains } from './seeds.mts';
import type { World } from './world.mts';

const EVM = ['ETH', 'MATIC', 'ARBEVM', 'BSC', 'BASEEVM'];
const SENT = '100';

/** The currencies that a payer can send. An order may be priced in each of them. */
export const listAddressCurrencies: Handler = () => ({ currencies: Object.keys(payoutChains) });

export const listAddressConvertCurrencies: Handler = ({ query }) => ({
	currencies: Object.keys(payoutChains).filter((currency) => currency !== query.textOr('currency', '')),
});

export const listAddressChains: Handler = ({ query }) => {
	const currency = query.text('currency');
	const chains = networksOf(currency).map(({ chain, name }) => ({
		chain,
		currency,
		full_curr_type: `${currency}_${chain}`,
		symbol: null,
		explorer_url: null,
		show_chain_name_en: name,
	}));
	return { currency, chains };
};

export const listStaticAddressChains: Handler = () => {
	const chains = new Map<string, { chain: string; showChainNameEn: string; currencies: string[] }>();
	for (const [currency, networks] of Object.entries(payoutChains)) {
		for (const { chain, name } of networks) {
			const known = chains.get(chain) ?? { chain, showChainNameEn: name, currencies: [] };
			chains.set(chain, { ...known, currencies: [...known.currencies, currency] });
		}
	}
	return { Chains: [...chains.values()] };
};

/** Makes an address, or gives an existing one the new currencies and callback URL. */
export const saveStaticAddress: Handler = ({ body }, world) => {
	const channelId = body.text('channelId');
	const chain = body.text('chain');
	const currencies = body.text('currencies').split(',');
	for (const currency of currencies) requireNetwork(currency, chain);
	const callbackUrl = body.textOr('callbackUrl', '');
	const address = keep(world, { channelId, chain, currencies, callbackUrl }, addressOf(chain, channelId));
	return {
		channelId,
		chain,
		address: address.address,
		currencies: address.currencies,
		callbackUrl: address.callbackUrl,
		desc: '',
		ChainShowEn: nameOf(address),
	};
};

/** Makes one address for all networks. It refuses a network that the customer already has. */
export const createEvmStaticAddress: Handler = ({ body }, world) => {
	const channelId = body.text('channelId');
	const callbackUrl = body.textOr('callbackUrl', '');
	const networks = body.list('chianCurrencyInfos').map((info) => {
		const given: unknown = info.value('currencies');
		return { chain: info.text('chain'), currencies: Array.isArray(given) ? given.map(String) : [] };
	});
	if (networks.length === 0) throw new Refusal('400001', 'chianCurrencyInfos is empty');
	for (const { chain, currencies } of networks) {
		if (!EVM.includes(chain)) throw new Refusal('400001', `${chain} is not an EVM network`);
		for (const currency of currencies) requireNetwork(currency, chain);
		if (world.state.staticAddresses.some((each) => each.channelId === channelId && each.chain === chain))
			throw new Refusal('400201', `${channelId} has an address on ${chain} already`);
	}
	const address = addressOf('EVM', channelId);
	const kept = networks.map((network) => keep(world, { channelId, callbackUrl, ...network }, address));
	const chainInfos = kept.map((each) => ({ chainShowEn: nameOf(each), currencies: each.currencies }));
	return { channelId, address, callbackUrl, chainInfos };
};

/** The documented pages of this list begin at 0. */
export const listStaticAddresses: Handler = ({ query }, { state }) => {
	const rows = pageOf(state.staticAddresses, query.number('page') + 1, query.number('count'));
	return { total: state.staticAddresses.length, list: rows.map(shape) };
};

export const getStaticAddress: Handler = ({ query }, world) =>
	shape(find(world, query.text('channelId'), query.text('chain')));

export const deleteStaticAddress: Handler = ({ query }, world) => {
	const address = find(world, query.text('channelId'), query.text('chain'));
	world.state.staticAddresses.splice(world.state.staticAddresses.indexOf(address), 1);
	return { result: 'SUCCESS' };
};

export const listStaticAddressPayments: Handler = ({ query }, { state }) => {
	const [from, to] = [query.number('startTime'), query.number('endTime')];
	const exact = ['channelId', 'chain', 'address', 'txHash'] as const;
	const matching = state.staticAddressPayments.filter(
		(payment) =>
			payment.txTime >= from &&
			payment.txTime <= to &&
			exact.every((name) => !query.has(name) || query.text(name) === payment[name]),
	);
	const rows = pageOf(matching, query.number('page') + 1, query.numberOr('count', 20));
	return { total: matching.length, details: rows.map((row) => ({ ...row, status: 'PAID' })) };
};

/** The address of a console action's ID, which is customer and chain. Throws a Refusal when there is none. */
export function findByKey(world: World, key: string): StaticAddress {
	const [channelId = '', chain = ''] = key.split(' ');
	return find(world, channelId, chain);
}

/** What console actions call the address: customer and chain. */
export function keyOf({ channelId, chain }: StaticAddress): string {
	return `${channelId} ${chain}`;
}

/** Somebody sends 100 to the address, and its callback URL is notified. A held payment waits for a decision. */
export function receive(world: World, address: StaticAddress, isHeld: boolean): void {
	const transactionId = world.nextId();
	const currency = address.currencies[0] ?? 'USDT';
	const payment = {
		chain: address.chain,
		channelId: address.channelId,
		currency,
		address: address.address,
		amount: SENT,
		txTime: world.now(),
		fromAddress: addressOf(address.chain, 'payer'),
		txHash: hashOf(transactionId),
		transactionId,
	};
	if (!isHeld) {
		world.state.staticAddressPayments.push(payment);
		world.credit(currency, SENT, {
			orderId: transactionId,
			merchantTradeNo: address.channelId,
			financialType: 'receipt_fi',
			fullChain: address.chain,
			address: address.address,
			hash: payment.txHash,
		});
	}
	const { txTime: createTime, chain, fromAddress, txHash } = payment;
	const data = {
		address: address.address,
		amount: SENT,
		chain,
		channel_id: address.channelId,
		createTime,
		currency,
		fromAddress,
		orderAmount: SENT,
		transactionId,
		transactionTime: createTime,
		txHash,
	};
	const status = isHeld ? 'PAY_BLOCK' : 'PAY_SUCCESS';
	notify(world, 'PAY_FIXED_ADDRESS', transactionId, status, data, address.callbackUrl);
}

/** Marks the address as risky and notifies its callback URL. Throws a Refusal the second time. */
export function flag(world: World, address: StaticAddress): void {
	if (address.isRisk === 1) throw new Refusal('400204', 'The address is flagged already');
	address.isRisk = 1;
	const data = { customer_name: address.channelId, address: address.address };
	notify(world, 'FIXED_ADDRESS_RISK', world.nextId(), 'RISK_ADDRESS', data, address.callbackUrl);
}

function find({ state }: World, channelId: string, chain: string): StaticAddress {
	const found = state.staticAddresses.find((each) => each.channelId === channelId && each.chain === chain);
	if (!found) throw new Refusal('400202', `${channelId} has no address on ${chain}`);
	return found;
}

function keep(
	world: World,
	given: Pick<StaticAddress, 'channelId' | 'chain' | 'currencies' | 'callbackUrl'>,
	address: string,
): StaticAddress {
	const { state } = world;
	const known = state.staticAddresses.find(
		({ channelId, chain }) => channelId === given.channelId && chain === given.chain,
	);
	if (known) return Object.assign(known, given, { updateTime: world.now() });
	const times = { createTime: world.now(), updateTime: world.now() };
	const made: StaticAddress = { ...given, address, ...times, isRisk: 0 };
	state.staticAddresses.push(made);
	return made;
}

function nameOf({ chain, currencies }: StaticAddress): string {
	return currencies.map((currency) => requireNetwork(currency, chain).name)[0] ?? chain;
}

function shape(address: StaticAddress) {
	const { channelId, chain, currencies, callbackUrl, createTime, updateTime, isRisk } = address;
	const times = { createTime, updateTime };
	const where = { channelId, chain, address: address.address, currencies, callbackUrl };
	return { ...where, ...times, desc: '', ChainShowEn: nameOf(address), is_risk: isRisk };
}
