import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { breathing } from '../clock';
import { isObject, type Json, type JsonObject, textOf, type WritableObject } from '../exact/json';
import { DAY_MS, writeTime } from '../exact/time';
import { checkField } from '../fields/rules';
import { apiError, failedItem, messageOf, operationError } from '../items/failure';
import { type Message, type Subject, unread, type Unread } from '../items/messages';
import type { Run } from '../items/run';
import type { Reconciles } from '../provider/does';
import type { Operation } from '../provider/operation';
import type { Payment } from '../provider/payment';
import { Refusal } from '../refusal';
import { readFrom } from '../wire/asking';
import { eachPage, endBefore, type ListEnd, objectIn } from '../wire/pages';
import type { Reading } from '../wire/reading';
import { requestFor } from '../wire/request';
import { allInSlots } from '../wire/slots';
import type { LedgerRow } from './ledger';
import { type ReconcileSetting, rowsOfLedger, settingOf } from './reconcileSetting';
import { type Reconciled, Reconciliation } from './reconciliation';

/** A part was not answered, so the comparison would be incomplete. */
class NotWhole extends Error {
	readonly told: Message;
	readonly item: number;

	constructor(told: Message, item: number) {
		super(told.message);
		this.told = told;
		this.item = item;
	}
}

/**
 * Compares all input items, the user's ledger, with the provider's payments. It gives one item per reference.
 * @throws NodeOperationError when a field cannot be used
 * @throws NodeApiError when the provider was not read to its end: an incomplete comparison would report payments as
 * missing that nobody looked for
 */
export async function reconcile(run: Run, reconciles: Reconciles): Promise<INodeExecutionData[]> {
	const { node } = run;
	try {
		const setting = await settingOf(run, reconciles);
		const ledger = rowsOfLedger(run, setting.fields);
		const { fields, sides, onlyDifferences, range } = setting;
		const rules = { fields, by: reconciles.by, sides, onlyDifferences };
		const reconciliation = new Reconciliation(ledger, {
			...rules,
			belongs: (payment) => range === undefined || isWithin(payment, range),
		});
		if (reconciles.ask) await askForEach(run, setting, reconciles.ask, reconciliation);
		else await readList(run, setting, reconciliation);
		const items: INodeExecutionData[] = [];
		const breathe = breathing();
		for (const one of reconciliation.results()) {
			await breathe();
			items.push(comparedItem(run, one));
		}
		return items;
	} catch (cause) {
		if (cause instanceof NotWhole) {
			if (!node.continueOnFail()) throw apiError(node, cause.told);
			return [failedItem(node, cause.told, { result: 'not_read', reference: null }, cause.item)];
		}
		const told = messageOf(cause, readSubject(run));
		if (!node.continueOnFail()) throw operationError(node, told);
		return [failedItem(node, told, { result: 'not_read', reference: null }, 0)];
	}
}

/** Whether a payment was made within the range. A time without a zone is read as UTC. No time counts as within. */
function isWithin(payment: Payment, { from, to }: { from: number; to: number }): boolean {
	const made = madeAt(payment);
	return made === undefined || (made >= from && made <= to);
}

function madeAt({ createdAt, createdAtLocal }: Payment): number | undefined {
	const local = textOf(createdAtLocal);
	const text = textOf(createdAt) ?? (local === undefined ? undefined : `${local.replace(' ', 'T')}Z`);
	const time = text === undefined ? Number.NaN : Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}

/** Gives the provider's list to the reconciliation, page by page. */
async function readList(run: Run, setting: ReconcileSetting, reconciliation: Reconciliation): Promise<void> {
	const { provider } = run;
	const { endpoint, values, range = { from: 0, to: 0 } } = setting;
	// Every time zone is less than a day from UTC, so the list is read one day further on both sides. Payments
	// outside of the range are not reported.
	const wide = { from: range.from - DAY_MS, to: range.to + DAY_MS };
	const paymentOf = (row: JsonObject) => provider.payment(endpoint.returns.kind ?? '', row);
	const isOver = setting.reconciles.range
		? () => false
		: endBefore(endpoint, (row) => madeAt(paymentOf(row)), wide.from);
	const asked = { ...values, ...rangeValues(endpoint, setting.reconciles.range, wide) };
	const ask = (page: WritableObject) => readEndpoint(run, setting, { ...asked, ...page });
	const end = await eachPage(endpoint, Infinity, ask, (rows) => {
		for (const row of rows) {
			if (!isObject(row))
				throw new NotWhole(notWhole(run, setting, { reason: 'a row of its list is no object' }), 0);
			reconciliation.found(paymentOf(row));
		}
		return isOver(rows);
	});
	const why = unreadReason(end);
	if (why !== undefined) throw new NotWhole(notWhole(run, setting, why), 0);
}

/** The values of a time range in unix milliseconds, as the list takes them. */
export function rangeValues(
	{ rules }: Operation,
	names: Reconciles['range'],
	range: { from: number; to: number },
): WritableObject {
	if (!names) return {};
	const write = (name: string, time: number) => {
		const rule = rules?.[name];
		if (rule?.kind !== 'time') throw new TypeError(`${name} is no time`);
		return writeTime(time, rule.as);
	};
	return {
		[names.from]: write(names.from, range.from),
		[names.to]: write(names.to, range.to),
	};
}

function unreadReason(end: ListEnd): Unread | undefined {
	switch (end.state) {
		case 'refused':
		case 'unclear':
			return end;
		case 'short':
			return {
				reason: `its list ended too early: ${end.reason}, so what is missing cannot be told`,
				nextStep: 'Reconcile again, or a shorter range',
			};
		case 'complete':
		case 'enough':
			return undefined;
	}
}

/** Asks for each reference of the ledger, as many at once as the provider allows. */
async function askForEach(
	run: Run,
	setting: ReconcileSetting,
	ask: NonNullable<Reconciles['ask']>,
	reconciliation: Reconciliation,
): Promise<void> {
	const { node, provider } = run;
	const askOne = async ([reference, row]: readonly [string, LedgerRow]) => {
		const value = askable(setting.endpoint, ask.parameter, reference);
		if (value instanceof Refusal) return reconciliation.notAskable(reference, value.message);
		const reading = await readEndpoint(run, setting, { ...setting.values, [ask.parameter]: value });
		if (reading.state === 'refused' && ask.absent.includes(reading.code)) return;
		const payment = reading.state === 'read' ? paymentIn(run, setting, reading.data, reference) : undefined;
		if (payment) return reconciliation.found(payment);
		const told = notWhole(run, setting, reasonOf(reading), { reference, item: row.item });
		if (!node.continueOnFail()) throw new NotWhole(told, row.item);
		reconciliation.notRead(reference, told.message);
	};
	await allInSlots(provider.parallelReads, reconciliation.references(), askOne);
}

/** The reference as the endpoint takes it, or a Refusal when no payment can have that reference. */
function askable({ rules, fields }: Operation, parameter: string, reference: string) {
	const label = fields?.find(({ name }) => name === parameter)?.displayName ?? parameter;
	try {
		return checkField(reference, rules?.[parameter], { label, required: true, timezone: 'UTC' });
	} catch (cause) {
		return new Refusal(cause instanceof Refusal ? cause.message : `${label} cannot be asked for`);
	}
}

/** The payment in an answer. If the provider answers with another payment, the result is undefined. */
function paymentIn(
	{ provider }: Run,
	{ endpoint, reconciles }: ReconcileSetting,
	data: Json,
	reference: string,
): Payment | undefined {
	const object = objectIn(data, endpoint);
	if (!isObject(object)) return undefined;
	const payment = provider.payment(endpoint.returns.kind ?? '', object);
	return textOf(payment[reconciles.by]) === reference ? payment : undefined;
}

function reasonOf(reading: Reading): Unread {
	if (reading.state !== 'read') return reading;
	return { reason: 'it answered with another payment than the one asked for' };
}

function readEndpoint(
	run: Run,
	{ endpoint, timeout }: ReconcileSetting,
	values: WritableObject,
): Promise<Reading> {
	const caller = { ...run, isOneOfMany: true };
	return readFrom(caller, endpoint, requestFor(run.provider, run.account, endpoint, values), timeout);
}

function readSubject({ provider, operation, account }: Run): Subject {
	return { provider, operation, reference: undefined, account };
}

function notWhole(
	run: Run,
	{ endpoint }: ReconcileSetting,
	why: Unread,
	subject: Partial<Subject> = {},
): Message {
	return unread(why, { ...readSubject(run), operation: endpoint, ...subject });
}

/**
 * One result item: both sides unchanged, each in a member of its own. A payment that the ledger lacks comes from no
 * input item.
 */
function comparedItem({ node }: Run, one: Reconciled): INodeExecutionData {
	const { rows, payment, reference, result, difference, differences, reasons, paymentIds } = one;
	const json: IDataObject = { reference, result, difference, differences };
	if (reasons.length > 0) json.reasons = reasons;
	json.ledger = rows[0] ? { ...rows[0].json } : null;
	// People count rows from 1.
	if (rows.length > 1) json.ledgerRows = rows.map(({ item }) => item + 1);
	json.provider = payment ?? null;
	if (paymentIds.length > 1) json.providerIds = paymentIds;
	// If this member were absent, n8n would pair the item by its position.
	const pairedItem = rows.map(({ item }) => ({ item }));
	if (result !== 'not_read' || node.getNode().onError !== 'continueErrorOutput') return { json, pairedItem };
	// With a list of objects, n8n would add the members of the ledger's row.
	return { json: { error: reasons.join(' '), details: json }, pairedItem: rows[0]?.item ?? 0 };
}
