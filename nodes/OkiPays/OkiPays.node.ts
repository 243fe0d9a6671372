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
import { okiPays } from './provider';

export class OkiPays implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OkiPays',
		name: 'okiPays',
		icon: { light: 'file:okiPays.svg', dark: 'file:okiPays.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(okiPays),
		description: 'Create crypto invoices and read their status, payment currencies, coins and networks',
		defaults: { name: 'OkiPays' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'okiPaysApi', required: true, testedBy: 'testOkiPays' }],
		properties: properties(okiPays),
	};

	methods = { listSearch, credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, okiPays);
	}
}
