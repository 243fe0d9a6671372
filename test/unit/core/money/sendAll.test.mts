import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, payout, remembered } from '../../examplePay.mts';
import { cut, moneyStage, type Respond } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const to = (reference: string, more: object = {}) => ({
	reference,
	amount: '10.5',
	currency: 'USDT',
	address: `T${reference}`,
	...more,
});

const plain: Operation = { ...payout, lookup: undefined };
const unnamed: Operation = { ...plain, referenceField: undefined };

/** The bank, which refuses some references and cuts the line at others. */
function stageOf(
	operation: Operation = plain,
	refused: readonly string[] = [],
	lost: readonly string[] = [],
) {
	const bank = exampleBank();
	const respond: Respond = (call) => {
		const reference = String(call.body.reference ?? call.body.address);
		if (refused.includes(reference)) return { body: { code: 'LOW', message: 'too little money' } };
		if (lost.includes(reference)) return cut();
		return bank.respond(call);
	};
	return { ...moneyStage({ operation, respond }), bank };
}

const references = (payouts: readonly object[]) => payouts.map((one) => Reflect.get(one, 'reference'));

describe('a run of several payouts', () => {
	it('sends them one by one, in their order', async () => {
		let underWay = 0;
		const bank = exampleBank();
		const stage = moneyStage({
			operation: plain,
			respond: async (call) => {
				underWay += 1;
				expect(underWay).toBe(1);
				await new Promise((resolve) => setImmediate(resolve));
				underWay -= 1;
				return bank.respond(call);
			},
		});
		const { items } = await stage.execution().run([to('a'), to('b'), to('c')]);
		expect(references(bank.payouts)).toEqual(['a', 'b', 'c']);
		expect(items.map(({ reference }) => reference)).toEqual(['a', 'b', 'c']);
	});

	it('ends at the first that is not applied, and says what was applied and what was not sent', async () => {
		const { execution, bank, log } = stageOf(plain, ['c']);
		const { error } = await execution().run(['a', 'b', 'c', 'd', 'e'].map((one) => to(one)));
		expect(references(bank.payouts)).toEqual(['a', 'b']);
		expect(error?.message).toBe(
			'Example Pay refused Payout: Create `c`: too little money (LOW). No money was moved by it. [item 3] (amount 10.5, currency USDT, address Tc)',
		);
		const standing =
			'Already applied in this run: a (1000), b (1001); a retry of this execution does not repeat them. Not sent: items 4 to 5.';
		expect(error?.nextStep).toContain(standing);
		expect(log).toEqual([expect.stringContaining(standing)]);
		expect(log[0]).toContain('Example Pay: Example Pay refused');
	});

	it('names nothing before the first and behind the last', async () => {
		const { execution } = stageOf(plain, ['a']);
		const { error } = await execution().run([to('a')]);
		expect(error?.nextStep).not.toContain('Already applied');
		expect(error?.nextStep).not.toContain('Not sent');
	});

	it('goes on behind a refused and an unknown one with Continue On Fail', async () => {
		const { execution, bank } = stageOf(plain, ['a'], ['b']);
		const { items, error } = await execution().run([to('a'), to('b'), to('c')], { continueOnFail: true });
		expect(error).toBeUndefined();
		expect(references(bank.payouts)).toEqual(['c']);
		expect(items).toMatchObject([
			{ outcome: 'rejected', reference: 'a', code: 'LOW', amount: '10.5', currency: 'USDT' },
			{ outcome: 'unknown', reference: 'b', amount: '10.5', currency: 'USDT' },
			{ outcome: 'applied', reference: 'c' },
		]);
		expect(items[0]?.asked).toEqual({ amount: '10.5', currency: 'USDT', address: 'Ta' });
		expect(items[0]).not.toHaveProperty('candidates');
	});

	it('keeps outcome and reference in the details, where n8n puts the item on the error output', async () => {
		const { execution } = stageOf(plain, ['a']);
		const { items } = await execution().run([to('a')], { continueOnFail: true, onErrorOutput: true });
		expect(items[0]).toMatchObject({
			error: expect.stringContaining('No money was moved by it.'),
			details: { outcome: 'rejected', reference: 'a', code: 'LOW' },
		});
	});
});

describe('When the Outcome Is Unknown: Continue', () => {
	const options = { whenUnknown: 'continue' };

	it('puts the unknown payout out as an item, with what happened and what to do, and goes on', async () => {
		const { execution, bank } = stageOf(plain, [], ['a']);
		const { items, error } = await execution().run([to('a'), to('b')], { options });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ outcome: 'unknown', reference: 'a' }, { outcome: 'applied' }]);
		expect(items[0]?.message).toContain('Money may or may not have moved.');
		expect(items[0]?.nextStep).toEqual(expect.any(String));
		expect(items[0]).not.toHaveProperty('code');
		expect(references(bank.payouts)).toEqual(['b']);
	});

	it('ends at a refused one all the same', async () => {
		const { execution } = stageOf(plain, ['a']);
		expect((await execution().run([to('a'), to('b')], { options })).error?.message).toContain('refused');
	});

	it('ends at Stop: n8n saves the memory only of an execution that says so', async () => {
		const { execution } = stageOf(plain);
		const { error } = await execution().run([to('a')], {
			options: { ...options, checkFirst: true },
			stop: AbortSignal.abort(),
		});
		expect(error?.message).toContain('the execution was canceled');
	});
});

describe('two items with one reference', () => {
	const own = {
		...remembered,
		referenceField: 'reference',
		fields: payout.fields,
		rules: payout.rules ?? {},
	};

	it('are one payment: where the first is refused, the second is not sent either', async () => {
		const { execution, calls } = stageOf(own, ['a']);
		const same = { ...to('a'), paymentReference: 'inv-1' };
		const { items } = await execution().run([same, same], { continueOnFail: true });
		expect(items.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected']);
		expect(calls).toHaveLength(1);
	});
});

describe('an approval', () => {
	const approved = async (operation: Operation) => {
		const stage = stageOf(operation);
		const preview = await stage.execution().run([to('a')], { options: { preview: true, approvalHash: '' } });
		const options = { preview: false, approvalHash: String(preview.items[0]?.approvalHash) };
		return { ...stage, preview, options };
	};

	it('is of the bytes that are sent: the preview sends nothing and shows them', async () => {
		const { preview } = await approved(plain);
		expect(preview.calls).toEqual([]);
		expect(preview.items[0]).toEqual({
			outcome: 'not_sent',
			reference: 'a',
			preview: true,
			verdict: 'would_send',
			summary: '1 recipient, 10.5 USDT',
			recipients: 1,
			totals: { USDT: '10.5' },
			asked: { amount: '10.5', currency: 'USDT', address: 'Ta' },
			method: 'POST',
			url: 'https://api.example.com/payouts',
			body: JSON.stringify(to('a')),
			approvalHash: expect.stringMatching(/^1-recipient-10\.5-USDT-[0-9a-f]{64}$/),
		});
	});

	it('does not allow another request', async () => {
		const { execution, options, bank } = await approved(plain);
		const { error } = await execution().run([to('a', { amount: '10.50' })], { options });
		expect(error?.message).toContain('The request differs from the one that was approved');
		expect(bank.payouts).toEqual([]);
	});

	it('pays once, where nothing but it tells two payouts apart', async () => {
		const { execution, options, bank } = await approved(unnamed);
		const { items } = await execution().run([to('a'), to('a')], { options, continueOnFail: true });
		expect(bank.payouts).toHaveLength(1);
		expect(items[1]).toMatchObject({ outcome: 'rejected', code: 'not_sent' });
		expect(items[1]?.message).toContain('one approval is one payment');
		expect(items[1]?.nextStep).toContain('Have it approved in an execution of its own');
	});

	it('is not used up by the Retry of the same payout', async () => {
		const { execution, options, bank } = await approved(unnamed);
		const first = execution();
		await first.run([to('a')], { options });
		const { items } = await first.retry().run([to('a')], { options });
		expect(items[0]).toMatchObject({ outcome: 'applied', replayed: true });
		expect(bank.payouts).toHaveLength(1);
	});

	it('is not asked for where nobody has to approve', async () => {
		const { execution, bank } = stageOf(unnamed);
		await execution().run([to('a'), to('a')]);
		expect(bank.payouts).toHaveLength(2);
	});

	it('of a payout with a reference is held by the reference', async () => {
		const { execution, options, bank } = await approved(plain);
		const { run } = execution();
		await run([to('a')], { options });
		const { items } = await run([to('a')], { options, runIndex: 1 });
		expect(items[0]).toMatchObject({ outcome: 'applied', replayed: true });
		expect(bank.payouts).toHaveLength(1);
	});
});

it('a preview does not show the bytes of a file', async () => {
	const { execution } = stageOf({ ...plain, wire: { encoding: 'multipart' } });
	const { items } = await execution().run([to('a')], { options: { preview: true } });
	expect(items[0]?.body).toBe('');
});
