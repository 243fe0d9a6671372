import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The last lines of a log usually hold the reason. The whole log stays in the file. */
const TAIL_LINES = 40;
const HEARTBEAT_SECONDS = 10;

/**
 * Runs a command with all its output in a log file, and says now and then that it is still running.
 * Resolves to the seconds it took; rejects with the end of the log.
 */
export function runLogged(title, command, args, { log, ...options }) {
	mkdirSync(dirname(log), { recursive: true });
	const output = openSync(log, 'w');
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const heartbeat = setInterval(
		() => console.log(`  ${title}: ${seconds()} s ...`),
		HEARTBEAT_SECONDS * 1000,
	);

	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', output, output] });
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) return resolve(seconds());
			const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
			reject(
				new Error(
					`${title}: "${command} ${args.join(' ')}" ended with ${signal ?? code}.\n${tail}\n(whole log: ${log})`,
				),
			);
		});
	}).finally(() => {
		clearInterval(heartbeat);
		closeSync(output);
	});
}
