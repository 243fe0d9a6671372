import type { INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../exact/json';
import type { CheckedItem, Prepared } from '../items/prepare';
import { judgeRun, type LimitVerdict, refusalOf } from '../limits/judge';
import { LIMIT_NAMES, limitsOf, limitsText, type Limits } from '../limits/limits';
import { movedBy } from '../limits/moved';
import { Refusal } from '../refusal';
import { askedBefore, rememberAsked } from './agentSums';
import type { SendingRun } from './attempts';

/**
 * Holds all prepared requests of a run against the limits of the credential, before the first is sent.
 * @returns one verdict for each request
 */
export function verdictsOf(run: SendingRun, prepared: readonly Prepared[]): LimitVerdict[] {
	const { node, operation, asTool } = run;
	const requests = prepared.map(({ request }) => movedBy(operation, request.values));
	const before = asTool ? askedBefore(node.getContext('node'), prepared) : [];
	return judgeRun(limitsOfAll(run, prepared), { operation, byAgent: asTool, requests, before });
}

/** A credential has one set of limits. If two items see different ones, an expression makes them, so none counts. */
function limitsOfAll({ limitByExpression }: SendingRun, prepared: readonly Prepared[]): Limits {
	const [first] = prepared;
	const limits = limitsOf(first?.credentials ?? {});
	if (limitByExpression) return { ...limits, byExpression: LIMIT_NAMES[limitByExpression] };
	const texts = new Set(prepared.map(({ credentials = {} }) => limitsText(credentials)));
	return texts.size > 1 ? { ...limits, byExpression: 'A limit' } : limits;
}

/**
 * The refusals of a run by the place among the given requests. A preview is never refused, because it sends nothing. What
 * an agent may send is remembered in the same breath, so that two calls at once count both.
 */
export function refusedByLimits(run: SendingRun, prepared: readonly Prepared[]): Map<number, Refusal> {
	const refused = new Map<number, Refusal>();
	for (const [place, verdict] of verdictsOf(run, prepared).entries()) {
		const one = prepared[place];
		if (!one || one.preview) continue;
		const refusal = refusalOf(verdict, isApproved(run, one));
		if (refusal) refused.set(place, refusal);
		else if (run.asTool)
			rememberAsked(run.node.getContext('node'), one, movedBy(run.operation, one.request.values));
	}
	return refused;
}

/**
 * An approval of an agent counts only as text that a person has saved in the node. With an expression, the agent could
 * make a preview and approve it itself.
 */
function isApproved({ node, asTool }: SendingRun, { isApproved: isGiven }: Prepared): boolean {
	if (!isGiven || !asTool) return isGiven;
	const options: unknown = node.getNode().parameters.options;
	const saved = isRecord(options) ? options.approvalHash : undefined;
	return typeof saved === 'string' && !saved.startsWith('=');
}

/** Replaces the items that a limit refuses. `refuse` makes the item that comes out, or throws. */
export function heldToLimits(
	run: SendingRun,
	checked: readonly CheckedItem[],
	refuse: (one: Prepared, cause: Refusal) => INodeExecutionData,
): CheckedItem[] {
	if (run.operation.effect === 'read') return [...checked];
	const prepared = checked.filter((one) => 'request' in one);
	const refused = refusedByLimits(run, prepared);
	let place = -1;
	return checked.map((one) => {
		if (!('request' in one)) return one;
		place += 1;
		const cause = refused.get(place);
		return cause ? { failed: refuse(one, cause) } : one;
	});
}
