import type { IExecuteFunctions } from 'n8n-workflow';
import { isThisMachine } from '../wire/account';
import type { WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { checkField } from './rules';

/**
 * The end of the URL that wakes an execution: the path of the webhook in the node's description. Another one than that
 * of n8n's Wait node, which a late callback would wake as well; short, because some providers take few characters.
 */
export const RESUME_PATH = 'cb';

/**
 * Stands for the URL in the request until it is sent: previews and hashes are the same in every execution, and nobody
 * who approves a payment is shown how to wake it.
 */
export const RESUME_PLACE = "[this execution's URL]";

export function resumePlace({ callback }: Operation): WritableObject {
	return callback ? { [callback.parameter]: RESUME_PLACE } : {};
}

/** What is sent in its place. */
export function resumeValue(node: IExecuteFunctions, { callback }: Operation): WritableObject {
	return callback ? { [callback.parameter]: resumeUrl(node) } : {};
}

/**
 * An order that nobody can announce would sleep until its time limit, and n8n 1.x wakes an execution, with all that
 * comes after it, once for each of several callbacks that come within the same second.
 * @throws Refusal when the provider cannot reach this n8n, or would send its secrets unencrypted, and on such an n8n
 */
export function refuseUnreachable(
	node: IExecuteFunctions,
	{ provider, operation, account }: { provider: Provider; operation: Operation; account: Account },
): void {
	const { callback } = operation;
	if (!callback) return;
	const url = resumeUrl(node);
	// The first n8n that signs the URL is 2.15 or a little older; each that signs it wakes an execution once.
	const { origin, protocol, searchParams } = new URL(url);
	if (!searchParams.has('signature')) {
		throw new Refusal(
			'This n8n is too old to wait for a callback: it can wake one execution several times',
			'Update n8n to 2.15 or later, or use the operation that does not wait',
		);
	}
	const label = "The execution's own URL";
	checkField(url, operation.rules?.[callback.parameter], { label, required: true, timezone: 'UTC' });
	// The sandbox: both are on this machine.
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
