import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { cacheFolder } from '../../host/folders.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { launchBrowser } from '../../scripts/editor/browser.mts';
import { idsFrom, placeOrder } from '../e2e/desk.mts';

const MINUTE_MS = 60_000;
jest.setTimeout(3 * MINUTE_MS);

let sandbox: Sandbox;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 100, autopilot: false });
	const [id = ''] = idsFrom(1, 1);
	placeOrder({ sandbox }, id);
	browser = await launchBrowser();
}, 3 * MINUTE_MS);
afterEach(async () => await context?.close());
afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

async function open(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
	context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
	const page = await context.newPage();
	await page.goto(`${sandbox.consoleUrl}`);
	await page.getByText('connected', { exact: true }).waitFor();
	return page;
}

/** What axe finds: the rule, and the places that break it. */
async function violationsOf(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

describe("the sandbox's console", () => {
	it.each([
		[1280, 'light'],
		[1280, 'dark'],
		[360, 'light'],
	] as const)('has nothing that axe complains of at %i px in %s colours', async (width, scheme) => {
		const page = await open(width, scheme);
		await mkdir(cacheFolder, { recursive: true });
		await page.screenshot({ path: join(cacheFolder, `console-${width}-${scheme}.png`), fullPage: true });
		expect(await violationsOf(page)).toEqual([]);
	});

	it('fits into a telephone: nothing but a table of its own is wider than 360 px', async () => {
		const page = await open(360);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
	});

	it('is used by keyboard alone: another provider, a fault, and its end', async () => {
		const page = await open(1280);
		const reach = async (name: string) => {
			for (let press = 0; press < 60; press += 1) {
				await page.keyboard.press('Tab');
				const focused = await page.evaluate('document.activeElement.textContent.trim()');
				if (focused === name) return;
			}
			throw new Error(`The Tab key does not reach ${name}.`);
		};
		await reach('OkiPays');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'OkiPays' }).waitFor();
		await reach('Plan the fault');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Clear all' }).waitFor();
		await reach('Clear all');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Clear all' }).waitFor({ state: 'detached' });
	});
});
