import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, node24, projectFolder } from '../../host/folders.mts';
import { packIfChanged } from '../pack.mts';
import { runCommand } from './command.mts';
import { figuresVariable } from './figures.mts';
import { reportVariable, type Failure, type JestReport } from './reporter.mts';
import { jestCommand, type Command, type Suite } from './suites.mts';

const TIMEOUT_MS = 15 * 60_000;
const TIMEOUT_WITH_N8N_MS = 120 * 60_000; // the queue suite waits for n8n to give up dead workers

export interface Result {
	passed: number;
	failed: number;
	skipped: number;
	/** The whole text of each failure. */
	failures: string[];
	/** What the tests have counted and measured. */
	figures?: string[];
	seconds: number;
}

type Counted = Omit<Result, 'seconds'>;

/** Installs what the suite needs, and runs it. */
export async function runSuite(suite: Suite): Promise<Result> {
	const started = Date.now();
	const result =
		(await setUp(suite)) ?? (await (suite.checks ? runChecks(suite.checks, suite.tells) : runJest(suite)));
	return { ...result, seconds: (Date.now() - started) / 1000 };
}

async function setUp({ setup }: Suite): Promise<Counted | undefined> {
	if (setup.length === 0) return undefined;
	const command: Command = [node24, join(projectFolder, 'scripts', 'setup.mjs'), ...setup];
	const { code, output } = await runCommand(command, { timeoutMs: TIMEOUT_WITH_N8N_MS });
	if (code !== 0) return died(output);
	// Test files that run side by side must not all build the package.
	await packIfChanged();
	return undefined;
}

async function runChecks(commands: Command[], tells = false): Promise<Counted> {
	const failures: string[] = [];
	const figures: string[] = [];
	for (const command of commands) {
		const { code, output } = await runCommand(command, { timeoutMs: TIMEOUT_MS });
		if (code !== 0) failures.push(`${withoutFolder(command.join(' '))}\n${output.trim()}`);
		figures.push(output.trim().split('\n').at(-1) ?? '');
	}
	const passed = commands.length - failures.length;
	return { passed, failed: failures.length, skipped: 0, failures, ...(tells && { figures }) };
}

async function runJest(suite: Suite): Promise<Counted> {
	const reportFile = join(cacheFolder, 'test', `${suite.name}.json`);
	const figuresFile = join(cacheFolder, 'test', `${suite.name}.figures`);
	await mkdir(join(cacheFolder, 'test'), { recursive: true });
	await Promise.all([reportFile, figuresFile].map((file) => rm(file, { force: true })));
	const { code, output } = await runCommand(jestCommand(suite), {
		timeoutMs: suite.setup.length > 0 ? TIMEOUT_WITH_N8N_MS : TIMEOUT_MS,
		env: { [reportVariable]: reportFile, [figuresVariable]: figuresFile },
	});
	const figures = await readLines(figuresFile);
	const report = await readReport(reportFile);
	if (!report) return { ...died(output), figures };
	const { passed, skipped, failures } = report;
	const failed = failures.reduce((sum, { tests }) => sum + tests.length, 0);
	// Every test passed, but jest did not: something went wrong outside the tests.
	if (code !== 0 && failed === 0) return { passed, skipped, failed: 1, failures: [output.trim()], figures };
	return { passed, skipped, failed, failures: failures.map(inWords), figures };
}

async function readReport(file: string): Promise<JestReport | undefined> {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch {
		return undefined;
	}
}

async function readLines(file: string): Promise<string[]> {
	try {
		return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
	} catch {
		return [];
	}
}

function inWords({ file, tests, message }: Failure): string {
	return `${withoutFolder(file)}\n${tests.map((test) => `- ${test}`).join('\n')}\n${message}`;
}

function died(output: string): Counted {
	return { passed: 0, failed: 1, skipped: 0, failures: [`It ended without a report:\n${output.trim()}`] };
}

function withoutFolder(text: string): string {
	return text.replaceAll(`${projectFolder}/`, '');
}
