import type { Locator } from 'playwright-core';

import { byTest, closeNode, type Editor } from './editor.mts';

/** Opens the panel from which people add nodes. */
export async function openNodePanel({ page }: Editor): Promise<Locator> {
	const panel = byTest(page, 'node-creator').first();
	const search = byTest(panel, 'node-creator-search-bar');
	await page.locator('.vue-flow__pane').first().waitFor();
	if (await panel.isVisible()) await page.keyboard.press('Escape');
	await panel.waitFor({ state: 'hidden' });
	await page.keyboard.press('n');
	await search.waitFor();
	return panel;
}

/** Types a text into the panel. Resolves to the names of the nodes that the panel finds. */
export async function searchNodes(editor: Editor, text: string): Promise<string[]> {
	const panel = await openNodePanel(editor);
	const found = byTest(panel, 'node-creator-item-name');
	const names = async () => (await found.allInnerTexts()).map((name) => name.trim());
	const before = (await names()).join();
	await byTest(panel, 'node-creator-search-bar').fill(text);
	// The panel starts its search a moment after the last key.
	for (let looks = 0; looks < 50 && (await names()).join() === before; looks += 1) await pause(200);
	await pause(200);
	return await names();
}

/** Adds a node by its name in the panel, with the named action or event, and closes the view that opens then. */
export async function addNode(editor: Editor, name: string, action?: string): Promise<void> {
	await searchNodes(editor, name);
	const { page } = editor;
	const panel = byTest(page, 'node-creator').first();
	const entries = byTest(panel, 'item-iterator-item');
	await entries
		.filter({ has: page.getByText(name, { exact: true }) })
		.first()
		.click();
	if (action === undefined) await page.getByRole('button', { name: 'Add to workflow' }).click();
	else await chooseAction(panel, action);
	await byTest(page, 'ndv').waitFor();
	await closeNode(editor);
}

async function chooseAction(panel: Locator, action: string): Promise<void> {
	const entry = panel.getByText(action, { exact: true }).first();
	const section = panel.getByText(action.startsWith('On ') ? /^Triggers \(/ : /^Actions \(/).first();
	await section.waitFor();
	// What begins a workflow is folded up behind the first node, and what follows is before it. A click on what is only
	// slow to show its entries folds it up.
	for (let clicks = 0; clicks < 5 && !(await appears(entry)); clicks += 1) await section.click();
	await entry.click();
}

async function appears(entry: Locator): Promise<boolean> {
	return await entry.waitFor({ timeout: 2000 }).then(
		() => true,
		() => false,
	);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
