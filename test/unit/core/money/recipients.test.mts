import { getBatch, massPayout, recipients } from './exampleBatch.mts';
import { moneyStage } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const [anna = {}, bob = {}] = recipients('TA', 'TB');

/** A run with Continue On Fail. The provider accepts everything. */
async function ran(items: object[], more: { credentials?: (item: number) => object; asTool?: boolean } = {}) {
	const stage = moneyStage({
		operation: massPayout,
		respond: ({ body }) => ({ body: { data: body } }),
		more: [getBatch],
		...(more.credentials ? { credentialsOf: more.credentials as never } : {}),
	});
	const setting = { options: { checkFirst: false }, continueOnFail: true, asTool: more.asTool ?? false };
	const { items: output, calls } = await stage.execution().run(items as never, setting);
	return { output, calls };
}

describe('one recipient that cannot be paid', () => {
	it.each([
		['has no address', { address: '' }, 'Address is empty'],
		['has no amount', { amount: 'ten' }, 'Amount'],
		['belongs to another batch', { batch_id: 'other' }, 'Batch ID is another one than in item 1'],
		['has another currency', { currency: 'EUR' }, 'Currency is another one than in item 1'],
	])('because it %s keeps the whole run back, and every item says why', async (_what, other, why) => {
		const { output, calls } = await ran([anna, { ...bob, ...other }]);
		expect(calls).toEqual([]);
		expect(output).toMatchObject([{ outcome: 'rejected', code: 'not_sent' }, { outcome: 'rejected' }]);
		expect(output[0]?.message).toContain('Other items of this run cannot be sent: item 2');
		expect(output[1]?.message).toContain(why);
		expect(output[1]).not.toHaveProperty('code');
	});

	it('is not the only one that is told: all are', async () => {
		const { output } = await ran([{ ...anna, address: '' }, bob, { ...bob, amount: 'x' }]);
		expect(output.map(({ code }) => code)).toEqual([undefined, 'not_sent', undefined]);
		expect(output[1]?.message).toContain('items 1, 3');
	});
});

describe('the reference of a line', () => {
	it('is its own, where the item has one', async () => {
		const { output, calls } = await ran([{ ...anna, line_id: 'anna-11' }, bob]);
		expect(output.map(({ reference }) => reference)).toEqual(['anna-11', 'pay_line_2']);
		expect(calls[0]?.body.lines).toMatchObject([{ line_id: 'anna-11' }, { line_id: 'pay_line_2' }]);
	});

	it.each([
		[{ line_id: 'same' }, { line_id: 'same' }],
		[{ line_id: 'pay_line_2' }, {}],
	])('is never that of another item: %j, %j', async (first, second) => {
		const { output, calls } = await ran([
			{ ...anna, ...first },
			{ ...bob, ...second },
		]);
		expect(calls).toEqual([]);
		expect(output[1]?.message).toContain('is that of item 1 already');
		expect(output[1]?.nextStep).toBe('Give each recipient a reference of its own, or none.');
	});

	it('that would be too long is not cut', async () => {
		const { output, calls } = await ran([{ ...anna, batch_id: 'x'.repeat(8) }]);
		expect(calls).toEqual([]);
		expect(output[0]?.message).toContain('Line ID');
	});
});

describe('the account', () => {
	it('is one for the run: a line of another account would be paid from the wrong one', async () => {
		const credentials = (item: number) => ({ account: item === 1 ? 'b' : 'a', secret: 'top-secret' });
		const { output, calls } = await ran([anna, bob, anna], { credentials });
		expect(calls).toEqual([]);
		expect(output[1]?.message).toContain(
			'The credential gives another account than for item 1, and one run pays from one account',
		);
		expect(output[1]?.nextStep).toBe('Run the node once for each account.');
	});

	it('may be given by an expression that gives the same', async () => {
		const credentials = () => ({ account: 'a', secret: 'top-secret' });
		expect((await ran([anna, bob], { credentials })).calls).toHaveLength(1);
	});
});

describe('options', () => {
	const shared = { checkFirst: false, allowAgents: false };

	it('are those of the whole run: an expression that gives another one is refused', async () => {
		const { output, calls } = await ran([anna, { ...bob, options: { ...shared, note: 'b' } }]);
		expect(calls).toEqual([]);
		expect(output[1]?.message).toContain('Note is another one than in item 1; it is one for the whole run');
		expect(output[1]?.nextStep).toContain('run the node once for each');
	});

	it('without a label are named', async () => {
		const { output } = await ran([anna, { ...bob, options: { ...shared, whenUnknown: 'continue' } }]);
		expect(output[1]?.message).toContain('The option whenUnknown is another one than in item 1');
	});
});

it('an AI agent that may not pay is told so, and nothing is sent', async () => {
	const credentials = () => ({ account: 'a', secret: 'top-secret', aiAgents: 'never' });
	const { output, calls } = await ran([anna], { credentials, asTool: true });
	expect(calls).toEqual([]);
	expect(output[0]?.message).toContain('lets an agent only read');
});

it('a run without items sends nothing and gives nothing', async () => {
	expect(await ran([])).toEqual({ output: [], calls: [] });
});
