import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from './harness/index.mts';

export const FROM = '2026-11-01T00:00:00Z';
export const TO = '2026-11-30T23:59:59Z';
/** A moment between the two. */
export const MADE_AT = Date.parse('2026-11-15T12:00:00Z');
export const BEFORE = Date.parse('2026-10-31T12:00:00Z');

/** Parameters of Reconcile, as a user sets them. */
export function reconcileRow(
	resource: string,
	fields: INodeParameters = {},
	options: IDataObject = {},
	operation = 'reconcile',
): INodeParameters {
	return { resource, operation, ...fields, options: options as INodeParameters };
}

export const inRange: INodeParameters = { from: FROM, to: TO };

/** Each item as `reference: result difference`, in the order of the items. */
export function told({ items }: RunResult): string[] {
	return items.map(({ json }) =>
		[`${String(json.reference)}:`, json.result, json.difference].filter((part) => part !== null).join(' '),
	);
}
