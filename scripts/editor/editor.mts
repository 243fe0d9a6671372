import type { Browser, ConsoleMessage, Locator, Page } from 'playwright-core';

import type { N8n } from '../../host/start.mts';

/** The longest wait for something to appear. Waits end when it appears, because a shared machine may be busy. */
const PATIENCE_MS = 120_000;

export interface EditorOptions {
	theme?: 'light' | 'dark';
	/** How many pixels of the picture one pixel of the page gets. */
	scale?: number;
	size?: { width: number; height: number };
}

export interface Editor {
	page: Page;
	/** The complaints of the browser's console, without those that n8n itself causes when it has no network. */
	complaints: string[];
	close(): Promise<void>;
}

/** Opens n8n's editor and signs in. */
export async function openEditor(
	browser: Browser,
	{ url, owner }: Pick<N8n, 'url' | 'owner'>,
	{ theme = 'light', scale = 1, size = { width: 1440, height: 900 } }: EditorOptions = {},
): Promise<Editor> {
	const context = await browser.newContext({
		viewport: size,
		deviceScaleFactor: scale,
		reducedMotion: 'reduce',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	await context.addInitScript((chosen) => localStorage.setItem('N8N_THEME', chosen), theme);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !isOfN8n(message))
			complaints.push(`${message.text()} ${message.location().url}`);
	});
	page.on('pageerror', ({ message }) => complaints.push(message));
	await page.goto(`${url}/signin`);
	await page.locator('input[autocomplete="email"], input[type="email"]').first().fill(owner.email);
	await page.locator('input[type="password"]').first().fill(owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.includes('signin'));
	return { page, complaints, close: () => context.close() };
}

/** Complaints that n8n causes: it asks for the session before the sign-in, and npm for the page of a community node. */
function isOfN8n(message: ConsoleMessage): boolean {
	const from = message.location().url;
	return from.endsWith('/rest/login') || from.startsWith('https://registry.npmjs.org/');
}

/** Takes a picture of the page. */
export async function take({ page }: Editor, path: string): Promise<void> {
	await page.mouse.move(1, 1); // the pointer goes where nothing shows a hint
	const style = '.el-notification { visibility: hidden !important; }'; // messages would cover the output
	await page.screenshot({ path, animations: 'disabled', style });
}

/** The element with n8n's test ID. */
export function byTest(within: Page | Locator, id: string): Locator {
	return within.locator(`[data-test-id="${id}"]`);
}

export async function openWorkflow({ page }: Editor, url: string, id: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	await byTest(page, 'canvas-node').first().waitFor();
	await byTest(page, 'execute-workflow-button').or(byTest(page, 'canvas-controls')).first().waitFor();
}

/** The node of this name on the canvas. */
export function nodeOnCanvas({ page }: Editor, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** Opens the node's own view, with input, parameters and output side by side. */
export async function openNode(editor: Editor, name: string): Promise<Locator> {
	const view = byTest(editor.page, 'ndv');
	await nodeOnCanvas(editor, name).dblclick();
	await view.waitFor();
	return view;
}

export async function closeNode({ page }: Editor): Promise<void> {
	await byTest(page, 'ndv-close-button').click();
	await byTest(page, 'ndv').waitFor({ state: 'hidden' });
}

export type View = 'schema' | 'table' | 'json';

/** Runs the open node. Resolves to its output panel when something came out. */
export async function executeStep({ page }: Editor): Promise<Locator> {
	const output = byTest(page, 'output-panel');
	await byTest(page, 'node-execute-button').click();
	await byTest(output, 'node-run-info').waitFor();
	await byTest(page, 'node-execute-button').filter({ hasText: 'Execute step' }).waitFor();
	return output;
}

/** Shows the output as a table, as JSON or by its schema. */
export async function showAs(output: Locator, view: View): Promise<void> {
	await byTest(output, `radio-button-${view}`).click();
	await output.locator(`[data-test-id="radio-button-${view}"][data-state="checked"]`).waitFor();
}
