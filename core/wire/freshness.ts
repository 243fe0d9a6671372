/**
 * How often a request is signed and sent again after the provider refused it for its age alone. That refusal proves
 * that nothing was applied. Two would be enough for a slow queue. OkiPays needs more: n8n's workers share a token but
 * not a lane, so a request with a larger request_id may overtake any call.
 */
export const MAX_FRESH_SENDS = 6;

const FIRST_FRESH_WAIT_MS = 100;
const MAX_FRESH_WAIT_MS = 2000;

/**
 * Milliseconds before a fresh send. Each wait is twice the last one, and chance makes it up to half longer or
 * shorter, so that two workers do not collide again.
 * @param again 0 before the first fresh send
 * @param chance from 0 to 1
 */
export function waitBeforeFreshSend(again: number, chance: number): number {
	return Math.min(FIRST_FRESH_WAIT_MS * 2 ** again, MAX_FRESH_WAIT_MS) * (0.5 + chance);
}
