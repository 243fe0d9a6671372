import { gatePay } from './gatePay/index.mts';
import { bridgePay } from './bridgePay/index.mts';
import { okiPays } from './okiPays/index.mts';
import { payPlay } from './payPlay/index.mts';
import { rapira } from './rapira/index.mts';
import type { ProviderFactory } from './provider.mts';
import type { RunningProvider } from './runningProvider.mts';

type Run = <State, Account>(
	name: string,
	factory: ProviderFactory<State, Account>,
) => RunningProvider<State, Account>;

/** Starts the providers. Their order here is the order of their ports after the console's. */
export function runProviders(run: Run) {
	return {
		gatePay: run('gatePay', gatePay),
		bridgePay: run('bridgePay', bridgePay),
		okiPays: run('okiPays', okiPays),
		payPlay: run('payPlay', payPlay),
		rapira: run('rapira', rapira),
	};
}

export type RunningProviders = ReturnType<typeof runProviders>;
export type ProviderName = keyof RunningProviders;
