import { textOf } from '../exact/json';
import type { Prepared } from '../items/prepare';
import { recordOf } from '../items/output';
import { asRefusal } from '../refusal';
import type { SendingRun } from './attempts';
import { askingFor } from './finding';
import type { Found } from './protocol';
import { recalled } from './remembering';

/**
 * Whether a payment of a preview was sent before. `yes`: under its reference with the same details, so it would not be
 * sent again. `other`: its reference is used for something else. `unknown`: nobody can tell now.
 */
export interface SentBefore {
	state: 'no' | 'yes' | 'other' | 'unknown';
	reason?: string;
	/** What became of the earlier payment, as the provider says now. */
	status?: string;
}

/**
 * Asks as the sending node would ask: the provider with Check First, and n8n's own memory. It writes nothing.
 * @returns undefined where nobody is asked
 */
export async function sentBefore(run: SendingRun, prepared: Prepared): Promise<SentBefore | undefined> {
	try {
		if (run.stop?.aborted) return notKnown('the run was stopped');
		const ask = prepared.checkFirst ? askingFor(run, prepared) : undefined;
		const found = await ask?.();
		if (found && found.state !== 'absent') return asFound(run, prepared, found);
		const known = await asN8nKnows(run, prepared, found !== undefined);
		return known ?? (found && { state: 'no' });
	} catch (cause) {
		return notKnown(asRefusal(cause).message);
	}
}

function asFound(
	{ provider, operation }: SendingRun,
	{ request }: Prepared,
	found: Exclude<Found, { state: 'absent' }>,
): SentBefore {
	if (found.state === 'unclear') return notKnown(found.reason);
	if (found.differences.length > 0) return { state: 'other', reason: found.differences.join('; ') };
	const { data, kind } = found;
	const { status } = recordOf(provider, operation, { state: 'applied', data, kind }, request.values);
	const told = textOf(status);
	return { state: 'yes', ...(told === undefined ? {} : { status: told }) };
}

/** @param isAbsent whether the provider was asked just now and had nothing */
async function asN8nKnows(
	run: SendingRun,
	prepared: Prepared,
	isAbsent: boolean,
): Promise<SentBefore | undefined> {
	const { payment } = prepared;
	const known = await recalled(run, prepared);
	if (!known || !payment) return undefined;
	if (known.state === 'applied')
		return known.isSame
			? { state: 'yes' }
			: { state: 'other', reason: 'an earlier execution has carried out another request under it' };
	if (payment.isPaid) return { state: 'yes', reason: 'a person has found it paid' };
	const isSettled = known.state === 'sent' && known.times === payment.unpaidSend;
	// The provider has nothing, and the earlier send cannot arrive any more.
	const isOver = known.state === 'sent' && known.lastSend === 'over' && isAbsent;
	if (known.state === 'new' || isSettled || isOver) return { state: 'no' };
	return notKnown('an earlier execution has sent it, and what became of it is not known');
}

function notKnown(reason: string): SentBefore {
	return { state: 'unknown', reason };
}
