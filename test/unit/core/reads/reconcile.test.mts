import type { IDataObject } from 'n8n-workflow';
import type { Reconciles } from '../../../../core/provider/does.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { rangeValues } from '../../../../core/reads/reconcile.ts';
import { get, getMany, NOTHING, type Reply } from '../../examplePay.mts';
import { linesOf, moneyStage, unreachable, type Respond, type Setting } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

/** A row that compares a ledger with the payments of a read. */
const reconciling = (read: Operation, reconciles: Reconciles, more: Partial<Operation> = {}): Operation => ({
	...read,
	name: 'Reconcile',
	value: 'reconcile',
	standsOn: `payout.${read.value}`,
	fields: [],
	does: { reconciles },
	returns: {},
	...more,
});

const byList = reconciling(getMany, { by: 'reference' });
const oneByOne = reconciling(get, {
	by: 'reference',
	ask: { parameter: 'reference', absent: ['NOT_FOUND'] },
});

const FIELDS = {
	referenceField: 'reference',
	amountField: 'amount',
	currencyField: 'currency',
	from: '2026-11-01T00:00:00Z',
	to: '2026-11-30T23:59:59Z',
};
const MADE_AT = '2026-11-15T12:00:00Z';

const payment = (reference: string, change: IDataObject = {}): IDataObject => ({
	id: `id-${reference}`,
	reference,
	amount: '10',
	currency: 'USDT',
	status: 'DONE',
	createdAt: MADE_AT,
	...change,
});
const row = (reference: string, change: IDataObject = {}): IDataObject => ({
	reference,
	amount: '10',
	currency: 'USDT',
	...change,
});

const reply = (data: unknown, more: object = {}): Reply => ({ body: { data, ...more } as never });

/** The provider's list, in pages of the size that is asked for. */
const listOf =
	(...payments: IDataObject[]): Respond =>
	({ query }) => {
		const [page, size] = [Number(query.page), Number(query.size)];
		return reply(payments.slice((page - 1) * size, page * size));
	};

/** The provider is asked for one payment at a time. */
const eachOf =
	(payments: Record<string, IDataObject>): Respond =>
	({ line }) => {
		const found = payments[line.replace('GET /payouts/', '')];
		return found ? reply(found) : { body: NOTHING };
	};

async function compared(
	ledger: IDataObject[],
	respond: Respond,
	{ fields = {}, ...setting }: Setting = {},
	operation = byList,
) {
	const { execution } = moneyStage({ operation, respond });
	const ran = await execution().run(ledger, { ...setting, fields: { ...FIELDS, ...fields } });
	return { ...ran, results: ran.items.map(({ reference, result }) => [reference, result]) };
}

describe('a ledger and a list', () => {
	it('are compared by their references, both sides whole', async () => {
		const { items } = await compared([row('p_1')], listOf(payment('p_1', { amount: '10.5' })));
		expect(items).toMatchObject([
			{
				reference: 'p_1',
				result: 'amount_differs',
				difference: '0.5',
				ledger: row('p_1'),
				provider: { id: 'id-p_1', amount: '10.5', status: 'succeeded' },
			},
		]);
	});

	it('are compared to the last page', async () => {
		const payments = Array.from({ length: 250 }, (_one, index) => payment(`p_${index}`));
		const ledger = payments.map(({ reference }) => row(String(reference)));
		const { results, calls } = await compared(ledger, listOf(...payments));
		expect(calls).toHaveLength(3);
		expect(results.filter(([, result]) => result !== 'matched')).toEqual([]);
	});

	it('show what only one of them has', async () => {
		const { results } = await compared([row('p_1')], listOf(payment('p_2')));
		expect(results).toEqual([
			['p_1', 'missing_at_provider'],
			['p_2', 'missing_in_ledger'],
		]);
	});

	it('show a double payment with both IDs', async () => {
		const twice = listOf(payment('p_1'), payment('p_1', { id: 'id-2' }));
		const { items } = await compared([row('p_1')], twice);
		expect(items).toMatchObject([{ result: 'duplicate_at_provider', providerIds: ['id-p_1', 'id-2'] }]);
	});

	it('show no double payment where two pages overlap', async () => {
		const many = Array.from({ length: 100 }, (_one, index) => payment(`p_${index}`));
		// A payment is made between the two reads, and the last one of page 1 moves to page 2.
		const shifting: Respond = ({ query }) =>
			reply(query.page === '1' ? many : [payment('p_99'), payment('p_100')]);
		const ledger = [...many, payment('p_100')].map(({ reference }) => row(String(reference)));
		const { results } = await compared(ledger, shifting);
		expect(results).toHaveLength(101);
		expect(results.filter(([, result]) => result !== 'matched')).toEqual([]);
	});

	it('give the numbers of the rows that repeat a reference', async () => {
		const { items } = await compared([row('p_1'), row('p_2'), row('p_1')], listOf(payment('p_1')));
		expect(items[0]).toMatchObject({ result: 'duplicate_in_ledger', ledgerRows: [1, 3] });
	});

	it('can be told by their differences alone', async () => {
		const options = { onlyDifferences: true };
		const { results } = await compared([row('p_1'), row('p_2')], listOf(payment('p_1')), { options });
		expect(results).toEqual([['p_2', 'missing_at_provider']]);
	});

	it('are compared with the provider reading only', async () => {
		const ran = await compared([row('p_1')], listOf());
		expect(linesOf(ran)).toEqual(['GET /payouts']);
	});

	it('of no rows shows what the provider has, where n8n gives an empty item', async () => {
		const { results } = await compared([{}], listOf(payment('p_1')));
		expect(results).toEqual([['p_1', 'missing_in_ledger']]);
	});
});

describe('the time of a payment', () => {
	const found = async (createdAt: string | null, ledger: IDataObject[] = []) =>
		(await compared([...ledger, {}], listOf(payment('p_1', { createdAt })))).results;

	it.each([
		['at the beginning', FIELDS.from],
		['at the end', FIELDS.to],
		['that nobody knows', null],
		['that cannot be read', 'soon'],
	])('%s of the range is within it', async (_what, createdAt) => {
		expect(await found(createdAt)).toEqual([['p_1', 'missing_in_ledger']]);
	});

	it.each(['2026-10-31T23:59:59Z', '2026-12-01T00:00:00Z'])(
		'of %s is outside, so the ledger need not have it',
		async (createdAt) => {
			expect(await found(createdAt)).toEqual([]);
		},
	);

	it('outside of the range does not make a row of the ledger missing', async () => {
		expect(await found('2026-10-31T23:59:59Z', [row('p_1')])).toEqual([['p_1', 'matched']]);
	});

	it('is written as each parameter of the list takes it', () => {
		const rules = {
			since: { kind: 'time', as: 'milliseconds' },
			till: { kind: 'time', as: 'seconds' },
		} as const;
		const range = { from: 86_400_000, to: 172_800_000 };
		const operation: Operation = { ...getMany, rules };
		expect(rangeValues(operation, { from: 'since', to: 'till' }, range)).toEqual({
			since: 86_400_000,
			till: 172_800,
		});
		expect(rangeValues(operation, undefined, range)).toEqual({});
	});

	it('is asked for one day further on both sides, because of the time zones', async () => {
		const rules = {
			since: { kind: 'time', as: 'milliseconds' },
			till: { kind: 'time', as: 'milliseconds' },
		} as const;
		const ranged = { ...getMany, value: 'getRange', rules };
		const { execution } = moneyStage({
			operation: reconciling(ranged, { by: 'reference', range: { from: 'since', to: 'till' } }),
			respond: () => reply([]),
			more: [ranged],
		});
		const { calls } = await execution().run([row('p_1')], { fields: FIELDS });
		expect(calls[0]?.query).toMatchObject({
			since: String(Date.parse('2026-10-31T00:00:00Z')),
			till: String(Date.parse('2026-12-01T23:59:59Z')),
		});
	});
});

describe('a list that is not read to its end', () => {
	const ends: Array<[string, Respond, string]> = [
		['that is refused', () => ({ body: { code: 'CLOSED', message: 'no access' } }), 'no access (CLOSED)'],
		['that is not answered', () => unreachable(), 'gave no usable answer'],
		['that promises more rows', () => reply([payment('p_1')], { total: 3 }), 'it names 3 rows and gave 1'],
		['that promises more pages', () => reply([payment('p_1')], { hasMore: true }), 'it names more pages'],
		['with a row that is no object', () => reply([payment('p_1'), null]), 'a row of its list is no object'],
		['that is missing in the answer', () => reply({ rows: [] }), 'answered without the list'],
		[
			'that breaks off at page 2',
			({ query }) =>
				query.page === '1'
					? reply(Array.from({ length: 100 }, (_one, index) => payment(`p_${index}`)))
					: { status: 403, body: {} },
			'HTTP 403',
		],
	];

	it.each(ends)('%s ends the node, and calls nothing missing', async (_what, respond, reason) => {
		const { items, error } = await compared([row('p_1'), row('p_2')], respond);
		expect(items).toEqual([]);
		expect(error?.message).toContain(reason);
	});

	it.each(ends)('%s gives one item with Continue On Fail', async (_what, respond, reason) => {
		const ledger = [row('p_1'), row('p_2')];
		const { items } = await compared(ledger, respond, { continueOnFail: true });
		expect(items).toMatchObject([{ result: 'not_read', reference: null }]);
		expect(items[0]?.message).toContain(reason);
	});

	it('because a person has pressed Stop is not compared', async () => {
		const stop = AbortSignal.abort();
		const { items, error, calls } = await compared([row('p_1')], listOf(), { stop });
		expect([items, calls]).toEqual([[], []]);
		expect(error).toBeDefined();
	});
});

describe('a setting that cannot be used', () => {
	it.each<[string, IDataObject, string]>([
		['no name for the reference', { referenceField: ' ' }, 'Reference Field is empty'],
		[
			'the value of the reference for its name',
			{ referenceField: 'p_1' },
			'No input item has the field `p_1`',
		],
		['a name of the amount that no row has', { amountField: 'sum' }, 'No input item has the field `sum`'],
		['a name of the currency that no row has', { currencyField: 'coin' }, 'has the field `coin`'],
		['a name of the status that no row has', { statusField: 'state' }, 'has the field `state`'],
		['no beginning', { from: '' }, 'From is empty'],
		['a beginning that is no time', { from: 'monday' }, 'From `monday` is not a date and time'],
		['no end', { to: '' }, 'To is empty'],
		['an end before the beginning', { to: '2026-10-01T00:00:00Z' }, 'From is later than To'],
	])('is refused before anything is read: %s', async (_what, fields, reason) => {
		const { calls, items, error } = await compared([row('p_1')], listOf(payment('p_1')), { fields });
		expect([calls, items]).toEqual([[], []]);
		expect(error?.message).toContain(reason);
	});

	it('gives one item with Continue On Fail, and calls nothing missing', async () => {
		const { results } = await compared([row('p_1'), row('p_2')], listOf(), {
			fields: { from: '' },
			continueOnFail: true,
		});
		expect(results).toEqual([[null, 'not_read']]);
	});
});

describe('the amount of a payment', () => {
	it.each([
		[undefined, 'matched'],
		['amount', 'matched'],
		['paidAmount', 'not_comparable'],
		['fiatAmount', 'not_comparable'],
	])('is the one that the ledger has: %s', async (sides, result) => {
		const options = sides === undefined ? {} : { sides };
		const { results } = await compared([row('p_1')], listOf(payment('p_1')), { options });
		expect(results).toEqual([['p_1', result]]);
	});
});

describe('a ledger of which each payment is asked for', () => {
	const asked = (ledger: IDataObject[], respond: Respond, setting?: Setting) =>
		compared(ledger, respond, setting, oneByOne);

	it('is compared with the answers, in its own order', async () => {
		const { results } = await asked(
			[row('p_1'), row('p_2'), row('p_3')],
			eachOf({ p_1: payment('p_1'), p_3: payment('p_3', { amount: '11' }) }),
		);
		expect(results).toEqual([
			['p_1', 'matched'],
			['p_2', 'missing_at_provider'],
			['p_3', 'amount_differs'],
		]);
	});

	it('asks once for a reference that it has twice', async () => {
		const ran = await asked([row('p_1'), row('p_1')], eachOf({ p_1: payment('p_1') }));
		expect(linesOf(ran)).toEqual(['GET /payouts/p_1']);
		expect(ran.results).toEqual([['p_1', 'duplicate_in_ledger']]);
	});

	it('needs no range of time', async () => {
		const fields = { from: '', to: '' };
		const { results } = await asked([row('p_1')], eachOf({ p_1: payment('p_1') }), { fields });
		expect(results).toEqual([['p_1', 'matched']]);
	});

	const silent: Array<[string, Respond, string]> = [
		['that is refused for another reason', () => ({ body: { code: 'CLOSED' } }), 'CLOSED'],
		['that gets no answer', () => unreachable(), 'gave no usable answer'],
		[
			'whose answer is another payment',
			() => reply(payment('p_9')),
			'another payment than the one asked for',
		],
		['whose answer is no payment', () => reply('p_1'), 'another payment than the one asked for'],
	];

	it.each(silent)('ends the node at a payment %s', async (_what, respond, reason) => {
		const { items, error } = await asked([row('p_1')], respond);
		expect(items).toEqual([]);
		expect(error?.message).toContain(reason);
		expect(error?.message).toContain('[item 1]');
	});

	it.each(silent)(
		'with Continue On Fail does not call a payment missing %s',
		async (_what, respond, reason) => {
			const answer: Respond = (call) =>
				call.line === 'GET /payouts/p_2' ? reply(payment('p_2')) : respond(call);
			const { items, results } = await asked([row('p_1'), row('p_2')], answer, { continueOnFail: true });
			expect(results).toEqual([
				['p_1', 'not_read'],
				['p_2', 'matched'],
			]);
			expect(String(items[0]?.reasons)).toContain(reason);
		},
	);

	it('puts what was not read on the error output, with the row of the ledger', async () => {
		const { items } = await asked([row('p_1')], () => unreachable(), {
			continueOnFail: true,
			onErrorOutput: true,
		});
		expect(items).toMatchObject([
			{
				error: expect.stringContaining('gave no usable answer'),
				details: { result: 'not_read', ledger: row('p_1') },
			},
		]);
	});

	it('does not ask for a reference that no payment can have', async () => {
		const ruled = { ...get, rules: { reference: { kind: 'reference', maximumLength: 5 } } } as const;
		const long = reconciling({ ...ruled, value: 'getRuled' }, oneByOne.does?.reconciles ?? { by: 'id' });
		const { execution } = moneyStage({
			operation: long,
			respond: eachOf({}),
			more: [{ ...ruled, value: 'getRuled' }],
		});
		const { items, calls } = await execution().run([row('longer'), { amount: '10', currency: 'USDT' }], {
			fields: FIELDS,
		});
		expect(calls).toEqual([]);
		expect(items.map(({ reference, result }) => [reference, result])).toEqual([
			['longer', 'not_comparable'],
			[null, 'not_comparable'],
		]);
	});
});
