import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { runLogged } from './command.mjs';
import { binFolder, cacheFolder, hostFolder, projectFolder } from './paths.mjs';

// npm needs more than ten minutes to resolve n8n's tree. With the lock file pnpm needs seconds. The very version, because
// another one may read the lock file in another way.
const { devDependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const PNPM = `pnpm@${devDependencies.pnpm}`;
const RETRY_AFTER_MS = 5_000;

/** Installs the project's development tools. */
export function ensureProject() {
	return ensureInstalled({
		title: 'Installing the project',
		folder: projectFolder,
		proof: join(binFolder, 'node'),
		log: join(cacheFolder, 'setup-project.log'),
	});
}

/** Installs the real n8n for the demo and the end-to-end tests: 1.9 GB, two minutes when nothing is cached. */
export async function ensureHost() {
	await ensureProject();
	return ensureInstalled({
		title: 'Installing n8n',
		folder: hostFolder,
		proof: join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
		log: join(cacheFolder, 'setup-host.log'),
	});
}

async function ensureInstalled({ title, folder, proof, log }) {
	const stamp = join(folder, 'node_modules', '.installed-lock');
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'pnpm-lock.yaml')))
		.digest('hex');
	if (existsSync(proof) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return false;

	console.log(`${title} ...`);
	const seconds = await withOneRetry(title, () =>
		runLogged(title, 'npx', installArguments, { cwd: folder, env: environment(), log }),
	);
	if (!existsSync(proof))
		throw new Error(`${title}: pnpm reported success, but ${proof} is missing. See ${log}.`);
	mkdirSync(join(folder, 'node_modules'), { recursive: true });
	rmSync(stamp, { force: true }); // A copy of the folder by hard links shares the file.
	writeFileSync(stamp, lock);
	console.log(`${title}: done in ${seconds} s`);
	return true;
}

// --prod=false: NODE_ENV=production in the caller's environment would leave out every tool.
const installArguments = ['-y', PNPM, 'install', '--frozen-lockfile', '--prod=false'];

function environment() {
	return {
		...process.env,
		CI: 'true', // pnpm asks no questions
		// n8n's native modules must be built by the Node that will load them.
		PATH: `${binFolder}${delimiter}${process.env.PATH}`,
	};
}

/** Tries again once, because a registry sometimes does not answer. */
async function withOneRetry(title, attempt) {
	try {
		return await attempt();
	} catch (cause) {
		console.log(`${title}: trying once more, because\n${lastLines(cause.message, 6)}`);
		await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
		return await attempt();
	}
}

function lastLines(text, count) {
	return text
		.trimEnd()
		.split('\n')
		.slice(-count)
		.map((line) => `    ${line}`)
		.join('\n');
}
