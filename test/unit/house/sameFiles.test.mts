import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The files of a provider by the table in CONTRIBUTING.md, with `<Name>` for the folder. */
const table = readFileSync('CONTRIBUTING.md', 'utf8')
	.split('| file ')[1]
	?.split('\n\n')[0]
	?.split('\n')
	.flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? []);
const files = (table ?? []).filter((file) => !file.includes('<resource>'));

/** A provider with a written verdict. Before that it is only what `npm run new-provider` has made. */
const folders = readdirSync('nodes').filter(
	(folder) => !readFileSync(`nodes/${folder}/verdict.ts`, 'utf8').includes('function refuseUnjudged('),
);

it('are named in CONTRIBUTING.md', () => {
	expect(files).toEqual(expect.arrayContaining(['statuses.ts', 'fields.ts', 'verdict.ts', 'MAPPING.md']));
	expect(folders.length).toBeGreaterThanOrEqual(5);
});

describe.each(folders)('%s', (folder) => {
	const isThere = (file: string) => {
		const place = file === 'fields.ts' ? 'operations/fields.ts' : file.replace('<Name>', folder);
		return existsSync(`nodes/${folder}/${place}`);
	};
	const receives = isThere('<Name>Trigger.node.ts');

	it.each(files)('has %s', (file) => {
		const isOfTrigger = file === '<Name>Trigger.node.ts' || file === 'webhook.ts';
		expect(isThere(file)).toBe(isOfTrigger ? receives : true);
	});

	it('authenticates by the same name as the others', () => {
		const text = readFileSync(`nodes/${folder}/authentication.ts`, 'utf8');
		expect(text).toMatch(/^export (?:async )?function authorized\(/m);
	});
});
