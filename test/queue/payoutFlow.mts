import type { INode } from 'n8n-workflow';

import { inARow, node } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';

const placeholder = { id: '', name: '' };

function onSettledDeposit(webhookId: string): INode {
	return {
		...node('Deposit Settled', 'n8n-nodes-otc-payouts.gatePayTrigger', 2, {
			events: ['otc'],
			statuses: ['succeeded'],
		}),
		credentials: { gatePayApi: placeholder },
		webhookId,
	};
}

/** The reference of a deposit's payout. Every notification of the deposit leads to the same reference. */
export const referenceOf = (orderId: string) => `q_${orderId}`;

/** A flow that pays out a settled deposit, once for each deposit. */
export function payoutFlow(webhookId: string): WorkflowFile {
	const code = (value: string) => ({ __rl: true, mode: 'id', value });
	const payout = {
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		amount: '={{ $json.amount }}',
		chain: code('TRX'),
		currency: code('USDT'),
		fee_type: '',
		memo: '',
		merchant_withdraw_id: '=q_{{ $json.id }}',
	};
	const pay: INode = {
		...node('Pay Out', 'n8n-nodes-otc-payouts.gatePay', 1, {
			resource: 'payout',
			operation: 'create',
			batch_id: '=q_{{ $json.id }}',
			withdraw_list: { payout: [payout] },
			options: {},
		}),
		credentials: { gatePayApi: placeholder },
	};
	return inARow(`Payouts ${webhookId}`, [onSettledDeposit(webhookId), pay]);
}

/** A flow that makes an OkiPays order for each settled deposit. OkiPays takes numbers of at most 14 digits. */
export function orderFlow(webhookId: string): WorkflowFile {
	const create: INode = {
		...node('Create an Order', 'n8n-nodes-otc-payouts.okiPays', 1, {
			resource: 'order',
			operation: 'create',
			order_id: '={{ $json.id.slice(-8) }}',
			payment_currency_iso: { __rl: true, mode: 'id', value: 'USD' },
			price: '={{ $json.amount }}',
			include_commission: 1,
			options: {},
		}),
		credentials: { okiPaysApi: placeholder },
	};
	return inARow(`Orders ${webhookId}`, [onSettledDeposit(webhookId), create]);
}
