// Loaded into n8n by --import. Its standard input is a pipe from whoever started it: when that ends, however it
// ended, nobody is left to stop this n8n. So it ends too, with its task runners and its temporary folder.
import { rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

import { temporaryFolderVariable } from './userFolder.mts';

function endWithTaskRunners(): void {
	const folder = process.env[temporaryFolderVariable];
	try {
		if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	} finally {
		process.kill(-process.pid, 'SIGKILL');
	}
}

// n8n's worker threads load this as well; their standard input is always at its end.
if (isMainThread) process.stdin.on('end', endWithTaskRunners).on('error', endWithTaskRunners).resume();
