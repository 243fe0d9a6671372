import { appendFileSync } from 'node:fs';

/** Where the lines go: a file that the runner shows when the suite is done, for jest's own output is not shown. */
export const figuresVariable = 'TEST_FIGURES_FILE';

/** Says what a test has measured or counted. */
export function tell(line: string): void {
	const file = process.env[figuresVariable];
	if (file) appendFileSync(file, `${line}\n`);
	else console.log(line);
}
