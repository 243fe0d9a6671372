import { createMany, recipients } from '../../engine/gatePay/massPayouts.mts';
import { type GatePaySetting, openGatePay } from '../../engine/gatePay/setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch').length;
const people = recipients(5);
const first = { payroll_2026_11_1: 1 };
const all = { ...first, payroll_2026_11_2: 1, payroll_2026_11_3: 1 };

/** The fault of the second of three batches, the outcome of its lines, and whether Gate Pay applied it. */
const faults: Array<[kind: string, details: object, outcome: string, isApplied: boolean]> = [
	['dns', {}, 'rejected', false],
	['connection-refused', {}, 'rejected', false],
	['tls-handshake', {}, 'unknown', false],
	['reset-before-reading', {}, 'unknown', false],
	['reset-after-applying', {}, 'applied', true],
	['timeout-before-applying', { seconds: 5 }, 'unknown', false],
	['timeout-after-applying', { seconds: 5 }, 'applied', true],
	['half-a-body', {}, 'applied', true],
	['slow-drip', { seconds: 0.2 }, 'applied', true],
	['unauthorized', { status: 401 }, 'unknown', false],
	['redirect', { status: 302 }, 'unknown', false],
	['redirect', { status: 307 }, 'unknown', false],
	['too-many-requests', { status: 429, retryAfter: 1 }, 'unknown', false],
	['bad-gateway', { status: 502 }, 'unknown', false],
	['bad-gateway', { status: 502, applied: true }, 'applied', true],
	['ok-but-wrong', { body: 'html' }, 'unknown', false],
	['ok-but-wrong', { body: 'html', applied: true }, 'applied', true],
	['ok-but-wrong', { body: 'refusal' }, 'rejected', false],
];

describe('the second of three batches', () => {
	it.each(faults)(
		'%s %j: every recipient is paid once, in the end',
		async (kind, details, outcome, isApplied) => {
			setting.sandbox.fault({ operation: 'createPayoutBatch', kind: kind as never, nth: 2, ...details });
			const { items, error } = await setting.run(createMany({ whenUnknown: 'continue', timeout: 1 }), {
				items: people,
				settings: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
			});
			expect(error).toBeUndefined();
			const behind = isApplied ? 'applied' : outcome;
			expect(items.map(({ json }) => json.outcome)).toEqual(['applied', 'applied', outcome, outcome, behind]);
			expect(setting.provider.books.appliedPerReference()).toEqual(isApplied ? all : first);
			expect(sends()).toBeLessThanOrEqual(3);

			// The flow runs again, in a new execution that remembers nothing.
			const again = await setting.run(createMany(), { items: people });
			expect(again.error).toBeUndefined();
			expect(again.items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('applied'));
			expect(setting.provider.books.appliedPerReference()).toEqual(all);
			expect(setting.provider.books.total('USDT')).toBe('67.5');
		},
	);

	it('is paid once when the flow is run again without Check First, because Gate Pay refuses the ID', async () => {
		await setting.run(createMany(), { items: people });
		const { items, error } = await setting.run(createMany({ checkFirst: false }), { items: people });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.replayed)).toEqual(Array(5).fill(true));
		expect(setting.provider.books.appliedPerReference()).toEqual(all);
	});

	it('goes to the error output with what it was, where n8n has one', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal', nth: 2 });
		const { items, errorItems } = await setting.run(createMany(), {
			items: people,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(items.map(({ json }) => json.reference)).toEqual([
			'payroll_2026_11_line_1',
			'payroll_2026_11_line_2',
		]);
		expect(errorItems).toHaveLength(3);
		expect(errorItems.map(({ json }) => json.details)).toEqual(
			[3, 4, 5].map((number) =>
				expect.objectContaining({ outcome: 'rejected', reference: `payroll_2026_11_line_${number}` }),
			),
		);
	});
});
