import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Part, Row } from './part.mts';
import { summary } from './statistics.mts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist', 'index.js');

interface Loaded {
	milliseconds: number;
	megabytes: number;
}

/** What n8n pays for the package when it starts. */
export const loading: Part = async ({ extent: { manyRounds } }) => {
	const ours: Loaded[] = [];
	const theirs: Loaded[] = [];
	for (let round = 0; round <= manyRounds; round += 1) {
		const mine = await load(dist, 'n8n-workflow');
		const peer = await load('n8n-workflow', 'node:path');
		if (round === 0) continue;
		ours.push(mine);
		theirs.push(peer);
	}
	const row = (what: string, figure: keyof Loaded, unit: string): Row => ({
		what: `require() of the whole package: ${what}`,
		ours: summary(ours.map((one) => one[figure])),
		unit,
		peer: 'require() of n8n-workflow',
		theirs: summary(theirs.map((one) => one[figure])),
	});
	return {
		title: 'Loading',
		rows: [row('processor time', 'milliseconds', 'ms'), row('memory kept', 'megabytes', 'MB')],
		series: [],
		notes: ['All five providers, 14 nodes. n8n-workflow is there already when n8n loads the package.'],
	};
};

/** Loads a module in a new process and measures what it costs beyond a module that is loaded before. */
async function load(module: string, over: string): Promise<Loaded> {
	const script = `
		require(${JSON.stringify(over)});
		const heap = () => { gc(); return process.memoryUsage().heapUsed; };
		const before = heap();
		const start = process.cpuUsage();
		const loaded = require(${JSON.stringify(module)});
		const kept = (loaded.providers ?? []).map(({ name }) => new loaded[name[0].toUpperCase() + name.slice(1)]());
		const { user, system } = process.cpuUsage(start);
		console.log(JSON.stringify({ milliseconds: (user + system) / 1000, megabytes: (heap() - before) / 1e6, kept: kept.length }));`;
	const { stdout } = await run(process.execPath, ['--expose-gc', '-e', script], { cwd: root });
	return JSON.parse(stdout);
}
