import { openConsole, type ConsoleServer, type ShownMail } from './console/server.mts';
import { Faults, type FaultPlan } from './faults.mts';
import { runProviders, type ProviderName, type RunningProviders } from './registry.mts';
import { RunningProvider } from './runningProvider.mts';
import { machineTimers, type Timers } from './scheduler.mts';
import type { Intercept } from './server.mts';

export type { AppliedEvent, BookEntry, Books } from './books.mts';
export type { Delivery, DeliveryAttempt, DeliveryState, Forgery } from './deliveries.mts';
export {
	FAULT_KINDS,
	type AddressFault,
	type FaultKind,
	type FaultPlan,
	type ServerFault,
} from './faults.mts';
export type { Answer, ReceivedRequest, Verdict } from './provider.mts';
export type { Timers } from './scheduler.mts';
export type { ProviderName } from './registry.mts';
export type { RunningProvider as ProviderSandbox } from './runningProvider.mts';

export interface SandboxOptions {
	/**
	 * 0 means a free port. If only the console's port is given, the others are counted from it: +1, +2 ... for the providers,
	 * +11, +12 ... for `<provider>NotTls`, the port of the fault tls-handshake. Otherwise each absent port is a free one.
	 */
	ports?: Partial<Record<'console' | ProviderName | `${ProviderName}NotTls`, number>>;
	clock?: () => number;
	/** Divides every delay, such as the progress of orders and the pauses between webhook retries. */
	pace?: number;
	/** Whether banks, desks and chains act by themselves. */
	autopilot?: boolean;
	/** The timers behind every delay; absent, those of the machine. */
	timers?: Timers;
	/** Whether the amounts of magicAmounts.mts end as they say. For people; a test plans its faults. */
	magicAmounts?: boolean;
	/** The mails of the machine, for the console to show. */
	mails?: () => ShownMail[];
	/** For tests: sees every request before its provider does. */
	intercept?: Intercept;
	/**
	 * For tests that share a sandbox: a provider that was called gets another port at reset(), so that a request which
	 * an earlier test gave up on neither takes the fault of a later one nor stands in its books.
	 */
	movesOnReset?: boolean;
}

export interface Sandbox extends RunningProviders {
	consoleUrl: string;
	/** All providers by their name. */
	providers: Record<string, RunningProvider>;
	/** connection-refused with `seconds` closes the listener at once; everything else waits for its request. */
	fault(plan: FaultPlan): void;
	clearFaults(): void;
	reset(): Promise<void>;
	close(): Promise<void>;
}

/** Starts all providers and their console on this machine. Nothing is kept after `close`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { clock = Date.now, pace = 1, autopilot = true, timers = machineTimers, intercept } = options;
	const { movesOnReset = false, magicAmounts = false } = options;
	const ports: Record<string, number | undefined> = options.ports ?? {};
	const faults = new Faults();
	const running = runProviders(
		(name, factory) =>
			new RunningProvider(name, factory, {
				clock,
				pace,
				autopilot,
				faults,
				timers,
				intercept,
				movesOnReset,
				magicAmounts,
			}),
	);
	const providers: Record<string, RunningProvider> = { ...running };

	const control = {
		providers,
		plans: () => faults.plans,
		mails: () => options.mails?.(),
		fault(plan: FaultPlan) {
			requireTarget(plan, providers);
			if (plan.kind !== 'connection-refused' || plan.seconds === undefined) return faults.plan(plan);
			for (const [name, provider] of Object.entries(providers)) {
				if (!plan.provider || plan.provider === name) void provider.refuseConnectionsFor(plan.seconds);
			}
		},
		clearFaults() {
			faults.clear();
			for (const provider of Object.values(providers)) void provider.acceptConnections();
		},
		async reset() {
			faults.clear();
			await Promise.all(Object.values(providers).map((provider) => provider.reset()));
		},
	};

	let consoleServer: ConsoleServer | undefined;
	async function close(): Promise<void> {
		await consoleServer?.close();
		await Promise.all(Object.values(providers).map((provider) => provider.close()));
	}
	try {
		for (const [index, [name, provider]] of Object.entries(providers).entries()) {
			const given = ports[name];
			const counted = (offset: number) =>
				ports.console && given === undefined ? ports.console + offset + index : 0;
			await provider.open(given ?? counted(1), ports[`${name}NotTls`] ?? counted(11));
		}
		consoleServer = await openConsole(control, ports.console ?? 0);
	} catch (error) {
		// When one port is taken, the others must not stay open.
		await close();
		throw error;
	}
	const { fault, clearFaults, reset } = control;
	return { ...running, providers, consoleUrl: consoleServer.url, fault, clearFaults, reset, close };
}

/** Refuses a fault with a misspelt target. It would never happen, and a test would pass for the wrong reason. */
function requireTarget({ provider, operation }: FaultPlan, providers: Record<string, RunningProvider>): void {
	const targets = Object.values(providers).filter(({ name }) => !provider || name === provider);
	if (targets.length === 0) throw new Error(`There is no provider ${provider}`);
	if (!operation || targets.some(({ operations }) => operations.includes(operation))) return;
	throw new Error(`No contract has the operation ${operation}`);
}
