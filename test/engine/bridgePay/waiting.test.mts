import type { IDataObject } from 'n8n-workflow';
import type { SimulatedTime } from '../../simulatedTime.mts';
import { passingTime, SECOND_MS, waitUntil } from '../passingTime.mts';
import { openBridgePay, orders, payIn, withdrawal, type BridgePaySetting } from './setting.mts';

let setting: BridgePaySetting;
let time: SimulatedTime;
beforeAll(async () => {
	setting = await openBridgePay();
	time = passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const idOf = (items: Array<{ json: IDataObject }>) => String(items[0]?.json.id);

describe('an invoice', () => {
	it.each([
		['completeInvoice', 'succeeded'],
		['cancelInvoice', 'cancelled'],
		['expireInvoice', 'expired'],
	])('is final after %s, asked by either reference', async (action, status) => {
		const id = idOf((await setting.run(payIn(), { items: orders('A-1') })).items);
		time.after(40 * SECOND_MS, () => setting.provider.act(action, id));
		const [one, other] = await Promise.all([
			setting.run(waitUntil('invoice', 'waitUntilFinal', { id }), { items: [{}] }),
			setting.run(waitUntil('invoice', 'waitUntilFinalByInternalId', { internalId: 'A-1' }), {
				items: [{}],
			}),
		]);
		expect(one.error).toBeUndefined();
		expect(one.items[0]?.json).toMatchObject({ kind: 'payIn', id, status, final: true, timedOut: false });
		expect(other.items[0]?.json).toEqual(one.items[0]?.json);
	});

	it('in a dispute is not', async () => {
		const id = idOf((await setting.run(payIn(), { items: orders('A-1') })).items);
		const invoice = setting.provider.state.invoices.find((each) => each.id === id);
		if (!invoice) throw new Error('The sandbox does not have the invoice');
		invoice.status = 'dispute';
		const { items } = await setting.run(waitUntil('invoice', 'waitUntilFinal', { id }), { items: [{}] });
		expect(items[0]?.json).toMatchObject({ status: 'action_required', final: false, timedOut: true });
	});
});

it('a withdrawal is final when it has its transaction hash', async () => {
	const created = await setting.run(withdrawal(), { items: orders('A-1') });
	expect(created.error).toBeUndefined();
	const id = idOf(created.items);
	time.after(40 * SECOND_MS, () => setting.provider.act('sendWithdrawal', id));
	const { items } = await setting.run(waitUntil('withdrawal', 'waitUntilFinal', { id }), { items: [{}] });
	expect(items[0]?.json).toMatchObject({ kind: 'withdrawal', txHash: expect.any(String), timedOut: false });
});
