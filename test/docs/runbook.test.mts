import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { readPage } from './page.mts';

const runbook = readPage('docs/when-it-goes-wrong.md');
const sections = readPage('docs/troubleshooting.md').text.split(/^## /m);

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The messages that the runbook quotes. `...` stands for what differs. */
const known = runbook.code.map((text) => new RegExp(`^${text.split('...').map(literally).join('.*')}`));

/** Why an outcome is unknown, as the source says it. */
const reasons = globSync('core/money/*.ts', { cwd: projectFolder })
	.map((path) => readFileSync(join(projectFolder, path), 'utf8'))
	.flatMap((text) => [...text.matchAll(/state: 'unknown',\s*reason: (['"`])((?:(?!\1).)+)\1/g)])
	.map(([, , reason = '']) => reason);

const quoted = (section: string) =>
	[...section.matchAll(/^\| `([^`]+)`/gm)].map(([, message = '']) => message);

describe('docs/when-it-goes-wrong.md', () => {
	it('has every reason for which an outcome is unknown', () => {
		expect(reasons.length).toBeGreaterThan(8);
		expect(reasons.filter((reason) => !known.some((message) => message.test(reason)))).toEqual([]);
	});

	it.each(['Not sent now', 'Not known'])('has every message of the section "%s"', (name) => {
		const messages = quoted(sections.find((section) => section.startsWith(name)) ?? '');
		expect(messages.length).toBeGreaterThan(6);
		expect(messages.filter((message) => !runbook.code.includes(message))).toEqual([]);
	});
});
