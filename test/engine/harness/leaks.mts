import './engineServices.mts';
import { inspect } from 'node:util';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { leaksIn, secretsOf } from '../../secrets.mts';
import type { Access } from './types.mts';

/** The latest lines of n8n's log and of the console in this test. */
const lines: string[] = [];
const MOST_LINES = 100;

const leaks: string[] = [];

/** The benchmarks run without jest. There nobody reads the result, and the search would count as work. */
const isTest = typeof afterEach === 'function';

const logger = Container.get(Logger);
if (isTest) {
	for (const level of ['error', 'warn', 'info', 'debug'] as const) {
		const write = logger[level].bind(logger);
		logger[level] = (message, metadata) => {
			keep([message, metadata]);
			write(message, metadata);
		};
		const print = console[level].bind(console);
		console[level] = (...given: unknown[]) => {
			keep(given);
			print(...given);
		};
	}
	afterEach(() => {
		const found = takeLeaks();
		if (found.length > 0) throw new Error(`A secret leaked:\n${found.slice(0, 5).join('\n')}`);
	});
}

function keep(said: unknown): void {
	lines.push(textOf(said));
	if (lines.length > MOST_LINES) lines.shift();
}

/** All texts in a value, also the stacks and causes of errors. */
function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	const whole = { depth: 20, maxStringLength: null, maxArrayLength: null, breakLength: Infinity };
	return inspect(value, { ...whole, showHidden: true });
}

/**
 * Searches a run's result and the log for the secrets of its credentials in every spelling. A leak fails the test that is
 * running.
 */
export function searchForSecrets({ credentials = {}, credentialTypes = {} }: Access, came: unknown[]): void {
	const secrets = Object.entries(credentials).flatMap(([name, values]) => {
		const type = credentialTypes[name];
		return type ? secretsOf(type, values) : [];
	});
	searchFor(secrets, came);
}

/** Does the same for secrets that no credential has, such as the token of a session. */
export function searchFor(
	secrets: readonly string[],
	came: unknown[],
	written?: (secret: string) => string[],
): void {
	if (isTest && secrets.length > 0)
		for (const text of [...came.map(textOf), ...lines]) leaks.push(...leaksIn(text, secrets, written));
}

/** Returns the leaks since the last call, and forgets them and the log. */
export function takeLeaks(): string[] {
	lines.length = 0;
	return leaks.splice(0);
}
