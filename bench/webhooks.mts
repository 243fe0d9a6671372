import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';

import { inARow, node } from '../host/smallFlows.mts';
import { sign } from '../sandbox/gatePay/signing.mts';
import { credentialFor, GUARD, ours } from './flow.mts';
import type { Part } from './part.mts';
import { percentile, summary } from './statistics.mts';

/** How many deliveries are under way at once, as from a provider to one merchant. */
const AT_ONCE = 8;
const HOOK = 'be000000-0000-4000-8000-000000000001';
const PLAIN = 'be000000-0000-4000-8000-000000000002';
const GUARDED = 'be000000-0000-4000-8000-000000000003';

type Name = 'ours' | 'plain' | 'guarded';

interface Round {
	perSecond: number;
	middle: number;
	slowest: number;
	/** Milliseconds of processor time of n8n for each delivery, with its execution. */
	processor: number;
}

/** Deliveries to the real n8n: our trigger, which verifies and maps them, against n8n's own Webhook node. */
export const webhooks: Part = async ({ extent: { deliveries, rounds }, stage: open }) => {
	const { n8n, add, processorTime } = await open();
	const end = node('End', 'n8n-nodes-base.noOp', 1);
	const flow = async (name: string, trigger: INode) =>
		await n8n.activate(await add(inARow(name, [trigger, end])));
	const hook = (webhookId: string, parameters: INodeParameters) => ({
		...node('Event', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path: webhookId,
			options: {},
			...parameters,
		}),
		webhookId,
	});
	const parameters = { events: [], statuses: [] };
	const trigger = { ...ours('Event', 'gatePayTrigger', parameters), typeVersion: 2, webhookId: HOOK };
	await flow('Our trigger', trigger);
	await flow('Webhook node', hook(PLAIN, {}));
	await flow('Webhook node with Header Auth', {
		...hook(GUARDED, { authentication: 'headerAuth' }),
		credentials: { httpHeaderAuth: { id: '', name: '' } },
	});
	const urls = {
		ours: n8n.webhookUrl(`${HOOK}/webhook`),
		plain: n8n.webhookUrl(PLAIN),
		guarded: n8n.webhookUrl(GUARDED),
	};
	const taken = { ours: new Array<Round>(), plain: new Array<Round>(), guarded: new Array<Round>() };
	const names: Name[] = ['ours', 'plain', 'guarded'];
	for (let round = 0; round <= rounds; round += 1) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			const before = processorTime();
			const one = await deliverMany(urls[name], deliveries);
			await sleep(2000); // the executions that the deliveries started still run
			const processor = (processorTime() - before) / deliveries;
			if (round > 0) taken[name].push({ ...one, processor });
		}
	}
	const of = (name: Name, figure: keyof Round) => summary(taken[name].map((one) => one[figure]));
	// n8n's own setting takes most of the difference away, so the aim against the bare node is for that setting.
	const aims = { plain: 0.95, guarded: 0.8 };
	const compared = (what: string, figure: keyof Round, unit: string, peer: 'plain' | 'guarded') => ({
		what: `deliveries: ${what}`,
		ours: of('ours', figure),
		unit,
		peer: peer === 'plain' ? "n8n's Webhook node" : "n8n's Webhook node with Header Auth",
		theirs: of(peer, figure),
		...(figure === 'processor' ? { aim: aims[peer] } : {}),
	});
	const rowsAgainst = (peer: 'plain' | 'guarded') => [
		{ ...compared('per second', 'perSecond', '/s', peer), good: 'more' as const },
		compared('median', 'middle', 'ms', peer),
		compared('99 of 100 within', 'slowest', 'ms', peer),
		compared('processor time of n8n for each', 'processor', 'ms', peer),
	];
	return {
		title: 'Webhook deliveries in the real n8n',
		rows: [...rowsAgainst('plain'), ...rowsAgainst('guarded')],
		series: [],
		notes: [
			`${deliveries} deliveries in a round, ${AT_ONCE} at once. All answer after n8n has stored the execution. Only our trigger verifies a signature. The Webhook node takes everything from everybody, or with Header Auth from everybody who has the text of the header.`,
			'n8n itself takes most of the time, for the isolated engines in which it evaluates expressions: ours needs three, Header Auth two, the bare Webhook node one. [A setting](scale.md#settings-of-n8n) makes this faster.',
		],
	};
};

/** @param letter the n-th delivery, and the status that n8n has to answer with. Absent: a genuine one, and 200 */
export async function deliverMany(
	url: string,
	count: number,
	letter: (number: number) => Letter = genuine,
): Promise<Omit<Round, 'processor'>> {
	const agent = new Agent({ maxSockets: AT_ONCE });
	const times: number[] = [];
	const start = performance.now();
	let next = 0;
	const deliverer = async () => {
		while (next < count) {
			next += 1;
			times.push(await deliver(url, agent, letter(next)));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, deliverer));
	const seconds = (performance.now() - start) / 1000;
	agent.destroy();
	return { perSecond: count / seconds, middle: percentile(times, 0.5), slowest: percentile(times, 0.99) };
}

export interface Letter {
	headers: Record<string, string>;
	body: string;
	/** The status that n8n has to answer with. */
	status: number;
}

/** Sends one delivery. @throws Error when another status comes than the letter names */
async function deliver(url: string, agent: Agent, { headers, body, status }: Letter): Promise<number> {
	const start = performance.now();
	const sent = request(url, { method: 'POST', agent, headers }).end(body);
	const [answer] = await once(sent, 'response');
	answer.resume();
	await once(answer, 'end');
	if (answer.statusCode !== status) throw new Error(`${url} answered ${answer.statusCode}`);
	return performance.now() - start;
}

/** Gate Pay's notification of a payout that is done. */
export function genuine(number: number): Letter {
	const line = {
		merchant_withdraw_id: `w${number}`,
		amount: '0.1000',
		done_amount: '0.0501',
		status: 'DONE',
		chain: 'TRX',
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		tx_id: '0x57b0632baf605f7d0dd301a49d08a2505b56d178eb04eecbfa858f0a75b1aa36',
		currency: 'USDT',
		fee: '0.0499',
	};
	const body = JSON.stringify({
		main_order: { batch_id: `b${number}`, status: 'SUCCESS' },
		suborders: [line],
	});
	const parts = { timestamp: String(Date.now()), nonce: `n${number}`, body };
	const headers = {
		'Content-Type': 'application/json',
		'X-Secret': GUARD,
		'X-GatePay-Timestamp': parts.timestamp,
		'X-GatePay-Nonce': parts.nonce,
		'X-GatePay-Signature': sign(String(credentialFor('').paymentSecret), parts),
	};
	return { headers, body, status: 200 };
}
