import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import type { Setting } from '../demo/setting.mts';
import { launchBrowser } from './browser.mts';
import {
	byTest,
	executeStep,
	openEditor,
	openNode,
	openWorkflow,
	showAs,
	take,
	type Editor,
} from './editor.mts';
import { alone, gatePayPayout, rapiraPayout } from './examples.mts';
import { addNode, searchNodes } from './nodePanel.mts';

const size = { width: 1280, height: 800 };

/** Takes the pictures of the node panel, a credential, a trigger, a result and the outcomes of a payment. */
export async function takeNodes(setting: Setting, folder: string): Promise<void> {
	const browser = await launchBrowser();
	try {
		for (const theme of ['light', 'dark'] as const) await takeIn(browser, setting, theme, folder);
	} finally {
		await browser.close();
	}
}

async function takeIn(
	browser: Browser,
	setting: Setting,
	theme: 'light' | 'dark',
	folder: string,
): Promise<void> {
	const editor = await openEditor(browser, setting.n8n, { theme, size });
	for (const [name, show] of Object.entries(scenes)) {
		await setting.sandbox.reset();
		await show(editor, setting);
		const file = theme === 'light' ? `editor-${name}.png` : `editor-${name}-dark.png`;
		await take(editor, join(folder, file));
		console.log(`docs/pictures/${file}`);
	}
	await editor.close();
}

const scenes: Record<string, (editor: Editor, setting: Setting) => Promise<void>> = {
	'node-panel': async (editor, { n8n }) => {
		await editor.page.goto(`${n8n.url}/workflow/new`);
		await searchNodes(editor, 'payout');
	},
	output: async (editor, setting) => {
		await run(editor, setting, gatePayPayout('120.5'));
	},
	'outcome-rejected': async (editor, setting) => {
		await run(editor, setting, gatePayPayout('99999999'));
	},
	'outcome-unknown': async (editor, setting) => {
		const operation = 'createCryptoWithdrawal';
		setting.sandbox.fault({ provider: 'rapira', operation, kind: 'reset-after-applying' });
		await run(editor, setting, rapiraPayout({}));
	},
	credential: async (editor, setting) => {
		await open(editor, setting, gatePayPayout('120.5'));
		await byTest(editor.page, 'credential-edit-button').click();
		await editor.page.getByText('Connection tested successfully').waitFor();
	},
	trigger: async (editor, { n8n }) => {
		const { page } = editor;
		await page.goto(`${n8n.url}/workflow/new`);
		await addNode(editor, 'Gate Pay', 'On payout');
		const view = await openNode(editor, 'Gate Pay Trigger');
		await view.getByText('Webhook URLs').first().click();
		await view.getByText('Production URL', { exact: true }).click();
		await view.getByText('When will this node trigger my flow?').click();
	},
};

type Step = Parameters<typeof alone>[0];

async function open(editor: Editor, { n8n, credentials }: Setting, step: Step): Promise<void> {
	const id = await n8n.importWorkflow(alone(step), { credentials });
	await openWorkflow(editor, n8n.url, id);
	await openNode(editor, step.name);
}

async function run(editor: Editor, setting: Setting, step: Step): Promise<void> {
	await open(editor, setting, step);
	const output = await executeStep(editor);
	const views = byTest(output, 'radio-button-schema');
	if (await views.isVisible()) await showAs(output, 'schema');
}
