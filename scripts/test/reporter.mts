import { writeFileSync } from 'node:fs';

import type { AggregatedResult, TestResult } from '@jest/reporters';

export interface JestReport {
	passed: number;
	skipped: number;
	failures: Failure[];
}

export interface Failure {
	file: string;
	/** The tests that failed with this message: all of them, when a beforeAll did not succeed. */
	tests: string[];
	message: string;
}

/** Where the report goes. */
export const reportVariable = 'TEST_REPORT_FILE';

/** In place of jest's --json, which writes no report at all when one error in it is circular, as axios' errors are. */
export default class Reporter {
	onRunComplete(
		_contexts: unknown,
		{ numPassedTests, numPendingTests, testResults }: AggregatedResult,
	): void {
		const file = process.env[reportVariable];
		if (!file) return;
		const report: JestReport = {
			passed: numPassedTests,
			skipped: numPendingTests,
			failures: testResults.flatMap(failuresOf),
		};
		writeFileSync(file, JSON.stringify(report));
	}
}

function failuresOf({
	testFilePath: file,
	testResults,
	testExecError,
	failureMessage,
}: TestResult): Failure[] {
	// A file that did not even load has no tests, but it is no success.
	if (testExecError)
		return [{ file, tests: ['(does not run)'], message: failureMessage ?? testExecError.message }];
	const byMessage = new Map<string, string[]>();
	for (const { status, fullName, failureMessages } of testResults) {
		if (status !== 'failed') continue;
		const message = failureMessages.join('\n');
		byMessage.set(message, [...(byMessage.get(message) ?? []), fullName]);
	}
	return [...byMessage].map(([message, tests]) => ({ file, tests, message }));
}
