import type { INodeExecutionData } from 'n8n-workflow';
import { at, isObject, type Json, type JsonObject, textOf } from '../exact/json';
import type { Applied } from '../items/outcome';
import { answerOf, asItem, simplified } from '../items/output';
import type { Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import type { Batch } from './batches';

/** The lines of an applied batch, one item for each of its recipients. */
export function lineItems(
	provider: Provider,
	operation: Operation,
	outcome: Applied,
	{ reference: batchReference, prepared, recipients }: Batch,
): INodeExecutionData[] {
	const { code } = outcome;
	if (code) {
		// n8n remembers the batch and does not have its answer.
		return recipients.map(({ item, reference }) =>
			asItem({ outcome: 'applied', reference, batchReference, replayed: true, code }, item),
		);
	}
	const answer = answerOf(outcome, operation);
	const isRaw = prepared.form === 'raw';
	const kind = outcome.kind ?? operation.returns.kind;
	const whole = isRaw ? answer : simplified(provider, kind, answer, prepared.request.values);
	const { found = '', by: [, key] = ['', ''] } = operation.same?.lines ?? {};
	const [place, name] = isRaw ? [found, key] : ['lines', 'reference'];
	const lines = linesBy(at(whole, place), name);
	return recipients.map(({ item, reference }) => {
		const head: JsonObject = { outcome: 'applied', reference, batchReference };
		if (outcome.replayed) head.replayed = true;
		const own = lines.get(reference) ?? withoutLines(whole, isRaw);
		return asItem(isRaw || !isObject(own) ? { ...head, data: own } : { ...head, ...own, ...head }, item);
	});
}

function linesBy(lines: Json | undefined, name: string): Map<string | undefined, JsonObject> {
	const rows = Array.isArray(lines) ? lines.filter(isObject) : [];
	return new Map(rows.map((row) => [textOf(row[name]), row]));
}

/** The batch's own record, for a line that the answer does not show. */
function withoutLines(whole: Json, isRaw: boolean): Json {
	if (isRaw || !isObject(whole)) return whole;
	return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'lines'));
}
