import { writeFileSync } from 'node:fs';

import type { AggregatedResult, TestResult } from '@jest/reporters';

export interface JestReport {
	passed: number;
	skipped: number;
	failures: Failure[];
}

export interface Failure {
	file: string;
	/** The tests that failed with this message. When a beforeAll fails, these are all tests of the file. */
	tests: string[];
	message: string;
}

/** Names the file for the report. */
export const reportVariable = 'TEST_REPORT_FILE';

/** Replaces jest's --json, which writes no report when an error in it is circular, as axios' errors are. */
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
	// A file that did not load has no tests, but it has failed.
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
