import type { Answer } from '../../../../sandbox/index.mts';
import type { Target } from '../cases/index.mts';
import { quietly, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';
import { BUSY, CODES, DUPLICATES, PLAIN, refusalOf } from './wordLists.mts';

interface Plan {
	target: Target;
	what: 'duplicate' | 'busy' | 'plain';
	text: string;
	code: string;
	nth: number;
	isApplied: boolean;
}

/** Refusals in other words, in several languages, under codes that nobody documents. */
export const words: Kind = {
	name: 'words',
	fits: ({ isPacked }) => isPacked !== true,
	plan(calm, random) {
		const { target, items } = calm;
		const hasField = target.hasReference;
		const what = random.pick(
			hasField ? (['duplicate', 'busy', 'plain'] as const) : (['busy', 'plain'] as const),
		);
		const list = { duplicate: DUPLICATES, busy: BUSY, plain: PLAIN }[what];
		const plan: Plan = {
			target,
			what,
			text: random.pick(list),
			code: random.pick(CODES),
			nth: random.between(1, items),
			isApplied: what === 'busy' && random.chance(0.5),
		};
		const isDuplicate = what === 'duplicate';
		return {
			...calm,
			// A duplicate is sent only where nobody asks first.
			checkFirst: isDuplicate ? false : calm.checkFirst,
			anew: isDuplicate || random.chance(0.2),
			twist: () => twistOf(plan),
		};
	},
};

function twistOf({ target, what, text, code, nth, isApplied }: Plan): Twist {
	const told = quietly();
	const applied = new Set<string>();
	const field = target.row.referenceField;
	const refusal = (tag: string | undefined, { verdict }: Answer): Answer => {
		const written = text.replaceAll('FIELD', field ?? 'order').replaceAll('TAG', tag ?? 'order');
		const own = what === 'duplicate' ? field : undefined;
		return { ...refusalOf(target.provider, { text: written, code, field: own }), verdict };
	};
	return {
		...told,
		async answer({ role, tag, serve, pretend, nth: now }, alter): Promise<Answer> {
			if (role !== 'send') return await serve();
			const isDue = what === 'duplicate' ? tag !== undefined && applied.has(tag) : now === nth;
			if (!isDue) {
				const answer = await serve();
				if (answer.verdict.kind === 'accepted' && tag !== undefined) applied.add(tag);
				return answer;
			}
			told.events.push(what);
			alter(what === 'plain' ? 'refused' : 'spoiled');
			return refusal(tag, isApplied ? await serve() : await pretend());
		},
	};
}
