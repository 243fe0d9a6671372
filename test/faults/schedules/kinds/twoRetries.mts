import { retryExecution, runNode } from '../../../engine/harness/index.mts';
import { isRetryable } from '../runs.mts';
import { quietly, type Actors, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

/** A person presses Retry, and somebody else once more on the same failed execution: both start from what it has saved. */
export const twoRetries: Kind = {
	name: 'two-retries',
	fits: () => true,
	plan(calm, random) {
		const faults = [
			random.pick([
				{ kind: 'dns' as const },
				{ kind: 'ok-but-wrong' as const, body: 'refusal' as const },
				{ kind: 'reset-after-applying' as const },
				{ kind: 'reset-before-reading' as const },
				{ kind: 'bad-gateway' as const, status: 502, applied: true },
				{ kind: 'timeout-after-applying' as const, seconds: 3600 },
			]),
		].map((fault) => ({ ...fault, on: 'send' as const, nth: random.between(1, calm.items) }));
		// No lookup of the first run is answered, so that it fails.
		const silent = {
			kind: 'bad-gateway' as const,
			status: 503,
			on: 'lookup' as const,
			nth: 1,
			times: random.pick([3, 4, 16]),
		};
		const isSilent = !calm.checkFirst && random.chance(0.7);
		return {
			...calm,
			tries: 0,
			onError: 'stopWorkflow',
			whenUnknown: 'stop',
			faults: isSilent ? [...faults, silent] : faults,
			twist: twistOf,
		};
	},
};

function twistOf(): Twist {
	const told = quietly();
	return {
		...told,
		async script({ open, perform, pause }: Actors) {
			const first = open();
			const failed = await perform(first, runNode);
			if (!isRetryable(failed)) return;
			const known = [...first.requests];
			const second = open({ known });
			await pause();
			await perform(first, (run) => retryExecution(failed, run));
			await pause();
			await perform(second, (run) => retryExecution(failed, run));
			told.events.push('two Retries');
		},
	};
}
