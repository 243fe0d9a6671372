// Installs what is missing. It runs before node_modules exists, so it is plain JavaScript for Node 20 without dependencies.
//   node scripts/setup.mjs             the project
//   node scripts/setup.mjs --host      and the real n8n
//   node scripts/setup.mjs --browser   and Chromium
import { pathToFileURL } from 'node:url';

import { ensureBrowser } from './setup/browser.mjs';
import { ensureHost, ensureProject } from './setup/install.mjs';

export { chromium, ensureBrowser } from './setup/browser.mjs';
export { ensureHost, ensureProject } from './setup/install.mjs';
export { binFolder, cacheFolder, hostFolder, node24, projectFolder } from './setup/paths.mjs';

/** Installs for a command line: a failed installation ends the process with its reason and without a stack. */
export async function setupOrExit({ host = false, browser = false } = {}) {
	try {
		await ensureProject();
		if (host) await ensureHost();
		if (browser) await ensureBrowser();
	} catch (cause) {
		console.error(`\nSetup did not succeed.\n${cause.message}`);
		process.exit(1);
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const wanted = new Set(process.argv.slice(2));
	await setupOrExit({ host: wanted.has('--host'), browser: wanted.has('--browser') });
	if (!wanted.has('--quiet')) console.log('Everything is installed.');
}
