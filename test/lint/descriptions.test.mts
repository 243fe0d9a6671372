import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { GatePay } from '../../nodes/GatePay/GatePay.node.ts';
import { GatePayTrigger } from '../../nodes/GatePay/GatePayTrigger.node.ts';

const folder = join('.cache', 'descriptions');

/** n8n's lint sees fields only as literals in a node's file, so the whole description is printed as one. */
function print(name: string, node: INodeType): void {
	const place = join(folder, 'nodes', 'GatePay');
	mkdirSync(place, { recursive: true });
	const literal = JSON.stringify(node.description, null, '\t')
		.replace(/"inputs": \[\s*"main"\s*\]/, '"inputs": [NodeConnectionTypes.Main]')
		.replace(/"outputs": \[\s*"main"\s*\]/, '"outputs": [NodeConnectionTypes.Main]')
		.replace(/^(\t+)"(\w+)":/gm, '$1$2:')
		.replace(
			/"((?:[^"\\]|\\.)*)"/g,
			(_whole, text: string) => `'${text.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`,
		);
	const methods = node.webhook
		? 'webhookMethods = { default: { async checkExists() { return true; }, async create() { return true; }, async delete() { return true; } } };\n\tasync webhook() { return {}; }'
		: 'async execute() { return []; }';
	const source = `import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class ${name} implements INodeType {
	description: INodeTypeDescription = ${literal};

	${methods}
}
`;
	writeFileSync(join(place, `${name}.node.ts`), source);
}

it('every generated description passes the strict lint as a literal file', () => {
	rmSync(folder, { recursive: true, force: true });
	print('GatePay', new GatePay());
	print('GatePayTrigger', new GatePayTrigger());
	for (const icon of ['gatePay.svg', 'gatePay.dark.svg'])
		copyFileSync(join('nodes/GatePay', icon), join(folder, 'nodes/GatePay', icon));
	const arguments_ = [
		join('..', '..', 'node_modules/eslint/bin/eslint.js'),
		'--config',
		join('..', '..', 'eslint.config.mjs'),
		'--max-warnings',
		'0',
		'--no-ignore',
		'.',
	];
	// A finding makes eslint leave with 1, and this throws with what it printed.
	const printed = execFileSync(process.execPath, arguments_, {
		cwd: folder,
		encoding: 'utf8',
		stdio: 'pipe',
	});
	expect(printed).toBe('');
}, 60_000);

it('the lint really looks: a wrong description is found', () => {
	const node = new GatePay();
	const broken = {
		...node,
		description: {
			...node.description,
			properties: node.description.properties.map((one) => ({
				...one,
				displayName: one.displayName.toLowerCase(),
			})),
		},
	};
	rmSync(folder, { recursive: true, force: true });
	print('GatePay', broken as INodeType);
	const run = () =>
		execFileSync(
			process.execPath,
			[
				join('..', '..', 'node_modules/eslint/bin/eslint.js'),
				'--config',
				join('..', '..', 'eslint.config.mjs'),
				'--no-ignore',
				'.',
			],
			{ cwd: folder, encoding: 'utf8', stdio: 'pipe' },
		);
	expect(run).toThrow();
}, 60_000);
