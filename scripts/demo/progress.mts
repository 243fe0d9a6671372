/** A person who waits gets a line at least this often. */
const SILENCE_MS = 10_000;
const LOOK_MS = 1_000;

export interface Progress {
	tell(line: string): void;
	end(): void;
}

/** Prints lines with the seconds since the start. After some silence it says what is still being done. */
export function startProgress(
	{ print, now }: { print: (line: string) => void; now: () => number },
	every = LOOK_MS,
): Progress {
	const started = now();
	let last = { at: started, line: '' };
	const say = (line: string) =>
		print(`${String(Math.round((now() - started) / 1000)).padStart(4)} s  ${line}`);
	const look = setInterval(() => {
		if (now() - last.at < SILENCE_MS) return;
		last = { ...last, at: now() };
		say(last.line === '' ? 'starting ...' : `... still on the way after: ${last.line}`);
	}, every);
	look.unref();
	return {
		tell: (line) => {
			last = { at: now(), line };
			say(line);
		},
		end: () => clearInterval(look),
	};
}
