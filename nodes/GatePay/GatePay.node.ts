import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute } from '../../core/executor';
import { properties } from '../../core/properties';
import { listSearch } from './lists';
import { gatePay } from './provider';

export class GatePay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gate Pay',
		name: 'gatePay',
		icon: { light: 'file:gatePay.svg', dark: 'file:gatePay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Take payments, refund, pay out, convert, and buy and sell crypto OTC with Gate Pay',
		defaults: { name: 'Gate Pay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gatePayApi', required: true }],
		properties: properties(gatePay),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, gatePay);
	}
}
