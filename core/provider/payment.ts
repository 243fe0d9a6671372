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
 * The same shape from every provider, from actions and triggers alike, so that a flow can change its provider
 * without being rewired. What is not known is absent. Amounts are decimal text in main units; times ISO 8601 UTC.
 */
export interface Payment extends JsonObject {
	provider: string;
	kind: string;
	status: PaymentStatus;
	/** Whether the provider documents the status as an end. Only a dispute or a refund can follow one. */
	final: boolean;
	providerStatus: string;
}

export function isPayment(record: JsonObject): record is Payment {
	return typeof record.kind === 'string' && typeof record.providerStatus === 'string';
}

/** The optional members of a Payment, in the order in which the editor's table shows them. */
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
	/** Times as the provider wrote them, where it does not say in which zone: they cannot become UTC. */
	createdAtLocal?: string | undefined;
	updatedAtLocal?: string | undefined;
	/** A batch's lines, each a record of its own. */
	lines?: Payment[] | undefined;
}

export type StatusTable = Readonly<Record<string, { status: PaymentStatus; final?: true }>>;

/** A record from its parts; members that are undefined are left out. */
export function payment(
	provider: string,
	kind: string,
	state: { table: StatusTable; text: string | undefined },
	details: PaymentDetails,
): Payment {
	const known = state.text === undefined ? undefined : ownMember(state.table, state.text);
	const { id, reference, ...rest } = details;
	return {
		provider,
		kind,
		...present({ id, reference }),
		status: known?.status ?? 'unknown',
		final: known?.final ?? false,
		providerStatus: state.text ?? '',
		...present(rest),
	};
}

/** Unix milliseconds, as a number or as text, to ISO 8601; 10 digits are seconds, as one older page shows. */
export function isoTime(value: Json | undefined): string | undefined {
	const text = textOf(value);
	if (text === undefined || !/^\d{10}(\d{3})?$/.test(text)) return undefined;
	return new Date(Number(text) * (text.length === 10 ? 1000 : 1)).toISOString();
}

/** The members of an object that are texts, numbers or booleans and not empty: bank details for a person to read. */
export function filled(value: Json | undefined): JsonObject | undefined {
	if (!isObject(value)) return undefined;
	const members = Object.entries(value).filter(([, member]) => member !== '' && member !== null);
	return members.length === 0 ? undefined : Object.fromEntries(members);
}
