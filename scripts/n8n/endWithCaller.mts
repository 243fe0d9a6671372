// Loaded into n8n by --import. Its standard input is a pipe from whoever started it: when that ends, however it
// ended, nobody is left to stop this n8n. So it ends too, with its task runners.
import { isMainThread } from 'node:worker_threads';

const endWithTaskRunners = () => process.kill(-process.pid, 'SIGKILL');

// n8n's worker threads load this as well; their standard input is always at its end.
if (isMainThread) process.stdin.on('end', endWithTaskRunners).on('error', endWithTaskRunners).resume();
