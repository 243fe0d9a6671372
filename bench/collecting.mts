/**
 * Runs inside of n8n's process (`--import`). At SIGUSR2 it collects what no longer lives, and writes down what is left.
 */
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env['BENCH_MEMORY'];
if (file !== undefined) {
	setFlagsFromString('--expose-gc');
	const collect: () => void = runInNewContext('gc');
	process.on('SIGUSR2', () => {
		collect();
		collect();
		writeFileSync(file, JSON.stringify(process.memoryUsage()));
	});
}
