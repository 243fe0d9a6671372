import { getBatch, massPayout, recipients } from './exampleBatch.mts';
import { moneyStage } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const stageOf = (operation = massPayout) =>
	moneyStage({ operation, respond: ({ body }) => ({ body: { data: body } }), more: [getBatch] });

/** What the provider is asked to pay, without lookups. */
async function sent(items: object[], options = {}, operation = massPayout) {
	const {
		items: output,
		error,
		calls,
	} = await stageOf(operation)
		.execution()
		.run(items as never, { options: { checkFirst: false, ...options } });
	return { output, error, bodies: calls.map(({ body }) => body) };
}

describe('the batches of a run', () => {
	it('have a number behind their ID, and each line has a reference of its own', async () => {
		const { bodies, output } = await sent(recipients('TA', 'TB', 'TC'));
		expect(bodies).toEqual([
			{
				batch_id: 'pay_1',
				currency: 'USDT',
				lines: [
					{ address: 'TA', amount: '10', line_id: 'pay_line_1' },
					{ address: 'TB', amount: '10', line_id: 'pay_line_2' },
				],
			},
			{
				batch_id: 'pay_2',
				currency: 'USDT',
				lines: [{ address: 'TC', amount: '10', line_id: 'pay_line_3' }],
			},
		]);
		expect(Object.keys(bodies[0] ?? {})).toEqual(['batch_id', 'currency', 'lines']);
		expect(output).toMatchObject([
			{ outcome: 'applied', reference: 'pay_line_1', batchReference: 'pay_1' },
			{ outcome: 'applied', reference: 'pay_line_2', batchReference: 'pay_1' },
			{ outcome: 'applied', reference: 'pay_line_3', batchReference: 'pay_2' },
		]);
	});

	it.each([
		[1, 3],
		[3, 1],
		['3', 1],
		[100, 1],
	])('are as large as the option says: %j', async (most, count) => {
		expect((await sent(recipients('TA', 'TB', 'TC'), { most })).bodies).toHaveLength(count);
	});

	it.each([0, -1, 1.5, 'x', '', Number.NaN])(
		'are not built where the option is %j, and nothing is sent',
		async (most) => {
			const { bodies, error } = await sent(recipients('TA', 'TB'), { most });
			expect(bodies).toEqual([]);
			expect(error?.message).toContain('Recipients per Batch `');
			expect(error?.message).toContain('is not a whole number above 0');
			expect(error?.message).toContain('Nothing was sent.');
		},
	);

	it('are not built where an ID with its number is too long for the provider', async () => {
		const items = recipients('TA', 'TB').map((one) => ({
			...one,
			batch_id: 'x'.repeat(11),
			line_id: undefined,
		}));
		const own = items.map((one, index) => ({ ...one, line_id: `l${index}` }));
		const { bodies, error } = await sent(own, { most: 2 });
		expect(bodies).toEqual([]);
		expect(error?.message).toContain(`Batch ID \`${'x'.repeat(11)}_1\` with its number`);
	});

	it('carry an option of the whole run', async () => {
		const { bodies } = await sent(recipients('TA', 'TB', 'TC'), { note: 'wages' });
		expect(bodies.map(({ note }) => note)).toEqual(['wages', 'wages']);
	});
});

describe('the preview of a run', () => {
	const preview = async (items: object[], options = {}) =>
		(await sent(items, { preview: true, approvalHash: '', ...options })).output;

	it('sends nothing, and shows each line with the sums of the whole run', async () => {
		const { bodies, output } = await sent(recipients('TA', 'TB', 'TC'), { preview: true });
		expect(bodies).toEqual([]);
		expect(output).toHaveLength(3);
		expect(output[2]).toEqual({
			outcome: 'not_sent',
			reference: 'pay_line_3',
			batchReference: 'pay_2',
			preview: true,
			method: 'POST',
			url: 'https://api.example.com/batches',
			line: { address: 'TC', amount: '10', line_id: 'pay_line_3' },
			verdict: 'would_send',
			summary: '3 recipients, 30 USDT',
			recipients: 3,
			batches: 2,
			totals: { USDT: '30' },
			approvalHash: expect.stringMatching(/^3-recipients-30-USDT-[0-9a-f]{64}$/),
		});
		expect(new Set(output.map(({ approvalHash }) => approvalHash)).size).toBe(1);
	});

	it('is approved as a whole: another line, order, size or sum is another run', async () => {
		const hashOf = async (items: object[], options = {}) => (await preview(items, options))[0]?.approvalHash;
		const [first, second, third] = recipients('TA', 'TB', 'TC');
		const hashes = [
			await hashOf([first, second, third] as never),
			await hashOf([second, first, third] as never),
			await hashOf([first, second] as never),
			await hashOf([first, second, { ...third, amount: '11' }] as never),
			await hashOf([first, second, third] as never, { most: 3 }),
		];
		expect(new Set(hashes).size).toBe(hashes.length);
	});

	it('that was approved is sent, and nothing else', async () => {
		const items = recipients('TA', 'TB', 'TC');
		const approvalHash = (await preview(items))[0]?.approvalHash;
		expect((await sent(items, { approvalHash })).bodies).toHaveLength(2);
		const other = await sent(recipients('TA', 'TB', 'TX'), { approvalHash });
		expect(other.bodies).toEqual([]);
		expect(other.error?.message).toContain('The request differs from the one that was approved');
	});
});
