/**
 * The two names of this project that only its owner can give. Set them here before the first release, and run this file.
 *   node scripts/names.mts            writes them into every file that says them
 *   node scripts/names.mts --check    only says which file does not agree
 *   node scripts/names.mts --release  refuses while they are not set, or belong to another repository than this one
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Names {
	/** Where the repository is read: https://github.com/OWNER/NAME. npm compares it with where a release is built. */
	repository: string;
	/** Whom a finder of a vulnerability writes to. */
	mail: string;
}

/** To be set before the first release. No account of GitHub may be called `_not_set_`, and `.invalid` is nobody's domain. */
export const names: Names = {
	repository: 'https://github.com/_not_set_/n8n-nodes-otc-payouts',
	mail: 'author@not-set.invalid',
};

const root = join(import.meta.dirname, '..');

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The published files that lead to a page of docs/. */
const leading = globSync(['core/provider/pages.ts', 'credentials/*.ts', 'nodes/*/*.node.json'], {
	cwd: root,
}).filter((file) => read(file).includes('/blob/main/docs'));

const leadingTo = (text: string, { repository }: Names) =>
	text.replace(/https:\/\/github\.com\/[^/\s'"]+\/[^/\s'"]+(?=\/blob\/main\/docs)/g, repository);

/** Each file that says a name: how its text reads with these names. */
export const places: Record<string, (text: string, names: Names) => string> = {
	'package.json': (text, { repository, mail }) =>
		text
			.replace(/("homepage": ").*?#readme"/, `$1${repository}#readme"`)
			.replace(/("email": ").*?"/, `$1${mail}"`)
			.replace(/("url": "git\+).*?"/, `$1${repository}.git"`)
			.replace(/("url": ")https:.*?"/, `$1${repository}/issues"`),
	'SECURITY.md': (text, { repository, mail }) =>
		text
			.replace(/\(https:\S*\/security\/advisories\/new\)/, `(${repository}/security/advisories/new)`)
			.replace(/(?<=write to )\S+@\S+(?=\.)/, mail),
	'.github/ISSUE_TEMPLATE/config.yml': (text, { repository }) =>
		text.replace(/https:\S*\/security\/advisories\/new/, `${repository}/security/advisories/new`),
	...Object.fromEntries(leading.map((file) => [file, leadingTo])),
};

/** Why these names cannot be released from the repository at this address. Empty: they can. */
export function unset({ repository, mail }: Names, builtAt: string | undefined): string[] {
	return [
		...(repository.includes('_not_set_') ? ['The repository is not set.'] : []),
		...(mail.endsWith('.invalid') ? ['The mail is not set.'] : []),
		...(builtAt !== undefined && builtAt !== repository
			? [`This release is built at ${builtAt}, but the repository is said to be ${repository}.`]
			: []),
	];
}

/** The address of the repository that GitHub Actions builds. Absent anywhere else. */
function builtAt({ GITHUB_SERVER_URL, GITHUB_REPOSITORY }: NodeJS.ProcessEnv): string | undefined {
	return GITHUB_REPOSITORY && `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_REPOSITORY}`;
}

function run(mode: string | undefined): string[] {
	const differing = Object.entries(places).flatMap(([file, write]) => {
		const current = read(file);
		const text = write(current, names);
		if (mode === undefined) writeFileSync(join(root, file), text);
		return text === current ? [] : [file];
	});
	if (mode === undefined) return [];
	const stale = differing.map((file) => `${file} says other names: run node scripts/names.mts`);
	return mode === '--release' ? [...stale, ...unset(names, builtAt(process.env))] : stale;
}

if (import.meta.main) {
	const complaints = run(process.argv[2]);
	for (const complaint of complaints) console.error(complaint);
	process.exitCode = complaints.length === 0 ? 0 : 1;
}
