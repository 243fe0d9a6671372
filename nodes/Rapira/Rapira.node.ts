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
import { rapira } from './provider';

export class Rapira implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rapira',
		name: 'rapira',
		icon: { light: 'file:rapira.svg', dark: 'file:rapira.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(rapira),
		description:
			'Pay out crypto, receive deposits, confirm OTC orders, check addresses, read balances and rates',
		defaults: { name: 'Rapira' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rapiraApi', required: true, testedBy: 'testRapira' }],
		properties: properties(rapira),
	};

	methods = { listSearch, credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, rapira);
	}
}
