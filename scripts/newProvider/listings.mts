import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import type { Names } from './names.mts';

/** One place that names the providers: after the last match of `after`, `added` is written. */
interface Place {
	file: string;
	after: RegExp;
	added: string;
}

/** The files outside the provider's own that name all providers, with the new one. */
export function listings({ folder, name, displayName }: Names): Record<string, string> {
	const places: Place[] = [
		{
			file: 'index.ts',
			after: /^import \{ \w+Parts \} from '\.\/nodes\/\w+\/parts';\n/gm,
			added: `import { ${name}Parts } from './nodes/${folder}/parts';\n`,
		},
		{
			file: 'index.ts',
			after: /^export \* from '\.\/nodes\/\w+\/parts';\n/gm,
			added: `export * from './nodes/${folder}/parts';\n`,
		},
		{ file: 'index.ts', after: /\w+Parts(?=,?\s*\];)/g, added: `, ${name}Parts` },
		{
			file: 'sandbox/registry.mts',
			after: /^import \{ \w+ \} from '\.\/\w+\/index\.mts';\n/gm,
			added: `import { ${name} } from './${name}/index.mts';\n`,
		},
		{
			file: 'sandbox/registry.mts',
			after: /\w+: run\('\w+', \w+\),\n/g,
			added: `${name}: run('${name}', ${name}),\n`,
		},
		{
			file: 'package.json',
			after: /"dist\/credentials\/\w+\.credentials\.js"/g,
			added: `, "dist/credentials/${folder}Api.credentials.js"`,
		},
		{
			file: 'package.json',
			after: /"dist\/nodes\/\w+\/\w+\.node\.js"/g,
			added: `, "dist/nodes/${folder}/${folder}.node.js"`,
		},
		...['payment.yml', 'endpoint.yml'].map((form) => ({
			file: `.github/ISSUE_TEMPLATE/${form}`,
			after: /(?<=label: Provider\s+options: \[)[^\]]+?(?=, another one\]|\])/g,
			added: `, ${displayName}`,
		})),
	];
	const texts: Record<string, string> = {};
	for (const { file, after, added } of places) {
		const text = texts[file] ?? readFileSync(join(projectFolder, file), 'utf8');
		const last = [...text.matchAll(after)].at(-1);
		if (!last) throw new Error(`${file} no longer names the providers as ${after} reads them`);
		const end = last.index + last[0].length;
		texts[file] = text.slice(0, end) + added + text.slice(end);
	}
	return texts;
}
