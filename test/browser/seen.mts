import type { Page, Response } from 'playwright-core';

import { bothWays, type Text } from '../leftBehind/search.mts';

/** What a page received and what it showed. */
export interface Seen {
	/** Keeps what the page shows now. */
	look(): Promise<void>;
	texts(): Promise<Text[]>;
}

/** Notes everything that the page receives from now on. */
export function seenBy(page: Page): Seen {
	const texts: Text[] = [];
	const keep = (place: string, text: string) => texts.push({ place, text });
	const coming: Promise<void>[] = [];
	page.on('console', (message) => keep('console', `${message.text()} ${message.location().url}`));
	page.on('pageerror', ({ message, stack = '' }) => keep('console', `${message} ${stack}`));
	page.on('websocket', (socket) =>
		socket.on('framereceived', ({ payload }) => keep('pushed to the page', payload.toString('latin1'))),
	);
	page.on('response', (response) => {
		if (isOfApi(response))
			coming.push(bodyOf(response).then((body) => void keep("answers of n8n's API", body)));
	});
	return {
		look: async () => {
			keep('HTML', `${bothWays(await page.content())}\n${await page.innerText('body')}`);
			keep('fields', (await page.evaluate(valuesOfFields)).join('\n'));
		},
		texts: async () => {
			await Promise.all(coming);
			return texts;
		},
	};
}

const isOfApi = (response: Response) => new URL(response.url()).pathname.startsWith('/rest/');

/** The body of an answer. Empty when the page was gone before it came: nobody got it. */
async function bodyOf(response: Response): Promise<string> {
	return await response.text().catch(() => '');
}

/** Runs in the page and reads its fields, without the password fields: a person typed their values. */
function valuesOfFields(): string[] {
	const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
	return Array.from(fields)
		.filter(({ type }) => type !== 'password')
		.map(({ value }) => value);
}
