import { statSync } from 'node:fs';

import type { Test } from '@jest/reporters';

/** Files that mostly wait, because n8n polls once a minute at most. Each lasts minutes. */
const WAITS_LONG = /[\\/]e2e[\\/]polling\w*\.test\.mts$/;

/**
 * The order of the test files for jest, which wants a class. jest begins with the largest file. A small file that
 * waits for minutes would come last and keep one worker busy while the others have nothing to do.
 */
export default class LongestFirst {
	sort(tests: Test[]): Test[] {
		const length = ({ path }: Test) =>
			WAITS_LONG.test(path) ? Number.MAX_SAFE_INTEGER : statSync(path).size;
		return tests
			.map((test) => ({ test, length: length(test) }))
			.sort((one, other) => other.length - one.length)
			.map(({ test }) => test);
	}

	/** The files that failed in the last run. No run here depends on another. */
	allFailedTests(tests: Test[]): Test[] {
		return tests;
	}

	/** Nothing is kept for the next run. */
	cacheResults(): void {}
}
