import type { WritableObject } from '../exact/json';
import { checkParameters, readParameters } from '../fields/parameters';
import { checkField, isEmpty } from '../fields/rules';
import { timeoutOf } from '../items/prepare';
import type { Run } from '../items/run';
import type { Reconciles } from '../provider/does';
import { findOperation, type Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import { type LedgerFields, ledgerRow, type LedgerRow, columnAt } from './ledger';
import type { Sides } from './reconciliation';

/** The user's settings. They hold for the whole ledger. */
export interface ReconcileSetting {
	endpoint: Operation;
	reconciles: Reconciles;
	fields: LedgerFields;
	sides: Sides;
	onlyDifferences: boolean;
	/** Unix milliseconds. Absent where the payments are asked for one by one. */
	range: { from: number; to: number } | undefined;
	/** The provider's own parameters, e.g. the slug of a payment page. */
	values: WritableObject;
	/** Milliseconds. */
	timeout: number;
}

/**
 * Reads the parameters of the first item, because they hold for all items.
 * @throws Refusal for a field that cannot be used
 */
export async function settingOf(
	{ node, provider, operation }: Run,
	reconciles: Reconciles,
): Promise<ReconcileSetting> {
	const endpoint = findOperation(provider.resources, operation.standsOn ?? '');
	if (!endpoint) throw new TypeError(`${operation.value} stands on no operation`);
	const parameters = readParameters(node, operation, 0);
	const { options } = parameters;
	const noFile = () => Promise.reject(new TypeError('A ledger has no files'));
	const { values } = await checkParameters(operation, parameters, noFile, node.getTimezone());
	const field = (name: string) => String(node.getNodeParameter(name, 0, '')).trim();
	const optional = (name: string) => field(name) || undefined;
	const [amount, currency, status] = [
		optional('amountField'),
		optional('currencyField'),
		optional('statusField'),
	];
	const reference = field('referenceField');
	if (reference === '') throw new Refusal('Reference Field is empty');
	const range = reconciles.ask
		? undefined
		: { from: rangeTime(node, 'from', 'From'), to: rangeTime(node, 'to', 'To') };
	if (range && range.from > range.to) throw new Refusal('From is later than To');
	return {
		endpoint,
		reconciles,
		fields: { reference, amount, currency, status },
		sides: sidesOf(options.sides),
		onlyDifferences: options.onlyDifferences === true,
		range,
		values,
		timeout: timeoutOf(operation, options.timeout),
	};
}

/** Unix milliseconds. */
function rangeTime(node: Run['node'], name: string, label: string): number {
	const field = { label, required: true, timezone: node.getTimezone() };
	return Number(checkField(node.getNodeParameter(name, 0, ''), { kind: 'time', as: 'milliseconds' }, field));
}

function sidesOf(choice: unknown): Sides {
	if (choice === 'fiatAmount') return { amount: 'fiatAmount', currency: 'fiatCurrency' };
	return { amount: choice === 'paidAmount' ? 'paidAmount' : 'amount', currency: 'currency' };
}

/**
 * The rows of the ledger: all input items that have a member. n8n makes an empty item when the node before found
 * nothing and is set to always give an item.
 * @throws Refusal when no item has a field that the user named
 */
export function rowsOfLedger({ node }: Run, fields: LedgerFields): LedgerRow[] {
	const rows = node
		.getInputData()
		.map(({ json }, item) => ledgerRow(json, item, fields))
		.filter(({ json }) => Object.keys(json).length > 0);
	const named = {
		'Reference Field': fields.reference,
		'Amount Field': fields.amount,
		'Currency Field': fields.currency,
		'Status Field': fields.status,
	};
	for (const [label, path] of Object.entries(named)) {
		if (path === undefined || rows.length === 0) continue;
		if (rows.some(({ json }) => !isEmpty(columnAt(json, path)))) continue;
		throw new Refusal(
			`No input item has the field \`${path}\` of ${label}`,
			'Write the name of the field, not an expression; leave it empty to compare without it',
		);
	}
	return rows;
}
