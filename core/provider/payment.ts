import { isObject, ownMember, present, textOf, type Json, type JsonObject } from '../exact/json';

export type PaymentStatus =
	| 'created'
	| 'pending'
	| 'processing'
	| 'action_required'
	| 'succeeded'
	| 'failed'
	| 'cancelled'
	| 'expired'
	| 'refunded'
	| 'unknown';

/**
 * Every provider's actions and triggers give this shape, so a flow can change its provider without being rewired. An
 * unknown member is absent. Amounts are decimal text in main units. Times are ISO 8601 in UTC.
 */
export interface Payment extends JsonObject {
	provider: string;
	kind: string;
	status: PaymentStatus;
	/** Whether the provider documents the status as final. Only a dispute or a refund can follow such a status. */
	final: boolean;
	providerStatus: string;
}

export function isPayment(record: JsonObject): record is Payment {
	return typeof record.kind === 'string' && typeof record.providerStatus === 'string';
}

/** The optional members of a Payment. */
export interface PaymentDetails {
	id?: string | undefined;
	reference?: string | undefined;
	amount?: string | undefined;
	currency?: string | undefined;
	network?: string | undefined;
	paidAmount?: string | undefined;
	fiatAmount?: string | undefined;
	fiatCurrency?: string | undefined;
	rate?: string | undefined;
	fee?: string | undefined;
	feeCurrency?: string | undefined;
	address?: string | undefined;
	txHash?: string | undefined;
	payUrl?: string | undefined;
	requisites?: JsonObject | undefined;
	createdAt?: string | undefined;
	updatedAt?: string | undefined;
	expiresAt?: string | undefined;
	/** Times as the provider wrote them, where it does not name their zone. They cannot be turned into UTC. */
	createdAtLocal?: string | undefined;
	updatedAtLocal?: string | undefined;
	/** The lines of a batch. Each is a record of its own. */
	lines?: Payment[] | undefined;
}

export type StatusTable = Readonly<Record<string, { status: PaymentStatus; final?: true }>>;

/**
 * Makes a record from its parts. A member that is undefined is left out. The editor's table shows the members in this
 * order: first what a person looks for.
 */
export function payment(
	provider: string,
	kind: string,
	state: { table: StatusTable; text: string | undefined },
	details: PaymentDetails,
): Payment {
	const known = state.text === undefined ? undefined : ownMember(state.table, state.text);
	const { amount, currency, reference, address, payUrl, ...rest } = details;
	return {
		status: known?.status ?? 'unknown',
		...present({ amount, currency, reference, address, payUrl }),
		final: known?.final ?? false,
		providerStatus: state.text ?? '',
		...present(rest),
		kind,
		provider,
	};
}

/** Unix milliseconds, as a number or as text, in ISO 8601. Ten digits are seconds, as one older page shows. */
export function isoTime(value: Json | undefined): string | undefined {
	const text = textOf(value);
	if (text === undefined || !/^\d{10}(\d{3})?$/.test(text)) return undefined;
	return new Date(Number(text) * (text.length === 10 ? 1000 : 1)).toISOString();
}

/** The filled members of an object, or undefined when there are none. Bank details for a person to read. */
export function filled(value: Json | undefined): JsonObject | undefined {
	if (!isObject(value)) return undefined;
	const members = Object.entries(value).filter(([, member]) => member !== '' && member !== null);
	return members.length === 0 ? undefined : Object.fromEntries(members);
}
