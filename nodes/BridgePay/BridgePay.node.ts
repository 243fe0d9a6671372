import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { callbackWebhooks, receiveCallback } from '../../core/events/callback';
import { execute } from '../../core/executor';
import { properties } from '../../core/fields/properties';
import { subtitle } from '../../core/fields/subtitle';
import { credentialTests } from './credentialTest';
import { listSearch } from './lists';
import { bridgePay } from './provider';
import { bridgePayWebhook } from './webhook';

export class BridgePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BridgePay',
		name: 'bridgePay',
		icon: { light: 'file:bridgePay.svg', dark: 'file:bridgePay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(bridgePay),
		description: 'Take and make fiat payments through P2P traders, withdraw the balance',
		defaults: { name: 'BridgePay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bridgePayApi', required: true, testedBy: 'testBridgePay' }],
		webhooks: callbackWebhooks,
		properties: properties(bridgePay),
	};

	methods = { listSearch, credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, bridgePay);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback.call(this, bridgePayWebhook);
	}
}
