import { Refusal } from '../../core/refusal';

/** The unit of `request_id`. If the merchant's other programs use the same token, they must use the same unit. */
export type RequestIdUnit = 'milliseconds' | 'microseconds' | 'seconds';

/** Each function takes unix milliseconds. */
const inUnit: Readonly<Record<RequestIdUnit, (now: number) => number>> = {
	microseconds: (now) => now * 1000,
	milliseconds: (now) => now,
	seconds: (now) => Math.floor(now / 1000),
};

/** @throws Refusal for a unit that does not exist */
export function checkedUnit(value: unknown): RequestIdUnit {
	if (value === undefined || value === '') return 'milliseconds';
	if (value === 'milliseconds' || value === 'microseconds' || value === 'seconds') return value;
	throw new Refusal('Request ID Unit in the credential is not one of those offered');
}

const latest = new Map<string, number>();

/**
 * The next id of a token. It is greater than every earlier id of this process. Call it last, when nothing else can
 * refuse the request.
 * @param token a name for the token, never the token itself
 * @param now unix milliseconds
 */
export function nextRequestId(token: string, unit: RequestIdUnit, now: number): string {
	const id = Math.max(inUnit[unit](now), (latest.get(token) ?? 0) + 1);
	latest.set(token, id);
	return String(id);
}
