import type { IDataObject } from 'n8n-workflow';
import { exampleBank, getMany, NOTHING, payout, type Call, type Reply } from '../../examplePay.mts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { moneyStage, sendsIn, type Setting } from '../../moneyStage.mts';
import { getBatch, massPayout, recipients } from './exampleBatch.mts';

afterEach(() => jest.restoreAllMocks());

const payment = (reference: string, amount: string, more: IDataObject = {}): IDataObject => ({
	reference,
	amount,
	currency: 'USDT',
	address: 'TA1',
	...more,
});
const [five, six] = [payment('p_5', '5'), payment('p_6', '6')];

function stageOf(limits: IDataObject, operation: Operation = payout) {
	const bank = exampleBank();
	const credentials = { account: 'a', secret: 'top-secret', aiAgents: 'within', ...limits };
	const stage = moneyStage({ operation, respond: bank.respond, credentialsOf: () => credentials as never });
	const run = (items: IDataObject[], setting: Setting = {}) =>
		stage.execution().run(items, { continueOnFail: true, ...setting });
	const hashOf = async (item: IDataObject) =>
		(await run([item], { options: { preview: true } })).items[0]?.approvalHash;
	const paid = () => bank.payouts.map(({ reference }) => reference);
	return { ...stage, bank, credentials, run, hashOf, paid };
}

const outcomes = (items: IDataObject[]) => items.map(({ outcome }) => outcome);

describe('a limit of one payment', () => {
	it('refuses what is above it, and pays the others where the node goes on', async () => {
		const { run, paid } = stageOf({ mostPerPayment: 'USDT 5' });
		const { items } = await run([six, five]);
		expect(outcomes(items)).toEqual(['rejected', 'applied']);
		expect(items[0]?.message).toContain(
			'6 USDT is above Most per Payment of the credential. Nothing was sent.',
		);
		expect(paid()).toEqual(['p_5']);
	});

	it('sends nothing at all where the node ends, whichever item is above it', async () => {
		const { run } = stageOf({ mostPerPayment: 'USDT 5' });
		const { calls, error } = await run([five, six], { continueOnFail: false });
		expect(calls).toEqual([]);
		expect(error?.message).toContain('[item 2]');
	});

	it('is not lifted by an approval', async () => {
		const { run, credentials, hashOf } = stageOf({});
		const approvalHash = await hashOf(six);
		Object.assign(credentials, { mostPerPayment: 'USDT 5' });
		const ran = await run([six], { options: { approvalHash } });
		expect([outcomes(ran.items), sendsIn(ran)]).toEqual([['rejected'], 0]);
	});

	it('gives a preview no hash, and tells why', async () => {
		const { run } = stageOf({ mostPerPayment: 'USDT 5' });
		const { items } = await run([six], { options: { preview: true } });
		expect(items[0]).toMatchObject({ outcome: 'not_sent', verdict: 'blocked', rule: 'Most per Payment' });
		expect(items[0]).not.toHaveProperty('approvalHash');
	});
});

describe('a limit of a run', () => {
	it('pays nobody where all together are above it', async () => {
		const { run } = stageOf({ mostPerRun: 'USDT 10' });
		const { items, calls } = await run([five, six]);
		expect(calls).toEqual([]);
		expect(outcomes(items)).toEqual(['rejected', 'rejected']);
	});

	it('counts one payment that stands there twice two times: it may be too strict, never too loose', async () => {
		const { run } = stageOf({ mostPerRun: 'USDT 9' });
		expect(outcomes((await run([five, five])).items)).toEqual(['rejected', 'rejected']);
	});

	it('does not count an item that cannot be sent', async () => {
		const { run, paid } = stageOf({ mostPerRun: 'USDT 5' });
		const { items } = await run([{ ...six, address: '' }, five]);
		expect(outcomes(items)).toEqual(['rejected', 'applied']);
		expect(paid()).toEqual(['p_5']);
	});
});

describe('an approval that a limit asks for', () => {
	it('is missing, so nothing is sent', async () => {
		const { run } = stageOf({ approvalFrom: 'USDT 6' });
		const ran = await run([six]);
		expect([outcomes(ran.items), sendsIn(ran)]).toEqual([['rejected'], 0]);
		expect(ran.items[0]?.message).toContain('6 USDT needs an approval');
	});

	it('is given, so it is sent', async () => {
		const { run, hashOf, paid } = stageOf({ approvalFrom: 'USDT 6' });
		await run([six], { options: { approvalHash: await hashOf(six) } });
		expect(paid()).toEqual(['p_6']);
	});

	it('is not needed below', async () => {
		const { run, paid } = stageOf({ approvalFrom: 'USDT 6' });
		await run([five]);
		expect(paid()).toEqual(['p_5']);
	});
});

describe('limits that the data of a flow could set', () => {
	it('keep every payment back where two items see different ones', async () => {
		const bank = exampleBank();
		const stage = moneyStage({
			operation: payout,
			respond: bank.respond,
			credentialsOf: (item) => ({
				account: 'a',
				secret: 's',
				mostPerPayment: item === 0 ? 'USDT 5' : 'USDT 9',
			}),
		});
		const { items, calls } = await stage.execution().run([five, six], { continueOnFail: true });
		expect(calls).toEqual([]);
		expect(outcomes(items)).toEqual(['rejected', 'rejected']);
		expect(items[0]?.message).toContain('in the credential is an expression, so a flow could set it');
	});

	it('keep no payment back where two accounts have the same ones', async () => {
		const bank = exampleBank();
		const stage = moneyStage({
			operation: payout,
			respond: bank.respond,
			credentialsOf: (item) => ({ account: `a${item}`, secret: 's', mostPerPayment: 'USDT 9' }),
		});
		await stage.execution().run([five, six]);
		expect(bank.payouts).toHaveLength(2);
	});

	it('that cannot be read keep every payment back', async () => {
		const { run } = stageOf({ mostPerPayment: 'a lot' });
		expect(outcomes((await run([five])).items)).toEqual(['rejected']);
	});
});

describe('what moves no money', () => {
	it('is read though payments are off', async () => {
		const { run } = stageOf({ paymentsOff: true }, getMany);
		const { error, calls } = await run([{}]);
		expect([error, calls.length]).toEqual([undefined, 1]);
	});

	it('is not written while payments are off', async () => {
		const { run } = stageOf({ paymentsOff: true }, { ...payout, effect: 'write', moves: undefined });
		const ran = await run([five]);
		expect([outcomes(ran.items), sendsIn(ran)]).toEqual([['rejected'], 0]);
	});
});

describe('an AI agent', () => {
	const asTool = { asTool: true, continueOnFail: true };

	it('cannot pay the limit of a run again and again', async () => {
		const { execution, paid } = stageOf({ mostPerRun: 'USDT 10' });
		const { run } = execution();
		await run([five], asTool);
		const { items } = await run([six], { ...asTool, runIndex: 1 });
		expect(outcomes(items)).toEqual(['rejected']);
		expect(paid()).toEqual(['p_5']);
	});

	it('cannot pay more by two calls at once', async () => {
		const { execution, paid } = stageOf({ mostPerRun: 'USDT 10' });
		const { run } = execution();
		const both = [five, six].map((one, runIndex) => run([one], { ...asTool, runIndex }));
		const ran = await Promise.all(both);
		expect(ran.flatMap(({ items }) => outcomes(items)).sort()).toEqual(['applied', 'rejected']);
		expect(paid()).toHaveLength(1);
	});

	it('may repeat a call, which is paid once and counts once', async () => {
		const { execution, paid } = stageOf({ mostPerRun: 'USDT 10' });
		const { run } = execution();
		await run([six], asTool);
		const { items } = await run([{ ...six, amount: '6.00' }], { ...asTool, runIndex: 1 });
		expect(outcomes(items)).toEqual(['applied']);
		expect(paid()).toEqual(['p_6']);
	});

	it('cannot begin anew by a Retry of the execution', async () => {
		const { execution, paid } = stageOf({ mostPerRun: 'USDT 10' });
		const first = execution();
		await first.run([five], asTool);
		const { items } = await first.retry().run([six], asTool);
		expect(outcomes(items)).toEqual(['rejected']);
		expect(paid()).toEqual(['p_5']);
	});

	it('cannot approve its own payment by an expression', async () => {
		const { run, hashOf, paid } = stageOf({ aiAgents: 'approval' });
		const approvalHash = await hashOf(five);
		// What the expression gives for the item is the true hash.
		const filledIn = { ...five, options: { approvalHash } };
		const options = { approvalHash: "={{ $fromAI('hash') }}" };
		expect(outcomes((await run([filledIn], { ...asTool, options })).items)).toEqual(['rejected']);
		expect(paid()).toEqual([]);
	});

	it('pays what a person has approved in the saved node', async () => {
		const { run, hashOf, paid } = stageOf({ aiAgents: 'approval' });
		const approvalHash = await hashOf(five);
		await run([five], { ...asTool, options: { approvalHash } });
		expect(paid()).toEqual(['p_5']);
	});

	it('may preview what it may not pay, and its preview counts for no limit', async () => {
		const { execution, paid } = stageOf({ mostPerRun: 'USDT 10' });
		const { run } = execution();
		await run([six], { ...asTool, options: { preview: true } });
		await run([five], { ...asTool, runIndex: 1 });
		expect(paid()).toEqual(['p_5']);
	});
});

describe('a mass payment', () => {
	const stageOfMany = (limits: IDataObject) => {
		const respond = ({ line, body }: Call): Reply =>
			line.startsWith('GET') ? { body: NOTHING } : { body: { data: body } };
		const credentials = { account: 'a', secret: 's', ...limits } as never;
		return moneyStage({ operation: massPayout, respond, more: [getBatch], credentials });
	};
	const five = recipients('TA', 'TB', 'TC', 'TD', 'TE');

	it.each<[string, IDataObject]>([
		['the sum of all batches', { mostPerRun: 'USDT 49' }],
		['one line of the last batch', { allowedRecipients: 'TA\nTB\nTC\nTD' }],
		['the sum of each line', { mostPerPayment: 'USDT 9' }],
		['the sum of all batches that needs an approval', { approvalFrom: 'USDT 50' }],
	])('is not begun where a limit refuses %s', async (_what, limits) => {
		const { items, calls } = await stageOfMany(limits).execution().run(five, { continueOnFail: true });
		expect(calls).toEqual([]);
		expect(outcomes(items)).toEqual(Array(5).fill('rejected'));
	});

	it('is sent within all limits', async () => {
		const limits = { mostPerRun: 'USDT 50', mostPerPayment: 'USDT 10', approvalFrom: 'USDT 51' };
		expect(sendsIn(await stageOfMany(limits).execution().run(five))).toBe(3);
	});
});
