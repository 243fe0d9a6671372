import { inARow } from '../host/smallFlows.mts';
import type { WorkflowFile } from '../host/workflows.mts';
import { itemsFor, oneByOne, ours, payoutParameters, sentByHand, signedByHand, written } from './flow.mts';
import type { Part, Row, Series } from './part.mts';
import type { Ran, Stage } from './stage.mts';
import { inTurns, summary } from './statistics.mts';

const BY_HAND = ['Write', 'Sign', 'Send'];

/** Payouts in the real n8n, by our node with all its checks, and by the nodes that people use without it. */
export const orders: Part = async ({ extent, stage: open }) => {
	const stage = await open();
	const { orders: count, ordersInLoop: few, rounds } = extent;
	const byHand = (items: number) =>
		inARow('By hand', [...itemsFor(items, 'h'), written, signedByHand, sentByHand(stage.provider.url)]);
	const flow = async (file: WorkflowFile, nodes: string[], items = count) => ({
		id: await stage.add(file),
		nodes,
		items,
		processor: new Array<number>(),
		pauses: new Array<number>(),
	});
	const flows = {
		unchecked: await flow(payouts(count, { checkFirst: false }), ['Pay']),
		byHand: await flow(byHand(count), BY_HAND),
		checked: await flow(payouts(count, {}), ['Pay']),
		packed: await flow(packed(count), ['Pay']),
		fewUnchecked: await flow(payouts(few, { checkFirst: false }), ['Pay'], few),
		fewInLoop: await flow(oneByOne(byHand(few), 'Send'), [...BY_HAND, 'Loop'], few),
		fewChecked: await flow(payouts(few, {}), ['Pay'], few),
	};
	const timer = (name: keyof typeof flows) => async () => {
		const { id, nodes, items, processor, pauses } = flows[name];
		const ran = await payOnce(stage, id, items);
		processor.push(ran.processor);
		pauses.push(ran.pauseOf(...nodes));
		return ran.timeOf(...nodes);
	};
	// Growth comes first, because it warms n8n up.
	const series = [await growth(stage, extent.sizesInN8n)];
	const times = await inTurns(
		{
			unchecked: timer('unchecked'),
			byHand: timer('byHand'),
			checked: timer('checked'),
			packed: timer('packed'),
			fewUnchecked: timer('fewUnchecked'),
			fewInLoop: timer('fewInLoop'),
			fewChecked: timer('fewChecked'),
		},
		rounds,
		0,
	);
	const hand = 'by hand, all at once';
	const loop = 'by hand, one by one';
	const rowsOf = (
		what: string,
		name: keyof typeof flows,
		peer: string,
		peerName: keyof typeof flows,
		aim?: number,
	): Row[] => {
		const row = (more: string) => ({
			what: `${flows[name].items} payouts, ${what}${more}`,
			unit: 'ms',
			peer,
		});
		return [
			{ ...row(''), ours: times[name], theirs: times[peerName] },
			{
				...row(': processor time'),
				ours: summary(flows[name].processor),
				theirs: summary(flows[peerName].processor),
				...(aim === undefined ? {} : { aim }),
			},
			{
				...row(': longest pause of the event loop'),
				ours: summary(flows[name].pauses),
				theirs: summary(flows[peerName].pauses),
				most: 250,
			},
		];
	};
	return {
		title: 'Signed orders in the real n8n',
		rows: [
			...rowsOf('Check First off', 'unchecked', hand, 'byHand', 3),
			...rowsOf('Check First on', 'checked', hand, 'byHand', 2.5),
			...rowsOf('Create Many (50 in a request)', 'packed', hand, 'byHand', 5),
			...rowsOf('Check First off', 'fewUnchecked', loop, 'fewInLoop'),
			...rowsOf('Check First on', 'fewChecked', loop, 'fewInLoop'),
		],
		series,
		notes: [
			'Our node sends money one by one, on purpose: an unknown payout stops it before the next. HTTP Request sends all items at once, so with a slow provider it is faster. Create Many is the fast way that stays safe.',
			'By hand is Edit Fields, Crypto and HTTP Request, with Loop Over Items where it goes one by one. It keeps none of the [promises about money](safety.md): it checks nothing first, remembers nothing, asks nothing, and loses digits of the answer.',
			'Check First costs a read for each order.',
			'Where the time goes (1,000 payouts, Check First off): n8n takes 34 % to evaluate parameters and 20 % to read the credential. The HTTP client takes 13 %, our code 6 %, the runtime the rest.',
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

/** Runs the workflow once. @throws Error unless everything was paid: a fast refusal is no result */
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
