import type { Plan } from './plan.mts';
import { constantOf } from './rows.mts';

/** The files that describe the node: what n8n loads, and the provider in one object. */
export function nodeFiles(plan: Plan): Record<string, string> {
	const { folder, name } = plan.names;
	return {
		[`${folder}.node.ts`]: node(plan),
		[`${folder}.node.json`]: codex(plan),
		[`${name}.svg`]: icon('#E5E7EB', '#374151'),
		[`${name}.dark.svg`]: icon('#374151', '#E5E7EB'),
		'parts.ts': parts(plan),
		'provider.ts': provider(plan),
		'lists.ts': '/** The drop-downs of the node: none yet. */\nexport const listSearch = {};\n',
	};
}

function node({ names: { folder, name, displayName }, rows }: Plan): string {
	const what = rows.resources.map(([value]) => value.replace(/([A-Z])/g, ' $1').toLowerCase()).join(', ');
	return `import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute } from '../../core/executor';
import { properties } from '../../core/fields/properties';
import { subtitle } from '../../core/fields/subtitle';
import { listSearch } from './lists';
import { ${name} } from './provider';

export class ${folder} implements INodeType {
	description: INodeTypeDescription = {
		displayName: '${displayName}',
		name: '${name}',
		icon: { light: 'file:${name}.svg', dark: 'file:${name}.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(${name}),
		description: 'Read ${displayName}: ${what}. Nothing that changes something can be sent yet.',
		defaults: { name: '${displayName}' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: '${name}Api', required: true }],
		properties: properties(${name}),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this, ${name});
	}
}
`;
}

function codex({ names: { name }, contract: { docs } }: Plan): string {
	return JSON.stringify({
		node: `n8n-nodes-otc-payouts.${name}`,
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories: ['Finance & Accounting'],
		alias: ['payment'],
		resources: { credentialDocumentation: [{ url: docs }], primaryDocumentation: [{ url: docs }] },
	});
}

/** A placeholder: a ring in a square. */
function icon(ground: string, ring: string): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60" viewBox="0 0 60 60" fill="none">
	<rect x="3" y="3" width="54" height="54" rx="14" fill="${ground}"/>
	<circle cx="30" cy="30" r="16" stroke="${ring}" stroke-width="5" stroke-dasharray="8 6"/>
</svg>
`;
}

function parts({ names: { folder, name } }: Plan): string {
	return `import type { ProviderParts } from '../../core/provider/parts';
import { ${folder}Api } from '../../credentials/${folder}Api.credentials';
import { ${folder} } from './${folder}.node';
import { ${name} } from './provider';

export { ${folder}Api, ${folder} };

export const ${name}Parts: ProviderParts = { provider: ${name}, credential: ${folder}Api, node: ${folder} };
`;
}

function provider({ names: { name, displayName }, contract: { docs }, rows }: Plan): string {
	const resources = rows.resources.map(([value]) => value);
	return `import { customRequestResource } from '../../core/fields/customRequest';
import type { Provider } from '../../core/provider/provider';
import { account } from './account';
${resources.map((value) => `import { ${constantOf(value)} } from './operations/${value}';`).join('\n')}
import { toPayment } from './payment';
import { refuseUnjudged, verdict } from './verdict';

export const ${name}: Provider = {
	name: '${name}',
	displayName: '${displayName}',
	credential: '${name}Api',
	resources: [${resources.map(constantOf).join(', ')}, customRequestResource(${JSON.stringify(docs)}, ${JSON.stringify(rows.example)})],
	// No limit is known yet, so reads go one after the other.
	parallelReads: 1,
	dashboard: 'your ${displayName} account',
	account,
	headers(operation) {
		refuseUnjudged(operation);
		return {};
	},
	verdict,
	payment: toPayment,
};
`;
}
