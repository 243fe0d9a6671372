import type { INode } from 'n8n-workflow';
import { endOfRun } from '../../../../core/money/endOfRun.ts';
import type { Run } from '../../../../core/items/run.ts';
import { examplePay, payout } from '../../examplePay.mts';

const told = { message: 'It is over.', nextStep: 'Look.' };
const names = (count: number) => Array.from({ length: count }, (_one, index) => `p_${index + 1}`);

function ended(applied: readonly string[], rest: readonly string[]) {
	const log: string[] = [];
	const node: Partial<INode> = { name: 'Pay', type: 'examplePay' };
	const run = {
		node: { getNode: () => node, logger: { warn: (text: string) => log.push(text) } },
		provider: examplePay(payout),
	} as unknown as Run;
	const { message, description } = endOfRun(run, told, { applied, rest });
	return { message, description, log };
}

describe('the end of a run', () => {
	it('is told alone where nothing came before and nothing follows', () => {
		expect(ended([], [])).toEqual({
			message: 'It is over.',
			description: 'Look.',
			log: ['Example Pay: It is over. Look.'],
		});
	});

	it('names what was applied, and what was not sent', () => {
		expect(ended(['p_1', 'p_2'], ['p_4']).description).toBe(
			'Look. Already applied in this run: p_1, p_2; a retry of this execution does not repeat them. Not sent: p_4.',
		);
	});

	it('names twenty payments in the message, and all of them in the log', () => {
		expect(ended(names(20), []).description).toContain('p_20; a retry');
		const { description, log } = ended(names(23), names(21));
		expect(description).toContain("p_19, p_20 and 3 more, which n8n's log names; a retry");
		expect(description).toContain("p_20 and 1 more, which n8n's log names.");
		expect(log[0]).toContain('p_22, p_23; a retry');
		expect(log[0]).not.toContain('more');
	});
});
