import { inARow } from '../host/smallFlows.mts';
import { itemsFor, oneByOne, ours, readByHand, readParameters } from './flow.mts';
import type { Part } from './part.mts';
import { KNOWN } from './provider.mts';
import { inTurns } from './statistics.mts';

const LATENCY_MS = 50;

/** Reads from a slow provider, by our node and by HTTP Request. */
export const reads: Part = async ({ extent: { reads: count, rounds }, stage: open }) => {
	const stage = await open();
	const { provider } = stage;
	const byHand = inARow('Reads by hand', [...itemsFor(count, KNOWN), readByHand(provider.url)]);
	const mine = inARow('Our reads', [
		...itemsFor(count, KNOWN),
		ours('Get', 'gatePay', { ...readParameters(), detail_status: 'ALL' }),
	]);
	const flows = {
		ours: { id: await stage.add(mine), nodes: ['Get'] },
		byHand: { id: await stage.add(byHand), nodes: ['Read'] },
		inLoop: { id: await stage.add(oneByOne(byHand, 'Read')), nodes: ['Read', 'Loop'] },
	};
	const atOnce = { ours: 0, byHand: 0, inLoop: 0 };
	const timer = (name: keyof typeof flows) => async () => {
		await provider.tell();
		const ran = await stage.run(flows[name].id);
		const told = await provider.tell();
		if (told.refused > 0) throw new Error(`${told.refused} reads were refused`);
		atOnce[name] = Math.max(atOnce[name], told.atOnce);
		return ran.timeOf(...flows[name].nodes);
	};
	await provider.setLatency(LATENCY_MS);
	try {
		const contenders = { ours: timer('ours'), byHand: timer('byHand'), inLoop: timer('inLoop') };
		const times = await inTurns(contenders, rounds);
		const what = `${count} reads from a provider that takes ${LATENCY_MS} ms`;
		return {
			title: 'Reads in the real n8n',
			rows: [
				{
					what,
					ours: times.ours,
					unit: 'ms',
					peer: 'HTTP Request, one by one (Loop Over Items)',
					theirs: times.inLoop,
					aim: 5,
				},
				{
					what,
					ours: times.ours,
					unit: 'ms',
					peer: 'HTTP Request, all at once',
					theirs: times.byHand,
					aim: 0.65,
				},
			],
			series: [],
			notes: [
				'Gate Pay documents no rate: our node begins with 8 at once and goes up to 32, as long as no answer is a 429.',
				`At once at most: ${atOnce.ours} requests by our node, ${atOnce.inLoop} in the loop, ${atOnce.byHand} by HTTP Request without a loop. Where a provider documents a rate, our reads keep to it; HTTP Request does not.`,
			],
		};
	} finally {
		await provider.setLatency(0);
	}
};
