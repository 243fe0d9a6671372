import { parse } from 'yaml';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Workflow {
	permissions?: unknown;
	jobs: Record<string, { permissions?: unknown; steps: Step[] }>;
}

const PINNED = /^\s*(- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const EXACT = /^\d+\.\d+\.\d+$/;

/**
 * What somebody could use against this workflow, beyond what actionlint sees. A tag can be moved to other code, a token
 * that is left in a checkout can be read by every tool that runs there, and an expression in a script is run as code.
 */
export function unsafeIn(text: string): string[] {
	const workflow: Workflow = parse(text);
	const jobs = Object.entries(workflow.jobs);
	return [
		...text
			.split('\n')
			.filter((line) => /^\s*(- )?uses:/.test(line) && !PINNED.test(line))
			.map((line) => `${line.trim()}: not pinned by commit with its version in a comment`),
		...(JSON.stringify(workflow.permissions) === '{}'
			? []
			: ['permissions: not empty for the whole workflow']),
		...jobs.flatMap(([name, { permissions, steps }]) => [
			...(permissions === undefined ? [`${name}: says no permissions`] : []),
			...steps.flatMap((step) => unsafeStep(step).map((what) => `${name}: ${what}`)),
		]),
	];
}

function unsafeStep({ uses = '', run = '', with: given = {} }: Step): string[] {
	return [
		...(uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false
			? ['checkout leaves its token in the folder']
			: []),
		...(uses.startsWith('actions/setup-node@') && !EXACT.test(String(given['node-version']))
			? [`Node ${given['node-version']} is no exact version`]
			: []),
		...(/\$\{\{/.test(run) ? ['an expression in a script is run as code'] : []),
		...(/\bnpx\b/.test(run) ? ['npx may fetch what no lock file names'] : []),
	];
}
