import type { IDataObject } from 'n8n-workflow';
import { forgetProcessedData, processedRows, stopDatabase, UNSAVED } from '../harness/index.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { openRapira, payoutPerItem, paidBy, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.sleepNoTime();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const CREATE = 'createCryptoWithdrawal';
const sends = () => setting.provider.requests.filter(({ operation }) => operation === CREATE).length;
const applied = () => paidBy(setting.provider);
const pay = (options: IDataObject = {}, items: IDataObject[] = payouts('TA1')) =>
	setting.run(payoutPerItem(options), { items, settings: { onError: 'continueRegularOutput' } });
const cut = (kind: 'reset-after-applying' | 'reset-before-reading' = 'reset-before-reading') =>
	setting.sandbox.fault({ operation: CREATE, kind });

describe('in a new execution, a Payment Reference that was sent before', () => {
	it('is not paid again: it comes out as applied', async () => {
		await pay();
		const { items } = await pay();
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: 'TA1',
			replayed: true,
			code: 'remembered',
			message: 'Payout: Create `TA1` was carried out by an earlier execution. Nothing was sent. [item 1]',
			nextStep:
				'n8n does not keep the answer of then. To see it, use Payout: Get Many and look for the same address, coin and amount (the newest stand first), or look in your Rapira account.',
		});
		expect(applied()).toEqual({ TA1: 1 });
		expect(sends()).toBe(1);
	});

	it('is refused for another request', async () => {
		await pay();
		const { items } = await pay({}, [
			{ address: addressOf('TRX', 'TA2'), amount: '100.5', reference: 'TA1' },
		]);
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'reference_in_use', reference: 'TA1' });
		expect(applied()).toEqual({ TA1: 1 });
	});

	it.each(['reset-before-reading', 'reset-after-applying'] as const)(
		'is not sent again after %s, and the message says where to look and how to go on',
		async (kind) => {
			cut(kind);
			await pay();
			const { items } = await pay();
			expect(items[0]?.json).toMatchObject({
				outcome: 'unknown',
				code: 'sent_before',
				reference: 'TA1',
				message: expect.stringContaining(
					'Payout: Create `TA1` was not sent: another execution has sent it, and what became of it is not known. Money may have moved then. [item 1]',
				),
				nextStep: expect.stringMatching(
					/^Do not send it again before you know\. Use Payout: Get Many and look for .* Only if it was not paid, add `TA1` to the option Checked and Not Paid\./,
				),
			});
			expect(sends()).toBe(1);
		},
	);

	it('is not sent again with another request either, while it is not known what became of it', async () => {
		cut();
		await pay();
		const { items } = await pay({}, [
			{ address: addressOf('TRX', 'TA2'), amount: '100.5', reference: 'TA1' },
		]);
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(sends()).toBe(1);
	});

	it.each([
		['was refused', () => (setting.provider.state.balances.USDT = '10')],
		['never left', () => setting.sandbox.fault({ operation: CREATE, kind: 'connection-refused' })],
	])('is sent where it %s', async (_what, refuse) => {
		refuse();
		expect((await pay()).items[0]?.json.outcome).toBe('rejected');
		setting.provider.state.balances.USDT = '1000';
		expect((await pay()).items[0]?.json.outcome).toBe('applied');
		expect(applied()).toEqual({ TA1: 1 });
	});

	it('is not paid with another key either: nobody knows whether that is another account', async () => {
		await pay();
		const other = await setting.run(payoutPerItem({ whenUnknown: 'continue' }), {
			items: payouts('TA1'),
			credentials: setting.credentials({ uid: 'another' }),
		});
		expect(other.items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
		expect(sends()).toBe(1);
	});

	it('is one payment for all nodes of the workflow: a copied node does not pay again', async () => {
		await pay();
		const before = processedRows();
		await pay();
		expect(processedRows()).toEqual(before);
		expect(before.every((row) => !row.includes('node-Node'))).toBe(true);
	});
});

describe('at the same moment', () => {
	it('of many executions one pays, and the others end with what it has paid', async () => {
		// A payment that was made has three rows. How many turns of the database that takes must not matter.
		setting.sleepUntil(() => processedRows().length === 3);
		const runs = await Promise.all(Array.from({ length: 8 }, () => pay()));
		const codes = runs.map(({ items }) => `${items[0]?.json.outcome} ${items[0]?.json.code ?? ''}`);
		expect(codes.filter((code) => code === 'applied ')).toHaveLength(1);
		expect(codes.filter((code) => code === 'applied remembered')).toHaveLength(7);
		expect(sends()).toBe(1);
	});

	it('none of them pays what was cut off', async () => {
		cut('reset-after-applying');
		const runs = await Promise.all(Array.from({ length: 4 }, () => pay()));
		expect(runs.map(({ items }) => items[0]?.json.outcome)).toEqual(Array(4).fill('unknown'));
		expect(sends()).toBe(1);
	});
});

describe('an execution that was kept back by another one', () => {
	it('sends when it is retried, after the other one was refused', async () => {
		setting.provider.state.balances.USDT = '10';
		const runs = await Promise.all([1, 2].map(() => setting.run(payoutPerItem(), { items: payouts('TA1') })));
		const keptBack = runs.find(({ error }) => error?.message.includes('was not sent'));
		expect(keptBack?.error?.message).toContain('another execution has');
		expect(sends()).toBe(1);
		setting.provider.state.balances.USDT = '1000';
		const retried = keptBack && (await setting.retry(keptBack, payoutPerItem(), { items: payouts('TA1') }));
		expect(retried?.items[0]?.json.outcome).toBe('applied');
		expect(applied()).toEqual({ TA1: 1 });
	});
});

describe('what a person has looked up', () => {
	it('is sent once more where it was not paid, and nothing else is', async () => {
		const items = payouts('TA1', 'TA2', 'TA3');
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading', nth: 1 });
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading', nth: 2 });
		await pay({ whenUnknown: 'continue' }, items);
		expect(applied()).toEqual({ TA3: 1 });
		const again = await pay({ checkedNotPaid: 'TA2', whenUnknown: 'continue' }, items);
		expect(again.items.map(({ json }) => json.code ?? json.outcome)).toEqual([
			'sent_before',
			'applied',
			'remembered',
		]);
		expect(applied()).toEqual({ TA2: 1, TA3: 1 });
	});

	it('is remembered as paid, without a send', async () => {
		cut('reset-after-applying');
		await pay();
		const settled = await pay({ checkedPaid: 'TA1' });
		expect(settled.items[0]?.json).toMatchObject({
			outcome: 'applied',
			code: 'checked_paid',
			replayed: true,
		});
		expect((await pay()).items[0]?.json).toMatchObject({ outcome: 'applied', code: 'remembered' });
		expect(sends()).toBe(1);
	});

	it('counts for one send: what still stands in the option does not send again', async () => {
		cut();
		await pay();
		cut();
		const second = await pay({ checkedNotPaid: 'TA1' });
		expect(second.items[0]?.json.nextStep).toContain('add `TA1 (2)` to the option Checked and Not Paid');
		expect((await pay({ checkedNotPaid: 'TA1' })).items[0]?.json.code).toBe('sent_before');
		expect(sends()).toBe(2);
		expect((await pay({ checkedNotPaid: 'TA1 (2)' })).items[0]?.json.outcome).toBe('applied');
		expect(applied()).toEqual({ TA1: 1 });
	});

	it('is sent by one execution only when two are started', async () => {
		cut();
		await pay();
		await Promise.all([pay({ checkedNotPaid: 'TA1' }), pay({ checkedNotPaid: 'TA1' })]);
		expect(sends()).toBe(2);
		expect(applied()).toEqual({ TA1: 1 });
	});

	it('does not pay what was paid, whatever stands in the option', async () => {
		await pay();
		expect((await pay({ checkedNotPaid: 'TA1' })).items[0]?.json.code).toBe('remembered');
		expect(sends()).toBe(1);
	});

	it("lets the editor's Retry go on behind it", async () => {
		const items = payouts('TA1', 'TA2', 'TA3');
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-before-reading', nth: 2 });
		const failed = await setting.run(payoutPerItem(), { items });
		expect(failed.error?.description).toContain('add `TA2` to the option Checked and Not Paid');
		const stuck = await setting.retry(failed, payoutPerItem(), { items });
		expect(stuck.error?.message).toContain('[item 2]');
		const on = await setting.retry(stuck, payoutPerItem({ checkedNotPaid: 'TA2' }), { items });
		expect(on.error).toBeUndefined();
		expect(on.items.map(({ json }) => json.outcome)).toEqual(['applied', 'applied', 'applied']);
		expect(applied()).toEqual({ TA1: 1, TA2: 1, TA3: 1 });
	});

	it.each([
		['a list', ['TA1', 'TA2']],
		['lines', 'TA1\nTA2'],
		['commas', ' TA2 , TA1 '],
	])('may be several: %s', async (_how, checkedNotPaid) => {
		cut();
		await pay({ whenUnknown: 'continue' }, payouts('TA1'));
		const list = Array.isArray(checkedNotPaid) ? `={{ ${JSON.stringify(checkedNotPaid)} }}` : checkedNotPaid;
		await pay({ checkedNotPaid: list }, payouts('TA1'));
		expect(applied()).toEqual({ TA1: 1 });
	});

	it.each<[IDataObject, string]>([
		[
			{ checkedNotPaid: 'TA1', checkedPaid: 'TA1' },
			'`TA1` stands in Checked and Paid and in Checked and Not Paid',
		],
		[{ checkedNotPaid: 'TA1 TA2' }, 'Checked and Not Paid has `TA1 TA2`, which is no reference'],
		[{ checkedNotPaid: '={{ ({ a: 1 }) }}' }, 'Checked and Not Paid has something that is no text'],
		[{ allowRepeats: "={{ 'true' }}" }, 'Allow Repeats is neither true nor false'],
	])('%j is refused: nothing is sent', async (options, message) => {
		const { items } = await pay(options);
		expect(items[0]?.json.message).toContain(message);
		expect(sends()).toBe(0);
	});
});

describe('nothing is sent that n8n cannot remember', () => {
	it.each(['={{ undefined }}', 'two words', 'a,b', 'x'.repeat(129)])(
		'not without a Payment Reference that can be kept: %p',
		async (reference) => {
			const parameters = { ...payoutPerItem(), paymentReference: reference };
			const { error } = await setting.run(parameters, { items: payouts('TA1') });
			expect(error?.message).toContain('Payment Reference');
			expect(error?.message).toContain('Nothing was sent.');
			expect(sends()).toBe(0);
		},
	);

	it.each(['', UNSAVED])('not in a workflow that is not saved, with the ID %p', async (workflowId) => {
		const { error } = await setting.run(payoutPerItem(), {
			items: payouts('TA1'),
			mode: 'manual',
			workflowId,
		});
		expect(error?.message).toContain('was not sent');
		expect(error?.message).toContain('This workflow is not saved yet, so n8n cannot remember its payments');
		expect(error?.description).toContain('Save the workflow and run it again.');
		expect(sends()).toBe(0);
		expect(processedRows()).toEqual([]);
	});

	it('and a workflow that is not saved may pay with Allow Repeats', async () => {
		const parameters = payoutPerItem({ allowRepeats: true });
		await setting.run(parameters, { items: payouts('TA1'), mode: 'manual', workflowId: '' });
		expect(sends()).toBe(1);
	});

	it("not while n8n's database does not answer", async () => {
		stopDatabase();
		const { items } = await pay();
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
		expect(sends()).toBe(0);
	});

	it('an answer is told also where it can no longer be kept, and the payment is then not sent again', async () => {
		const { items } = await setting.run(payoutPerItem(), {
			items: payouts('TA1'),
			network: () => {
				stopDatabase();
				return undefined;
			},
		});
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', id: expect.any(String) });
		stopDatabase(false);
		expect((await pay()).items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(sends()).toBe(1);
	});
});

describe('Allow Repeats', () => {
	it('pays again in every new execution, and needs no reference', async () => {
		const parameters = { ...payoutPerItem({ allowRepeats: true }), paymentReference: '' };
		await setting.run(parameters, { items: payouts('TA1') });
		await setting.run(parameters, { items: payouts('TA1') });
		expect(applied()).toEqual({ TA1: 2 });
		expect(processedRows()).toEqual([]);
	});
});

describe('what n8n keeps', () => {
	it('is three rows for a payment that was made, and one for one whose outcome is not known', async () => {
		await pay();
		expect(processedRows()).toHaveLength(3);
		forgetProcessedData();
		cut();
		await pay({}, payouts('TA2'));
		expect(processedRows()).toHaveLength(1);
	});
});

describe('a Payment Reference with an empty part', () => {
	it.each([
		'=inv_{{ $json.no }}',
		"={{ 'inv_' + $json.no }}",
		"={{ 'inv_' + ($json.no ?? '') }}",
		'={{ $json.no }}',
	])('is refused, because it names every payment: %s', async (paymentReference) => {
		const { items } = await setting.run(
			{ ...payoutPerItem(), paymentReference },
			{ items: payouts('TA1'), settings: { onError: 'continueRegularOutput' } },
		);
		expect(items[0]?.json).toMatchObject({
			outcome: 'rejected',
			message: expect.stringContaining('Nothing was sent.'),
		});
		expect(sends()).toBe(0);
	});
});

describe('calls of an AI agent side by side', () => {
	const asked = { items: payouts('TA1'), calls: 4 };
	const parameters = payoutPerItem({ allowAgents: true });

	it.each([true, 'byEngine' as const])('pay a Payment Reference once (%p)', async (asTool) => {
		await setting.run(parameters, { ...asked, asTool });
		expect(applied()).toEqual({ TA1: 1 });
		expect(sends()).toBe(1);
	});

	it.each([true, 'byEngine' as const])(
		'pay nothing that an earlier execution has paid (%p)',
		async (asTool) => {
			await pay();
			const { items } = await setting.run(parameters, { ...asked, asTool });
			expect(JSON.stringify(items)).toContain('was carried out by an earlier execution');
			expect(sends()).toBe(1);
		},
	);

	it.each([true, 'byEngine' as const])('send once what is cut off (%p)', async (asTool) => {
		cut('reset-after-applying');
		const { items, error } = await setting.run(parameters, { ...asked, asTool });
		expect(`${JSON.stringify(items)} ${error?.message}`).toContain('Do not send it again before you know');
		expect(sends()).toBe(1);
	});

	it('pay a Payment Reference once when two agents ask at the same moment', async () => {
		const ask = () => setting.run(parameters, { ...asked, asTool: true });
		await Promise.all([ask(), ask(), ask()]);
		expect(applied()).toEqual({ TA1: 1 });
		expect(sends()).toBe(1);
	});

	it('pay each of two Payment References, although the request is the same', async () => {
		const two = { ...parameters, paymentReference: "={{ ['first', 'second'][$runIndex % 2] }}" };
		await setting.run(two, { ...asked, asTool: 'byEngine' });
		expect(sends()).toBe(2);
	});
});
