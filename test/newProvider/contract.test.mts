import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

import { projectFolder } from '../../host/folders.mts';
import { readContract } from '../../scripts/newProvider/contract.mts';
import { filesOf } from '../../scripts/newProvider/files.mts';
import { namesOf } from '../../scripts/newProvider/names.mts';
import { rowsOf } from '../../scripts/newProvider/rows.mts';

const acme = readFileSync(join(projectFolder, 'test', 'newProvider', 'acme.openapi.yaml'), 'utf8');

/** The made-up contract with other members at its top. */
const changed = (members: object) => stringify({ ...parse(acme), ...members });

describe('a contract is refused', () => {
	it.each([
		['of another kind', { openapi: undefined, swagger: '2.0' }, 'no OpenAPI 3.0 or 3.1 document'],
		['that no page shows', { externalDocs: undefined }, 'externalDocs.url at the top must name the page'],
		['with a variable host', { servers: [{ url: 'https://{host}' }] }, 'without variables'],
		['with an unencrypted host', { servers: [{ url: 'http://api.acme.example' }] }, 'https:// address'],
	])('%s', (_what, members, said) => {
		expect(() => readContract(changed(members))).toThrow(said);
	});

	it('whose references lead nowhere', () => {
		expect(() => readContract(acme.replaceAll('schemas/Line', 'schemas/Other'))).not.toThrow();
		expect(() => rowsOf(readContract(acme.replaceAll('schemas/Line', 'schemas/Other')))).toThrow(
			'leads nowhere',
		);
	});

	it('without a read that can test the credential', () => {
		const { paths } = parse(acme);
		delete paths['/balances'];
		expect(() => rowsOf(readContract(changed({ paths })))).toThrow('no GET without required parameters');
	});

	it.each(["Acme'; process.exit()", '../Acme', '支付'])('that is called %s', (name) => {
		expect(() => namesOf(name)).toThrow('makes no name for a class');
	});
});

it('writes what a contract says as text, never as code', () => {
	const contract = readContract(changed({ externalDocs: { url: "https://a.example/'+process.exit()+'" } }));
	const files = filesOf({ names: namesOf(contract.title), contract, rows: rowsOf(contract) });
	const code = Object.entries(files).filter(([path]) => /\.m?ts$/.test(path));
	expect(code.filter(([, text]) => text.includes("'https://a.example/'+"))).toEqual([]);
	expect(code.filter(([, text]) => text.includes(`"https://a.example/'+process.exit()+'"`))).not.toEqual([]);
});

describe.each(['gatepay', 'okipays', 'payplay', 'rapira'])('the contract of %s', (name) => {
	const text = readFileSync(join(projectFolder, 'contracts', `${name}.openapi.yaml`), 'utf8');
	const contract = readContract(stringify({ ...parse(text), externalDocs: { url: 'https://docs.example' } }));
	const rows = rowsOf(contract);

	it('gives each call a row, or a reason why it has none', () => {
		const { paths }: { paths: Record<string, object> } = parse(text);
		const calls = Object.values(paths).flatMap((item) => Object.keys(item));
		expect(rows.all.length).toBeGreaterThan(0);
		expect(rows.all.length + contract.leftOut.length).toBe(calls.length);
		expect(contract.leftOut.filter(({ reason }) => reason === '')).toEqual([]);
	});

	it('makes money of every call but a GET', () => {
		const effects = rows.all.map(({ endpoint: { method }, members }) => `${method} ${members.effect}`);
		expect(new Set(effects.filter((one) => !one.startsWith('GET ')).map((one) => one.split(' ')[1]))).toEqual(
			new Set(['money']),
		);
		expect(effects.filter((one) => one.startsWith('GET ') && one !== 'GET read')).toEqual([]);
	});
});
