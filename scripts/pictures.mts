// npm run docs:pictures: the pictures of README and docs, taken in the real editor and in the sandbox's console.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

import { importFlows, runOtcBuy, runPayout, type ImportedFlows } from './demo/flows.mts';
import { startSetting, type Setting } from './demo/setting.mts';
import { projectFolder } from './n8n/folders.mts';

const folder = join(projectFolder, 'docs', 'pictures');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const quiet = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

// Buttons, panels and hints that the editor lays over the canvas.
const onlyTheFlow = `
	.vue-flow__panel, [role="dialog"], [data-radix-popper-content-wrapper], .el-popper,
	[data-test-id^="radio-button"], [class*="tabs" i], [data-test-id="execute-workflow-button"],
	[data-test-id="canvas-wrapper"] button:not(.vue-flow__node *) { visibility: hidden !important; }
	[data-test-id^="radio-button"] { display: none !important; }
`;

async function signIn(page: Page, { url, owner }: Setting['n8n']): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[autocomplete="email"], input[type="email"]').first().fill(owner.email);
	await page.locator('input[type="password"]').first().fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.includes('signin'));
}

/** The whole flow in the canvas, without what the editor lays around it. */
async function takeFlow(page: Page, url: string, id: string, name: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	const canvas = page.locator('[data-test-id="canvas"], .vue-flow').first();
	await canvas.waitFor();
	await page.locator('.vue-flow__node').first().waitFor();
	await page.keyboard.press('Escape');
	await page.addStyleTag({ content: onlyTheFlow });
	await page.keyboard.press('1');
	// The canvas glides to its place.
	await page.waitForTimeout(1500);
	await canvas.screenshot({ path: join(folder, `${name}.png`) });
	console.log(`docs/pictures/${name}.png`);
}

async function takeConsole(page: Page, { sandbox }: Setting): Promise<void> {
	await page.goto(sandbox.consoleUrl);
	await page.waitForTimeout(1500);
	await page.screenshot({ path: join(folder, 'console.png') });
	console.log('docs/pictures/console.png');
}

async function takeAll(setting: Setting, flows: ImportedFlows): Promise<void> {
	const browser = await chromium.launch({ executablePath, args: quiet });
	try {
		const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1.5 });
		await signIn(page, setting.n8n);
		await takeFlow(page, setting.n8n.url, flows.otcBuy, 'otc-buy');
		await takeFlow(page, setting.n8n.url, flows.payout, 'payout-with-approval');
		await takeFlow(page, setting.n8n.url, flows.events, 'gate-pay-events');
		await takeConsole(page, setting);
	} finally {
		await browser.close();
	}
}

if (!existsSync(executablePath))
	throw new Error(`No Chromium at ${executablePath}: node scripts/setup.mjs --browser`);
mkdirSync(folder, { recursive: true });
const setting = await startSetting({ onProgress: console.log });
try {
	const flows = await importFlows(setting);
	await runOtcBuy(setting, flows.otcBuy);
	await runPayout(setting, flows.payout);
	await takeAll(setting, flows);
} finally {
	await setting.close();
}
