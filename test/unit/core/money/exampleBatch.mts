import type { Operation } from '../../../../core/provider/operation.ts';
import { payout } from '../../examplePay.mts';

const text = (name: string, displayName: string, required = true) => ({
	displayName,
	name,
	type: 'string' as const,
	required,
	default: '',
});

/** A mass payment: all items are lines of a few batches. The currency belongs to the batch. */
export const massPayout: Operation = {
	...payout,
	name: 'Mass',
	value: 'mass',
	request: 'POST /batches',
	fields: [
		text('batch_id', 'Batch ID'),
		text('currency', 'Currency'),
		text('address', 'Address'),
		text('amount', 'Amount'),
		text('line_id', 'Line ID', false),
	],
	options: [
		{ displayName: 'Recipients per Batch', name: 'most', type: 'number', default: 2 },
		{ displayName: 'Note', name: 'note', type: 'string', default: '' },
	],
	steering: ['most'],
	referenceField: 'batch_id',
	rules: {
		batch_id: { kind: 'reference', maximumLength: 12 },
		line_id: { kind: 'reference', maximumLength: 14 },
		amount: { kind: 'amount', decimals: 6 },
	},
	moves: { lines: 'lines', amount: ['amount'], currency: ['currency'], to: ['address'] },
	does: {
		packs: {
			into: 'lines',
			lines: ['address', 'amount', 'line_id'],
			referenceField: 'line_id',
			amount: 'amount',
			currency: 'currency',
			most: 'most',
		},
	},
	lookup: { operation: 'payout.getBatch', by: 'batch_id', field: 'batch_id' },
	same: {
		fields: { currency: 'currency' },
		lines: {
			sent: 'lines',
			found: 'lines',
			by: ['line_id', 'line_id'],
			fields: { address: 'address', amount: 'amount' },
		},
	},
	returns: { kind: 'batch', data: 'data' },
};

export const getBatch: Operation = {
	...payout,
	name: 'Get Batch',
	value: 'getBatch',
	request: 'GET /batches/{batch_id}',
	effect: 'read',
	fields: [text('batch_id', 'Batch ID')],
	rules: {},
	referenceField: undefined,
	lookup: undefined,
	returns: { kind: 'batch', data: 'data' },
};

/** The items of a run: one for each address, each of 10 USDT. */
export const recipients = (...addresses: string[]) =>
	addresses.map((address) => ({ batch_id: 'pay', currency: 'USDT', address, amount: '10' }));
