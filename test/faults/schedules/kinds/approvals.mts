import { isKept } from '../evidence.mts';
import type { Ended } from '../execution.mts';
import { runNode, type Run } from '../../../engine/harness/index.mts';
import { quietly, type Actors, type Twist } from '../twist.mts';
import { changeAccount } from './accounts.mts';
import type { Kind } from './kind.mts';
import { has, isAmount, respelled, withTexts } from './parameters.mts';

/** For what an approval is used again. */
const USES = ['another item', 'a new execution', 'another account', 'other bytes'] as const;

interface Plan {
	use: (typeof USES)[number];
	hasReference: boolean;
	/** Somebody keeps it from being paid again by a new execution. */
	isKept: boolean;
	/** Which of the values that name the account. */
	which: number;
	/** How the amounts are written otherwise. */
	respellings: readonly string[];
}

/** One approval is for one account, one request and one time. */
export const approvals: Kind = {
	name: 'approvals',
	fits: ({ isPacked, row }) => isPacked !== true && row.does?.packs === undefined,
	plan(calm, random) {
		const { target } = calm;
		const uses = USES.filter((use) => use !== 'other bytes' || has(target.fields, isAmount));
		const use = random.pick(uses);
		const plan = {
			use,
			hasReference: target.hasReference,
			isKept: isKept({ schedule: calm }),
			which: random.between(0, 5),
			respellings: respellingsIn(target.fields),
		};
		return {
			...calm,
			items: 1,
			tries: 0,
			retries: 0,
			onError: random.pick(['continueRegularOutput', 'continueErrorOutput'] as const),
			twist: () => twistOf(plan),
		};
	},
};

function twistOf(plan: Plan): Twist {
	const { use, hasReference, which, respellings } = plan;
	const told = quietly();
	let sends = 0;
	let accepted = 0;
	const sent: string[] = [];
	return {
		...told,
		async answer({ role, serve, request }) {
			const answer = await serve();
			if (role !== 'send') return answer;
			sent.push(request.body);
			sends += 1;
			if (answer.verdict.kind === 'accepted') accepted += 1;
			return answer;
		},
		async script(actors: Actors) {
			const { open, perform, pause, items } = actors;
			const preview = await perform(open(), (run) => runNode(withOptions(run, { preview: true })), {
				isApart: true,
			});
			const approvalHash = hashIn(preview);
			if (sends > 0) told.violations.push('a preview has sent something');
			if (approvalHash === undefined) return;
			const approved = (run: Run) => withOptions(run, { approvalHash });
			told.events.push(use);
			switch (use) {
				case 'another item': {
					const twice = open({ items: [...items, ...items] });
					await perform(twice, (run) => runNode(approved(run)), { isApart: true });
					return limit('by one execution');
				}
				case 'a new execution':
					await perform(open(), (run) => runNode(approved(run)));
					await pause();
					await perform(open(), (run) => runNode(approved(run)), { isApart: true });
					if (plan.isKept) limit('by two executions');
					return;
				case 'another account':
					await perform(open(), (run) => runNode(approved(elsewhere(run, which))), { isApart: true });
					if (sends > 0) told.violations.push('an approval was used for another account');
					return;
				case 'other bytes':
					await perform(open(), (run) => runNode(approved(otherwise(run))), { isApart: true });
					if (sent.some((body) => respellings.some((text) => body.includes(text))))
						told.violations.push('an approval was used for other bytes');
			}
		},
	};

	function limit(how: string): void {
		const isTooOften = hasReference ? accepted > 1 : sends > 1;
		if (isTooOften) told.violations.push(`one approval was used ${sends} times ${how}`);
	}
}

function respellingsIn(fields: Parameters<typeof withTexts>[0]): string[] {
	const texts: string[] = [];
	withTexts(fields, (name, value) => {
		if (isAmount(name, value)) texts.push(respelled(value));
		return value;
	});
	return texts;
}

function withOptions(run: Run, more: Record<string, string | boolean>): Run {
	const { options } = run.parameters;
	const own = typeof options === 'object' && options !== null ? options : {};
	return { ...run, parameters: { ...run.parameters, options: { ...own, ...more } } };
}

function hashIn({ items }: Ended): string | undefined {
	const hash = items[0]?.json.approvalHash;
	return typeof hash === 'string' ? hash : undefined;
}

function elsewhere(run: Run, which: number): Run {
	const credentials = structuredClone(run.credentials ?? {});
	changeAccount(credentials, which);
	return { ...run, credentials };
}

function otherwise(run: Run): Run {
	const parameters = withTexts(run.parameters, (name, value) =>
		isAmount(name, value) ? respelled(value) : value,
	);
	return { ...run, parameters };
}
