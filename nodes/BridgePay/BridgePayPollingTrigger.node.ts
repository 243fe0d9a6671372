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
import { bridgePay } from './provider';
import { watches } from './watches';

export class BridgePayPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BridgePay Polling Trigger',
		name: 'bridgePayPollingTrigger',
		icon: { light: 'file:bridgePay.svg', dark: 'file:bridgePay.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ ({ invoices: "Invoices", withdrawals: "Withdrawals" })[$parameter["watch"]] }}',
		description:
			'Starts the workflow when an invoice or a withdrawal at BridgePay is new or has changed, without a webhook',
		defaults: { name: 'BridgePay Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bridgePayApi', required: true, testedBy: 'testBridgePay' }],
		properties: [
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Invoices', value: 'invoices' },
					{ name: 'Withdrawals', value: 'withdrawals' },
				],
				default: 'invoices',
				description:
					'What to look for. Beside the webhook trigger it finds what was lost while n8n was down: the same event has the same eventId.',
			},
			{
				displayName: 'Internal IDs',
				name: 'references',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. order-1042, order-1043',
				description:
					'Your own references of the pay-ins and pay-outs to ask about, separated by commas: BridgePay has no list of them',
				displayOptions: { show: { watch: ['invoices'] } },
			},
			{
				displayName: 'Withdrawal IDs',
				name: 'references',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 41b2e564-ecd1-418f-8c08-176d5e081ad3',
				description: 'The withdrawals to ask about, separated by commas: BridgePay has no list of them',
				displayOptions: { show: { watch: ['withdrawals'] } },
			},
			// This trigger asks for each invoice by its ID. Age does not matter, so there is no field for days.
			...pollingProperties.filter(({ name }) => name !== 'days'),
		],
	};

	methods = { credentialTest: credentialTests };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this, bridgePay, watches);
	}
}
