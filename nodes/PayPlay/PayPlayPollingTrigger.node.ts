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
import { payPlay } from './provider';
import { watches } from './watches';

export class PayPlayPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PayPlay Polling Trigger',
		name: 'payPlayPollingTrigger',
		icon: { light: 'file:payPlay.svg', dark: 'file:payPlay.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle:
			'={{ ({ cryptoOrders: "Crypto Orders", orders: "Orders", transactions: "Transactions", withdrawals: "Withdrawals" })[$parameter["watch"]] }}',
		description:
			'Starts the workflow when an order, a transaction or a withdrawal at PayPlay is new or has changed, without a webhook',
		defaults: { name: 'PayPlay Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'payPlayApi', required: true, testedBy: 'testPayPlay' }],
		properties: [
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Crypto Orders', value: 'cryptoOrders' },
					{ name: 'Orders', value: 'orders', description: 'Orders of any kind under the payment page' },
					{ name: 'Transactions', value: 'transactions' },
					{ name: 'Withdrawals', value: 'withdrawals' },
				],
				default: 'orders',
				description:
					'What to look for. Beside the webhook trigger it finds what was lost while n8n was down: the same event has the same eventId.',
			},
			{
				displayName: 'Transaction IDs',
				name: 'references',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 23d2ca58-20bf-416f-960b-8eae02224653',
				description:
					'The transactions to ask about, separated by commas: PayPlay documents no list of them. Withdrawal: Create returns the ID.',
				displayOptions: { show: { watch: ['transactions', 'withdrawals'] } },
			},
			...pollingProperties,
		],
	};

	methods = { credentialTest: credentialTests };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this, payPlay, watches);
	}
}
