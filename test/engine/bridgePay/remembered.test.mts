import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { type Network, processedRows, stopDatabase } from '../harness/index.mts';
import { type BridgePaySetting, openBridgePay, orders, payOut } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.sleepNoTime();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const CREATE = 'createInvoice';
const sends = () => setting.provider.requests.filter(({ operation }) => operation === CREATE).length;
const applied = () => setting.provider.books.appliedPerReference();
const pay = (options: IDataObject = {}, items: IDataObject[] = orders('P1')) =>
	setting.run(payOut({ timeout: 1, ...options }), {
		items,
		settings: { onError: 'continueRegularOutput' },
	});
const cut = (kind: 'reset-after-applying' | 'reset-before-reading') =>
	setting.sandbox.fault({ operation: CREATE, kind });

/** The provider's list lags: it does not show what it has. */
async function unseen<Result>(run: () => Promise<Result>): Promise<Result> {
	const { invoices } = setting.provider.state;
	const shown = invoices.map(({ internalId }) => internalId);
	for (const invoice of invoices) invoice.internalId = null;
	const result = await run();
	shown.forEach((internalId, index) => Object.assign(invoices[index] ?? {}, { internalId }));
	return result;
}

/** As when n8n is killed between the send and the answer: it writes nothing down any more. */
async function crash(): Promise<void> {
	const network: Network = ({ method }) => {
		if (method === 'POST') stopDatabase();
		return undefined;
	};
	await setting.run(payOut({ timeout: 1, whenUnknown: 'continue' }), { items: orders('P1'), network });
	stopDatabase(false);
}

/** What happens some minutes later, by n8n's clock. The sandbox does not look at the time. */
async function after<Result>(minutes: number, run: () => Promise<Result>): Promise<Result> {
	const now = jest.spyOn(clock, 'now').mockImplementation(() => Date.now() + minutes * 60_000);
	const result = await run();
	now.mockRestore();
	return result;
}

const outcomes = (runs: Array<Awaited<ReturnType<typeof pay>>>) =>
	runs.map(({ items }) => items[0]?.json.outcome);

describe('an Internal ID that was paid before', () => {
	it.each([true, false])(
		'is shown by BridgePay in a new execution, with Check First %p',
		async (checkFirst) => {
			await pay();
			const { items } = await pay({ checkFirst });
			expect(items[0]?.json).toMatchObject({
				outcome: 'applied',
				reference: 'P1',
				replayed: true,
				kind: 'payOut',
				id: expect.any(String),
			});
			expect(items[0]?.json.code).toBeUndefined();
			expect(sends()).toBe(1);
		},
	);

	it.each([true, false])(
		'is not paid again while the list lags behind, with Check First %p',
		async (checkFirst) => {
			await pay();
			const { items } = await unseen(() => pay({ checkFirst }));
			expect(items[0]?.json).toMatchObject({
				outcome: 'applied',
				reference: 'P1',
				replayed: true,
				code: 'remembered',
				nextStep: expect.stringContaining('use Invoice: Get by Internal ID with P1'),
			});
			expect(sends()).toBe(1);
		},
	);

	it('is not used for another payment, whether the list shows it or not', async () => {
		await pay();
		const other = [{ order: 'P1', amount: '99' }];
		const seen = await pay({}, other);
		const lagging = await unseen(() => pay({}, other));
		for (const { items } of [seen, lagging])
			expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
		expect(sends()).toBe(1);
	});

	it('is paid where BridgePay has refused it', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'connection-refused' });
		expect(outcomes([await pay()])).toEqual(['rejected']);
		expect(outcomes([await pay()])).toEqual(['applied']);
		expect(applied()).toEqual({ P1: 1 });
	});
});

describe('two executions at the same moment', () => {
	it.each([true, false])('pay one reference once, with Check First %p', async (checkFirst) => {
		setting.sleepUntil(() => processedRows().length === 3);
		const runs = await Promise.all(Array.from({ length: 6 }, () => pay({ checkFirst })));
		expect(outcomes(runs)).toEqual(Array(6).fill('applied'));
		expect(runs.filter(({ items }) => items[0]?.json.replayed === true)).toHaveLength(5);
		expect(sends()).toBe(1);
		expect(applied()).toEqual({ P1: 1 });
	});

	it('do not take an absence for a proof while one of them is sending', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'timeout-before-applying', seconds: 5 });
		expect(outcomes(await Promise.all([pay(), pay({ checkFirst: false })]))).toEqual(['unknown', 'unknown']);
		expect(sends()).toBe(1);
	});

	it('leave the one that was kept back free to pay at its retry', async () => {
		const account = setting.provider.state.accounts[0];
		if (account) account.sum = '0';
		const runs = await Promise.all([1, 2].map(() => setting.run(payOut(), { items: orders('P1') })));
		expect(applied()).toEqual({});
		await setting.sandbox.reset();
		for (const run of runs) {
			const again = await setting.retry(run, payOut(), { items: orders('P1') });
			expect(again.items[0]?.json.outcome).toBe('applied');
		}
		expect(applied()).toEqual({ P1: 1 });
	});
});

describe('a send whose outcome is not known', () => {
	it('may still arrive: for 15 minutes an absence proves nothing', async () => {
		cut('reset-before-reading');
		expect(outcomes([await pay()])).toEqual(['unknown']);
		const { items } = await after(14, () => pay({ checkFirst: false }));
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			code: 'sent_before',
			reference: 'P1',
			message: expect.stringContaining('less than 20 minutes ago, and that request may still arrive'),
			nextStep: expect.stringContaining('Run it again in 20 minutes'),
		});
		expect(sends()).toBe(1);
	});

	it('may still arrive: a person who knows better settles it at once', async () => {
		cut('reset-before-reading');
		await pay();
		expect(outcomes([await pay({ checkedNotPaid: 'P1' })])).toEqual(['applied']);
		expect(applied()).toEqual({ P1: 1 });
	});

	it('is settled by BridgePay: where it has nothing after 20 minutes, the next execution pays', async () => {
		cut('reset-before-reading');
		expect(outcomes([await pay()])).toEqual(['unknown']);
		expect(outcomes([await after(20, () => pay({ checkFirst: false }))])).toEqual(['applied']);
		expect(sends()).toBe(2);
		expect(applied()).toEqual({ P1: 1 });
	});

	it('is settled once: of many executions one pays', async () => {
		cut('reset-before-reading');
		await pay();
		setting.sleepUntil(() => Object.keys(applied()).length > 0);
		await after(20, () => Promise.all(Array.from({ length: 5 }, () => pay({ checkFirst: false }))));
		expect(applied()).toEqual({ P1: 1 });
	});

	it('is settled by BridgePay: what it has is not paid again', async () => {
		setting.sandbox.fault({ operation: CREATE, kind: 'reset-after-applying' });
		await unseen(() => pay());
		const { items } = await pay({ checkFirst: false });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true, kind: 'payOut' });
		expect((await unseen(() => pay())).items[0]?.json.code).toBe('remembered');
		expect(sends()).toBe(1);
	});
});

describe('after a crash between the send and the answer', () => {
	it('a new execution finds what was paid', async () => {
		cut('reset-after-applying');
		await crash();
		const { items } = await pay();
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true });
		expect(sends()).toBe(1);
	});

	it('a new execution does not take an absence for a proof: a person settles it', async () => {
		cut('reset-before-reading');
		await crash();
		for (const checkFirst of [true, false]) {
			const { items } = await pay({ checkFirst });
			expect(items[0]?.json).toMatchObject({
				outcome: 'unknown',
				code: 'sent_before',
				reference: 'P1',
				nextStep: expect.stringContaining('add `P1` to the option Checked and Not Paid'),
			});
		}
		expect(sends()).toBe(1);
		expect(outcomes([await pay({ checkedNotPaid: 'P1' })])).toEqual(['applied']);
		expect(applied()).toEqual({ P1: 1 });
	});

	it('what a person has found paid is not sent', async () => {
		cut('reset-before-reading');
		await crash();
		const { items } = await pay({ checkedPaid: 'P1' });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', code: 'checked_paid' });
		expect((await pay()).items[0]?.json).toMatchObject({ outcome: 'applied', code: 'remembered' });
		expect(sends()).toBe(1);
	});
});

describe("while n8n's database does not answer", () => {
	it('nothing is sent', async () => {
		stopDatabase();
		const { items } = await pay();
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			code: 'not_checked',
			message: expect.stringContaining("n8n's own memory of payments could not be asked"),
			nextStep: expect.stringContaining('Run it again with the same reference: that is safe.'),
		});
		expect(sends()).toBe(0);
	});

	it('nothing is sent either when it stops after Check First', async () => {
		const { items } = await setting.run(payOut(), {
			items: orders('P1'),
			settings: { onError: 'continueRegularOutput' },
			network: () => {
				stopDatabase();
				return undefined;
			},
		});
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
		expect(sends()).toBe(0);
	});
});

describe('Allow Repeats', () => {
	it('leaves the reference to Check First alone', async () => {
		await pay({ allowRepeats: true });
		await pay({ allowRepeats: true });
		expect(applied()).toEqual({ P1: 1 });
		await pay({ allowRepeats: true, checkFirst: false });
		expect(applied()).toEqual({ P1: 2 });
		expect(processedRows()).toEqual([]);
	});
});
