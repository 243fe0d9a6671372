import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute } from '../../core/executor';
import { properties } from '../../core/fields/properties';
import { subtitle } from '../../core/fields/subtitle';
import { credentialTests } from './credentialTest';
import { listSearch } from './lists';
import { payPlay } from './provider';

export class PayPlay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PayPlay',
		name: 'payPlay',
		icon: { light: 'file:payPlay.svg', dark: 'file:payPlay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(payPlay),
		description: 'Take crypto payments, withdraw, convert and refund, read balances and rates',
		defaults: { name: 'PayPlay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'payPlayApi', required: true, testedBy: 'testPayPlay' }],
		properties: properties(payPlay),
	};

	methods = { listSearch, credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, payPlay);
	}
}
