import type { IDataObject } from 'n8n-workflow';
import { parseDecimal } from '../../../../core/exact/decimal.ts';
import type { Prepared } from '../../../../core/items/prepare.ts';
import type { Moved } from '../../../../core/limits/moved.ts';
import { sumText } from '../../../../core/limits/moved.ts';
import { askedBefore, rememberAsked } from '../../../../core/money/agentSums.ts';
import { judgeRun } from '../../../../core/limits/judge.ts';
import { limitsOf } from '../../../../core/limits/limits.ts';

const call = (amount: string, reference?: string) =>
	({
		request: { method: 'POST', url: 'https://x.example/pay', values: { amount } },
		account: { id: 'a' },
		reference,
	}) as unknown as Prepared;

const moved = (amount: string): Moved => ({
	payments: [{ amount: parseDecimal(amount) ?? { units: 0n, scale: 0 }, currency: 'USDT' }],
	recipients: [],
});

/** The sums that an agent may still pay, call by call, under Most per Run of 10 USDT. */
function paid(calls: Array<[amount: string, reference?: string]>): boolean[] {
	const memory: IDataObject = {};
	return calls.map(([amount, reference]) => {
		const one = call(amount, reference);
		const [verdict] = judgeRun(limitsOf({ mostPerRun: 'USDT 10', aiAgents: 'within' }), {
			operation: { name: 'Create', effect: 'money' },
			byAgent: true,
			requests: [moved(amount)],
			before: askedBefore(memory, [one]),
		});
		const sends = verdict?.state === 'would_send';
		// The memory is written to the database between two calls.
		if (sends) rememberAsked(memory, one, moved(amount));
		Object.assign(memory, JSON.parse(JSON.stringify(memory)));
		return sends;
	});
}

describe('the calls of an agent in one execution', () => {
	it('count together', () =>
		expect(paid([['4'], ['5'], ['3'], ['1'], ['0.000001']])).toEqual([true, true, false, true, false]));

	it('count once if the agent repeats them', () =>
		expect(paid([['6'], ['6.0'], ['6.00'], ['4']])).toEqual([true, true, true, true]));

	it('count twice under two references', () =>
		expect(
			paid([
				['6', 'a'],
				['6', 'b'],
			]),
		).toEqual([true, false]));

	it('keep their digits in the memory', () => {
		const memory: IDataObject = {};
		rememberAsked(memory, call('1'), moved('0.000000000000000001'));
		expect(askedBefore(memory, [call('2')]).map(sumText)).toEqual(['0.000000000000000001 USDT']);
	});
});
