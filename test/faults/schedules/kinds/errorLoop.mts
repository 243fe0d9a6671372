import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../../core/exact/json.ts';
import { runWorkflow, type NodeRun } from '../../../engine/harness/index.mts';
import { TAG } from '../cases/case.mts';
import { isApplied, names } from '../evidence.mts';
import { ranOf } from '../runs.mts';
import { quietly, type Actors, type Twist } from '../twist.mts';
import { has, withTexts } from './parameters.mts';
import type { Kind } from './kind.mts';

/** The error output leads back into the node, and every item has an outcome of an earlier node. */
export const errorLoop: Kind = {
	name: 'error-loop',
	fits: ({ fields, hasReference, isPacked, receipt, endpoint }) =>
		hasReference &&
		!isPacked &&
		!receipt &&
		has(fields, (_name, value) => value === TAG) &&
		isPlain(fields) &&
		endpoint !== '',
	plan(calm, random) {
		const items = Math.min(3, calm.target.most ?? 3);
		const fault = random.pick([
			{ kind: 'reset-after-applying' as const },
			{ kind: 'bad-gateway' as const, status: 502, applied: true },
			{ kind: 'reset-before-reading' as const },
			{ kind: 'dns' as const },
			{ kind: 'ok-but-wrong' as const, body: 'refusal' as const },
		]);
		const silent = { kind: 'bad-gateway' as const, status: 503, on: 'lookup' as const, nth: 1, times: 16 };
		return {
			...calm,
			items,
			tries: 0,
			retries: 0,
			onError: 'continueErrorOutput',
			whenUnknown: 'stop',
			faults: [
				{ ...fault, on: 'send', nth: random.between(1, items) },
				...(!calm.checkFirst && random.chance(0.5) ? [silent] : []),
			],
			twist: () => twistOf(calm.target.endpoint),
		};
	},
};

/** Whether the request is made of the reference alone: whatever else an item has is not promised to come back. */
function isPlain(fields: Parameters<typeof has>[0]): boolean {
	return !has(fields, (_name, value) => value.startsWith('=') && value !== TAG);
}

/** n8n lets only `error`, `message` and `details` through its error output. */
const REFERENCE = '={{ $json.tag ?? $json.details?.reference ?? $json.reference }}';
const TIMES = 3;

function twistOf(endpoint: string): Twist {
	const told = quietly();
	return {
		...told,
		async script({ items, open, perform }: Actors) {
			const before = { outcome: 'rejected', reference: 'of-an-earlier-node', code: 'earlier' };
			const execution = open();
			const ended = await perform(
				execution,
				async (run) => {
					const parameters = withTexts(run.parameters, (_name, value) => (value === TAG ? REFERENCE : value));
					const given = items.map((item) => ({ ...item, json: { ...before, ...item.json } }));
					const { network } = run;
					const left = await runWorkflow({
						...(network && { network }),
						steps: { Node: { ...run, parameters } },
						items: given,
						times: TIMES,
						onlyFailed: true,
					});
					return ranOf(left);
				},
				{ isApart: true },
			);
			const { rounds = [] } = ended;
			if (rounds.length > 1) told.events.push('looped back');
			const last = new Map<string, string>();
			for (const round of rounds) judgeRound(round);
			// What is rejected in one round may be applied in the next.
			for (const [tag, outcome] of last)
				if (outcome === 'rejected' && isThere(tag))
					told.violations.push(`${tag} has the outcome rejected at its top, and was applied`);

			function judgeRound({ errorItems, items: made }: NodeRun): void {
				for (const { json } of [...errorItems, ...made]) {
					const details = isRecord(json.details) ? json.details : json;
					const tag = [json.tag, details.reference, json.reference].find(isTag);
					if (tag === undefined) {
						told.violations.push('an item does not name its payment any more');
						continue;
					}
					const said = String(json.outcome ?? details.outcome);
					last.set(tag, said);
					if (details.outcome !== undefined && said !== String(details.outcome))
						told.violations.push(
							`an item has the outcome ${said} at its top, and is ${String(details.outcome)}`,
						);
				}
			}

			function isThere(tag: string): boolean {
				return execution.requests.some(
					(request) => request.operation === endpoint && names(request, tag) && isApplied(request),
				);
			}

			function isTag(value: unknown): value is string {
				return items.some((item: { json: IDataObject }) => item.json.tag === value);
			}
		},
	};
}
