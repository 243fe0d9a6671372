import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { poll } from '../../core/events/polling';
import { pollingProperties } from '../../core/fields/triggerProperties';
import { credentialTests } from './credentialTest';
import { gatePay } from './provider';
import { watches } from './watches';

export class GatePayPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gate Pay Polling Trigger',
		name: 'gatePayPollingTrigger',
		icon: { light: 'file:gatePay.svg', dark: 'file:gatePay.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle:
			'={{ ({ otcDeposits: "OTC Deposits", otcDepositsOlder: "OTC Deposits (Older Contract)", otcWithdrawals: "OTC Withdrawals", payouts: "Payouts" })[$parameter["watch"]] }}',
		description:
			'Starts the workflow when an OTC order or a payout at Gate Pay is new or has changed, without a webhook',
		defaults: { name: 'Gate Pay Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gatePayApi', required: true, testedBy: 'testGatePay' }],
		properties: [
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'OTC Deposits', value: 'otcDeposits' },
					{ name: 'OTC Deposits (Older Contract)', value: 'otcDepositsOlder' },
					{ name: 'OTC Withdrawals', value: 'otcWithdrawals' },
					{ name: 'Payouts', value: 'payouts' },
				],
				default: 'otcDeposits',
				description:
					'What to look for. Beside the webhook trigger it finds what was lost while n8n was down: the same event has the same eventId.',
			},
			{
				displayName: 'Batch IDs',
				name: 'references',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. payroll_2026_11, payroll_2026_12',
				description: 'The payouts to ask about, separated by commas: Gate Pay has no list of them',
				displayOptions: { show: { watch: ['payouts'] } },
			},
			...pollingProperties,
		],
	};

	methods = { credentialTest: credentialTests };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this, gatePay, watches);
	}
}
