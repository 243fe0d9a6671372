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
import { sensitiveFields } from '../../core/fields/sensitiveFields';
import { subtitle } from '../../core/fields/subtitle';
import { credentialTests } from './credentialTest';
import { listSearch } from './lists';
import { gatePay } from './provider';
import { gatePayWebhook } from './webhook';

export class GatePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gate Pay',
		name: 'gatePay',
		icon: { light: 'file:gatePay.svg', dark: 'file:gatePay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(gatePay),
		description: 'Take payments, refund, pay out, convert, and buy and sell crypto OTC with Gate Pay',
		defaults: { name: 'Gate Pay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gatePayApi', required: true, testedBy: 'testGatePay' }],
		webhooks: callbackWebhooks,
		sensitiveOutputFields: sensitiveFields(gatePay),
		properties: properties(gatePay),
	};

	methods = { listSearch, credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, gatePay);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback.call(this, gatePayWebhook);
	}
}
