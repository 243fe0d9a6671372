import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** Recipients as a spreadsheet has them. */
export function recipients(count: number, from = 1): IDataObject[] {
	return Array.from({ length: count }, (_one, index) => ({
		amount: `${10 + from + index}.5`,
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	}));
}

/** Parameters of Payout: Create Many, with two recipients in a batch. */
export function createMany(options: IDataObject = {}, more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'payout',
		operation: 'createMany',
		batch_id: 'payroll_2026_11',
		address: '={{ $json.address }}',
		amount: '={{ $json.amount }}',
		chain: { __rl: true, mode: 'id', value: '={{ $json.chain || "TRX" }}' },
		currency: { __rl: true, mode: 'id', value: '={{ $json.currency || "USDT" }}' },
		fee_type: '',
		memo: '={{ $json.memo }}',
		merchant_withdraw_id: '={{ $json.id }}',
		...more,
		options: { recipientsPerBatch: 2, ...options } as INodeParameters,
	};
}
