import { compare, formatDecimal, parseDecimal, subtract, withoutExponent } from '../exact/decimal';
import { textOf } from '../exact/json';
import type { LedgerFields, LedgerRow } from './ledger';
import type { Payment } from '../provider/payment';

/** All findings about a reference, the most serious first. A double payment is more serious than a missing one. */
export const FINDINGS = [
	'not_read',
	'duplicate_at_provider',
	'missing_at_provider',
	'missing_in_ledger',
	'duplicate_in_ledger',
	'currency_differs',
	'amount_differs',
	'not_comparable',
	'status_differs',
] as const;

export type Finding = (typeof FINDINGS)[number];
export type Result = Finding | 'matched';

/** One reference, as the ledger and the provider have it. */
export interface Reconciled {
	/** Null for a payment or a row without a reference. It cannot be compared with the other side. */
	reference: string | null;
	result: Result;
	/** Provider minus ledger, exact. Null where the two amounts are missing or not in one currency. */
	difference: string | null;
	/** All findings, the most serious first. */
	differences: Finding[];
	/** Why a value could not be compared. */
	reasons: string[];
	/** The ledger's rows with this reference. Several, if the ledger has the reference more than once. */
	rows: LedgerRow[];
	/** Undefined also where the payment matched and was not kept. */
	payment: Payment | undefined;
	/** The provider's ids, if the provider has the reference more than once. */
	paymentIds: string[];
}

/** The members of a Payment that are compared with the ledger's amount and currency. */
export interface Sides {
	amount: 'amount' | 'paidAmount' | 'fiatAmount';
	currency: 'currency' | 'fiatCurrency';
}

export interface ReconciliationRules {
	fields: LedgerFields;
	/** The member of a Payment that is the ledger's reference. */
	by: 'reference' | 'id';
	sides: Sides;
	/** Matching payments are not kept, so the memory does not grow with their number. */
	onlyDifferences: boolean;
	/** Whether the ledger should have this payment, e.g. by its time. Asked only for payments that the ledger lacks. */
	belongs(payment: Payment): boolean;
}

interface Comparison {
	reference: string | null;
	rows: LedgerRow[];
	findings: Finding[];
	reasons: string[];
	difference: string | null;
	payment: Payment | undefined;
	paymentIds: string[];
}

/** The user's ledger by reference. The provider's payments can be added one by one, in any order. */
export class Reconciliation {
	// The key is the reference. A row or payment without a reference is its own key, so all keep their order.
	private readonly entries = new Map<string | LedgerRow | Payment, Comparison>();
	private readonly rules: ReconciliationRules;

	constructor(ledger: Iterable<LedgerRow>, rules: ReconciliationRules) {
		this.rules = rules;
		for (const row of ledger) this.enter(row);
	}

	/** Each reference of the ledger, with the first row that has it. */
	*references(): Generator<[reference: string, row: LedgerRow]> {
		for (const { reference, rows } of this.entries.values())
			if (reference !== null && rows[0]) yield [reference, rows[0]];
	}

	/** Adds one payment of the provider. */
	found(payment: Payment): void {
		const reference = textOf(payment[this.rules.by])?.trim();
		const entry = reference === undefined ? undefined : this.entries.get(reference);
		const id = textOf(payment.id) ?? '';
		if (!entry) {
			if (!this.rules.belongs(payment)) return;
			const extra = newComparison(reference ?? null, [], payment);
			note(extra, 'missing_in_ledger');
			extra.paymentIds = [id];
			this.entries.set(reference ?? payment, extra);
			return;
		}
		if (entry.paymentIds.length > 0) {
			entry.paymentIds.push(id);
			note(entry, 'duplicate_at_provider');
			entry.payment ??= payment;
			return;
		}
		// V8 grows an array in steps, so a pushed list keeps unused room. This literal has the final size.
		entry.paymentIds = [id];
		const [row] = entry.rows;
		// If the ledger has several rows, we do not know which one counts, so none is compared.
		if (row && entry.rows.length === 1) compareBoth(entry, row, payment, this.rules);
		const isKept = !this.rules.onlyDifferences || entry.findings.length > 0;
		entry.payment = isKept ? payment : undefined;
	}

	/** The provider was asked for this reference and gave no reliable answer. */
	notRead(reference: string, reason: string): void {
		note(this.entries.get(reference), 'not_read', reason);
	}

	/** The provider cannot be asked for this reference in the form that the ledger has. */
	notAskable(reference: string, reason: string): void {
		note(this.entries.get(reference), 'not_comparable', reason);
	}

	/** One result per reference: first the ledger's in their order, then those that only the provider has. */
	*results(): Generator<Reconciled> {
		for (const entry of this.entries.values()) {
			const { findings, rows, reference, paymentIds } = entry;
			const isOpen = findings.includes('not_read') || findings.includes('not_comparable');
			if (reference !== null && rows.length > 0 && paymentIds.length === 0 && !isOpen)
				note(entry, 'missing_at_provider');
			const differences = FINDINGS.filter((finding) => findings.includes(finding));
			if (this.rules.onlyDifferences && differences.length === 0) continue;
			const { difference, reasons, payment } = entry;
			const ids = paymentIds.length > 1 ? paymentIds : [];
			const result = differences[0] ?? 'matched';
			yield { reference, result, difference, differences, reasons, rows, payment, paymentIds: ids };
		}
	}

	private enter(row: LedgerRow): void {
		const key = row.reference ?? row;
		const known = this.entries.get(key);
		if (known) {
			known.rows.push(row);
			note(known, 'duplicate_in_ledger');
			return;
		}
		const entry = newComparison(row.reference ?? null, [row], undefined);
		if (row.reference === undefined) {
			const reason = `${this.rules.fields.reference} has no reference: it is text or a whole number`;
			note(entry, 'not_comparable', reason);
		}
		this.entries.set(key, entry);
	}
}

function newComparison(
	reference: string | null,
	rows: LedgerRow[],
	payment: Payment | undefined,
): Comparison {
	return { reference, rows, findings: [], reasons: [], difference: null, payment, paymentIds: [] };
}

function note(entry: Comparison | undefined, finding: Finding, reason?: string): void {
	if (entry?.findings.includes(finding) === false) entry.findings.push(finding);
	if (reason !== undefined) entry?.reasons.push(reason);
}

function compareBoth(entry: Comparison, row: LedgerRow, payment: Payment, rules: ReconciliationRules): void {
	const { fields, sides } = rules;
	const open = (path: string, side: string) => note(entry, 'not_comparable', `${path}: ${side}`);
	if (fields.currency !== undefined) {
		const theirs = textOf(payment[sides.currency]);
		if (row.currency === undefined) open(fields.currency, 'no text in the ledger');
		else if (theirs === undefined) open(fields.currency, 'not told by the provider');
		else if (!sameWord(row.currency, theirs)) note(entry, 'currency_differs');
	}
	if (fields.amount !== undefined) {
		const theirs = parseDecimal(withoutExponent(textOf(payment[sides.amount]) ?? ''));
		if (row.amount === undefined) open(fields.amount, 'no exact decimal in the ledger');
		else if (theirs === undefined) open(fields.amount, 'not told by the provider');
		else {
			if (compare(theirs, row.amount) !== 0) note(entry, 'amount_differs');
			// A difference between two currencies means nothing.
			if (!entry.findings.includes('currency_differs'))
				entry.difference = formatDecimal(subtract(theirs, row.amount));
		}
	}
	if (fields.status !== undefined) {
		const words = [payment.status, payment.providerStatus];
		const { status } = row;
		if (status === undefined) open(fields.status, 'no text in the ledger');
		else if (!words.some((word) => sameWord(status, word))) note(entry, 'status_differs');
	}
}

/** Compares two tickers or statuses. Upper and lower case do not matter. */
function sameWord(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}
