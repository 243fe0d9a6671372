import type { INodeProperties } from 'n8n-workflow';
import type { WritableObject } from '../exact/json';
import { linesOf, textAt } from '../limits/moved';
import type { CheckedPayee } from '../provider/moves';
import type { Operation } from '../provider/operation';
import { wrongAccount, wrongAddress } from '../recipients/recipient';
import { Refusal } from '../refusal';
import { printable } from './rules';

const SKIP = 'skipRecipientCheck';

/** The option of an operation whose recipient is checked. */
export const recipientCheckOption: INodeProperties = {
	displayName: 'Skip Recipient Check',
	name: SKIP,
	type: 'boolean',
	default: false,
	description:
		'Whether to send even if the recipient cannot be an address of the named network, a card, a phone number or an IBAN. What is sent to a wrong address is lost.',
};

/** Whether the row names a recipient that can be checked. */
export function checksRecipient(operation: Operation): boolean {
	return checkedPayees(operation).length > 0;
}

/** Shows in a preview that the recipient was not checked. */
export function skippedCheck(
	operation: Operation,
	options: Record<string, unknown>,
): { recipientCheck: 'skipped' } | undefined {
	return checksRecipient(operation) && isSkipped(options) ? { recipientCheck: 'skipped' } : undefined;
}

/**
 * Checks the recipients of a request before anything is sent. An unknown network is not checked.
 * @param values the members of the request, or those of one line
 * @throws Refusal for a recipient that cannot exist
 */
export function refuseWrongRecipient(
	operation: Operation,
	values: WritableObject,
	options: Record<string, unknown>,
): void {
	const payees = checkedPayees(operation);
	if (payees.length === 0 || isSkipped(options)) return;
	for (const line of (operation.moves && linesOf(operation.moves, values)) ?? [values]) {
		for (const payee of payees) {
			const reason = wrongIn(payee, line);
			if (reason !== undefined) throw new Refusal(reason, NEXT_STEP);
		}
	}
}

const NEXT_STEP =
	'Ask the recipient for it again. If you are sure that it is right, turn on Skip Recipient Check';

/** @throws Refusal for an expression that gives `'true'` or nothing, because nobody knows what was meant */
function isSkipped(options: Record<string, unknown>): boolean {
	if (!(SKIP in options)) return false;
	const skip = options[SKIP];
	if (typeof skip === 'boolean') return skip;
	throw new Refusal(
		'Skip Recipient Check is neither true nor false',
		'Let its expression give true or false',
	);
}

function wrongIn(payee: CheckedPayee, line: WritableObject): string | undefined {
	const recipient = textAt(line, payee.member);
	if (recipient === undefined) return undefined;
	const reason = wrongAs(payee, line, recipient);
	return reason && `The recipient \`${printable(recipient)}\` ${reason}`;
}

function wrongAs(payee: CheckedPayee, line: WritableObject, recipient: string): string | undefined {
	if ('kind' in payee) return wrongAccount(recipient, payee.kind);
	if ('chain' in payee) return wrongAddress(recipient, textAt(line, payee.chain) ?? '');
	const kind = new Map(Object.entries(payee.kinds)).get(textAt(line, payee.way) ?? '');
	return kind && wrongAccount(recipient, kind);
}

function checkedPayees({ moves, later = [] }: Operation): CheckedPayee[] {
	const to = !moves || moves.to === 'own account' ? [] : moves.to;
	return [...later, ...to.filter((payee) => typeof payee !== 'string')];
}
