import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../../sandbox/index.mts';
import { openBridgePay, orders as payOuts, payOut, withdrawal } from '../bridgePay/setting.mts';
import { createMany, recipients } from '../gatePay/massPayouts.mts';
import { openGatePay, payoutPerItem as gatePayout, payouts as gatePayouts } from '../gatePay/setting.mts';
import { openOkiPays, orderPerItem, orders } from '../okiPays/setting.mts';
import { openPayPlay, withdrawalPerItem, withdrawals } from '../payPlay/setting.mts';
import { openRapira, payoutPerItem, payouts } from '../rapira/setting.mts';
import type { Setting } from '../setting.mts';
import { receivedBy, stoppedWhen } from './stopped.mts';

interface Subject {
	open: () => Promise<Setting<ProviderName>>;
	/** The contract's operationId. */
	endpoint: string;
	parameters: (options: IDataObject) => INodeParameters;
	items: IDataObject[];
	/** Whether the provider can be asked what became of the send that Stop cut. */
	isFound: boolean;
}

const names = ['r-1', 'r-2', 'r-3', 'r-4', 'r-5'];
const wallets = ['TA1', 'TA2', 'TA3', 'TA4', 'TA5'];

const subjects: Record<string, Subject> = {
	'Rapira payouts': {
		open: openRapira as Subject['open'],
		endpoint: 'createCryptoWithdrawal',
		parameters: payoutPerItem,
		items: payouts(...wallets),
		isFound: false,
	},
	'Gate Pay payouts': {
		open: openGatePay as Subject['open'],
		endpoint: 'createPayoutBatch',
		parameters: gatePayout,
		items: gatePayouts('r_1', 'r_2', 'r_3', 'r_4', 'r_5'),
		isFound: true,
	},
	'Gate Pay batches of two': {
		open: openGatePay as Subject['open'],
		endpoint: 'createPayoutBatch',
		parameters: (options) => createMany(options),
		items: recipients(10),
		isFound: true,
	},
	'BridgePay pay-outs': {
		open: openBridgePay as Subject['open'],
		endpoint: 'createInvoice',
		parameters: (options) => payOut(options),
		items: payOuts(...names),
		isFound: true,
	},
	'BridgePay withdrawals': {
		open: openBridgePay as Subject['open'],
		endpoint: 'createWithdrawal',
		parameters: (options) => withdrawal(options),
		items: ['1500.51', '1500.52', '1500.53', '1500.54', '1500.55'].map((amount) => ({ amount })),
		isFound: false,
	},
	'PayPlay withdrawals': {
		open: openPayPlay as Subject['open'],
		endpoint: 'createWithdrawal',
		parameters: withdrawalPerItem,
		items: withdrawals(...names),
		isFound: false,
	},
	'OkiPays orders': {
		open: openOkiPays as Subject['open'],
		endpoint: 'createOrder',
		parameters: orderPerItem,
		items: orders(1, 2, 3, 4, 5),
		isFound: true,
	},
};

describe.each(Object.entries(subjects))(
	'%s that are stopped while the third is under way',
	(_name, subject) => {
		const { endpoint, items } = subject;
		let setting: Setting<ProviderName>;
		beforeAll(async () => (setting = await subject.open()));
		afterEach(() => setting.sandbox.reset());
		afterAll(() => setting.close());

		const sends = () => receivedBy(setting.provider, endpoint);
		const held = () =>
			setting.sandbox.fault({ operation: endpoint, kind: 'timeout-after-applying', nth: 3, seconds: 3 });
		const stopped = (options: IDataObject = {}, settings = {}) =>
			stoppedWhen(
				() => sends() === 3,
				() => setting.run(subject.parameters(options), { items, settings }),
			);

		it('send nothing more, say so, and ask for nothing more', async () => {
			held();
			const { error } = await stopped();
			const asked = setting.provider.requests.length;
			expect(sends()).toBe(3);
			expect(error?.message).toMatch(
				/the execution was canceled before the answer came\. (Money|It) may or may not/,
			);
			expect(error?.description).toContain('Already applied in this run: ');
			expect(error?.description).toMatch(/Not sent: /);
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(setting.provider.requests).toHaveLength(asked);
		});

		it('are paid once each by Retry, but for the one that was under way and nobody can ask for', async () => {
			held();
			const first = await stopped({ whenUnknown: 'continue' });
			const retried = await setting.retry(first, subject.parameters({ whenUnknown: 'continue' }), { items });
			expect(sends()).toBe(5);
			const outcomes = new Set(retried.items.map(({ json }) => json.outcome));
			expect(outcomes).toEqual(new Set(subject.isFound ? ['applied'] : ['applied', 'unknown']));
			expect(Object.values(setting.provider.books.appliedPerReference()).every((times) => times === 1)).toBe(
				true,
			);
		});

		it('say of each item what became of it, with Continue On Fail', async () => {
			held();
			const { executionData } = await stopped({}, { onError: 'continueRegularOutput' });
			const [task] = executionData.resultData.runData.Node ?? [];
			const codes = (task?.data?.main?.[0] ?? []).map(
				({ json }) => `${String(json.outcome)} ${String(json.code)}`,
			);
			const each = items.length / 5;
			const times = (text: string, count: number) => Array<string>(count * each).fill(text);
			// Check First, or the memory of n8n, could have told whether an earlier execution has sent it.
			const rest = 'unknown not_checked';
			const isBatch = each > 1;
			expect(codes.slice(0, 3 * each)).toEqual([
				...times('applied undefined', 2),
				...times('unknown undefined', 1),
			]);
			if (!isBatch) expect(codes.slice(3)).toEqual(times(rest, 2));
		});
	},
);

describe('Stop of a Retry', () => {
	let setting: Setting<'bridgePay'>;
	beforeAll(async () => (setting = await openBridgePay()));
	afterAll(() => setting.close());

	it('says of what an earlier try has sent what that try knows, although nobody asks first', async () => {
		const cut = (nth: number, kind: 'reset-before-reading' | 'connection-refused' = 'reset-before-reading') =>
			setting.sandbox.fault({ operation: 'createInvoice', kind, nth });
		cut(1);
		cut(2);
		cut(4, 'connection-refused');
		const items = payOuts('r-1', 'r-2', 'r-3', 'r-4');
		const parameters = payOut({ allowRepeats: true, checkFirst: false, whenUnknown: 'continue' });
		const failed = await setting.run(parameters, { items });
		expect(failed.error?.message).toContain('[item 4]');
		const asked = setting.provider.requests.length;
		const settings = { onError: 'continueRegularOutput' as const };
		const { executionData } = await stoppedWhen(
			() => setting.provider.requests.length > asked,
			() => setting.retry(failed, parameters, { items, settings }),
		);
		const tasks = executionData.resultData.runData.Node ?? [];
		const told = (tasks[tasks.length - 1]?.data?.main?.[0] ?? []).map(
			({ json }) => `${String(json.outcome)} ${String(json.code)}`,
		);
		expect(told).toEqual([
			'unknown undefined',
			'unknown undefined',
			'applied undefined',
			'rejected not_sent',
		]);
		expect(receivedBy(setting.provider, 'createInvoice')).toBe(3);
	});
});
