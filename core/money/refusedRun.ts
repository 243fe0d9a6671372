import type { INodeExecutionData } from 'n8n-workflow';
import { failedItem, operationError } from '../items/failure';
import { notSent, unknown } from '../items/messages';
import { NOT_SENT, type Unknown } from '../items/outcome';
import { Refusal } from '../refusal';
import type { SendingRun } from './attempts';
import type { Reasons } from './recipients';
import { sentBeforeAt } from './sendOne';

/** The most reasons that a message quotes. The message only counts the others. */
const MAX_REASONS = 100;

/**
 * Some items cannot be sent, so no item is sent.
 * @returns with Continue On Fail, one item for each input item: it has its own reason, or says that other items have
 * one
 * @throws NodeOperationError without Continue On Fail, with all such items and their reasons
 */
export function refuseAll(run: SendingRun, bad: Reasons): INodeExecutionData[] {
	const { node, provider, operation, account } = run;
	const subject = { provider, operation, reference: undefined, account };
	const count = node.getInputData().length;
	const [first] = bad.values();
	if (!node.continueOnFail()) {
		const isOneForAll = new Set(bad.values()).size === 1 && bad.size === count;
		const reason = isOneForAll ? (first?.message ?? '') : allReasons(bad, count);
		const nextStep = bad.size === 1 || isOneForAll ? first?.nextStep : 'Correct these items and run it again';
		const before = sentByEarlierTry(run, reason);
		if (before) throw operationError(node, unknown(before, { ...subject, item: 0, lastItem: count - 1 }));
		throw operationError(node, notSent(reason, subject, nextStep));
	}
	const others = new Refusal(
		`Other items of this run cannot be sent: ${listed([...bad.keys()])}`,
		'All are sent or none: correct them and run it again',
	);
	return node.getInputData().map((_one, item) => {
		const reason = bad.get(item);
		const { message, nextStep } = reason ?? others;
		const before = sentByEarlierTry(run, message);
		if (before) {
			const details = { outcome: before.state, reference: null, code: before.unsent };
			return failedItem(node, unknown(before, { ...subject, item }), details, item);
		}
		const told = notSent(message, { ...subject, item }, nextStep);
		const code = reason ? undefined : NOT_SENT;
		return failedItem(node, told, { outcome: 'rejected', reference: null, code }, item);
	});
}

/** A batch stands at the place of its first item. Which lines it had is not known, so it may have been any of them. */
function sentByEarlierTry(run: SendingRun, reason: string): Unknown | undefined {
	const before = run.node.getInputData().map((_one, item) => sentBeforeAt(run, item, reason));
	return before.find((one) => one !== undefined);
}

/** e.g. `2 of 5 items cannot be sent, so none is. Item 2: Address is empty. Items 4, 5: ...` */
function allReasons(bad: Reasons, count: number): string {
	const items = new Map<string, number[]>();
	for (const [item, { message }] of bad) items.set(message, [...(items.get(message) ?? []), item]);
	const told = [...items].map(([reason, places]) => {
		const named = listed(places);
		return `${named.charAt(0).toUpperCase()}${named.slice(1)}: ${reason}.`;
	});
	const more = told.length > MAX_REASONS ? ` And ${told.length - MAX_REASONS} more reasons.` : '';
	const verb = bad.size === 1 ? '1 item' : `${bad.size} of ${count} items`;
	return `${verb} cannot be sent, so none is. ${told.slice(0, MAX_REASONS).join(' ')}${more}`;
}

/** Lists items, e.g. `item 3` or `items 1 to 3, 7`. The argument counts from 0, the text from 1. */
export function listed(items: readonly number[]): string {
	const ranges: Array<[first: number, last: number]> = [];
	for (const item of items) {
		const range = ranges[ranges.length - 1];
		if (range && range[1] === item - 1) range[1] = item;
		else ranges.push([item, item]);
	}
	const named = ranges.map(([one, last]) => (one === last ? `${one + 1}` : `${one + 1} to ${last + 1}`));
	return `${items.length === 1 ? 'item' : 'items'} ${named.join(', ')}`;
}
