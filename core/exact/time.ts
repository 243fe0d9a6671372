export const DAY_MS = 24 * 60 * 60 * 1000;

/** Unix time as a number or as text, or `2026-11-20 09:30:00` in UTC. */
export type TimeFormat = 'milliseconds' | 'milliseconds as text' | 'seconds' | 'date and time';

/** A number of seconds has ten digits. It is not accepted, because as milliseconds it would mean a day in 1970. */
function isMilliseconds(text: string): boolean {
	return /^\d{13}$/.test(text);
}

/** Accepts only `2026-11-20`, `2026-11-20 09:30`, `2026-11-20T09:30:00.000Z` and `...+03:00`. */
const WRITTEN =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Without this check JavaScript would read 30 February as 2 March. */
function isInCalendar([, ...parts]: readonly (string | undefined)[]): boolean {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
		.slice(0, 6)
		.map((part) => Number(part ?? 0));
	const date = new Date(Date.UTC(year, month - 1, day));
	return (
		date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
	);
}

/**
 * Turns a date and time into unix milliseconds. n8n gives it as text of its picker, as ISO text, as unix
 * milliseconds, or as a Luxon or JavaScript date. A text without an offset is in the workflow's time zone, as n8n's
 * date picker writes it.
 */
export function milliseconds(value: unknown, timezone: string): number | undefined {
	if (typeof value === 'number') return isMilliseconds(String(value)) ? value : undefined;
	if (value instanceof Date) return finite(value.getTime());
	if (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	) {
		return finite(Number(value.toMillis()));
	}
	if (typeof value !== 'string') return undefined;
	if (isMilliseconds(value)) return Number(value);
	const parts = WRITTEN.exec(value);
	if (!parts || !isInCalendar(parts)) return undefined;
	if (parts[7] !== undefined) return finite(Date.parse(value.replace(' ', 'T').toUpperCase()));
	const asIfUtc = finite(Date.parse(`${value.replace(' ', 'T')}${value.length === 10 ? 'T00:00:00' : ''}Z`));
	if (asIfUtc === undefined) return undefined;
	// The offset may change between these two times (summer time). The offset at the time that the user meant is the
	// right one.
	const near = asIfUtc - offset(asIfUtc, timezone);
	return asIfUtc - offset(near, timezone);
}

function finite(time: number): number | undefined {
	return Number.isFinite(time) ? time : undefined;
}

/** How many milliseconds the zone's clock is ahead of UTC at that time. */
function offset(time: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(new Date(time));
	const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
	const wall = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return wall - Math.floor(time / 1000) * 1000;
}

/** Unix milliseconds in the form that a provider documents. */
export function writeTime(time: number, format: TimeFormat): number | string {
	switch (format) {
		case 'milliseconds':
			return time;
		case 'milliseconds as text':
			return String(time);
		case 'seconds':
			return Math.floor(time / 1000);
		case 'date and time':
			return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
	}
}
