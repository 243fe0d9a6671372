import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { runLogged } from './command.mjs';
import { cacheFolder } from './paths.mjs';

/** Debian's Chromium. Set CHROMIUM to use another browser. */
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Installs Debian's Chromium, for the tests and pictures of n8n's editor. */
export async function ensureBrowser() {
	if (existsSync(chromium)) return false;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(
			`Chromium is missing (${chromium}). On Debian: sudo apt-get install chromium. Elsewhere: set CHROMIUM to the path of a Chromium or Chrome.`,
		);
	}
	const title = 'Installing Chromium';
	const log = join(cacheFolder, 'setup-browser.log');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	console.log(`${title} ...`);
	const updating = await runLogged('Reading package lists', 'apt-get', ['update'], { log, env });
	const installing = await runLogged(
		title,
		'apt-get',
		['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'],
		{ log, env },
	);
	console.log(`${title}: done in ${updating + installing} s`);
	return true;
}
