/**
 * How often a request is signed and sent anew that was refused for its age alone: the refusal proves that nothing was
 * applied. Two would bridge a slow queue. The others are for OkiPays: n8n's workers share a token and not a lane, so any
 * call can be overtaken by one with a larger request_id.
 */
export const MAX_FRESH_SENDS = 6;

const FIRST_FRESH_WAIT_MS = 100;
const MAX_FRESH_WAIT_MS = 2000;

/**
 * Milliseconds before a fresh send: doubled each time, and by chance half of it more or less, so that two workers get
 * out of each other's way.
 * @param again 0 before the first fresh send
 * @param chance from 0 to 1
 */
export function waitBeforeFreshSend(again: number, chance: number): number {
	return Math.min(FIRST_FRESH_WAIT_MS * 2 ** again, MAX_FRESH_WAIT_MS) * (0.5 + chance);
}
