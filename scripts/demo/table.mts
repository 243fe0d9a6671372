import type { Step } from './steps.mts';

/** The steps as a table. Each column is as wide as its longest text. */
export function table(steps: Step[]): string {
	const rows = [
		['Step', 'State', 'Reference', 'Amount'],
		...steps.map(({ step, state, reference, amount }) => [step, state, reference, amount]),
	];
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	const line = (row: string[]) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
	const [head = [], ...body] = rows;
	const rule = widths.map((width) => '-'.repeat(width));
	return [head, rule, ...body].map((row) => `  ${line(row)}`.trimEnd()).join('\n');
}
