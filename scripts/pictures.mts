// npm run docs:pictures: takes the pictures of README and docs in the real editor and in the sandbox's console.
// npm run docs:pictures -- otc-buy: takes only the named flows. With -- editor: only nodes, credential and trigger.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

import { importFlows, runOtcBuy, runPayout } from './demo/flows.mts';
import { startSetting, type Setting } from './demo/setting.mts';
import { flowNames, workflowFile } from './demo/workflowFiles.mts';
import { launchBrowser } from './editor/browser.mts';
import { openEditor, type EditorOptions } from './editor/editor.mts';
import { takeNodes } from './editor/pictures.mts';
import { projectFolder } from '../host/folders.mts';

const folder = join(projectFolder, 'docs', 'pictures');

// Hides the buttons, panels and hints that the editor lays over the canvas.
const onlyTheFlow = `
	.vue-flow__panel, [role="dialog"], [data-radix-popper-content-wrapper], .el-popper,
	[data-test-id^="radio-button"], [class*="tabs" i], [data-test-id="execute-workflow-button"],
	[data-test-id="canvas-wrapper"] button:not(.vue-flow__node *) { visibility: hidden !important; }
	[data-test-id^="radio-button"], .vue-flow__background { display: none !important; }
`;

/** The space around the nodes, in pixels of the page: names and the last node's handle stand outside the boxes. */
const MARGIN = 24;
const ROOM_FOR_NAMES = 56;

/** The part of the page that nodes and notes take. */
async function placeOfNodes(page: Page) {
	const nodes = await page.locator('.vue-flow__node').all();
	const boxes = (await Promise.all(nodes.map((one) => one.boundingBox()))).filter((box) => box !== null);
	const left = Math.min(...boxes.map(({ x }) => x)) - ROOM_FOR_NAMES;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + ROOM_FOR_NAMES;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + ROOM_FOR_NAMES;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Takes a picture of the whole flow, without the editor around it. */
async function takeFlow(page: Page, url: string, id: string, name: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	const canvas = page.locator('[data-test-id="canvas"], .vue-flow').first();
	await canvas.waitFor();
	await page.locator('.vue-flow__node').first().waitFor();
	await page.keyboard.press('Escape');
	await page.addStyleTag({ content: onlyTheFlow });
	await page.keyboard.press('1');
	// The flow is shown one step smaller, so that the names at its edge have room.
	await page.keyboard.press('-');
	// The canvas needs a moment to glide to its place.
	await page.waitForTimeout(1500);
	await page.screenshot({ path: join(folder, `${name}.png`), clip: await placeOfNodes(page) });
	console.log(`docs/pictures/${name}.png`);
}

async function takeConsole(page: Page, { sandbox }: Setting): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.goto(sandbox.consoleUrl);
		sandbox.clearFaults();
		sandbox.fault({ provider: 'gatePay', kind: 'reset-after-applying', onlyChanges: true });
		await page.getByRole('button', { name: 'Clear all' }).waitFor();
		const name = colorScheme === 'dark' ? 'console-dark.png' : 'console.png';
		await page.screenshot({ path: join(folder, name) });
		console.log(`docs/pictures/${name}`);
	}
	sandbox.clearFaults();
}

async function takeFlows(setting: Setting, names: string[]): Promise<void> {
	const { n8n, credentials } = setting;
	const flows: Array<[name: string, id: string]> = [];
	for (const name of names) {
		flows.push([name, await n8n.importWorkflow(await workflowFile(name), { credentials })]);
	}
	for (const theme of ['light', 'dark'] as const) {
		const suffix = theme === 'dark' ? '-dark' : '';
		await withPage(setting, theme, async (page) => {
			for (const [name, id] of flows) await takeFlow(page, n8n.url, id, `flow-${name}${suffix}`);
		});
	}
}

async function withPage(
	setting: Setting,
	theme: EditorOptions['theme'],
	take: (page: Page) => Promise<void>,
): Promise<void> {
	const browser = await launchBrowser();
	try {
		const size = { width: 1600, height: 900 };
		const { page } = await openEditor(browser, setting.n8n, { theme, size, scale: 1.5 });
		await take(page);
	} finally {
		await browser.close();
	}
}

mkdirSync(folder, { recursive: true });
const setting = await startSetting({ onProgress: console.log });
const named = process.argv.slice(2);
try {
	if (named.join() === 'editor') {
		await takeNodes(setting, folder);
	} else if (named.length > 0) {
		await takeFlows(setting, named);
	} else {
		// The console's picture needs some records.
		const flows = await importFlows(setting);
		await runOtcBuy(setting, flows.otcBuy);
		await runPayout(setting, flows.payout);
		await takeFlows(setting, await flowNames());
		await withPage(setting, 'light', (page) => takeConsole(page, setting));
		await takeNodes(setting, folder);
	}
} finally {
	await setting.close();
}
