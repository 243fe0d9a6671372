import type { INodeParameters } from 'n8n-workflow';
import type { Part } from './part.mts';
import { payoutParameters, readParameters, recipients } from './flow.mts';
import { summary, type Measured } from './statistics.mts';

/** What our own code costs for each item, beside the time that n8n takes to evaluate the parameters. */
export const cost: Part = async ({ extent: { items, manyRounds } }) => {
	const { runInEngine } = await import('./engine.mts');
	const cases: Array<[what: string, prefix: string, parameters: INodeParameters]> = [
		['a payout, Check First off (1 request)', 'off', payoutParameters({ checkFirst: false })],
		['a payout, Check First on (2 requests)', 'on', payoutParameters({})],
		['a read (1 request)', 'known', readParameters()],
	];
	const own = cases.map(() => new Array<number>());
	const parameters = cases.map(() => new Array<number>());
	for (let round = 0; round <= manyRounds; round += 1) {
		for (const [index, [, prefix, given]] of cases.entries()) {
			const run = await runInEngine(recipients(items, `${prefix}${round}`), given);
			if (run.items !== items) throw new Error(`${run.items} of ${items} items came out`);
			if (round === 0) continue;
			own[index]?.push((run.total - run.parameters) / items);
			parameters[index]?.push(run.parameters / items);
		}
	}
	const of = (values: number[][], index: number): Measured => summary(values[index] ?? []);
	return {
		title: 'Own cost of an item',
		rows: cases.map(([what], index) => ({
			what: `own cost of ${what}`,
			ours: of(own, index),
			unit: 'ms',
			peer: "n8n's evaluation of the parameters",
			theirs: of(parameters, index),
			most: 0.08,
		})),
		series: [],
		notes: [
			"Processor time of our code on n8n's engine, without n8n's HTTP client. The provider answers at once.",
		],
	};
};
