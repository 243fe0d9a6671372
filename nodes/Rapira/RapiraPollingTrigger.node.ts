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
import { rapira } from './provider';
import { watches } from './watches';

export class RapiraPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rapira Polling Trigger',
		name: 'rapiraPollingTrigger',
		icon: { light: 'file:rapira.svg', dark: 'file:rapira.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ ({ deposits: "Deposits", payouts: "Payouts" })[$parameter["watch"]] }}',
		description:
			'Starts the workflow when a crypto payout or a deposit at Rapira is new or has changed. Rapira documents no webhooks.',
		defaults: { name: 'Rapira Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rapiraApi', required: true, testedBy: 'testRapira' }],
		properties: [
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Deposits', value: 'deposits' },
					{ name: 'Payouts', value: 'payouts' },
				],
				default: 'payouts',
				description: 'What to look for. Only these two can be listed: no path is known to read OTC orders.',
			},
			{
				displayName: 'Address',
				name: 'address',
				type: 'string',
				default: '',
				placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
				description: 'Only deposits to this address. Empty: all.',
				displayOptions: { show: { watch: ['deposits'] } },
			},
			{
				displayName: 'Coin',
				name: 'coin',
				type: 'string',
				default: '',
				placeholder: 'e.g. usdt',
				description:
					'Only deposits of this coin. The one integration that filters by it writes it in lower case. Empty: all.',
				displayOptions: { show: { watch: ['deposits'] } },
			},
			...pollingProperties,
		],
	};

	methods = { credentialTest: credentialTests };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this, rapira, watches);
	}
}
