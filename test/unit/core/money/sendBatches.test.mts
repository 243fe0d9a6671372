import type { JsonObject } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { getBatch, massPayout, recipients } from './exampleBatch.mts';
import { NOTHING, type Call, type Reply } from '../../examplePay.mts';
import { cut, linesOf, moneyStage, sendsIn } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

/** The provider keeps each batch under its ID. At some it does something else first. */
function stageOf(at: Record<string, (pay: () => Reply) => Reply> = {}, operation: Operation = massPayout) {
	const batches = new Map<string, JsonObject>();
	const respond = ({ line, body }: Call): Reply => {
		if (line.startsWith('GET')) {
			const found = batches.get(line.replace('GET /batches/', ''));
			return { body: found ? { data: found } : NOTHING };
		}
		const id = String(body.batch_id);
		const pay = (): Reply => {
			batches.set(id, body);
			return { body: { data: body } };
		};
		return at[id] ? at[id](pay) : pay();
	};
	return { ...moneyStage({ operation, respond, more: [getBatch] }), batches };
}

const refuse = () => ({ body: { code: 'LOW', message: 'too little money' } });
const lose = () => cut();
const loseAfterPaying = (pay: () => Reply) => {
	pay();
	return cut();
};
const five = recipients('TA', 'TB', 'TC', 'TD', 'TE');
const outcomes = (items: readonly object[]) =>
	items.map((one) => [Reflect.get(one, 'outcome'), Reflect.get(one, 'code')]);

describe('a mass payment', () => {
	it('pays everybody once, batch by batch', async () => {
		const { execution, batches } = stageOf();
		const { items } = await execution().run(five);
		expect([...batches.keys()]).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(items.map(({ reference }) => reference)).toEqual(
			[1, 2, 3, 4, 5].map((line) => `pay_line_${line}`),
		);
	});

	it('ends at the first batch that is not applied, and names what was paid and what was not sent', async () => {
		const { execution, batches } = stageOf({ pay_2: refuse });
		const { error } = await execution().run(five);
		expect([...batches.keys()]).toEqual(['pay_1']);
		expect(error?.message).toContain(
			'refused Payout: Mass `pay_2`: too little money (LOW). No money was moved by it.',
		);
		expect(error?.message).toContain('[items 3 to 4]');
		expect(error?.nextStep).toContain(
			'Already applied in this run: pay_1 (items 1 to 2); a retry of this execution does not repeat them. Not sent: pay_3 (item 5).',
		);
	});

	it('ends there with Continue On Fail too, and nobody behind a refused batch is called paid or unknown', async () => {
		const { execution, batches } = stageOf({ pay_2: refuse });
		const { items } = await execution().run(five, { continueOnFail: true });
		expect([...batches.keys()]).toEqual(['pay_1']);
		expect(outcomes(items)).toEqual([
			['applied', undefined],
			['applied', undefined],
			['rejected', 'LOW'],
			['rejected', 'LOW'],
			['rejected', 'not_sent'],
		]);
		expect(items[2]).toMatchObject({
			reference: 'pay_line_3',
			batchReference: 'pay_2',
			amount: '10',
			currency: 'USDT',
			asked: { address: 'TC', amount: '10', currency: 'USDT' },
		});
		expect(items[4]).toMatchObject({ batchReference: 'pay_3', asked: { address: 'TE' } });
	});

	it('calls the lines behind an unknown batch unknown: nobody has asked about them', async () => {
		const { execution } = stageOf({ pay_2: lose });
		const ran = await execution().run(five, { continueOnFail: true });
		expect(outcomes(ran.items).slice(2)).toEqual([
			['unknown', undefined],
			['unknown', undefined],
			['unknown', 'not_checked'],
		]);
		expect(sendsIn(ran)).toBe(2);
	});

	it('puts an unknown batch out as items where the node goes on, and stops sending all the same', async () => {
		const { execution } = stageOf({ pay_2: lose });
		const { items, error } = await execution().run(five, { options: { whenUnknown: 'continue' } });
		expect(error).toBeUndefined();
		expect(outcomes(items).slice(2)).toEqual([
			['unknown', undefined],
			['unknown', undefined],
			['unknown', 'not_checked'],
		]);
		expect(items[2]?.message).toContain('Money may or may not have moved. [item 3]');
	});

	it('ends at a refused batch, also where the node goes on after an unknown one', async () => {
		const { execution } = stageOf({ pay_1: refuse });
		expect((await execution().run(five, { options: { whenUnknown: 'continue' } })).error).toBeDefined();
	});

	it('is finished by the Retry, which pays nobody twice', async () => {
		const { execution, batches } = stageOf({ pay_2: loseAfterPaying });
		const first = execution();
		const begun = await first.run(five);
		expect(begun.error).toBeUndefined();
		batches.delete('pay_3');
		const { calls } = await first.retry().run(five);
		expect(sendsIn({ calls })).toBe(0);
	});

	it('that a new execution repeats finds each batch', async () => {
		const { execution } = stageOf();
		await execution().run(five);
		const again = await execution().run(five);
		expect(sendsIn(again)).toBe(0);
		expect(again.items.map(({ replayed }) => replayed)).toEqual([true, true, true, true, true]);
	});

	it('in another order meets the batch that is there, pays nobody, and says how to run it', async () => {
		const { execution } = stageOf();
		await execution().run(five);
		const again = await execution().run([...five].reverse());
		expect(sendsIn(again)).toBe(0);
		expect(again.error?.nextStep).toContain(
			'Run it with the items, their order and the batch size of the first run; pay new recipients under an ID of their own.',
		);
	});

	it('after Stop sends no further batch, and says so', async () => {
		const stop = new AbortController();
		const { execution, batches } = stageOf({
			pay_1: (pay) => {
				stop.abort();
				return pay();
			},
		});
		const { error } = await execution().run(five, {
			stop: stop.signal,
			options: { whenUnknown: 'continue' },
		});
		expect([...batches.keys()]).toEqual(['pay_1']);
		expect(error?.message).toContain('the execution was canceled');
	});

	it('above a limit of the credential sends nothing', async () => {
		const stage = moneyStage({
			operation: massPayout,
			respond: () => ({ body: NOTHING }),
			more: [getBatch],
			credentials: { account: 'a', secret: 'top-secret', mostPerRun: 'USDT 49' },
		});
		const { items, calls } = await stage.execution().run(five, { continueOnFail: true });
		expect(calls).toEqual([]);
		expect(items).toHaveLength(5);
		expect(items[0]).toMatchObject({ outcome: 'rejected' });
		expect(items[0]?.message).toContain('Most per Run');
	});
});

describe('the reason why a run was not sent', () => {
	it('names each item, and groups those with the same reason', async () => {
		const { execution } = stageOf();
		const [a = {}, b = {}, c = {}, d = {}] = five;
		const { error, calls } = await execution().run([
			a,
			{ ...b, address: '' },
			{ ...c, amount: 'x' },
			{ ...d, address: '' },
		]);
		expect(calls).toEqual([]);
		expect(error?.message).toContain(
			'3 of 4 items cannot be sent, so none is. Items 2, 4: Address is empty. Item 3: Amount',
		);
		expect(error?.nextStep).toContain('Correct these items and run it again');
	});

	it('is told alone where it is one item', async () => {
		const { execution } = stageOf();
		const [a = {}, b = {}] = five;
		const { error } = await execution().run([a, { ...b, address: '' }]);
		expect(error?.message).toContain('1 item cannot be sent, so none is. Item 2: Address is empty.');
	});

	it('is told once where it is that of all', async () => {
		const { execution } = stageOf();
		const { error } = await execution().run(five, { options: { most: 0 } });
		expect(error?.message).toMatch(
			/^Recipients per Batch `0` is not a whole number above 0\. Nothing was sent\./,
		);
	});

	it('does not hide that an earlier try has sent a batch', async () => {
		const { execution } = stageOf({ pay_1: lose });
		const first = execution();
		await first.run(five);
		const broken = five.map((one, item) => (item === 4 ? { ...one, address: '' } : one));
		const { error } = await first.retry().run(broken);
		expect(error?.message).toContain('an earlier try sent this item, and now it cannot be sent');
		const { items } = await first.retry().run(broken, { continueOnFail: true });
		expect(outcomes(items)).toEqual(Array(5).fill(['unknown', 'sent_before']));
	});
});

describe('a line that the answer does not show', () => {
	it('comes out with the record of its batch', async () => {
		const stage = moneyStage({
			operation: massPayout,
			respond: ({ line, body }) => ({
				body: line.startsWith('GET')
					? NOTHING
					: { data: { id: 'B7', status: 'NEW', batch_id: body.batch_id ?? '' } },
			}),
			more: [getBatch],
		});
		const { items } = await stage.execution().run(recipients('TA'));
		expect(items[0]).toMatchObject({
			outcome: 'applied',
			reference: 'pay_line_1',
			batchReference: 'pay_1',
			id: 'B7',
		});
	});

	it('and one that it shows has its own', async () => {
		const { execution } = stageOf();
		const ran = await execution().run(recipients('TA', 'TB'), { options: { output: 'raw' } });
		expect(linesOf(ran)).toEqual(['GET /batches/pay_1', 'POST /batches']);
		expect(ran.items).toEqual([
			expect.objectContaining({ data: { address: 'TA', amount: '10', line_id: 'pay_line_1' } }),
			expect.objectContaining({ data: { address: 'TB', amount: '10', line_id: 'pay_line_2' } }),
		]);
	});
});
