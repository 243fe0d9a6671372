// node scripts/tarballs.mts FILE.tgz ...: prints what publint and "Are the types wrong?" say about packed packages.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { runCommand, type Ended } from './test/command.mts';
import type { Command } from './test/suites.mts';

const MINUTE_MS = 60_000;
const tools = join(dirname(import.meta.dirname), 'node_modules', '.bin');

interface Manifest {
	type?: string;
	main?: string;
	exports?: unknown;
}

async function manifestOf(tarball: string): Promise<Manifest> {
	const { stdout } = await promisify(execFile)('tar', ['-xOf', tarball, 'package/package.json']);
	return JSON.parse(stdout);
}

/** What the tools found in a tarball, a suggestion included. Empty: nothing. */
async function complaintsAbout(tarball: string): Promise<string[]> {
	const { type, main, exports } = await manifestOf(tarball);
	const commands: Command[] = [[join(tools, 'publint'), 'run', tarball, '--strict']];
	// A provider's package is loaded by n8n, file by file: it has no entry whose types could be wrong.
	if (main !== undefined || exports !== undefined) {
		const profile = type === 'module' ? 'esm-only' : 'strict';
		commands.push([join(tools, 'attw'), tarball, '--profile', profile, '--no-color', '--no-emoji']);
	}
	const ended: Ended[] = [];
	for (const command of commands) ended.push(await runCommand(command, { timeoutMs: 2 * MINUTE_MS }));
	return ended
		.filter(({ code, output }) => code !== 0 || /^(Suggestions|Warnings|Errors):/m.test(output))
		.map(({ output }) => `${tarball}\n${output}`);
}

for (const tarball of process.argv.slice(2)) {
	const complaints = await complaintsAbout(tarball);
	console.log(complaints.length === 0 ? `${tarball}: nothing found` : complaints.join('\n'));
	if (complaints.length > 0) process.exitCode = 1;
}
