import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

import { binFolder, node24, projectFolder } from './paths.mjs';

/** Runs a TypeScript file with Node 24, as if it had been started directly: same terminal, signals and exit code. */
export function runWithNode24(file, args) {
	const child = spawn(node24, [file, ...args], {
		stdio: 'inherit',
		cwd: projectFolder,
		env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH}` },
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		// Ctrl+C in a terminal also reaches the child. A second signal from here would end it at once.
		process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
	}

	child.on('error', (cause) => {
		console.error(cause.message);
		process.exit(1);
	});
	child.on('close', (code, signal) => {
		if (!signal) process.exit(code ?? 1);
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	});
}
