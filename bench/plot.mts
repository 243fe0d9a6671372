import type { Result, Series } from './part.mts';
import { ratioOf } from './report.mts';

const WIDTH = 900;
const LINE = 22;
const LEFT = 520;
const CHART = 320;
const COLORS = ['#1f6feb', '#bf3989', '#1a7f37', '#9a6700', '#8250df'];

/** Draws ratios as bars and growth as lines on logarithmic axes. */
export function plot(results: readonly Result[]): string {
	const rows = results.flatMap((result) => result.rows).filter(({ most }) => most === undefined);
	const bars = barsOf(rows.map((row) => ({ name: `${row.what} | ${row.peer}`, ratio: ratioOf(row) })));
	const lines = linesOf(
		results.flatMap(({ series }) => series),
		bars.height + 40,
	);
	const height = bars.height + 40 + CHART + 70;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${bars.text}
${lines}
</svg>
`;
}

function barsOf(bars: Array<{ name: string; ratio: number }>): { text: string; height: number } {
	// The axis goes from a tenth to a hundred times, in powers of ten.
	const x = (ratio: number) =>
		LEFT + ((Math.log10(Math.min(Math.max(ratio, 0.1), 100)) + 1) / 3) * (WIDTH - LEFT - 60);
	const one = x(1);
	const height = 50 + bars.length * LINE;
	const drawn = bars.map(({ name, ratio }, index) => {
		const y = 40 + index * LINE;
		const [from, to] = [Math.min(one, x(ratio)), Math.max(one, x(ratio))];
		return `${label(LEFT - 10, y + 12, name, 'end')}
<rect x="${from.toFixed(1)}" y="${y}" width="${(to - from).toFixed(1)}" height="16" fill="${ratio >= 1 ? COLORS[0] : COLORS[1]}"/>
${label(to + 6, y + 12, ratio.toFixed(1))}`;
	});
	return {
		height,
		text: [
			label(
				LEFT - 10,
				22,
				'How many times better ours is than the peer (above 1: ours is better)',
				'end',
				'bold',
			),
			...drawn,
			`<line x1="${one}" x2="${one}" y1="32" y2="${height - 6}" stroke="#57606a"/>`,
		].join('\n'),
	};
}

function linesOf(series: readonly Series[], top: number): string {
	const points = series.flatMap((one) => one.points);
	if (points.length === 0) return '';
	const decades = (values: number[]) => [
		Math.floor(Math.log10(Math.min(...values))),
		Math.ceil(Math.log10(Math.max(...values))),
	];
	const [fromX = 0, toX = 1] = decades(points.map(({ items }) => items));
	const [fromY = 0, toY = 1] = decades(points.map(({ milliseconds }) => milliseconds));
	const [left, right] = [70, 560];
	const x = (items: number) => left + ((Math.log10(items) - fromX) / (toX - fromX)) * (right - left);
	const y = (time: number) => top + CHART - ((Math.log10(time) - fromY) / (toY - fromY)) * CHART;
	const range = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_one, index) => from + index);
	const grid = [
		...range(fromX, toX).map((power) => {
			const at = x(10 ** power);
			return `<line x1="${at}" x2="${at}" y1="${top}" y2="${top + CHART}" stroke="#d0d7de"/>${label(at, top + CHART + 16, (10 ** power).toLocaleString('en'), 'middle')}`;
		}),
		...range(fromY, toY).map((power) => {
			const at = y(10 ** power);
			return `<line x1="${left}" x2="${right}" y1="${at}" y2="${at}" stroke="#d0d7de"/>${label(left - 6, at + 4, `${(10 ** power).toLocaleString('en')} ms`, 'end')}`;
		}),
	];
	const drawn = series.map(({ name, where, points: own }, index) => {
		const color = COLORS[index % COLORS.length];
		const path = own
			.map(({ items, milliseconds }) => `${x(items).toFixed(1)},${y(milliseconds).toFixed(1)}`)
			.join(' ');
		const at = top + 20 + index * 34;
		return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>
<rect x="${right + 20}" y="${at - 9}" width="12" height="12" fill="${color}"/>
${label(right + 38, at, name)}
${label(right + 38, at + 13, where)}`;
	});
	const title = label(
		left,
		top - 12,
		'Time by number of items (both axes logarithmic: linear growth is a slope of 1)',
		'start',
		'bold',
	);
	return [title, ...grid, ...drawn].join('\n');
}

function label(x: number, y: number, text: string, anchor = 'start', weight = 'normal'): string {
	const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
	return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-weight="${weight}">${safe}</text>`;
}
