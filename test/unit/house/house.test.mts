import { projectFolder } from '../../../host/folders.mts';
import { tell } from '../../../scripts/test/figures.mts';
import { figuresOf } from './figures.mts';
import { rules } from './rules.mts';
import { graphOf, sourcesIn, type Sources } from './sources.mts';

const sources = sourcesIn(projectFolder);
const graph = graphOf(sources);

describe('the house', () => {
	it('is read as a whole', () => {
		const parts = new Set([...sources.keys()].map((file) => file.split('/')[0]));
		expect([...parts].sort()).toEqual([
			'bench',
			'core',
			'credentials',
			'host',
			'index.ts',
			'nodes',
			'sandbox',
			'scripts',
			'test',
		]);
		tell(`house: ${figuresOf(sources)}`);
	});

	it.each(Object.entries(rules))('%s', (_, rule) => {
		expect(rule(graph, sources)).toEqual([]);
	});
});

/** What is planted, the rule that it breaks, and what that rule says. */
const planted: [what: string, rule: string, files: Record<string, string>, said: string[]][] = [
	[
		'a circle of two files',
		'no circle, types included',
		{ 'core/wire/a.ts': "import { b } from './b';", 'core/wire/b.ts': "import { a } from './a';" },
		['core/wire/a.ts <-> core/wire/b.ts'],
	],
	[
		'a circle by way of a type, a re-export and an import() in a type',
		'no circle, types included',
		{
			'sandbox/a.mts': "import type { B } from './b.mts';",
			'sandbox/b.mts': "export * from './c.mts';",
			'sandbox/c.mts': "export type A = import('./a.mts').A;",
		},
		['sandbox/a.mts <-> sandbox/b.mts <-> sandbox/c.mts'],
	],
	[
		'a file that imports itself',
		'no circle, types included',
		{ 'test/a.mts': "import type { A } from './a.mts';" },
		['test/a.mts'],
	],
	[
		'an arrow to a higher floor of core/',
		'core/ is one way down its floors',
		{ 'core/wire/lane.ts': "import type { Run } from '../items/run';", 'core/items/run.ts': '' },
		['core/wire/lane.ts -> core/items/run.ts'],
	],
	[
		'an arrow between two rooms of one floor',
		'core/ is one way down its floors',
		{ 'core/reads/a.ts': "import { b } from '../events/b';", 'core/events/b.ts': '' },
		['core/reads/a.ts -> core/events/b.ts'],
	],
	[
		'a room that stands on no floor',
		'core/ is one way down its floors',
		{
			'core/executor.ts': "import { a } from './new/a';",
			'core/new/a.ts': "import { b } from '../exact/b';",
			'core/exact/b.ts': '',
		},
		['core/executor.ts -> core/new/a.ts', 'core/new/a.ts -> core/exact/b.ts'],
	],
	[
		'a core that knows a provider',
		'the house is one way down its floors',
		{
			'core/executor.ts': "import { rapira } from '../nodes/Rapira/provider';",
			'nodes/Rapira/provider.ts': '',
		},
		['core/executor.ts -> nodes/Rapira/provider.ts'],
	],
	[
		'a script that imports a test',
		'the house is one way down its floors',
		{ 'scripts/demo.mts': "import { a } from '../test/a.mts';", 'test/a.mts': '' },
		['scripts/demo.mts -> test/a.mts'],
	],
	[
		'a provider that imports another',
		'a provider imports core/ and itself, no other provider',
		{ 'nodes/Rapira/a.ts': "import type { B } from '../PayPlay/b';", 'nodes/PayPlay/b.ts': '' },
		['nodes/Rapira/a.ts -> nodes/PayPlay/b.ts'],
	],
	[
		'a credential that imports the folder of another provider',
		'a provider imports core/ and itself, no other provider',
		{
			'credentials/RapiraApi.credentials.ts': "import { b } from '../nodes/PayPlay/b';",
			'nodes/PayPlay/b.ts': '',
		},
		['credentials/RapiraApi.credentials.ts -> nodes/PayPlay/b.ts'],
	],
	[
		'a provider that imports the catalogue',
		'a provider imports core/ and itself, no other provider',
		{ 'nodes/Rapira/a.ts': "import { catalogue } from '../../index';", 'index.ts': '' },
		['nodes/Rapira/a.ts -> index.ts'],
	],
	[
		'a sandbox that uses the core',
		'sandbox and product share nothing but the contracts',
		{ 'sandbox/a.mts': "import { add } from '../core/exact/decimal.ts';", 'core/exact/decimal.ts': '' },
		['sandbox/a.mts -> core/exact/decimal.ts'],
	],
	[
		'a node that uses the sandbox',
		'sandbox and product share nothing but the contracts',
		{ 'nodes/Rapira/a.ts': "import { b } from '../../sandbox/b.mts';", 'sandbox/b.mts': '' },
		['nodes/Rapira/a.ts -> sandbox/b.mts'],
	],
	...[
		'this.helpers.httpRequest(options)',
		"this.helpers['httpRequestWithAuthentication'].call(this)",
		'this.helpers.request(options)',
		"this.helpers['request'](options)",
		'const { requestOAuth2 } = this.helpers',
		'const { helpers } = this',
		'send(this.helpers)',
	].map((code): (typeof planted)[number] => [
		code,
		"one caller of n8n's HTTP helpers",
		{ 'core/wire/lane.ts': code, 'core/wire/transport.ts': code, 'scripts/demo.mts': code },
		['core/wire/lane.ts'],
	]),
];

describe('the guard says what is wrong with', () => {
	it.each(planted)('%s', (_, name, files, said) => {
		const sources: Sources = new Map(Object.entries(files));
		expect(rules[name]?.(graphOf(sources), sources)).toEqual(said);
	});

	it('an import that leads nowhere', () => {
		expect(() => graphOf(new Map([['core/a.ts', "import { b } from './b';"]]))).toThrow(
			'core/a.ts imports ./b',
		);
	});

	it('each rule, at least once', () => {
		expect(new Set(planted.map(([, rule]) => rule))).toEqual(new Set(Object.keys(rules)));
	});
});

it("the guard lets other helpers of n8n's pass, and other requests", () => {
	const sources = new Map([
		['core/wire/lane.ts', 'this.helpers.prepareBinaryData(row.request); // httpRequest'],
	]);
	expect(rules["one caller of n8n's HTTP helpers"]?.(graphOf(sources), sources)).toEqual([]);
});
