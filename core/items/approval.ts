import { type Covered, coveredText, coveredTextOf, coveredWord } from '../limits/covered';
import { isEmpty } from '../fields/rules';
import { Refusal } from '../refusal';

/**
 * What a person approves: `5-recipients-557.74-USDT-` and a hash of everything that is sent. A person reads the first
 * part. The hash binds, and both must be the same when the payment is sent.
 */
export function approvalHashOf(covered: Covered, fingerprint: string): string {
	return `${coveredWord(covered)}-${fingerprint}`;
}

/**
 * Whether the item is a preview, so that nothing is sent.
 * @throws Refusal for an expression that gives `'true'` or nothing. The node must not send a request that a person
 * wanted to see first.
 */
export function isPreview(options: Record<string, unknown>): boolean {
	if (!('preview' in options)) return false;
	if (typeof options.preview === 'boolean') return options.preview;
	throw new Refusal('Preview is neither true nor false', 'Let its expression give true or false');
}

/**
 * @param what what the request stands for, and its hash; read only where there is an approval
 * @throws Refusal when a preview needs approval, and the hash is empty or differs from that of the request
 */
export function refuseChanged(
	options: Record<string, unknown>,
	what: () => { covered: Covered; fingerprint: string },
): void {
	if (!('approvalHash' in options)) return;
	const { approvalHash } = options;
	if (isEmpty(approvalHash)) {
		if (isPreview(options)) return;
		throw new Refusal(
			'Approval Hash is empty',
			'Map the hash of the preview into it, or remove the option if nobody has to approve. A preview that a limit blocks has no hash',
		);
	}
	const { covered, fingerprint } = what();
	if (approvalHash !== approvalHashOf(covered, fingerprint)) throw changed(approvalHash, covered);
}

const PREVIEW_AGAIN = 'Preview it again and have the new preview approved';
const ONE_ITEM =
	"A Send and Wait node gives out one item: take the list again from the node before it, e.g. with $('List').all(). If the list itself has changed, preview it again and have the new preview approved";

function changed(approvalHash: unknown, covered: Covered): Refusal {
	const reason = 'The request differs from the one that was approved';
	const [, word = ''] = /^(.{1,1000})-[0-9a-f]{64}$/.exec(String(approvalHash)) ?? [];
	const approved = coveredTextOf(word);
	if (approved === undefined) return new Refusal(reason, PREVIEW_AGAIN);
	const now = coveredText(covered);
	if (approved === now)
		return new Refusal(`${reason} in something else than its sum (${now})`, PREVIEW_AGAIN);
	const [count] = approved.split(',');
	const isCountSame = count === now.split(',')[0];
	return new Refusal(
		`${reason} (approved: ${approved}; now: ${now})`,
		isCountSame ? PREVIEW_AGAIN : ONE_ITEM,
	);
}
