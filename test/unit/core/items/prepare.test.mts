import type { IDataObject } from 'n8n-workflow';
import { preparedFrom, timeoutOf } from '../../../../core/items/prepare.ts';
import { FROM_CREDENTIAL } from '../../../../core/fields/fromCredential.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { buildRequest } from '../../../../core/wire/request.ts';
import { exampleBank, examplePay, get, getMany, payout, remembered } from '../../examplePay.mts';
import { linesOf, moneyStage, sendsIn } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };
const boris = { ...anna, reference: 'p_2', address: 'TB2' };

function stageOf(operation: Operation = payout) {
	const bank = exampleBank();
	return { bank, ...moneyStage({ operation, respond: bank.respond }) };
}

describe('all items are checked before the first is sent', () => {
	it('so one that cannot be sent keeps back those before it', async () => {
		const { calls, error } = await stageOf()
			.execution()
			.run([anna, { ...boris, amount: '' }]);
		expect(calls).toEqual([]);
		expect(error?.message).toBe('Amount is empty. Nothing was sent. [item 2]');
	});

	it('and with Continue On Fail the others are sent', async () => {
		const { execution, bank } = stageOf();
		const { items } = await execution().run([{ ...anna, amount: '' }, boris], { continueOnFail: true });
		expect(items.map(({ outcome, reference }) => [outcome, reference])).toEqual([
			['rejected', null],
			['applied', 'p_2'],
		]);
		expect(bank.payouts.map(({ reference }) => reference)).toEqual(['p_2']);
	});

	it('so two payments under one reference are found before either is made', async () => {
		const { calls, error } = await stageOf()
			.execution()
			.run([anna, { ...boris, reference: 'p_1' }]);
		expect(calls).toEqual([]);
		expect(error?.message).toContain('Two items use the reference `p_1` for different requests');
	});

	it('and one payment that stands there twice is made once', async () => {
		const { execution, bank } = stageOf();
		const { items } = await execution().run([anna, anna]);
		expect(bank.payouts).toHaveLength(1);
		expect(items.map(({ replayed }) => replayed)).toEqual([undefined, true]);
	});
});

describe('a preview', () => {
	it.each(['true', 'false', '', null, 1])(
		'that an expression asks for with %j is not guessed, and nothing is sent',
		async (preview) => {
			const { calls, error } = await stageOf().execution().run([anna], { options: { preview } });
			expect(calls).toEqual([]);
			expect(error?.message).toContain('Preview is neither true nor false. Nothing was sent.');
		},
	);

	it('sends nothing, and shows what would be sent', async () => {
		const ran = await stageOf()
			.execution()
			.run([anna], { options: { preview: true } });
		expect(sendsIn(ran)).toBe(0);
		expect(ran.items[0]).toMatchObject({
			outcome: 'not_sent',
			reference: 'p_1',
			url: 'https://api.example.com/payouts',
			body: JSON.stringify(anna),
		});
	});
});

describe('an approval', () => {
	/** Previews a payment, and sends it or another one with the hash of the preview. */
	async function approvedThenSent(
		operation: Operation,
		previewed: IDataObject,
		sent: IDataObject,
		account = 'a',
	) {
		const bank = exampleBank();
		const credentials = { account: 'a', secret: 'top-secret' };
		const stage = moneyStage({ operation, respond: bank.respond, credentialsOf: () => credentials });
		const { items } = await stage.execution().run([previewed], { options: { preview: true } });
		credentials.account = account;
		const options = { approvalHash: items[0]?.approvalHash };
		const { error } = await stage.execution().run([sent], { options });
		return { paid: bank.payouts.length, message: error?.message };
	}

	it('lets exactly the approved payment through', async () => {
		expect(await approvedThenSent(payout, anna, anna)).toEqual({ paid: 1, message: undefined });
	});

	it.each<[string, IDataObject]>([
		['recipient', { address: 'TB2' }],
		['amount', { amount: '10.6' }],
		['reference', { reference: 'p_2' }],
	])('does not count for another %s', async (_what, change) => {
		const { paid, message } = await approvedThenSent(payout, anna, { ...anna, ...change });
		expect(paid).toBe(0);
		expect(message).toContain('The request differs from the one that was approved');
	});

	it('does not count for another account', async () => {
		const { paid, message } = await approvedThenSent(payout, anna, anna, 'b');
		expect(paid).toBe(0);
		expect(message).toContain('The request differs from the one that was approved');
	});

	it('counts for one Payment Reference, though the provider never sees it', async () => {
		const previewed = { ...anna, paymentReference: 'inv-1' };
		const again = { ...anna, paymentReference: 'inv-2' };
		const { paid, message } = await approvedThenSent(remembered, previewed, again);
		expect(paid).toBe(0);
		expect(message).toContain('The request differs from the one that was approved');
	});

	it('that is empty sends nothing', async () => {
		const { calls, error } = await stageOf()
			.execution()
			.run([anna], { options: { approvalHash: '' } });
		expect(calls).toEqual([]);
		expect(error?.message).toContain('Approval Hash is empty');
	});
});

describe('a value that only the credential has', () => {
	const account = {
		origin: 'https://api.example.com',
		id: 'a',
		secrets: [],
		lacks: { pin: 'It has no PIN' },
	};
	const prepared = (value: string, options: Record<string, unknown>) => {
		const setting = { provider: examplePay(payout), operation: payout, account, item: 0, boundary: '' };
		const values = { ...anna, pin: value };
		const build = () => buildRequest(payout, { account, headers: {}, values, files: [], boundary: '' });
		return () => preparedFrom(setting, options, build);
	};

	it('refuses the item where the credential lacks it', () => {
		expect(prepared(FROM_CREDENTIAL, {})).toThrow('It has no PIN');
	});

	it('is not needed for a preview', () => {
		expect(prepared(FROM_CREDENTIAL, { preview: true })).not.toThrow();
	});

	it('is not missed where the request has no place for it', () => {
		expect(prepared('1234', {})).not.toThrow();
	});
});

describe('how many rows a list gives', () => {
	const rows = Array.from({ length: 120 }, (_row, index) => ({ id: String(index), status: 'NEW' }));
	const listed = (fields: IDataObject) =>
		moneyStage({
			operation: getMany,
			respond: ({ query }) => {
				const [page, size] = [Number(query.page), Number(query.size)];
				return { body: { data: rows.slice((page - 1) * size, page * size) } };
			},
		})
			.execution()
			.run([{}], { fields });

	it.each<[IDataObject, number]>([
		[{}, 50],
		[{ limit: 7 }, 7],
		[{ limit: '7' }, 7],
		[{ limit: 110 }, 110],
		[{ returnAll: true }, 120],
		[{ returnAll: true, limit: 0 }, 120],
		[{ returnAll: false, limit: 3 }, 3],
	])('%j', async (fields, count) => {
		expect((await listed(fields)).items).toHaveLength(count);
	});

	// An empty list is read as "it was never paid".
	it.each<unknown>([0, '', -1, 'many', 1.5, Number.NaN, true, []])(
		'is not guessed from a Limit of %j, and no list comes out',
		async (limit) => {
			const { calls, error } = await listed({ limit } as IDataObject);
			expect(calls).toEqual([]);
			expect(error?.message).toMatch(/^Limit .*\[item 1\]$/);
		},
	);

	it.each<unknown>(['true', 'false', 1])(
		'is not guessed from a Return All of %j, and no shorter list comes out',
		async (returnAll) => {
			const { calls, error } = await listed({ returnAll } as IDataObject);
			expect(calls).toEqual([]);
			expect(error?.message).toContain('is neither true nor false');
		},
	);
});

describe('the longest wait for a final state', () => {
	const wait: Operation = { ...get, value: 'wait', standsOn: 'payout.get', does: { until: 'final' } };
	const waited = async (fields: IDataObject) => {
		const stage = moneyStage({
			operation: wait,
			respond: () => ({ body: { data: { id: '1', reference: 'p_1', status: 'NEW' } } }),
		});
		const begun = stage.time.now;
		const ran = await stage.execution().run([{ reference: 'p_1' }], { fields });
		return { ...ran, seconds: (stage.time.now - begun) / 1000 };
	};

	it.each<[IDataObject, number]>([
		[{ maximumWait: 90, maximumWaitUnit: 'seconds' }, 90],
		[{ maximumWait: '2', maximumWaitUnit: 'minutes' }, 120],
		[{ maximumWait: 1, maximumWaitUnit: 'hours' }, 3600],
	])('is %j', async (fields, seconds) => {
		const ran = await waited(fields);
		expect(ran.items).toMatchObject([{ timedOut: true, status: 'pending' }]);
		expect(Math.round(ran.seconds)).toBe(seconds);
	});

	it('of 0 asks once', async () => {
		const ran = await waited({ maximumWait: 0 });
		expect(linesOf(ran)).toEqual(['GET /payouts/p_1']);
		expect(ran.seconds).toBe(0);
	});

	it.each<unknown>([-1, '', ' ', 'soon', [], false, true, Infinity, { minutes: 5 }])(
		'is not guessed from %j',
		async (maximumWait) => {
			const { calls, error } = await waited({ maximumWait } as IDataObject);
			expect(calls).toEqual([]);
			expect(error?.message).toContain('Maximum Wait must be a number, 0 or more, and a year at most');
		},
	);

	it.each<[unknown, unknown]>([
		[400, 'days'],
		[5, 'weeks'],
		[5, ''],
		[5, 'constructor'],
	])('of %j %s is refused', async (maximumWait, maximumWaitUnit) => {
		const { error } = await waited({ maximumWait, maximumWaitUnit } as IDataObject);
		expect(error?.message).toContain('Maximum Wait must be a number');
	});
});

describe('the time-out of one request', () => {
	it.each([
		[payout, undefined, 60_000],
		[get, undefined, 30_000],
		[payout, 5, 5_000],
		[get, '5', 5_000],
		[payout, 100_000, 300_000],
		[payout, 0, 60_000],
		[get, -1, 30_000],
		[payout, 'soon', 60_000],
		[payout, Number.POSITIVE_INFINITY, 60_000],
	])('of $value with %j is %d ms', (operation, seconds, milliseconds) => {
		expect(timeoutOf(operation, seconds)).toBe(milliseconds);
	});
});
