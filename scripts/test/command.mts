import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import type { Command } from './suites.mts';

export interface Ended {
	code: number;
	output: string;
}

export interface CommandOptions {
	timeoutMs: number;
	env?: NodeJS.ProcessEnv;
	/** Absent: the project's folder. */
	cwd?: string;
}

/** Runs a command to its end and keeps its output. A command that hangs is ended with all that it has started. */
export function runCommand(
	[program, ...args]: Command,
	{ timeoutMs, env, cwd = projectFolder }: CommandOptions,
): Promise<Ended> {
	const child = spawn(program, args, {
		cwd,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			PATH: `${join(projectFolder, 'node_modules', '.bin')}${delimiter}${process.env['PATH']}`,
			NO_COLOR: '1',
			FORCE_COLOR: undefined,
			...env,
		},
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const killGroup = () => {
		if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
	};
	const limit = setTimeout(() => {
		output += `\nNot done after ${timeoutMs / 1000} s: ended.\n`;
		killGroup();
	}, timeoutMs);
	process.once('exit', killGroup);

	return new Promise((resolve) => {
		const end = (code: number) => {
			clearTimeout(limit);
			process.off('exit', killGroup);
			resolve({ code, output });
		};
		child.on('error', (cause) => {
			output += cause.message;
			end(1);
		});
		child.on('close', (code) => end(code ?? 1));
	});
}
