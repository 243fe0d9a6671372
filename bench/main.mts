/**
 * npm run bench [-- NAME...] [-- --write]: measures what the package costs, in turns with named peers in the same run.
 * Without names it runs all parts. `--write` makes docs/benchmarks.md and its picture, with the latest results of the parts
 * that are not named. `--tiny` only shows that the parts run. `--env NAME=VALUE` starts n8n with this setting; such results are only
 * printed. Needs the built package.
 */
import '../scripts/typescript.mjs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';

import { cacheFolder, projectFolder } from '../host/folders.mts';
import { checking } from './checking.mts';
import { cost } from './cost.mts';
import { growth } from './growth.mts';
import { loading } from './loading.mts';
import { orders } from './orders.mts';
import { FULL, TINY, type Part } from './part.mts';
import { plot } from './plot.mts';
import { reads } from './reads.mts';
import { load, page, printed, type Kept } from './report.mts';
import { signing } from './signing.mts';
import { startStage, type Stage } from './stage.mts';
import { webhooks } from './webhooks.mts';

const parts: Readonly<Record<string, Part>> = {
	orders,
	cost,
	checking,
	reads,
	signing,
	webhooks,
	loading,
	growth,
};

const kept = join(cacheFolder, 'bench');

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		write: { type: 'boolean', default: false },
		tiny: { type: 'boolean', default: false },
		env: { type: 'string', multiple: true, default: [] },
		rounds: { type: 'string' },
		seed: { type: 'string', default: '20261120' },
	},
});
const names = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of names) {
	if (!parts[name]) throw new Error(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
}

const env = Object.fromEntries(values.env.map((one) => one.split('=', 2)));
const isKept = !values.tiny && values.env.length === 0 && values.rounds === undefined;
const full =
	values.rounds === undefined ? FULL : { ...FULL, rounds: Number(values.rounds), sizesInN8n: [100] };
let started: Promise<Stage> | undefined;
const setting = {
	extent: values.tiny ? TINY : full,
	seed: Number(values.seed),
	stage: () => (started ??= startStage(env)),
};
try {
	for (const name of names) {
		const before = load();
		const result = await parts[name]?.(setting);
		if (!result) continue;
		const loads = [before, load()]
			.map((one) => one.toFixed(0))
			.sort((one, other) => Number(one) - Number(other));
		console.log(`${printed(result)}\n  Load: ${loads.join(' to ')}\n`);
		if (isKept) await keep(name, { ...result, load: loads.join(' to '), at: new Date().toISOString() });
	}
} finally {
	await (await started)?.close();
}
if (values.write) await write();

/** Keeps the result of a part, so that each part can be measured again alone when the machine is quieter. */
async function keep(name: string, result: Kept): Promise<void> {
	await mkdir(kept, { recursive: true });
	await writeFile(join(kept, `${name}.json`), JSON.stringify(result));
}

/** Writes the page from the latest result of each part, of this run or an earlier one. */
async function write(): Promise<void> {
	const results: Kept[] = [];
	for (const name of Object.keys(parts)) {
		const text = await readFile(join(kept, `${name}.json`), 'utf8').catch(() => undefined);
		if (text === undefined) throw new Error(`${name} was never measured here: npm run bench -- ${name}`);
		results.push(JSON.parse(text));
	}
	const file = join(projectFolder, 'docs', 'benchmarks.md');
	const options = await prettier.resolveConfig(file);
	await writeFile(file, await prettier.format(page(results), { ...options, parser: 'markdown' }));
	await writeFile(join(projectFolder, 'docs', 'pictures', 'benchmarks.svg'), plot(results));
	console.log(`Written: ${file}`);
}
