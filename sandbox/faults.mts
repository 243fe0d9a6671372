/** Faults on the way to the server. No server that listens can cause them, so the client calls a broken address instead. */
export const ADDRESS_FAULTS = ['dns', 'connection-refused', 'tls-handshake'] as const;

/** Faults that a server causes after the client has reached it. */
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
	/** Absent: the fault may strike any provider. */
	provider?: string;
	/** The contract's operationId. Absent: the fault may strike any operation. */
	operation?: string;
	/** Whether the fault strikes only requests that create, change or pay something, and no read. */
	onlyChanges?: boolean;
	kind: Kind;
	/** Which of the matching requests from now on; the next one is 1. */
	nth?: number;
	/** How many matching requests in a row meet the fault. */
	times?: number;
	/** Answer faults: the HTTP status (401, 302 or 307, 429, 502 or 503). */
	status?: number;
	/** For too-many-requests: the header in seconds. Null leaves the header out. */
	retryAfter?: number | null;
	/** For redirect: the target. */
	location?: string;
	/** For ok-but-wrong: a page of HTML, or a refusal in the provider's own words. */
	body?: 'html' | 'refusal';
	/** connection-refused: how long the port is closed. Time-outs: how long the connection is held. slow-drip: the pause between two bytes. */
	seconds?: number;
	/** For answer faults (unauthorized to ok-but-wrong): whether the provider applied the request before the gateway spoiled the answer. */
	applied?: boolean;
}

/** A request that a fault may strike. */
interface Struck {
	provider: string;
	operation: string | undefined;
	changes: boolean;
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

/** The planned faults of all providers. A fault is used up when its last request has met it. */
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
	takeAddressFault(request: Struck): FaultPlan<AddressFault> | undefined {
		return this.#take(request, isAddressPlan);
	}

	/** Counts a request that arrived; returns the fault that is due. */
	takeServerFault(request: Struck): FaultPlan<ServerFault> | undefined {
		return this.#take(request, isServerPlan);
	}

	#take<Plan extends FaultPlan>(
		request: Struck,
		isWanted: (plan: FaultPlan) => plan is Plan,
	): Plan | undefined {
		let due: Plan | undefined;
		for (const planned of [...this.#planned]) {
			const { plan } = planned;
			if (!isWanted(plan) || !matches(plan, request)) continue;
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

function matches(plan: FaultPlan, { provider, operation, changes }: Struck): boolean {
	if (plan.provider && plan.provider !== provider) return false;
	if (plan.onlyChanges && !changes) return false;
	return !plan.operation || plan.operation === operation;
}
