import { startProgress, type Progress } from '../../../scripts/demo/progress.mts';

let progress: Progress;
const lines: string[] = [];

beforeEach(() => {
	jest.useFakeTimers();
	lines.length = 0;
	progress = startProgress({ print: (line) => lines.push(line), now: Date.now });
});
afterEach(() => {
	progress.end();
	jest.useRealTimers();
});

it('says every ten seconds of silence what it is waiting for', () => {
	progress.tell('The package is packed');
	jest.advanceTimersByTime(9_000);
	expect(lines).toEqual(['   0 s  The package is packed']);
	jest.advanceTimersByTime(16_000);
	expect(lines.slice(1)).toEqual([
		'  10 s  ... still on the way after: The package is packed',
		'  20 s  ... still on the way after: The package is packed',
	]);
	progress.tell('n8n runs');
	jest.advanceTimersByTime(9_000);
	expect(lines).toHaveLength(4);
});

it('is quiet at the end', () => {
	progress.end();
	jest.advanceTimersByTime(60_000);
	expect(lines).toEqual([]);
});
