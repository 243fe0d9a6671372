/**
 * npm run bench [-- NAME...] [-- --write]: what the package costs, against named peers measured in turns in the same run.
 * Without names all parts. `--write` makes docs/benchmarks.md and its picture of them; `--tiny` only shows that they run.
 * Needs the built package.
 */
import '../typescript.mjs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';

import { projectFolder } from '../n8n/folders.mts';
import { cost } from './cost.mts';
import { growth } from './growth.mts';
import { loading } from './loading.mts';
import { orders } from './orders.mts';
import { FULL, TINY, type Part, type Result } from './part.mts';
import { plot } from './plot.mts';
import { reads } from './reads.mts';
import { load, page, printed } from './report.mts';
import { signing } from './signing.mts';
import { startStage, type Stage } from './stage.mts';
import { webhooks } from './webhooks.mts';

const parts: Readonly<Record<string, Part>> = { orders, cost, reads, signing, webhooks, loading, growth };

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		write: { type: 'boolean', default: false },
		tiny: { type: 'boolean', default: false },
		seed: { type: 'string', default: '20261120' },
	},
});
const names = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of names) {
	if (!parts[name]) throw new Error(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
}

let started: Promise<Stage> | undefined;
const setting = {
	extent: values.tiny ? TINY : FULL,
	seed: Number(values.seed),
	stage: () => (started ??= startStage()),
};
const loads = [load()];
const results: Result[] = [];
try {
	for (const name of names) {
		const result = await parts[name]?.(setting);
		if (!result) continue;
		results.push(result);
		console.log(`${printed(result)}\n`);
		loads.push(load());
	}
} finally {
	await (await started)?.close();
}
const busy = `load ${Math.min(...loads).toFixed(0)} to ${Math.max(...loads).toFixed(0)}`;
console.log(`The machine had ${busy} meanwhile.`);
if (values.write) {
	const file = join(projectFolder, 'docs', 'benchmarks.md');
	const options = await prettier.resolveConfig(file);
	await writeFile(file, await prettier.format(page(results, busy), { ...options, parser: 'markdown' }));
	await writeFile(join(projectFolder, 'docs', 'pictures', 'benchmarks.svg'), plot(results));
	console.log(`Written: ${file}`);
}
