import type { INode } from 'n8n-workflow';

import { failureOf } from '../../host/executions.mts';
import { inARow, node } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { tell } from '../../scripts/test/figures.mts';
import { addressOf } from '../../sandbox/addresses.mts';
import { byName } from '../byName.mts';
import { inOneLine, seconds } from './proof.mts';
import { allEnded, startedBy, type Stage } from './stage.mts';

const REFERENCES = 200;
/** Pairs of calls under way. */
const AT_ONCE = 5;
const HOOK = 'remembered-payouts';

/** Pays what it is called with. Rapira takes no reference: n8n alone knows what was sent. */
function payoutOnCall(): WorkflowFile {
	const call: INode = {
		...node('Called', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: HOOK,
			responseMode: 'onReceived',
			options: {},
		}),
		webhookId: 'b0000000-0000-4000-8000-000000000031',
	};
	const pay: INode = {
		...node('Pay Out', 'n8n-nodes-otc-payouts.rapira', 1, {
			resource: 'payout',
			operation: 'create',
			token: { __rl: true, mode: 'id', value: 'USDT:TRX:USDTTRC20' },
			address: '={{ $json.body.address }}',
			amount: '10',
			paymentReference: '={{ $json.body.reference }}',
			options: {},
		}),
		credentials: { rapiraApi: { id: '', name: '' } },
	};
	return inARow('Remembered payouts', [call, pay]);
}

/** Each reference comes twice at the same moment, and both workers take what comes. */
export async function payTwiceAtOnce(stage: Stage): Promise<void> {
	const { queue, sandbox, credentials } = stage;
	const started = Date.now();
	sandbox.rapira.state.balances.USDT = '1000000';
	const workflow = await queue.main.importWorkflow(payoutOnCall(), { credentials });
	await queue.main.activate(workflow);
	const references = Array.from({ length: REFERENCES }, (_, index) => `TR${index}`);
	const url = queue.webhookUrl(HOOK);
	const call = async (reference: string) => {
		const body = JSON.stringify({ reference, address: addressOf('TRX', reference) });
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body,
		});
		expect(answer.status).toBe(200);
	};
	const left = [...references];
	const callAll = async () => {
		for (let one = left.shift(); one !== undefined; one = left.shift())
			await Promise.all([call(one), call(one)]);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, callAll));
	const rows = await allEnded(stage, workflow);

	const own = new Set(rows.map(({ id }) => id));
	const work = queue.workers.map((worker) => startedBy(worker).filter((id) => own.has(id)).length);
	const applied = byName(sandbox.rapira.books.appliedPerReference(), references);
	const times = references.map((reference) => applied[reference] ?? 0);
	const failed = rows.filter(({ status }) => status !== 'success');
	const kept = await queue.postgres.query(
		`select count(*), sum(length(context) + length("workflowId") + length(value)) from processed_data where "workflowId" = '${workflow}'`,
	);
	tell(
		inOneLine('Payouts that n8n remembers', {
			references: references.length,
			executions: rows.length,
			'of each worker': work.join(' and '),
			'sent twice': times.filter((count) => count > 1).length,
			'not sent, because the other worker had the same nonce': times.filter((count) => count === 0).length,
			'executions without success': failed.length,
			'rows kept': String(kept[0]?.[0]),
			'characters kept': String(kept[0]?.[1]),
			seconds: seconds(started),
		}),
	);
	const reasons = await Promise.all(
		failed.map(async ({ id }) => failureOf(await queue.main.execution(id)) ?? 'no reason'),
	);
	const refused = references.filter((reference) =>
		reasons.some((reason) => saysNonceUsed(reason, reference)),
	);
	const isTold = (reason: string) => reason.includes(SENT_ELSEWHERE) || reason.includes(NONCE_USED);
	expect(reasons.filter((reason) => !isTold(reason))).toEqual([]);
	for (const executed of work) expect(executed).toBeGreaterThan(0);
	for (const [index, reference] of references.entries())
		expect(times[index]).toBe(refused.includes(reference) ? 0 : 1);
}

/** On a busy machine one worker is still sending when the other has waited for its outcome. Then it sends nothing. */
const SENT_ELSEWHERE = 'was not sent: another execution has sent it, and what became of it is not known';

const NONCE_USED = 'nonce was used before';

/**
 * The nonce of a payout is the time in milliseconds. Two workers can send different payouts in the same millisecond, and
 * the sandbox takes the nonce only once. Then the second payout is not made, and a person is told so.
 */
function saysNonceUsed(reason: string, reference: string): boolean {
	return reason.includes(`\`${reference}\`: ${NONCE_USED}`);
}
