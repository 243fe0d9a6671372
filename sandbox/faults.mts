/** Faults of the way to the server: no listening server can make them, so they are addresses to call instead. */
export const ADDRESS_FAULTS = ['dns', 'connection-refused', 'tls-handshake'] as const;

/** Faults of a server that was reached. */
export const SERVER_FAULTS = [
	'reset-before-reading',
	'reset-after-applying',
	'timeout-before-applying',
	'timeout-after-applying',
	'half-a-body',
	'slow-drip',
	'unauthorized',
	'redirect',
	'too-many-requests',
	'bad-gateway',
	'ok-but-wrong',
] as const;

export const FAULT_KINDS = [...ADDRESS_FAULTS, ...SERVER_FAULTS] as const;

export type AddressFault = (typeof ADDRESS_FAULTS)[number];
export type ServerFault = (typeof SERVER_FAULTS)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultPlan<Kind extends FaultKind = FaultKind> {
	/** Absent: any provider. */
	provider?: string;
	/** The contract's operationId; absent: any operation. */
	operation?: string;
	kind: Kind;
	/** Which matching request from now on, from 1. */
	nth?: number;
	/** How many requests in a row. */
	times?: number;
	/** Answer faults: the HTTP status (401, 302 or 307, 429, 502 or 503). */
	status?: number;
	/** too-many-requests: seconds; null leaves the header out. */
	retryAfter?: number | null;
	/** redirect: where to. */
	location?: string;
	/** ok-but-wrong: a page of HTML or a refusal of the provider. */
	body?: 'html' | 'refusal';
	/** connection-refused: close the listener for so long. Time-outs: hold the connection for so long. slow-drip: pause between two bytes. */
	seconds?: number;
	/** Answer faults (unauthorized ... ok-but-wrong): whether the request was applied before the gateway spoiled the answer. */
	applied?: boolean;
}

interface Planned {
	plan: FaultPlan;
	seen: number;
}

function isAddressPlan(plan: FaultPlan): plan is FaultPlan<AddressFault> {
	return ADDRESS_FAULTS.some((kind) => kind === plan.kind);
}

function isServerPlan(plan: FaultPlan): plan is FaultPlan<ServerFault> {
	return !isAddressPlan(plan);
}

export class Faults {
	readonly #planned: Planned[] = [];

	get plans(): FaultPlan[] {
		return this.#planned.map(({ plan }) => plan);
	}

	plan(plan: FaultPlan): void {
		this.#planned.push({ plan, seen: 0 });
	}

	clear(): void {
		this.#planned.length = 0;
	}

	/** Counts a request that was about to be sent; returns the address fault that is due. */
	takeAddressFault(provider: string, operation: string): FaultPlan<AddressFault> | undefined {
		return this.#take(provider, operation, isAddressPlan);
	}

	/** Counts a request that arrived; returns the fault that is due. */
	takeServerFault(provider: string, operation: string | undefined): FaultPlan<ServerFault> | undefined {
		return this.#take(provider, operation, isServerPlan);
	}

	#take<Plan extends FaultPlan>(
		provider: string,
		operation: string | undefined,
		isWanted: (plan: FaultPlan) => plan is Plan,
	): Plan | undefined {
		let due: Plan | undefined;
		for (const planned of [...this.#planned]) {
			const { plan } = planned;
			if (!isWanted(plan) || !matches(plan, provider, operation)) continue;
			planned.seen += 1;
			const first = plan.nth ?? 1;
			const last = first + (plan.times ?? 1) - 1;
			if (planned.seen >= last) this.#forget(planned);
			if (planned.seen >= first && planned.seen <= last) due ??= plan;
		}
		return due;
	}

	#forget(planned: Planned): void {
		this.#planned.splice(this.#planned.indexOf(planned), 1);
	}
}

function matches(plan: FaultPlan, provider: string, operation: string | undefined): boolean {
	if (plan.provider && plan.provider !== provider) return false;
	return !plan.operation || plan.operation === operation;
}
