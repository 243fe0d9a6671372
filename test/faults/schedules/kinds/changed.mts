import { claimsOf } from '../claims.mts';
import { isApplied, sendsOf } from '../evidence.mts';
import type { Run } from '../../../engine/harness/index.mts';
import type { Schedule } from '../schedule.mts';
import type { Played } from '../stage.mts';
import { quietly, type Twist } from '../twist.mts';
import { changeAccount } from './accounts.mts';
import type { Kind } from './kind.mts';
import { has, isAmount, isRecipient, respelled, withTexts } from './parameters.mts';

const CHANGES = ['reference', 'value', 'spelling', 'recipient', 'order', 'size', 'credential'] as const;

interface Plan {
	change: (typeof CHANGES)[number];
	/** From which call of the node on. */
	from: number;
	anew: boolean;
	/** Which of the values that name the account. */
	which: number;
	/** The same in other digits can be told to be the same. */
	isComparable: boolean;
}

const OTHER_RECIPIENT = 'TVjsyZ7fYF3qLF6BQgPmTEZy1xrNNyVAAA';

/** Expressions and credentials that are other ones at the next try. */
export const changed: Kind = {
	name: 'changed',
	fits: ({ row }) => row.custom !== true,
	plan(calm, random) {
		const { target } = calm;
		const { fields, isPacked, hasReference } = target;
		const possible = CHANGES.filter((change) => {
			if (change === 'reference') return hasReference || isPacked;
			if (change === 'value' || change === 'spelling') return has(fields, isAmount);
			if (change === 'recipient') return has(fields, isRecipient);
			return change === 'size' ? isPacked === true : change !== 'order' || !isPacked;
		});
		const change = random.pick(possible);
		// In a new execution, another reference is another payment.
		const isAnew = change !== 'reference' && random.chance(0.3);
		const plan: Plan = {
			change,
			from: 2,
			anew: change === 'order' || isAnew,
			which: random.between(0, 5),
			isComparable: target.row.same !== undefined,
		};
		const isFailing = !plan.anew || random.chance(0.7);
		const fault = random.pick([
			{ kind: 'reset-after-applying' as const },
			{ kind: 'bad-gateway' as const, status: 502, applied: true },
			{ kind: 'dns' as const },
		]);
		const silent = { kind: 'bad-gateway' as const, status: 503, on: 'lookup' as const, nth: 1, times: 3 };
		return {
			...calm,
			items: Math.min(3, target.most ?? 3),
			tries: random.pick([0, 3] as const),
			retries: 1,
			onError: 'stopWorkflow',
			whenUnknown: 'stop',
			faults: isFailing
				? [{ ...fault, on: 'send', nth: random.between(1, calm.items) }, ...(calm.checkFirst ? [] : [silent])]
				: [],
			twist: () => twistOf(plan),
		};
	},
	judge: otherThanAsked,
};

function twistOf({ change, from, anew, which, isComparable }: Plan): Twist {
	const told = quietly();
	let calls = 0;
	const altered = (run: Run): Run => {
		const variables: Record<string, string> = { late: '' };
		const parameters = withTexts(run.parameters, (name, value) => expression(change, name, value));
		const credentials = structuredClone(run.credentials ?? {});
		return {
			...run,
			parameters,
			credentials,
			variables,
			before(attempt) {
				run.before?.(attempt);
				calls += 1;
				if (calls < from) return;
				variables.late = 'yes';
				if (change === 'credential') changeAccount(credentials, which);
				if (calls === from) told.events.push(change);
			},
		};
	};
	return {
		...told,
		isAmbiguous() {
			const isSame = change === 'order' || change === 'size' || (change === 'spelling' && isComparable);
			return calls >= from && !isSame;
		},
		async script({ items, open, chain, pause }) {
			await chain(open(), altered);
			if (!anew) return;
			await pause();
			const again = change === 'order' ? items.toReversed() : items;
			if (change === 'order') told.events.push(change);
			await chain(open({ items: again }), altered);
		},
	};
}

/** The text as it is at first, and what it is later. */
function expression(change: Plan['change'], name: string, value: string): string {
	const either = (later: string) => `={{ $vars.late ? '${later}' : '${value}' }}`;
	switch (change) {
		case 'reference':
			return /^=\{\{ \$json\.(tag|order) \}\}$/.test(value)
				? value.replace(/\{\{ (.*) \}\}/, "{{ $1 + ($vars.late ? '7' : '') }}")
				: value;
		case 'value':
			return isAmount(name, value) ? either(increased(value)) : value;
		case 'spelling':
			return isAmount(name, value) ? either(respelled(value)) : value;
		case 'recipient':
			return isRecipient(name, value) ? either(otherRecipient(value)) : value;
		default:
			return value;
	}
}

const increased = (amount: string) => amount.replace(/^\d+/, (whole) => String(Number(whole) + 1));

const otherRecipient = (value: string) => (/^\d+$/.test(value) ? String(Number(value) + 1) : OTHER_RECIPIENT);

/** `applied` speaks of what was asked for last. */
function otherThanAsked(played: Played): string[] {
	const change = played.twist?.events[0];
	const { target } = played.schedule;
	const later = lateTexts(played.schedule, change);
	if (later.length === 0 || target.isPacked) return [];
	const execution = played.executions.at(-1);
	const run = execution?.runs.at(-1);
	if (!execution || !run) return [];
	return claimsOf(run, execution.items.length)
		.claims.filter(({ outcome }) => outcome === 'applied')
		.map(({ item }) => String(execution.items[item]?.tag))
		.filter((tag) => {
			const sends = sendsOf(played, played.requests, tag).filter(isApplied);
			return !sends.some(({ body, url }) => later.some((text) => `${url} ${body}`.includes(text(tag))));
		})
		.map((tag) => `${tag} is said to be applied, and what was asked for last is another ${change}`);
}

function lateTexts({ target }: Schedule, change: string | undefined): Array<(tag: string) => string> {
	if (change === 'reference') return target.hasReference ? [(tag) => `${tag}7`] : [];
	const texts: string[] = [];
	withTexts(target.fields, (name, value) => {
		if (change === 'value' && isAmount(name, value)) texts.push(increased(value).replace(/\.?0+$/, ''));
		if (change === 'recipient' && isRecipient(name, value)) texts.push(otherRecipient(value));
		return value;
	});
	return texts.map((text) => () => text);
}
