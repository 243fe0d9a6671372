// node scripts/run.mjs FILE.mts [arguments]: installs what is missing, then runs the file with Node 24.
import { resolve } from 'node:path';

import { setupOrExit } from './setup.mjs';
import { runWithNode24 } from './setup/node24.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) {
	console.error('Usage: node scripts/run.mjs FILE.mts [arguments]');
	process.exit(2);
}
await setupOrExit();
runWithNode24(resolve(file), args);
