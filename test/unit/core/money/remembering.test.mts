import type { IDataObject } from 'n8n-workflow';
import { exampleBank, NOTHING, payout, remembered, type Call, type Reply } from '../../examplePay.mts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { cut, linesOf, moneyStage, sendsIn } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const invoice = { paymentReference: 'inv-1', amount: '10.5', currency: 'USDT', address: 'TA1' };

/** The bank pays each request that it gets, also a second time. */
function stageOf(operation: Operation = remembered) {
	const bank = exampleBank();
	const sent: { reply?: (call: Call) => Reply | Promise<Reply> } = {};
	const stage = moneyStage({
		operation,
		respond: (call) => {
			if (!call.line.startsWith('POST')) return bank.respond(call);
			if (sent.reply) return sent.reply(call);
			return bank.pay(call.body);
		},
	});
	/** The payout is made, and its answer never comes. */
	const cutAfterPaying = (call: Call) => {
		bank.pay(call.body);
		return cut();
	};
	/** A new execution with one item. */
	const once = async (item: IDataObject = invoice, options: IDataObject = {}) => {
		const ran = await stage.execution().run([item], { options, continueOnFail: true });
		return { ...ran, item: ran.items[0] ?? {} };
	};
	return { ...stage, bank, sent, cutAfterPaying, once };
}

describe('a payment that was made', () => {
	it('is not made by another execution, which says that the answer is not kept', async () => {
		const { once, bank } = stageOf();
		expect((await once()).item).toMatchObject({ outcome: 'applied', id: '1000', reference: 'inv-1' });
		const again = await once();
		expect(again.calls).toEqual([]);
		expect(bank.payouts).toHaveLength(1);
		expect(again.item).toMatchObject({
			outcome: 'applied',
			replayed: true,
			code: 'remembered',
			reference: 'inv-1',
		});
		expect(again.item.message).toBe(
			'Payout: Create `inv-1` was carried out by an earlier execution. Nothing was sent. [item 1]',
		);
		expect(again.item).not.toHaveProperty('id');
	});

	it('is answered whole by the execution that made it', async () => {
		const { execution } = stageOf();
		const first = execution();
		await first.run([invoice]);
		const { items, calls } = await first.retry().run([invoice]);
		expect(calls).toEqual([]);
		expect(items[0]).toMatchObject({ outcome: 'applied', replayed: true, id: '1000' });
		expect(items[0]).not.toHaveProperty('code');
	});

	it.each([{ amount: '11' }, { address: 'TB2' }])(
		'is not made again with %j, and is not called refused',
		async (other) => {
			const { once, bank } = stageOf();
			await once();
			const { item } = await once({ ...invoice, ...other });
			expect(bank.payouts).toHaveLength(1);
			expect(item).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
			expect(item.message).toContain(
				'an earlier execution has carried out another request under this reference',
			);
		},
	);

	it('says nothing about another reference', async () => {
		const { once, bank } = stageOf();
		await once();
		await once({ ...invoice, paymentReference: 'inv-2' });
		expect(bank.payouts).toHaveLength(2);
	});

	it('is made once, where two executions send it at the same moment', async () => {
		const { once, bank } = stageOf();
		const both = await Promise.all([once(), once()]);
		expect(bank.payouts).toHaveLength(1);
		expect(both.map(({ item }) => item.outcome)).toEqual(['applied', 'applied']);
		expect(both.map(({ item }) => item.code).sort()).toEqual(['remembered', undefined]);
	});
});

describe('a refused payment', () => {
	it('is forgotten: another execution may send it', async () => {
		const { once, bank, sent } = stageOf();
		sent.reply = () => ({ body: { code: 'LOW' } });
		expect((await once()).item).toMatchObject({ outcome: 'rejected', code: 'LOW' });
		delete sent.reply;
		expect((await once()).item).toMatchObject({ outcome: 'applied', id: '1000' });
		expect(bank.payouts).toHaveLength(1);
	});
});

describe('a payment whose answer never came', () => {
	it('is not sent by anybody until a person has looked', async () => {
		const { once, bank, sent, cutAfterPaying } = stageOf();
		sent.reply = cutAfterPaying;
		const first = await once();
		expect(first.item.outcome).toBe('unknown');
		expect(first.item.nextStep).toContain('`inv-1`');
		delete sent.reply;
		const second = await once();
		expect(second.calls).toEqual([]);
		expect(second.item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(second.item.message).toContain(
			'another execution has sent it, and what became of it is not known',
		);
		expect(second.item.nextStep).toContain('Checked and Not Paid');
		expect(bank.payouts).toHaveLength(1);
	});

	it('is told to the Retry in its own words, which can be settled too', async () => {
		const { execution, sent, cutAfterPaying } = stageOf();
		sent.reply = cutAfterPaying;
		const first = execution();
		await first.run([invoice]);
		const { error, calls } = await first.retry().run([invoice]);
		expect(calls).toEqual([]);
		expect(error?.message).toContain('the connection was cut');
		expect(error?.nextStep).toContain('Checked and Not Paid');
	});

	it('is told as cut off to the Retry of an execution that ended in the middle of the send', async () => {
		const { execution, sent } = stageOf();
		const first = execution();
		let saved: unknown;
		sent.reply = () => {
			saved = JSON.parse(JSON.stringify(first.context));
			return cut();
		};
		await first.run([invoice]);
		const { error, calls } = await execution(saved as IDataObject).run([invoice]);
		expect(calls).toEqual([]);
		expect(error?.message).toContain('an earlier try of this execution was cut off');
	});

	it('is sent once more, and only once, where a person has found it unpaid', async () => {
		const { once, bank, sent } = stageOf();
		sent.reply = cut;
		await once();
		const second = await once(invoice, { checkedNotPaid: 'inv-1' });
		expect(sendsIn(second)).toBe(1);
		expect(second.item.outcome).toBe('unknown');
		expect(second.item.nextStep).toContain('`inv-1 (2)`');
		delete sent.reply;
		// The text is still in the node, and it speaks of the first send.
		expect(sendsIn(await once(invoice, { checkedNotPaid: 'inv-1' }))).toBe(0);
		expect(sendsIn(await once(invoice, { checkedNotPaid: 'inv-1 (2)' }))).toBe(1);
		expect(bank.payouts).toHaveLength(1);
		expect((await once(invoice, { checkedNotPaid: 'inv-1 (2)' })).item).toMatchObject({ code: 'remembered' });
	});

	it('is sent once more by the Retry, where a person has found it unpaid', async () => {
		const { execution, bank, sent } = stageOf();
		sent.reply = cut;
		const first = execution();
		await first.run([invoice]);
		delete sent.reply;
		const { items } = await first.retry().run([invoice], { options: { checkedNotPaid: 'inv-1' } });
		expect(items[0]).toMatchObject({ outcome: 'applied', id: '1000' });
		expect(bank.payouts).toHaveLength(1);
	});

	it('stays as it was, where it is refused after a person has found it unpaid', async () => {
		const { once, sent } = stageOf();
		sent.reply = cut;
		await once();
		sent.reply = () => ({ body: { code: 'LOW' } });
		await once(invoice, { checkedNotPaid: 'inv-1' });
		expect((await once()).item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
	});

	it('is never sent, where a person has found it paid, also without the text later', async () => {
		const { once, bank, sent, cutAfterPaying } = stageOf();
		sent.reply = cutAfterPaying;
		await once();
		delete sent.reply;
		const settled = await once(invoice, { checkedPaid: 'inv-1' });
		expect(settled.item).toMatchObject({ outcome: 'applied', code: 'checked_paid', replayed: true });
		expect(settled.item.message).toContain('was looked up by a person and found carried out');
		expect((await once()).item).toMatchObject({ outcome: 'applied', code: 'remembered' });
		expect(bank.payouts).toHaveLength(1);
	});

	it('that a person has found paid keeps its answer in the execution that has it', async () => {
		const { once, execution } = stageOf();
		const first = execution();
		await first.run([invoice]);
		const { items } = await first.retry().run([invoice], { options: { checkedPaid: 'inv-1' } });
		expect(items[0]).toMatchObject({ outcome: 'applied', id: '1000' });
		expect((await once(invoice, { checkedPaid: 'inv-1' })).item).toMatchObject({ code: 'remembered' });
	});
});

describe("n8n's own memory", () => {
	it('that does not answer sends nothing, and nobody says that nothing was paid', async () => {
		const { once, database } = stageOf();
		database.isDown = true;
		const { item, calls } = await once();
		expect(calls).toEqual([]);
		expect(item).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
		expect(item.message).toContain(
			"n8n's own memory of payments could not be asked (The database does not answer)",
		);
		expect(item.nextStep).toContain('Run it again with the same Payment Reference: that is safe.');
	});

	it('that fails after the payment keeps it as sent', async () => {
		const { once, database, sent, bank } = stageOf();
		sent.reply = ({ body }) => {
			database.isDown = true;
			return bank.pay(body);
		};
		expect((await once()).item).toMatchObject({ outcome: 'applied', id: '1000' });
		database.isDown = false;
		expect((await once()).item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(bank.payouts).toHaveLength(1);
	});

	it('that answers again lets the Retry send, also with other values: nothing was sent', async () => {
		const { execution, database, bank } = stageOf();
		database.isDown = true;
		const first = execution();
		await first.run([invoice]);
		database.isDown = false;
		const { items } = await first.retry().run([{ ...invoice, amount: '11' }]);
		expect(items[0]).toMatchObject({ outcome: 'applied', amount: '11' });
		expect(bank.payouts).toHaveLength(1);
	});

	it('keeps nothing where a person allows repeats', async () => {
		const { once, bank, table } = stageOf();
		await once(invoice, { allowRepeats: true });
		await once(invoice, { allowRepeats: true });
		expect(bank.payouts).toHaveLength(2);
		expect(table.size).toBe(0);
	});
});

describe('an execution that meets another one in the middle of its send', () => {
	/** The first execution's request waits until it is let go. */
	function meeting() {
		const stage = stageOf();
		let letGo: (reply: () => Reply) => void = () => undefined;
		const reply = new Promise<() => Reply>((resolve) => (letGo = resolve));
		stage.sent.reply = async () => (await reply)();
		const first = stage.once();
		return { ...stage, first, letGo };
	}
	const beginning = () => new Promise((resolve) => setTimeout(resolve, 50));

	it('waits 7 s for it and then does not send', async () => {
		const { first, letGo, once, waits, bank } = meeting();
		await beginning();
		const second = await once();
		expect(waits).toEqual([1000, 2000, 4000]);
		expect(second.calls).toEqual([]);
		expect(second.item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		letGo(() => bank.pay({}));
		await first;
	});

	it('sees what the other one has paid meanwhile', async () => {
		const { first, letGo, once, bank, waits } = meeting();
		await beginning();
		const second = once();
		letGo(() => bank.pay({}));
		await first;
		expect((await second).item).toMatchObject({ outcome: 'applied', code: 'remembered' });
		expect(bank.payouts).toHaveLength(1);
		expect(waits.length).toBeLessThan(4);
	});
});

describe('a payment that the provider and n8n both keep', () => {
	const both: Operation = { ...payout, once: { remembered: true } };
	const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };

	it('is looked up, where an earlier send is over for 20 minutes, and sent where the provider has nothing', async () => {
		const { once, bank, sent, time } = stageOf(both);
		sent.reply = cut;
		await once(anna);
		delete sent.reply;
		expect((await once(anna)).item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		time.now += 20 * 60_000;
		const second = await once(anna);
		expect(second.item).toMatchObject({ outcome: 'applied', id: '1000' });
		expect(sendsIn(second)).toBe(1);
		expect(bank.payouts).toHaveLength(1);
	});

	it('is looked up also where Check First is off', async () => {
		const { once, bank, sent, cutAfterPaying } = stageOf(both);
		sent.reply = cutAfterPaying;
		bank.respond = () => ({ body: { code: 'X' } });
		await once(anna, { checkFirst: false });
		delete sent.reply;
		const second = await once(anna, { checkFirst: false });
		expect(linesOf(second)[0]).toBe('GET /payouts/p_1');
		expect(sendsIn(second)).toBe(0);
	});

	it('that the provider shows is remembered as made', async () => {
		const { once, bank, sent, cutAfterPaying } = stageOf(both);
		const show = bank.respond;
		bank.respond = () => ({ body: NOTHING });
		sent.reply = cutAfterPaying;
		await once(anna);
		bank.respond = show;
		expect((await once(anna)).item).toMatchObject({ outcome: 'applied', id: '1000', replayed: true });
		// The provider forgets it, n8n does not.
		bank.payouts.length = 0;
		const third = await once(anna);
		expect(sendsIn(third)).toBe(0);
		expect(third.item.outcome).toBe('applied');
	});

	it('whose send may still be under way is not sent, although the provider has nothing', async () => {
		const { once, execution, bank, sent } = stageOf(both);
		const stop = new AbortController();
		sent.reply = () => {
			stop.abort();
			return cut();
		};
		await execution().run([anna], { stop: stop.signal, continueOnFail: true });
		delete sent.reply;
		const second = await once(anna);
		expect(sendsIn(second)).toBe(0);
		expect(second.item).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(bank.payouts).toEqual([]);
		// Only a person can know that it never arrived.
		expect(sendsIn(await once(anna, { checkedNotPaid: 'p_1' }))).toBe(1);
	});
});
