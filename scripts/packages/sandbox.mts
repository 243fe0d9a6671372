import { globSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

import { projectFolder } from '../../host/folders.mts';
import { catalogue } from '../documents/catalogue.mts';
import { packagesFolder, pinned, write, webAddress, type Manifest } from './part.mts';

const NAME = 'otc-payouts-sandbox';
/** The libraries that sandbox/ imports. A test starts the package with nothing else installed. */
const LIBRARIES = ['ajv', 'axios', 'fastify', 'openapi-backend', 'yaml'];
/** Files that the code reads while it runs. They lie next to it. */
const BESIDE_THE_CODE = ['sandbox/*.json', 'sandbox/console/*.{js,css,html}', 'contracts/*.yaml', 'LICENSE'];

/** Makes the package with the local providers alone, for people who test against them without n8n. */
export async function makeSandbox(whole: Manifest): Promise<string> {
	const folder = join(packagesFolder, NAME);
	compile(folder);
	for (const file of globSync(BESIDE_THE_CODE, { cwd: projectFolder })) {
		await cp(join(projectFolder, file), join(folder, file), { recursive: true });
	}
	await write(folder, 'package.json', JSON.stringify(manifest(whole)));
	await write(folder, 'README.md', readme(whole));
	return folder;
}

/** Compiles the sources. Node runs .mts as it is, but not below node_modules: there it wants JavaScript. */
function compile(outDir: string): void {
	const file = join(projectFolder, 'tsconfig.development.json');
	const { options } = ts.parseJsonConfigFileContent(
		ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config,
		ts.sys,
		dirname(file),
	);
	const sources = ['main', 'index'].map((name) => join(projectFolder, 'sandbox', `${name}.mts`));
	const program = ts.createProgram(sources, {
		...options,
		noEmit: false,
		allowImportingTsExtensions: false,
		rewriteRelativeImportExtensions: true,
		declaration: true,
		rootDir: projectFolder,
		outDir,
	});
	const { diagnostics } = program.emit();
	const all = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
	if (all.length > 0) throw new Error(ts.formatDiagnostics(all, host));
}

const host: ts.FormatDiagnosticsHost = {
	getCanonicalFileName: (name) => name,
	getCurrentDirectory: () => projectFolder,
	getNewLine: () => '\n',
};

/** The names of all providers, in one sentence. */
function names(): string {
	return new Intl.ListFormat('en-GB').format(catalogue().map(({ displayName }) => displayName));
}

function manifest(whole: Manifest) {
	const { version, license, author, repository, bugs } = whole;
	return {
		name: NAME,
		version,
		description: `A local ${names()}: checks every signature, keeps the books, misbehaves on demand`,
		license,
		homepage: whole.homepage,
		keywords: ['sandbox', 'mock', 'payments', 'payouts', 'otc', 'crypto', 'webhooks'],
		author,
		repository: { ...repository, directory: `packages/${NAME}` },
		bugs,
		engines: { node: '>=24' },
		type: 'module',
		bin: { [NAME]: 'sandbox/main.mjs' },
		exports: { types: './sandbox/index.d.mts', default: './sandbox/index.mjs' },
		files: ['sandbox', 'contracts'],
		dependencies: Object.fromEntries(LIBRARIES.map((name) => [name, pinned(whole, name)])),
	};
}

function readme(whole: Manifest): string {
	return `# ${NAME}

Local stand-ins for ${names()}.
Each checks the authentication of every request, judges it by the provider's contract, keeps the books, sends signed
notifications, and can misbehave: time-outs after the payment was made, half answers, resets and more. Part of
[${whole.name}](${webAddress(whole)}), useful with any client.

\`\`\`sh
npx ${NAME}                 # console on port 4460, the providers on the ports after it
npx ${NAME} --port 5000     # another first port; 0 for any free ones
npx ${NAME} --pace 10       # orders progress ten times as fast
npx ${NAME} --manual        # bank, desk and chain act only when you click in the console
\`\`\`

It prints the address of each provider with the account to use. Node 24. Everything stays on this machine and is forgotten
when it stops.

In a test:

\`\`\`js
import { startSandbox } from '${NAME}';

const sandbox = await startSandbox({ pace: 100 });
sandbox.fault({ operation: 'createPayoutBatch', kind: 'timeout-after-applying' });
// ... call sandbox.gatePay.url with sandbox.gatePay.account ...
sandbox.gatePay.books.appliedPerReference(); // how often each reference was really paid
await sandbox.close();
\`\`\`
`;
}
