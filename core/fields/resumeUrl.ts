import type { IExecuteFunctions } from 'n8n-workflow';
import { isThisMachine } from '../wire/account';
import type { WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { checkField } from './rules';

/**
 * The end of the URL that wakes an execution: the path of the webhook in the node's description. It differs from the
 * path of n8n's Wait node, so that a late callback cannot wake a Wait node. It is short because some providers accept
 * few characters.
 */
export const RESUME_PATH = 'cb';

/**
 * Stands for the URL in the request until it is sent. Previews and hashes are therefore the same in every execution.
 * A person who approves a payment does not see how to wake it.
 */
export const RESUME_PLACE = "[this execution's URL]";

export function resumePlace({ does: { callback } = {} }: Operation): WritableObject {
	return callback ? { [callback.parameter]: RESUME_PLACE } : {};
}

/** The value that is sent in its place. */
export function resumeValue(node: IExecuteFunctions, { does: { callback } = {} }: Operation): WritableObject {
	return callback ? { [callback.parameter]: resumeUrl(node) } : {};
}

/**
 * Refuses to send an order whose callback cannot work. If the provider cannot call the URL, the execution would sleep
 * until its time limit. If several callbacks come within one second, n8n 1.x wakes an execution once for each, and
 * repeats everything after it.
 * @throws Refusal when the provider cannot reach this n8n or would send its secrets unencrypted, and on an n8n that
 * can wake an execution several times
 */
export function refuseUnreachable(
	node: IExecuteFunctions,
	{ provider, operation, account }: { provider: Provider; operation: Operation; account: Account },
): void {
	const callback = operation.does?.callback;
	if (!callback) return;
	const url = resumeUrl(node);
	// n8n signs the URL since 2.15 or a little earlier. Every n8n that signs it wakes an execution only once.
	const { origin, protocol, searchParams } = new URL(url);
	if (!searchParams.has('signature')) {
		throw new Refusal(
			'This n8n is too old to wait for a callback: it can wake one execution several times',
			'Update n8n to 2.15 or later, or use the operation that does not wait',
		);
	}
	const label = "The execution's own URL";
	checkField(url, operation.rules?.[callback.parameter], { label, required: true, timezone: 'UTC' });
	// This is the sandbox. It runs on the same machine as n8n.
	if (isThisMachine(account.origin)) return;
	if (protocol === 'https:' && !isThisMachine(url)) return;
	throw new Refusal(
		`${provider.displayName} cannot call this n8n under ${origin}`,
		'Set WEBHOOK_URL of n8n to the https:// address under which the internet reaches it, or use the operation that does not wait',
	);
}

function resumeUrl(node: IExecuteFunctions): string {
	const url = new URL(String(node.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	url.pathname = `${url.pathname}/${RESUME_PATH}`;
	return url.href;
}
