import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from '../../host/workflows.mts';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

/** A node of our package with its credential. */
export function ours(name: string, type: string, provider: string, parameters: INodeParameters): INode {
	const credentials = { [`${provider}Api`]: { id: '', name: '' } };
	return {
		id: name,
		name,
		type: `n8n-nodes-otc-payouts.${type}`,
		typeVersion: 1,
		parameters,
		credentials,
		position: [260, 0],
	};
}

/** A workflow of one node after the Manual Trigger. */
export function alone(step: INode): WorkflowFile {
	const start: INode = {
		id: 'Start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
		position: [0, 0],
	};
	return {
		name: step.name,
		nodes: [start, step],
		connections: { Start: { main: [[{ node: step.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

export function gatePayPayout(amount: string): INode {
	return ours('Pay Out', 'gatePay', 'gatePay', {
		resource: 'payout',
		operation: 'createMany',
		batch_id: 'payroll_2026_11',
		currency: byId('USDT'),
		chain: byId('TRX'),
		address: ADDRESS,
		amount,
		fee_type: '',
		memo: '',
		merchant_withdraw_id: 'payroll_2026_11_anna',
		options: {},
	});
}

export function rapiraPayout(options: INodeParameters): INode {
	return ours('Pay Out', 'rapira', 'rapira', {
		resource: 'payout',
		operation: 'create',
		token: byId('USDT:TRX:USDTTRC20'),
		address: ADDRESS,
		amount: '120.5',
		paymentReference: 'invoice-2026-0042',
		options,
	});
}
