import type { IExecuteFunctions } from 'n8n-workflow';
import { sha256 } from '../exact/hash';
import { canonicalJson, isRecord } from '../exact/json';
import type { Run } from '../items/run';
import { LIMIT_NAMES, limitsOf, WHO_CHANGES } from '../limits/limits';
import type { Account } from '../provider/provider';
import { Refusal } from '../refusal';
import type { WireRequest } from '../wire/request';

/**
 * Whether a person has turned on Allow Use by AI Agents. Only a value that is saved in the node counts. With an
 * expression, or a value that a model fills in, the agent could decide itself.
 */
export function areAgentsAllowed(node: IExecuteFunctions): boolean {
	const options: unknown = node.getNode().parameters.options;
	return isRecord(options) && options.allowAgents === true;
}

/** @throws Refusal when an AI agent asks for more than a read, and the node or its credential does not allow it */
export function refuseAgents({ asTool, operation, agentsAllowed, credentials }: Run): void {
	if (operation.effect === 'read' || !asTool) return;
	if (agentsAllowed) {
		if (limitsOf(credentials ?? {}).agents !== 'never') return;
		throw new Refusal(
			`${LIMIT_NAMES.aiAgents} in the credential lets an agent only read`,
			`${WHO_CHANGES}: to Within the Limits, or to Only With an Approval`,
		);
	}
	const wish = operation.effect === 'money' ? 'move money' : 'change something';
	throw new Refusal(
		`An AI agent asked to ${wish}, and this node does not allow it`,
		'A person has to turn on Allow Use by AI Agents among the options of the node, without an expression, if that is wanted',
	);
}

/**
 * Only a whole execution can sleep, so it must wait for one order only. It must not sleep in the middle of an agent's
 * work.
 * @throws Refusal for several items, and for an AI agent
 */
export function refuseSleeping({ node, operation, asTool }: Run): void {
	if (!operation.does?.callback) return;
	if (asTool) {
		throw new Refusal(
			`${operation.name} puts the whole execution to sleep, which a tool of an AI agent cannot do`,
			'Give the agent the operation that does not wait',
		);
	}
	const count = node.getInputData().length;
	if (count === 1) return;
	throw new Refusal(
		`${operation.name} takes one item at a time and got ${count}: an execution can sleep on one order only`,
		'Put a Loop Over Items node with Batch Size 1 before this node, or run it in a sub-workflow once for each item',
	);
}

/**
 * A hash of what a model's call asks for. If a model repeats a call, it may write `100.50` instead of `100.5` and
 * mean the same payment.
 */
export function meaningOf({ method, url, values }: WireRequest, { id, onBehalfOf }: Account): string {
	const text = canonicalJson({ account: id, onBehalfOf, method, url, values });
	return sha256(text.replace(/(?<![\d.])(\d+)\.(\d*?)0*(?![\d.])/g, shortDecimal));
}

function shortDecimal(_decimal: string, whole: string, fraction: string): string {
	return fraction === '' ? whole : `${whole}.${fraction}`;
}
