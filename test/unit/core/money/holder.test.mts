import type { JsonObject } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { getBatch, massPayout, recipients } from './exampleBatch.mts';
import { NOTHING, type Call, type Reply } from '../../examplePay.mts';
import { cut, linesOf, moneyStage } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const operation: Operation = {
	...massPayout,
	once: {
		holder: {
			code: 'DUPLICATE',
			operation: 'payout.getMany',
			line: 'line_id',
			batch: 'batch_id',
			label: 'the Line ID',
		},
	},
};

const january: JsonObject = { id: '1', line_id: 'anna', batch_id: 'january_1' };
const items = [
	{ ...recipients('TA')[0], line_id: 'anna' },
	{ ...recipients('TB')[0], line_id: 'bob' },
];

/** The provider refuses the batch because it knows one of its lines. */
async function refused(list: (call: Call) => Reply, { code = 'DUPLICATE', found = NOTHING } = {}) {
	const stage = moneyStage({
		operation,
		respond: (call) => {
			if (call.line === 'GET /payouts') return list(call);
			if (call.line.startsWith('GET')) return { body: found };
			return { body: { code, message: 'exists' } };
		},
		more: [getBatch],
	});
	return await stage.execution().run(items, { continueOnFail: true });
}

const heldBy = (...rows: JsonObject[]) => refused(() => ({ body: { data: rows } }));

describe('a batch that is refused because another one has one of its lines', () => {
	it('is unknown, and the message names that batch and line: it may be the same payment', async () => {
		const { items: output } = await heldBy({ id: '0', line_id: 'carl', batch_id: 'x' }, january);
		expect(output[0]).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
		expect(output[0]?.message).toContain(
			'it was refused, because the Line ID `anna` belongs to `january_1` already (reference_in_use)',
		);
		expect(output[0]?.nextStep).toContain('Look at `january_1` with Payout: Get Batch');
		expect(output[0]?.nextStep).toContain('run again under a new reference');
	});

	it.each<[string, JsonObject[]]>([
		['no row has one of the lines', [{ id: '0', line_id: 'carl', batch_id: 'x' }]],
		['the row is of this batch', [{ ...january, batch_id: 'pay_1' }]],
		['the row does not name its batch', [{ id: '1', line_id: 'anna' }]],
		['the row has no line', [{ id: '1', batch_id: 'january_1' }]],
		['the list is empty', []],
	])('stays as it was where %s', async (_why, rows) => {
		const { items: output } = await heldBy(...rows);
		expect(output[0]).toMatchObject({ outcome: 'unknown', code: 'DUPLICATE' });
	});

	it('stays as it was where the list cannot be read', async () => {
		const { items: output } = await refused(() => ({ body: 'maintenance' }));
		expect(output[0]).toMatchObject({ outcome: 'unknown', code: 'DUPLICATE' });
	});

	it('is looked for on later pages, and in the newest 2000 lines only', async () => {
		const page = (call: Call) =>
			Array.from({ length: 100 }, (_one, index) => ({
				id: `${call.query.page}-${index}`,
				line_id: `other ${index}`,
				batch_id: 'x',
			}));
		const found = await refused((call) => ({
			body: { data: call.query.page === '3' ? [january] : page(call) },
		}));
		expect(found.items[0]).toMatchObject({ code: 'reference_in_use' });
		const searched = await refused((call) => ({ body: { data: page(call) } }));
		expect(linesOf(searched).filter((line) => line === 'GET /payouts')).toHaveLength(20);
		expect(searched.items[0]).toMatchObject({ code: 'DUPLICATE' });
	});

	it('stays as it was where this batch is there meanwhile or cannot be looked up', async () => {
		const { items: output } = await refused(() => ({ body: { data: [january] } }), {
			found: { code: 'X9', message: 'no' },
		});
		expect(output[0]).toMatchObject({ outcome: 'unknown' });
		expect(output[0]?.code).not.toBe('reference_in_use');
	});
});

describe('no list is read', () => {
	it('where the batch was refused for another reason', async () => {
		const ran = await refused(() => ({ body: { data: [january] } }), { code: 'LOW' });
		expect(linesOf(ran)).not.toContain('GET /payouts');
		expect(ran.items[0]).toMatchObject({ outcome: 'rejected', code: 'LOW' });
	});

	it('where the answer never came', async () => {
		const stage = moneyStage({
			operation,
			respond: ({ line }) => (line.startsWith('POST') ? cut() : { body: NOTHING }),
			more: [getBatch],
		});
		const ran = await stage.execution().run(items, { continueOnFail: true });
		expect(linesOf(ran)).not.toContain('GET /payouts');
	});
});
