import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Locator } from 'playwright-core';

import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { launchBrowser } from '../../scripts/editor/browser.mts';
import { ADDRESS, alone, gatePayPayout, ours, rapiraPayout } from '../../scripts/editor/examples.mts';
import {
	byTest,
	closeNode,
	executeStep,
	nodeOnCanvas,
	openEditor,
	openNode,
	openWorkflow,
	showAs,
	take,
	type Editor,
} from '../../scripts/editor/editor.mts';
import { addNode, searchNodes } from '../../scripts/editor/nodePanel.mts';
import { cacheFolder } from '../../host/folders.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { search } from '../leftBehind/search.mts';
import { marker } from '../secrets.mts';
import { seenBy, type Seen } from './seen.mts';

jest.setTimeout(300_000);

const folder = join(cacheFolder, 'browser');
let setting: Setting;
let browser: Browser;
let editor: Editor;
let seen: Seen;
const wrongSecret = marker('typed by hand');
beforeAll(async () => {
	mkdirSync(folder, { recursive: true });
	browser = await launchBrowser();
	setting = await startSetting({ autopilot: false });
	editor = await openEditor(browser, setting.n8n);
	seen = seenBy(editor.page);
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await setting?.close();
});
beforeEach(() => editor.complaints.splice(0));
afterEach(() => seen.look());

const picture = (name: string) => take(editor, join(folder, `${name}.png`));
const empty = () => editor.page.goto(`${setting.n8n.url}/workflow/new`);
const quietly = () => expect(editor.complaints).toEqual([]);

/** Waits until the panel shows the text. A failure names the missing text, and what the panel shows instead. */
async function shows(panel: Locator, text: string): Promise<void> {
	await panel
		.filter({ hasText: text })
		.waitFor()
		.catch(async (fault: unknown) => {
			await picture('missing-text');
			throw new Error(`The panel shows no "${text}" but: ${await panel.innerText()}`, { cause: fault });
		});
}

async function open(file: WorkflowFile, node?: string): Promise<void> {
	const id = await setting.n8n.importWorkflow(file, setting);
	await openWorkflow(editor, setting.n8n.url, id);
	if (node) await openNode(editor, node);
}

describe('the node panel', () => {
	beforeAll(async () => void (await empty()));

	it.each([
		['payout', ['Gate Pay', 'BridgePay', 'PayPlay', 'Rapira']],
		['pay out', ['Gate Pay', 'BridgePay', 'PayPlay', 'Rapira']],
		['withdrawal', ['Gate Pay', 'BridgePay', 'PayPlay', 'Rapira']],
		['OTC', ['Gate Pay', 'Rapira']],
		['P2P', ['BridgePay', 'Rapira']],
		['USDT', ['Gate Pay', 'BridgePay', 'OkiPays', 'PayPlay', 'Rapira']],
		['stablecoin', ['Gate Pay', 'BridgePay', 'OkiPays', 'PayPlay', 'Rapira']],
		['merchant', ['Gate Pay', 'BridgePay', 'OkiPays', 'PayPlay']],
		['invoice', ['Gate Pay', 'BridgePay', 'OkiPays', 'PayPlay']],
		['refund', ['Gate Pay', 'PayPlay']],
		['gate.io', ['Gate Pay', 'Gate Pay Polling Trigger']],
		['gatepay', ['Gate Pay', 'Gate Pay Polling Trigger']],
		['bridge pay', ['BridgePay', 'BridgePay Polling Trigger']],
		['okipays', ['OkiPays', 'OkiPays Polling Trigger']],
		['pay play', ['PayPlay', 'PayPlay Polling Trigger']],
		['rapira', ['Rapira', 'Rapira Polling Trigger']],
	])('finds by "%s" what people look for', async (text, names) => {
		expect(await searchNodes(editor, text)).toEqual(expect.arrayContaining(names));
		if (text === 'payout') await picture('node-panel');
	});

	it.each([
		['Gate Pay', 'Create payouts to one recipient per item', 'Payout: Create Many'],
		['BridgePay', 'Create pay in invoice', 'Invoice: Create Pay-In'],
		['OkiPays', 'Create order', 'Order: Create'],
		['PayPlay', 'Get many balances', 'Balance: Get Many'],
		['Rapira', 'Get order book', 'Market: Get Order Book'],
		['Gate Pay Polling Trigger', undefined, 'OTC Deposits'],
		['BridgePay Polling Trigger', undefined, 'Invoices'],
		['OkiPays Polling Trigger', undefined, 'Orders'],
		['PayPlay Polling Trigger', undefined, 'Orders'],
		['Rapira Polling Trigger', undefined, 'Payouts'],
	])('adds %s, and the canvas says what it does', async (name, action, subtitle) => {
		await empty();
		await addNode(editor, name, action);
		const added = byTest(editor.page, 'canvas-node').filter({ hasText: subtitle });
		await added.waitFor();
		expect(await added.innerText()).toContain(action ?? name);
		await picture(`canvas-${name}`);
		quietly();
	});
});

describe('a node', () => {
	beforeEach(async () => await setting.sandbox.reset());

	it('lets resource, operation, currency and chain be chosen from what the provider has', async () => {
		await open(alone(ours('Pay Out', 'gatePay', 'gatePay', { options: {} })), 'Pay Out');
		const { page } = editor;
		const choose = async (parameter: string, name: string) => {
			await byTest(page, `parameter-input-${parameter}`).click();
			const choice = page.locator('[data-test-id="parameter-input-item"]:visible');
			await choice
				.filter({ has: page.getByText(name, { exact: true }) })
				.first()
				.click();
		};
		const list = async (parameter: string) => {
			await byTest(page, `resource-locator-${parameter}`).locator('input').last().click();
			return page.locator('[data-test-id="rlc-item"]:visible');
		};
		await choose('resource', 'Payout');
		await choose('operation', 'Create Many');
		quietly();

		await byTest(page, 'resource-locator-chain').locator('input').last().click();
		await page.getByText('Choose the currency first').waitFor();
		await picture('chain-before-currency');
		await page.keyboard.press('Escape');
		// The drop-down's answer says why it is empty, and n8n itself logs that answer.
		editor.complaints.splice(0);

		const currencies = await list('currency');
		await currencies.first().waitFor();
		expect(await currencies.allInnerTexts()).toContain('USDT');
		await picture('currencies');
		await currencies.filter({ hasText: 'USDT' }).click();
		const chains = await list('chain');
		await chains.first().waitFor();
		expect((await chains.allInnerTexts()).join()).toContain('TRON/TRC20');
		await picture('chains');
		quietly();
	});

	it('shows what came out as a table and as a schema', async () => {
		await open(alone(gatePayPayout('120.5')), 'Pay Out');
		const output = await executeStep(editor);
		for (const view of ['table', 'schema'] as const) {
			await showAs(output, view);
			for (const part of ['outcome', 'applied', 'reference', 'payroll_2026_11_anna', 'status', 'created'])
				await shows(output, part);
			await picture(`output-${view}`);
		}
		expect(setting.sandbox.gatePay.books.entries).toMatchObject([{ amount: '120.5' }]);
		quietly();
		await closeNode(editor);
		await nodeOnCanvas(editor, 'Pay Out').waitFor();
	});

	it('says what was wrong with a value, and that nothing was sent', async () => {
		await open(alone(gatePayPayout('1.1234567')), 'Pay Out');
		const output = await executeStep(editor);
		await shows(output, 'Amount `1.1234567` has 7 decimals; it takes at most 6. Nothing was sent.');
		await shows(output, 'Change the value and run again.');
		await picture('value-refused');
		quietly();
	});

	it('says why the provider refused, and that no money was moved', async () => {
		await open(alone(gatePayPayout('99999999')), 'Pay Out');
		const output = await executeStep(editor);
		await shows(output, 'Gate Pay refused Payout: Create Many');
		await shows(output, 'No money was moved by it.');
		await picture('outcome-rejected');
		quietly();
	});

	it.each([
		['stops', {}, 'outcome-unknown'],
		['goes on', { whenUnknown: 'continue' }, 'outcome-unknown-continued'],
	])('%s after an unknown outcome, and says how to find out', async (_what, options, name) => {
		setting.sandbox.fault({
			provider: 'rapira',
			operation: 'createCryptoWithdrawal',
			kind: 'reset-after-applying',
		});
		await open(alone(rapiraPayout(options)), 'Pay Out');
		const output = await executeStep(editor);
		await shows(output, 'Money may or may not have moved.');
		await shows(output, 'Do not send it again before you know');
		await picture(name);
		quietly();
	});
});

describe('a credential', () => {
	it('explains a wrong secret, and connects with the right one', async () => {
		await open(alone(gatePayPayout('1')), 'Pay Out');
		const { page } = editor;
		await byTest(page, 'node-credentials-select').click();
		await byTest(page, 'node-credentials-select-item-new').click();
		const form = byTest(page, 'credential-edit-dialog');
		const type = (name: string, text: string) =>
			byTest(form, `parameter-input-${name}`).locator('input').first().fill(text);
		const { account, url } = setting.sandbox.gatePay;
		await type('clientId', account.clientId);
		await type('paymentSecret', wrongSecret);
		await type('baseUrl', url);
		await byTest(page, 'credential-save-button').click();
		await page.getByText('More details').click();
		await page
			.getByText('Is it the Payment API Secret in the credential, not the Authorization Secret?')
			.waitFor();
		await picture('credential-refused');

		await type('paymentSecret', account.paymentSecret);
		await byTest(page, 'credential-save-button').click();
		await byTest(page, 'credential-save-button').waitFor({ state: 'hidden' });
		await byTest(page, 'credential-edit-button').click();
		await page.getByText('Connection tested successfully').waitFor();
		await picture('credential');
		quietly();
	});
});

describe('a trigger', () => {
	it('shows its URL and what to do with it', async () => {
		await empty();
		await addNode(editor, 'Gate Pay', 'On OTC order');
		await openNode(editor, 'Gate Pay Trigger');
		const { page } = editor;
		const view = byTest(page, 'ndv');
		await view.getByText('Webhook URLs').first().click();
		await view.getByText('Production URL', { exact: true }).click();
		await view.getByText(/\/webhook\/[\w-]+\/webhook$/).waitFor();
		expect(await view.innerText()).toContain('Paste the Production URL');
		await view.getByText('When will this node trigger my flow?').click();
		await view.getByText('Gate Pay repeats what was not acknowledged').waitFor();
		await picture('trigger');
		quietly();
	});
});

describe('a secret', () => {
	it('would be found in everything that the page shows or gets', async () => {
		const planted = marker('planted in the page');
		const note = node('Note', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ planted }),
			options: {},
		});
		await open(inARow('Planted', [start, note]), 'Note');
		await shows(await executeStep(editor), 'planted');
		await editor.page.evaluate((secret) => {
			console.log(encodeURIComponent(secret));
			document.body.append(Object.assign(document.createElement('input'), { value: secret }));
		}, planted);
		await seen.look();
		const { leaks } = await search(await seen.texts(), { secrets: [planted] });
		const places = new Set(leaks.map((leak) => leak.slice(0, leak.indexOf(': '))));
		expect([...places].sort()).toEqual([
			'HTML',
			"answers of n8n's API",
			'console',
			'fields',
			'pushed to the page',
		]);
	});
});

it('looks as good in the dark', async () => {
	const dark = await openEditor(browser, setting.n8n, { theme: 'dark' });
	const id = await setting.n8n.importWorkflow(alone(gatePayPayout('1')), setting);
	await openWorkflow(dark, setting.n8n.url, id);
	const icon = nodeOnCanvas(dark, 'Pay Out').locator('img').first();
	expect(await icon.getAttribute('src')).toMatch(/gatePay\.dark\.svg$/);
	await take(dark, join(folder, 'canvas-dark.png'));
	await openNode(dark, 'Pay Out');
	await dark.page
		.getByText(ADDRESS)
		.or(dark.page.locator(`input[value="${ADDRESS}"]`))
		.first()
		.waitFor();
	await take(dark, join(folder, 'node-dark.png'));
	expect(dark.complaints).toEqual([]);
	await dark.close();
});

leavesNoSecret(() => ({ ...setting, typed: [wrongSecret], seen: seen.texts }));
