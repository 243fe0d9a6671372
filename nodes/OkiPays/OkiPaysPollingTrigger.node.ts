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
import { okiPays } from './provider';
import { watches } from './watches';

export class OkiPaysPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OkiPays Polling Trigger',
		name: 'okiPaysPollingTrigger',
		icon: { light: 'file:okiPays.svg', dark: 'file:okiPays.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ ({ orders: "Orders" })[$parameter["watch"]] }}',
		description: 'Starts the workflow when an order at OkiPays has changed, without a webhook',
		defaults: { name: 'OkiPays Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'okiPaysApi', required: true, testedBy: 'testOkiPays' }],
		properties: [
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Orders', value: 'orders' }],
				default: 'orders',
				description:
					'What to look for. Beside the webhook trigger it finds what was lost while n8n was down: the same event has the same eventId.',
			},
			{
				displayName: 'Order IDs',
				name: 'references',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 1042, 1043',
				description:
					'Your own numbers of the orders to ask about, separated by commas: OkiPays has no list of them. Each is one request per poll, and at most 4 go out in a second.',
			},
			// This trigger asks for each order by its ID. Age does not matter, so there is no field for days.
			...pollingProperties.filter(({ name }) => name !== 'days'),
		],
	};

	methods = { credentialTest: credentialTests };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this, okiPays, watches);
	}
}
