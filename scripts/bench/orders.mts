import { inARow } from '../../test/e2e/smallFlows.mts';
import { itemsFor, oneByOne, ours, payoutParameters, sentByHand, signedByHand, written } from './flow.mts';
import type { Part, Row, Series } from './part.mts';
import type { Ran, Stage } from './stage.mts';
import { inTurns, summary, type Measured } from './statistics.mts';

const BY_HAND = ['Write', 'Sign', 'Send'];

/** Payouts in the real n8n: by our node with all that it checks, and by the nodes that people use without it. */
export const orders: Part = async ({ extent, stage: open }) => {
	const stage = await open();
	const { orders: count, rounds } = extent;
	const byHand = inARow('By hand', [
		...itemsFor(count, 'h'),
		written,
		signedByHand,
		sentByHand(stage.provider.url),
	]);
	const flows = {
		checked: { id: await stage.add(payouts(count, {})), nodes: ['Pay'] },
		unchecked: { id: await stage.add(payouts(count, { checkFirst: false })), nodes: ['Pay'] },
		packed: { id: await stage.add(packed(count)), nodes: ['Pay'] },
		byHand: { id: await stage.add(byHand), nodes: BY_HAND },
		inLoop: { id: await stage.add(oneByOne(byHand, 'Send')), nodes: [...BY_HAND, 'Loop'] },
	};
	const processor = new Map(Object.keys(flows).map((name) => [name, new Array<number>()]));
	const timer = (name: keyof typeof flows) => async () => {
		const ran = await payOnce(stage, flows[name].id, count);
		processor.get(name)?.push(ran.processor);
		return ran.timeOf(...flows[name].nodes);
	};
	const times = await inTurns(
		{
			checked: timer('checked'),
			unchecked: timer('unchecked'),
			packed: timer('packed'),
			byHand: timer('byHand'),
			inLoop: timer('inLoop'),
		},
		rounds,
	);
	const used = (name: keyof typeof flows) => summary((processor.get(name) ?? []).slice(1));
	const row = (what: string, mine: Measured, peer: string, theirs: Measured, aim?: number): Row => ({
		what: `${count} payouts, ${what}`,
		ours: mine,
		unit: 'ms',
		peer,
		theirs,
		...(aim === undefined ? {} : { aim }),
	});
	const hand = 'Edit Fields + Crypto + HTTP Request, all at once';
	const loop = 'the same, one by one (Loop Over Items)';
	return {
		title: 'Signed orders in the real n8n',
		rows: [
			row('Check First off', times.unchecked, hand, times.byHand, 2),
			row('Check First on', times.checked, hand, times.byHand, 2),
			row('Create Many (50 in a request)', times.packed, hand, times.byHand, 2),
			row('Check First off', times.unchecked, loop, times.inLoop, 2),
			row('Check First on', times.checked, loop, times.inLoop, 2),
			row(
				'processor time of n8n for the whole execution, Check First off',
				used('unchecked'),
				hand,
				used('byHand'),
			),
			row(
				'processor time of n8n for the whole execution, Check First on',
				used('checked'),
				hand,
				used('byHand'),
			),
			row(
				'processor time of n8n for the whole execution, Check First off',
				used('unchecked'),
				loop,
				used('inLoop'),
			),
		],
		series: [await growth(stage, extent.sizesInN8n)],
		notes: [
			'Our node sends money one by one, on purpose: what it does not know about one payout stops it before the next. HTTP Request sends all items at once and waits for none; with a provider that needs 50 ms it is faster for that reason, and Create Many is the fast way that stays safe.',
			'What the peer does not do: check all items before the first is sent, refuse amounts that are not exact, notice a reference that is used twice, remember what was sent when n8n runs the node again, ask first, tell rejected from unknown and look up what is unknown, turn off redirects and the second send after 401, keep the digits of the answer, give out the same record for every provider. Its time stamps are all made before the first request: Gate Pay refuses what is older than 10 s.',
			'Check First costs a read for each order.',
		],
	};
};

function payouts(count: number, options: { checkFirst?: boolean }) {
	return inARow('Ours', [...itemsFor(count, 'o'), ours('Pay', 'gatePay', payoutParameters(options))]);
}

function packed(count: number) {
	const code = (value: string) => ({ __rl: true, mode: 'id', value });
	return inARow('Packed', [
		...itemsFor(count, 'm'),
		ours('Pay', 'gatePay', {
			resource: 'payout',
			operation: 'createMany',
			batch_id: '=m_{{ $execution.id }}',
			address: '={{ $json.address }}',
			amount: '={{ $json.amount }}',
			chain: code('TRX'),
			currency: code('USDT'),
			fee_type: '',
			memo: '',
			merchant_withdraw_id: '={{ $json.reference }}',
			options: {},
		}),
	]);
}

/** @throws Error when not everything was paid: a fast refusal is no result */
async function payOnce(stage: Stage, id: string, count: number): Promise<Ran> {
	const before = await stage.provider.tell();
	const ran = await stage.run(id);
	const after = await stage.provider.tell();
	const paid = after.lines - before.lines;
	if (paid !== count || after.refused > 0)
		throw new Error(`${paid} of ${count} payouts were made, ${after.refused} requests were refused`);
	return ran;
}

async function growth(stage: Stage, sizes: number[]): Promise<Series> {
	const points: Series['points'] = [];
	for (const items of sizes) {
		const id = await stage.add(payouts(items, {}));
		const ran = await payOnce(stage, id, items);
		points.push({ items, milliseconds: ran.timeOf('Pay') });
	}
	return { name: 'Payouts with Check First', where: 'in the real n8n', points };
}
