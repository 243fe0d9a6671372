import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const quiet = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Starts Debian's Chromium without its services that use the network. */
export async function launchBrowser(): Promise<Browser> {
	if (!existsSync(executablePath))
		throw new Error(`No Chromium at ${executablePath}: node scripts/setup.mjs --browser`);
	return await chromium.launch({ executablePath, args: quiet });
}
