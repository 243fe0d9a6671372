/**
 * Runs inside of n8n's process (`--import`), and notes when its event loop stood still: webhooks wait in that time. Each
 * line of the file has the end of a pause in unix milliseconds, and its length in milliseconds.
 */
import { appendFileSync } from 'node:fs';

const BEAT_MS = 10;
const SHORTEST_MS = 30;
const WRITTEN_EVERY_MS = 500;

const file = process.env['BENCH_PAUSES'];
if (file !== undefined) {
	let last = Date.now();
	let lines = '';
	const beat = () => {
		const now = Date.now();
		const pause = now - last - BEAT_MS;
		if (pause >= SHORTEST_MS) lines += `${now} ${pause}\n`;
		last = now;
	};
	const write = () => {
		if (lines !== '') appendFileSync(file, lines);
		lines = '';
	};
	setInterval(beat, BEAT_MS).unref();
	setInterval(write, WRITTEN_EVERY_MS).unref();
}
