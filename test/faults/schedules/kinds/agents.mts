import type { INodeParameters } from 'n8n-workflow';
import { runNode, type Run } from '../../../engine/harness/index.mts';
import { quietly, type Twist } from '../twist.mts';
import { isMoney, type Kind } from './kind.mts';
import { has, isAmount, literal, respelled, withTexts } from './parameters.mts';

const HABITS = ['the same at once', 'the same in turn', 'other zeros', 'not allowed'] as const;

interface Plan {
	habit: (typeof HABITS)[number];
	calls: number;
}

/** AI agents repeat themselves: what they ask for several times is done once, and nothing without Allow. */
export const agents: Kind = {
	name: 'agents',
	fits: ({ isPacked, receipt, row }) => !isPacked && !receipt && row.custom !== true,
	plan(calm, random) {
		const { target } = calm;
		const habits = HABITS.filter((habit) => habit !== 'other zeros' || has(target.fields, isAmount));
		const habit = random.pick(habits);
		const calls = habit === 'not allowed' ? 1 : random.between(2, 4);
		const cut = { kind: 'reset-after-applying' as const, on: 'send' as const, nth: 1 };
		return {
			...calm,
			items: 1,
			tries: 0,
			retries: 0,
			whenUnknown: 'continue',
			faults: habit !== 'not allowed' && random.chance(0.3) ? [cut] : [],
			twist: () => twistOf({ habit, calls }, isMoney(target)),
		};
	},
};

function twistOf({ habit, calls }: Plan, isMoneyMoved: boolean): Twist {
	const told = quietly();
	let accepted = 0;
	let sends = 0;
	return {
		...told,
		async answer({ role, serve }) {
			const answer = await serve();
			if (role !== 'send') return answer;
			sends += 1;
			if (answer.verdict.kind === 'accepted') accepted += 1;
			return answer;
		},
		async script({ items, open, perform }) {
			const [item] = items;
			if (!item) return;
			told.events.push(habit);
			const asked = (run: Run): Run => ({
				...asTool(run, literal(run.parameters, item.json)),
				calls,
				asTool: habit === 'the same at once' ? true : 'byEngine',
			});
			await perform(open(), (run) => runNode(asked(run)), { isApart: true });
			if (accepted > 1) told.violations.push(`${accepted} were made for ${calls} equal calls of an agent`);
			if (habit === 'not allowed' && sends > 0) {
				const what = isMoneyMoved ? 'moved money' : 'changed something';
				told.violations.push(`an agent has ${what} without Allow Use by AI Agents`);
			}
		},
	};

	/** The parameters as a model fills them in, each time anew. */
	function asTool(run: Run, parameters: INodeParameters): Run {
		const variables: Record<string, string> = { late: '' };
		const { options } = parameters;
		const own = typeof options === 'object' && options !== null ? options : {};
		const allowed = habit === 'not allowed' ? own : { ...own, allowAgents: true };
		const written = withTexts(parameters, (name, value) =>
			habit === 'other zeros' && isAmount(name, value)
				? `={{ $vars.late ? '${respelled(value)}' : '${value}' }}`
				: value,
		);
		return {
			...run,
			parameters: { ...written, options: allowed },
			variables,
			before(attempt) {
				run.before?.(attempt);
				variables.late = attempt > 1 ? 'yes' : '';
			},
		};
	}
}
