import { coins, paymentCurrencies, type Coin } from './seeds.mts';
import type { World } from './world.mts';

export function listCurrencies(): unknown {
	return paymentCurrencies;
}

/** The page documents two shapes that do not fit together; the state says which one is served. */
export function listCurrencyNetworks({ state }: World): unknown {
	if (state.networkShape === 'table') return coins.map(tableShape);
	if (state.networkShape === 'sample') return coins.slice(0, 1).map(sampleShape)[0];
	return coins.map(sampleShape);
}

function sampleShape({ iso3, name, icon, networks }: Coin) {
	return { iso3, name, icon, data: networks.map((one) => ({ network: one.id, network_name: one.name })) };
}

/** The page's table, which has no code of the coin. */
function tableShape({ name, icon, networks }: Coin) {
	return { name, icon, networks: networks.map((one) => ({ network_id: one.id, network_iso: one.name })) };
}
