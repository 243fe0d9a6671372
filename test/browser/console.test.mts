import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { cacheFolder } from '../../host/folders.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { launchBrowser } from '../../scripts/editor/browser.mts';
import { idsFrom, placeOrder } from '../e2e/desk.mts';
import { Client, payout } from '../sandbox/client.mts';

const MINUTE_MS = 60_000;
jest.setTimeout(3 * MINUTE_MS);

const mails = [
	{
		to: ['boss@example.com'],
		subject: 'Approve 3 payouts',
		html: '<table><tr><td>Anna</td><td>120.5 USDT</td></tr></table><script>document.body.textContent = "run"</script>',
		links: { Approve: 'http://127.0.0.1:9/approve', Decline: 'http://127.0.0.1:9/decline' },
	},
];
let sandbox: Sandbox;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 100, autopilot: false, mails: () => mails });
	const [id = ''] = idsFrom(1, 1);
	placeOrder({ sandbox }, id);
	await new Client(sandbox).call(
		'createPayoutBatch',
		payout('payroll_2026_11', {}, [{ merchant_withdraw_id: 'anna' }]),
	);
	sandbox.gatePay.act('completePayout', sandbox.gatePay.state.payoutBatches[0]?.lines[1]?.suborder_id ?? '');
	sandbox.fault({ provider: 'gatePay', kind: 'reset-after-applying', onlyChanges: true });
	browser = await launchBrowser();
}, 3 * MINUTE_MS);
afterEach(async () => await context?.close());
afterAll(async () => {
	await browser?.close();
	await sandbox?.close();
});

async function open(width: number, colorScheme: 'light' | 'dark' = 'light', tab = ''): Promise<Page> {
	const permissions = ['clipboard-read', 'clipboard-write'];
	context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, permissions });
	const page = await context.newPage();
	await page.goto(`${sandbox.consoleUrl}${tab}`);
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
		[1280, 'light', ''],
		[1280, 'dark', ''],
		[360, 'light', ''],
		[1280, 'light', '#mails'],
		[1280, 'dark', '#mails'],
		[360, 'light', '#mails'],
	] as const)('has nothing that axe complains of at %i px in %s colours %s', async (width, scheme, tab) => {
		const page = await open(width, scheme, tab);
		await mkdir(cacheFolder, { recursive: true });
		await page.screenshot({
			path: join(cacheFolder, `console-${width}-${scheme}${tab.slice(1)}.png`),
			fullPage: true,
		});
		expect(await violationsOf(page)).toEqual([]);
	});

	it.each([360, 390])('fits into a telephone of %i px, nested tables too', async (width) => {
		const page = await open(width);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
		const tooWide = `[...document.querySelectorAll('.scroll')].filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth).length`;
		expect(await page.evaluate(tooWide)).toBe(0);
	});

	it('copies a value of the credential', async () => {
		const page = await open(1280);
		await page.getByRole('button', { name: 'Copy Payment API Secret' }).first().click();
		expect(await page.evaluate('navigator.clipboard.readText()')).toBe('sandbox-payment-secret-0001');
	});

	it('names operations as the node does, and says whose delivery was not sent and why', async () => {
		const page = await open(1280);
		const requests = page
			.getByRole('group', { name: 'Time, Operation, Verdict, Fault, Reason, Call' })
			.first();
		expect(await requests.textContent()).toContain('Payout: Create, Create Many');
		const deliveries = page.getByRole('group', { name: 'Time, Event, Reference, State, Attempts' }).first();
		expect(await deliveries.textContent()).toMatch(/anna.*unsent.*No Callback URL is set/);
	});

	it('plans a fault for the next request that is no read, unless told otherwise', async () => {
		const page = await open(1280, 'light', '#okiPays');
		const planned = (text: string) => page.locator('li:visible', { hasText: text }).waitFor();
		await page.getByRole('button', { name: 'Plan the fault' }).click();
		await planned('timeout-after-applying on what creates or pays, request 1');
		await page.getByRole('button', { name: 'Clear all' }).click();
		await page.getByRole('combobox', { name: 'Operation' }).selectOption({ label: 'Order: Create' });
		await page.getByRole('button', { name: 'Plan the fault' }).click();
		await planned('timeout-after-applying on Order: Create, request 1');
		await page.getByRole('button', { name: 'Clear all' }).click();
	});

	it('shows the text of a mail with its links, and runs nothing of it', async () => {
		const page = await open(1280, 'light', '#mails');
		await page.getByRole('heading', { name: 'Approve 3 payouts' }).waitFor();
		expect(await page.locator('.mail').getByRole('cell').allTextContents()).toEqual(['Anna', '120.5 USDT']);
		expect(await page.getByRole('link', { name: 'Approve' }).getAttribute('href')).toBe(
			'http://127.0.0.1:9/approve',
		);
	});

	it.each([1280, 360])(
		'is used by keyboard alone at %i px: another provider, a fault, and its end',
		async (width) => {
			const page = await open(width);
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
			await page.screenshot({ path: join(cacheFolder, `console-${width}-keyboard.png`) });
			await page.keyboard.press('Enter');
			await page.getByRole('button', { name: 'Clear all' }).waitFor();
			await reach('Clear all');
			await page.keyboard.press('Enter');
			await page.getByRole('button', { name: 'Clear all' }).waitFor({ state: 'detached' });
		},
	);
});
