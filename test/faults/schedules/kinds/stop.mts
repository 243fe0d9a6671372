import type { Answer } from '../../../../sandbox/index.mts';
import { retryExecution, runNode, type Run } from '../../../engine/harness/index.mts';
import { isRetryable } from '../runs.mts';
import { settled } from '../time.mts';
import { quietly, type Actors, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

/** When Stop is pressed, or the Execution Timeout comes: n8n does the same for both. */
const MOMENTS = ['leaving', 'arrived', 'applied', 'held', 'sleeping'] as const;

interface Plan {
	moment: (typeof MOMENTS)[number];
	nth: number;
	retries: number;
	anew: boolean;
}

/** What a sleep that was under way may still take, and a request until the node sees that it is over. */
const MOST_SLEEP_MS = 10_000;
/** Real time: so long a request that was to be aborted is waited for. */
const HOLDS = 400;

/** Stop is stop: nothing is sent after it, nothing is waited for, and what was under way is remembered. */
export const stop: Kind = {
	name: 'stop',
	fits: () => true,
	plan(calm, random) {
		const items = Math.min(5, calm.target.most ?? 5);
		const plan: Plan = {
			moment: random.pick(MOMENTS),
			nth: random.between(1, items),
			retries: random.between(0, 2),
			anew: random.chance(0.3),
		};
		// Something to sleep about.
		const faults =
			plan.moment === 'sleeping'
				? [{ kind: 'reset-after-applying' as const, on: 'send' as const, nth: 1, times: items }]
				: [];
		return {
			...calm,
			items,
			faults,
			retries: plan.retries,
			...(plan.moment === 'sleeping' && { whenUnknown: 'continue' as const }),
			twist: () => twistOf(plan),
		};
	},
};

function twistOf({ moment, nth, retries, anew }: Plan): Twist {
	const told = quietly();
	let press: (() => void) | undefined;
	let left = nth;
	let stoppedAt: { made: number; slept: number } | undefined;
	let isOver = false;
	let made = () => 0;
	let slept = () => 0;

	/** Whether Stop is pressed just now. */
	function isPressed(at: Plan['moment']): boolean {
		if (at !== moment || !press) return false;
		left -= 1;
		if (left > 0) return false;
		// What is about to leave is under way.
		stoppedAt = { made: made() + (at === 'leaving' ? 1 : 0), slept: slept() };
		press();
		press = undefined;
		told.events.push(`stop ${at}`);
		return true;
	}

	async function whileHeld(): Promise<void> {
		for (let turn = 0; turn < HOLDS && !isOver; turn += 1) {
			await new Promise((resolve) => setTimeout(resolve, 5));
			await settled();
		}
		if (!isOver) told.violations.push('the request that is under way goes on after Stop');
	}

	return {
		...told,
		leaves: () => void isPressed('leaving'),
		async answer({ role, serve }): Promise<Answer> {
			if (role !== 'send') return await serve();
			isPressed('arrived');
			const answer = await serve();
			isPressed('applied');
			if (isPressed('held')) await whileHeld();
			return answer;
		},
		async script(actors: Actors) {
			const { time, open, perform, pause, chain } = actors;
			({ made } = actors);
			slept = () => time.slept;
			time.onSleep = () => void isPressed('sleeping');
			const execution = open();
			const stoppable = (run: Run): Run => ({ ...run, stoppable: (pressed) => (press = pressed) });
			let result = await perform(execution, async (run) => {
				const ended = await runNode(stoppable(run));
				isOver = true;
				return ended;
			});
			press = undefined;
			time.onSleep = undefined;
			if (!stoppedAt) return;
			const { made: madeThen, slept: sleptThen } = stoppedAt;
			// n8n throws away what the items of a stopped run say.
			result.isApart = true;
			const after = execution.requests.slice(madeThen);
			const sends = after.filter(({ method }) => method !== 'GET').length;
			if (sends > 0) told.violations.push(`${sends} requests were sent after Stop`);
			if (after.length > 1) told.violations.push(`${after.length} requests were made after Stop`);
			const waited = time.slept - sleptThen;
			if (waited > MOST_SLEEP_MS)
				told.violations.push(`the node has waited for ${waited / 1000} s after Stop`);
			for (let more = retries; more > 0 && isRetryable(result); more -= 1) {
				await pause();
				const previous = result;
				result = await perform(execution, (run) => retryExecution(previous, run));
			}
			if (anew) {
				await pause();
				await chain(open());
			}
		},
	};
}
