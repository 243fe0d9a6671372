import type { JsonObject } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { payout, type Reply } from '../../examplePay.mts';
import { cut, linesOf, moneyStage } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const unnamed: Operation = {
	...payout,
	fields: payout.fields?.filter(({ name }) => name !== 'reference'),
	referenceField: undefined,
	lookup: undefined,
	once: {
		candidates: {
			operation: 'payout.getMany',
			by: { amount: ['amount'], address: ['address', 'reference'] },
		},
	},
};
const anna = { amount: '10.5', currency: 'USDT', address: 'TA1' };
const like = { id: '7', status: 'NEW', amount: '10.50', address: 'TA1', createdAt: '2026-11-20T09:00:00Z' };

/** One payout whose answer never comes. Then the list shows these rows. */
async function unknownBeside(list: () => Reply, sent: () => Reply = cut, operation = unnamed) {
	const stage = moneyStage({
		operation,
		respond: ({ line }) => (line.startsWith('POST') ? sent() : list()),
	});
	const ran = await stage.execution().run([anna], { continueOnFail: true });
	return { ...ran, item: ran.items[0] ?? {} };
}

/** The unknown payout, beside a list with these rows. */
async function listed(...rows: JsonObject[]) {
	const { item, calls } = await unknownBeside(() => ({ body: { data: rows } }));
	expect(linesOf({ calls })).toEqual(['POST /payouts', 'GET /payouts']);
	expect(item.outcome).toBe('unknown');
	return item;
}
const idsIn = ({ candidates }: { candidates?: unknown }) =>
	Array.isArray(candidates) ? candidates.map((one) => Reflect.get(one, 'id')) : undefined;

describe('a payout whose outcome is unknown', () => {
	it('comes with what the list shows that could be it, and stays unknown', async () => {
		const item = await listed(like);
		expect(item).toMatchObject({ outcome: 'unknown', candidates: [{ id: '7', kind: 'payout' }] });
		expect(item.nextStep).toContain(
			'Payout: Get Many shows what could be this payment: 7. Only a person can say whether it is.',
		);
	});

	it('comes without a list where nothing could be it: a flow could take an empty one for a proof', async () => {
		const item = await listed();
		expect(item).not.toHaveProperty('candidates');
		expect(item.nextStep).toContain('That proves nothing: it may still appear.');
	});

	it.each([
		['another amount', { amount: '10.51' }],
		['another address', { address: 'TB2' }],
		['an earlier time', { createdAt: '2026-11-20T08:54:59Z' }],
		['nothing that could agree', { amount: undefined, address: undefined }],
	])('is not a row with %s', async (_what, other) => {
		expect(await listed({ ...like, ...other } as never)).not.toHaveProperty('candidates');
	});

	it.each([
		['five minutes before, because clocks differ', { createdAt: '2026-11-20T08:55:00Z' }],
		['later', { createdAt: '2026-11-20T10:00:00Z' }],
		['at no known time', { createdAt: undefined }],
		['without an address', { address: undefined }],
		['with the address under its other name', { address: undefined, reference: 'TA1' }],
		['with the address under one of both names', { reference: 'x' }],
	])('may be a row made %s', async (_what, other) => {
		expect(idsIn(await listed(JSON.parse(JSON.stringify({ ...like, ...other }))))).toEqual(['7']);
	});

	it('is not another payout that this execution knows as applied', async () => {
		let sends = 0;
		const stage = moneyStage({
			operation: unnamed,
			respond: ({ line }) => {
				if (line.startsWith('GET')) return { body: { data: [like, { ...like, id: '8' }] } };
				sends += 1;
				return sends === 1 ? { body: { data: like } } : cut();
			},
		});
		const { items } = await stage.execution().run([anna, anna], { continueOnFail: true });
		expect(items[0]).toMatchObject({ outcome: 'applied', id: '7' });
		expect(idsIn(items[1] ?? {})).toEqual(['8']);
	});

	it('ignores what is no object', async () => {
		const { item } = await unknownBeside(() => ({ body: { data: ['7', null, 8, like] } }));
		expect(idsIn(item)).toEqual(['7']);
	});
});

describe('the list', () => {
	it('is read once: the message does not wait for a provider that is down', async () => {
		const ran = await unknownBeside(cut);
		expect(linesOf(ran)).toEqual(['POST /payouts', 'GET /payouts']);
		expect(ran.item.outcome).toBe('unknown');
		expect(ran.item.nextStep).not.toContain('Get Many shows');
	});

	it('is one page of it', async () => {
		const rows = Array.from({ length: 100 }, (_one, index) => ({ ...like, id: `r${index}` }));
		const ran = await unknownBeside(() => ({ body: { data: rows, total: 250 } }));
		expect(linesOf(ran)).toEqual(['POST /payouts', 'GET /payouts']);
		expect(ran.calls[1]?.query).toEqual({ page: '1', size: '100' });
		expect(idsIn(ran.item)).toHaveLength(100);
	});

	it.each<[string, () => Reply]>([
		['was applied', () => ({ body: { data: like } })],
		['was refused', () => ({ body: { code: 'LOW' } })],
	])('is not read where the payout %s', async (_how, sent) => {
		expect(linesOf(await unknownBeside(() => ({ body: { data: [] } }), sent))).toEqual(['POST /payouts']);
	});

	it('is asked from the first try on, with a day before and after', async () => {
		const ranged: Operation = {
			...unnamed,
			once: {
				candidates: {
					operation: 'payout.listed',
					by: { amount: ['amount'] },
					range: { from: 'from', to: 'to' },
				},
			},
		};
		const stage = moneyStage({
			operation: ranged,
			respond: ({ line }) => (line.startsWith('POST') ? cut() : { body: { data: [like] } }),
			more: [
				{
					...payout,
					value: 'listed',
					request: 'GET /listed',
					effect: 'read',
					referenceField: undefined,
					lookup: undefined,
					rules: {
						from: { kind: 'time', as: 'milliseconds' },
						to: { kind: 'time', as: 'milliseconds' },
					},
					returns: { kind: 'payout', list: 'data' },
				},
			],
		});
		const first = stage.execution();
		await first.run([anna], { continueOnFail: true });
		const begun = Date.parse('2026-11-20T09:00:00Z');
		const day = 86_400_000;
		expect(stage.calls[1]).toMatchObject({
			line: 'GET /listed',
			query: { from: String(begun - day), to: String(begun + day) },
		});
		stage.time.now += 60 * 60_000;
		const { items, calls } = await first.retry().run([anna], { continueOnFail: true });
		expect(calls[0]?.query).toEqual({ from: String(begun - day), to: String(begun + 3_600_000 + day) });
		expect(idsIn(items[0] ?? {})).toEqual(['7']);
	});

	it('is not read after Stop', async () => {
		const stop = new AbortController();
		const stage = moneyStage({
			operation: unnamed,
			respond: () => {
				stop.abort();
				return cut();
			},
		});
		const ran = await stage.execution().run([anna], { stop: stop.signal, continueOnFail: true });
		expect(linesOf(ran)).toEqual(['POST /payouts']);
	});

	it('is not read for an item that was not sent now', async () => {
		const stage = moneyStage({
			operation: unnamed,
			respond: ({ line }) => (line.startsWith('POST') ? cut() : { body: { data: [like] } }),
		});
		const first = stage.execution();
		await first.run([anna], { continueOnFail: true });
		const { calls } = await first.retry().run([{ ...anna, amount: '11' }], { continueOnFail: true });
		expect(calls).toEqual([]);
	});
});
