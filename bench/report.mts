import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

import { hostFolder, projectFolder } from '../host/folders.mts';
import type { Result, Row, Series } from './part.mts';
import type { Measured } from './statistics.mts';

/** A result with its time and the machine's load in the minute before and after it. */
export interface Kept extends Result {
	load: string;
	at: string;
}

/** How many times better ours is. Above 1 is good, whatever is compared. */
export function ratioOf({ ours, theirs, good }: Row): number {
	return good === 'more' ? ours.median / theirs.median : theirs.median / ours.median;
}

function figure(value: number): string {
	if (Number.isNaN(value)) return '-';
	return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3);
}

const told = ({ median, low, high }: Measured, unit: string) =>
	`${figure(median)} ${unit} (${figure(low)} to ${figure(high)})`;

/** The aim, and whether it was reached. Empty where there is none. */
export function aimOf(row: Row): string {
	const said = (isReached: boolean, aim: string) => `${isReached ? 'reached' : 'missed'}: ${aim}`;
	if (row.most !== undefined) return said(row.ours.median <= row.most, `${row.most} ${row.unit} at most`);
	return row.aim === undefined ? '' : said(ratioOf(row) >= row.aim, `${row.aim} times`);
}

/** A result as text for the terminal. */
export function printed({ title, rows, series, notes }: Result): string {
	const lines = rows.map((row) => {
		const aim = aimOf(row);
		return `  ${row.what}\n    ours ${told(row.ours, row.unit)}; ${row.peer} ${told(row.theirs, row.unit)}; ${ratioOf(row).toFixed(1)} times${aim === '' ? '' : `; ${aim}`}`;
	});
	const grown = series.map((one) => `  ${one.name}, ${one.where}\n${pointsOf(one, '    ', '\n')}`);
	return [title, ...lines, ...grown, ...notes.map((note) => `  ${note}`)].join('\n');
}

function pointsOf({ points }: Series, before: string, between: string): string {
	return points.map((point) => before + pointText(point)).join(between);
}

function pointText({ items, milliseconds, megabytes }: Series['points'][number]): string {
	const memory = megabytes === undefined ? '' : `, ${megabytes.toFixed(1)} MB`;
	return `${items}: ${milliseconds.toFixed(0)} ms (${((milliseconds * 1000) / items).toFixed(0)} µs each)${memory}`;
}

const tableRow = (cells: string[]) => `| ${cells.join(' | ')} |`;

function markdownOf({ title, rows, series, notes }: Result): string {
	const parts = [`## ${title}`];
	if (rows.length > 0) {
		parts.push(
			[
				tableRow(['what', 'ours', 'peer', "the peer's", 'times', 'aim']),
				tableRow(['---', '---', '---', '---', '---:', '---']),
				...rows.map((row) =>
					tableRow([
						row.what,
						told(row.ours, row.unit),
						row.peer,
						told(row.theirs, row.unit),
						ratioOf(row).toFixed(1),
						aimOf(row),
					]),
				),
			].join('\n'),
		);
	}
	for (const { name, where, points } of series) {
		const hasMemory = points.some(({ megabytes }) => megabytes !== undefined);
		parts.push(
			`${name}, ${where}:`,
			[
				tableRow(['items', 'time', 'per item', ...(hasMemory ? ['memory'] : [])]),
				tableRow(['---:', '---:', '---:', ...(hasMemory ? ['---:'] : [])]),
				...points.map(({ items, milliseconds, megabytes = 0 }) =>
					tableRow([
						String(items),
						`${milliseconds.toFixed(0)} ms`,
						`${((milliseconds * 1000) / items).toFixed(0)} µs`,
						...(hasMemory ? [`${megabytes.toFixed(1)} MB`] : []),
					]),
				),
			].join('\n'),
		);
	}
	return [...parts, ...notes].join('\n\n');
}

/** The text of docs/benchmarks.md. */
export function page(results: readonly Kept[]): string {
	return [
		'# Benchmarks',
		`For people who ask what safety costs. \`npm run bench -- --write\` makes this page. Each figure is the median, with the
least and the greatest in parentheses. "Times" says how many times better ours is: above 1 is good.`,
		`**Read the figures as ratios.** Time depends on the machine and its load.`,
		machine(),
		'![How many times better our figures are than those of the peers, and how time grows with the number of items](pictures/benchmarks.svg)',
		...results.map(
			(one) => `${markdownOf(one)}\n\n_Measured ${one.at.slice(0, 16)}Z at a load of ${one.load}._`,
		),
	].join('\n\n');
}

function machine(): string {
	const version = (folder: string) => {
		const manifest: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		return manifest.version;
	};
	const modules = join(projectFolder, 'node_modules');
	const memory = Math.round(totalmem() / 2 ** 30);
	return [
		`- ${cpus()[0]?.model ?? 'processor'}, ${cpus().length} processors, ${memory} GB`,
		`- ${process.platform}, Node ${process.version}, n8n ${version(join(hostFolder, 'node_modules', 'n8n'))} with SQLite, n8n-core ${version(join(modules, 'n8n-core'))}, crypto-js ${version(join(modules, 'crypto-js'))}`,
	].join('\n');
}

/** The machine's load in the last minute. */
export function load(): number {
	return loadavg()[0] ?? 0;
}
