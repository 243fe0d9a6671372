import { createHash } from 'node:crypto';

import { compare } from '../decimal.mts';
import { notifyPayout } from './notifications.mts';
import { Refusal } from './refusal.mts';
import type { PayoutBatch, PayoutBatchStatus, PayoutLine, PayoutLineStatus } from './state.mts';
import type { World } from './world.mts';

const STEP_MS = 500;
/** A person has to approve payouts of this amount or more in the console. The figure is made up. */
const REVIEW_FROM = '100000';

const NEXT: Record<PayoutLineStatus, PayoutLineStatus[]> = {
	INIT: ['PENDING', 'CHECK', 'PROCESSING', 'DONE', 'FAIL'],
	PENDING: ['PROCESSING', 'CHECK', 'DONE', 'FAIL'],
	CHECK: ['PROCESSING', 'DONE', 'FAIL'],
	PROCESSING: ['DONE', 'FAIL'],
	DONE: [],
	FAIL: [],
};

/** Moves a sub-order to its next state, or to the wanted one. Throws a Refusal when it cannot go there. */
export function advance(
	world: World,
	batch: PayoutBatch,
	line: PayoutLine,
	wanted: PayoutLineStatus | undefined = NEXT[line.status][0],
): void {
	if (!wanted || !NEXT[line.status].includes(wanted))
		throw new Refusal('400204', `The sub-order is ${line.status}`);
	line.status = wanted;
	line.update_time = world.now();
	if (wanted === 'DONE') line.tx_id = transactionOf(line);
	if (wanted === 'FAIL') giveBack(world, line);
	batch.status = statusOf(batch);
	if (wanted !== 'DONE' && wanted !== 'FAIL') return;
	line.finish_time = world.now();
	notifyPayout(world, batch, line);
}

/** Moves the sub-orders of a batch by themselves, one state in half a second. */
export function startChain(world: World, batch: PayoutBatch): void {
	for (const line of batch.lines) stepLater(world, batch, line);
}

function stepLater(world: World, batch: PayoutBatch, line: PayoutLine): void {
	world.later(STEP_MS, () => {
		if (NEXT[line.status].length === 0) return;
		// A sub-order in review is looked at again later: somebody may have approved it.
		if (line.status !== 'CHECK') advance(world, batch, line, nextByItself(world, line));
		stepLater(world, batch, line);
	});
}

function nextByItself(world: World, line: PayoutLine): PayoutLineStatus | undefined {
	const isReviewed = compare(line.amount, REVIEW_FROM) >= 0 || world.magic(line.amount) === 'inReview';
	if (line.status === 'PENDING' && isReviewed) return 'CHECK';
	// A payout to the well-known burn address always fails in the sandbox.
	if (line.status === 'PROCESSING' && /dead$/i.test(line.address)) return 'FAIL';
	return NEXT[line.status][0];
}

function giveBack(world: World, line: PayoutLine): void {
	line.err_msg = 'The chain refused the transaction';
	line.done_amount = '0';
	world.credit(line.currency, line.sub_amount, {
		orderId: line.suborder_id,
		merchantTradeNo: line.merchant_withdraw_id,
		financialType: 'refund_fi',
		fullChain: line.chain,
		address: line.address,
	});
}

function transactionOf({ suborder_id }: PayoutLine): string {
	return `0x${createHash('sha256').update(suborder_id).digest('hex')}`;
}

function statusOf({ lines }: PayoutBatch): PayoutBatchStatus {
	const count = (status: PayoutLineStatus) => lines.filter((line) => line.status === status).length;
	if (count('INIT') === lines.length) return 'INIT';
	if (count('DONE') + count('FAIL') < lines.length) return 'PROCESSING';
	if (count('FAIL') === 0) return 'SUCCESS';
	return count('DONE') === 0 ? 'FAIL' : 'PARTIAL';
}
