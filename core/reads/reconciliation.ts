import { compare, formatDecimal, parseDecimal, subtract, withoutExponent } from '../exact/decimal';
import { textOf } from '../exact/json';
import type { LedgerFields, LedgerRow } from './ledger';
import type { Payment } from '../provider/payment';

/** What can be found about a reference, the gravest first. A payment made twice stands above one not made. */
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

/** A reference with both sides. */
export interface Reconciled {
	/** Null where one side alone has the payment, without a reference. */
	reference: string | null;
	result: Result;
	/** Provider minus ledger, exact; null where there are not two amounts in one currency. */
	difference: string | null;
	/** All findings, the gravest first. */
	differences: Finding[];
	/** Why something could not be compared. */
	reasons: string[];
	/** The ledger's rows: more than one where the reference stands there more than once. */
	rows: LedgerRow[];
	/** Absent also where a payment that matched was let go. */
	payment: Payment | undefined;
	/** The provider's ids, where it has the reference more than once. */
	paymentIds: string[];
}

/** Which members of a Payment stand against the ledger's amount and currency. */
export interface Sides {
	amount: 'amount' | 'paidAmount' | 'fiatAmount';
	currency: 'currency' | 'fiatCurrency';
}

export interface ReconciliationRules {
	fields: LedgerFields;
	/** The member of a Payment that is the ledger's reference. */
	by: 'reference' | 'id';
	sides: Sides;
	/** Payments that match are not kept, so that what is held does not grow with them. */
	onlyDifferences: boolean;
	/** Whether a payment that the ledger does not have should be there, e.g. for its time. */
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

/** The user's ledger by reference, through which the provider's payments stream in any order. */
export class Reconciliation {
	// Keyed by reference; what has none by itself, so that all keep their order.
	private readonly entries = new Map<string | LedgerRow | Payment, Comparison>();
	private readonly rules: ReconciliationRules;

	constructor(ledger: Iterable<LedgerRow>, rules: ReconciliationRules) {
		this.rules = rules;
		for (const row of ledger) this.enter(row);
	}

	/** Each reference of the ledger that can be asked for, with the first row that has it. */
	*references(): Generator<[reference: string, row: LedgerRow]> {
		for (const { reference, rows } of this.entries.values())
			if (reference !== null && rows[0]) yield [reference, rows[0]];
	}

	/** One payment of the provider. */
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
		// A list that was pushed to has room for 17: that adds up.
		entry.paymentIds = [id];
		const [row] = entry.rows;
		// Which of several rows counts is not known, so none is compared.
		if (row && entry.rows.length === 1) compareBoth(entry, row, payment, this.rules);
		const isKept = !this.rules.onlyDifferences || entry.findings.length > 0;
		entry.payment = isKept ? payment : undefined;
	}

	/** The provider was asked for a reference and gave no answer to rely on. */
	notRead(reference: string, reason: string): void {
		note(this.entries.get(reference), 'not_read', reason);
	}

	/** The provider cannot be asked for a reference as the ledger has it. */
	notAskable(reference: string, reason: string): void {
		note(this.entries.get(reference), 'not_comparable', reason);
	}

	/** One result per reference: the ledger's in its order, then what only the provider has. */
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
			// Euros less dollars are no amount.
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

/** Tickers and statuses are the same in any case. */
function sameWord(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}
