import { parse, stringify } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { RunResult } from '../harness/index.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch').length;

/** The same execution as another version of the package would have saved it. */
function savedAs(result: RunResult, memory: (before: unknown) => unknown): RunResult {
	const data: IRunExecutionData = parse(result.saved);
	const context = data.executionData?.contextData['node:Node'];
	if (!context) throw new Error('The node has remembered nothing');
	context.otcPayouts = memory(context.otcPayouts) as never;
	return { ...result, saved: stringify(data) };
}

describe('the memory of a failed execution', () => {
	const failed = async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 });
		return await setting.run(payoutPerItem({ timeout: 1 }), { items: payouts('p_1', 'p_2') });
	};
	const formats: Array<[string, (before: unknown) => unknown]> = [
		['without a format, of an older version', (before) => (before as { attempts: unknown }).attempts],
		['of a later format', (before) => ({ ...(before as object), format: 99 })],
		['that is no memory', () => 'text'],
	];

	it.each(formats)('%s is refused: nothing is sent on a guess', async (_what, memory) => {
		const before = savedAs(await failed(), memory);
		const count = sends();
		const { error } = await setting.retry(before, payoutPerItem(), { items: payouts('p_1', 'p_2') });
		expect(error?.message).toBe(
			'Another version of this package has begun this execution, and what it has sent cannot be read. Nothing was sent.',
		);
		expect(error?.description).toContain('Find out what became of each payment');
		expect(sends()).toBe(count);
	});

	it('is refused for each item with Continue On Fail', async () => {
		const before = savedAs(await failed(), () => 'text');
		const { items } = await setting.retry(before, payoutPerItem(), {
			items: payouts('p_1', 'p_2'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => [json.outcome, json.code])).toEqual([
			['unknown', 'sent_before'],
			['unknown', 'sent_before'],
		]);
	});

	it('does not keep the redemption code of a gift card, whatever the output', async () => {
		const card = (output: string) => ({
			resource: 'giftCard',
			operation: 'create',
			paymentReference: `g-${output}`,
			title: 'Happy birthday',
			templateId: { __rl: true, mode: 'id', value: '1' },
			currency: { __rl: true, mode: 'id', value: 'USDT' },
			amount: '25',
			options: { output },
		});
		for (const output of ['simplified', 'raw']) {
			const { executionData, items, error } = await setting.run(card(output));
			expect(error).toBeUndefined();
			const memory = JSON.stringify(executionData.executionData?.contextData);
			expect(memory).toContain('"state":"applied"');
			expect(memory).not.toMatch(/card_key|"key"/);
			if (output === 'raw') expect(JSON.stringify(items)).toContain('card_key');
		}
	});
});
