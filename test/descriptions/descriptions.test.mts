import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { isEndpoint } from '../../core/provider/operation.ts';
import { catalogue } from '../catalogue.mts';

const root = process.cwd();

/** Prints the whole description as one literal, because n8n's lint sees only the literals in a node's file. */
function print(place: string, provider: string, className: string, node: INodeType): void {
	const target = join(place, 'nodes', provider);
	mkdirSync(target, { recursive: true });
	const literal = JSON.stringify(node.description, null, '\t')
		.replace(/"(inputs|outputs)": \[\s*"main"\s*\]/g, '"$1": [NodeConnectionTypes.Main]')
		.replace(/^(\t+)"(\w+)":/gm, '$1$2:')
		.replace(
			/"((?:[^"\\]|\\.)*)"/g,
			(_whole, text: string) => `'${text.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`,
		);
	const hooks = ['checkExists', 'create', 'delete']
		.map((hook) => `async ${hook}() { return true; }`)
		.join(', ');
	const methods = node.trigger
		? 'async trigger() { return {}; }'
		: node.webhook
			? `webhookMethods = { default: { ${hooks} } };\n\tasync webhook() { return {}; }`
			: 'async execute() { return []; }';
	writeFileSync(
		join(target, `${className}.node.ts`),
		`import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal};

	${methods}
}
`,
	);
}

/** What n8n's strict lint says about the files of a folder. Empty: it finds nothing. */
function lint(place: string): string {
	const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
	const options = ['--config', join(root, 'eslint.config.mjs'), '--max-warnings', '0', 'nodes'];
	const { stdout, stderr, status } = spawnSync(process.execPath, [eslint, ...options], {
		cwd: place,
		encoding: 'utf8',
		// With NODE_ENV=test the plugin believes that its own tests run, and looks at other file names.
		env: { ...process.env, NODE_ENV: 'production' },
	});
	return status === 0 ? '' : `${stdout}${stderr}`;
}

// The folder is outside the project, so that the project's own lint does not find the broken node.
const scratch = mkdtempSync(join(tmpdir(), 'descriptions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A folder that the lint takes for the package: it follows imports and the credentials in package.json. */
function packageFolder(name: string): string {
	const place = join(scratch, name);
	for (const part of ['package.json', 'credentials'])
		cpSync(join(root, part), join(place, part), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
	return place;
}

it('every generated description passes the strict lint as a literal file', () => {
	const place = packageFolder('all');
	for (const { folder: provider, node, triggers } of catalogue) {
		print(place, provider, provider, node);
		for (const trigger of triggers) print(place, provider, trigger.constructor.name, trigger);
		cpSync(join(root, 'nodes', provider), join(place, 'nodes', provider), {
			recursive: true,
			filter: (file) => !/\.(ts|md)$/.test(file),
		});
	}
	expect(lint(place)).toBe('');
});

it.each(catalogue.map(({ provider }) => [provider.displayName, provider] as const))(
	'the Custom API Request of %s has a path of that provider as its example',
	(_name, { resources }) => {
		const operations = resources.flatMap((resource) => resource.operations);
		const reads = operations.filter(isEndpoint).map(({ request }) => request);
		const custom = operations.filter((operation) => operation.custom);
		expect(custom).toHaveLength(2);
		for (const { fields = [] } of custom) {
			const path = fields.find(({ name }) => name === 'path');
			expect(reads).toContain(path?.placeholder?.replace('e.g. ', 'GET '));
		}
	},
);

it('the lint really looks: a wrong description is found', () => {
	const place = packageFolder('broken');
	const [first] = catalogue;
	if (!first) throw new Error('The catalogue is empty');
	const properties = first.node.description.properties.map((one) => ({
		...one,
		displayName: one.displayName.toLowerCase(),
	}));
	print(place, first.folder, first.folder, {
		...first.node,
		description: { ...first.node.description, properties },
	});
	expect(lint(place)).toContain('node-param-display-name-miscased');
});
