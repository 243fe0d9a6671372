import { appendFileSync } from 'node:fs';

/** Names a file for the lines. The runner shows it when the suite is done, because it does not show jest's own output. */
export const figuresVariable = 'TEST_FIGURES_FILE';

/** Reports what a test has measured or counted. */
export function tell(line: string): void {
	const file = process.env[figuresVariable];
	if (file) appendFileSync(file, `${line}\n`);
	else console.log(line);
}
