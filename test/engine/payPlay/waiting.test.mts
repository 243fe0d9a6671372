import type { SimulatedTime } from '../../simulatedTime.mts';
import { passingTime, SECOND_MS, waitUntil } from '../passingTime.mts';
import {
	byId,
	cryptoOrderPerItem,
	openPayPlay,
	withdrawalPerItem,
	withdrawals,
	type PayPlaySetting,
} from './setting.mts';

let setting: PayPlaySetting;
let time: SimulatedTime;
beforeAll(async () => {
	setting = await openPayPlay();
	time = passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

it('a withdrawal is waited for by its transaction', async () => {
	const { items: made } = await setting.run(withdrawalPerItem(), { items: withdrawals('w-1') });
	const id = String(made[0]?.json.id);
	time.after(40 * SECOND_MS, () => setting.provider.act('completeTransaction', id));
	const parameters = waitUntil('transaction', 'waitUntilFinal', { transactionId: id });
	const { items, error } = await setting.run(parameters, { items: [{}] });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ id, status: 'succeeded', final: true, timedOut: false });
});

describe('an order', () => {
	const make = async () => {
		const { items } = await setting.run(cryptoOrderPerItem(), {
			items: [{ reference: 'r-1', amount: '10' }],
		});
		const id = String(items[0]?.json.id);
		setting.provider.act('chooseCoin', id);
		return id;
	};

	it.each(['order', 'cryptoOrder'])('is final when it is complete (%s)', async (resource) => {
		const id = await make();
		time.after(40 * SECOND_MS, () => setting.provider.act('payOrder', id));
		const parameters = waitUntil(resource, 'waitUntilFinal', { orderId: byId(id) });
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ id, status: 'succeeded', final: true, timedOut: false });
	});

	it('that was declined is not: a payment that comes late wins', async () => {
		const id = await make();
		setting.provider.act('declineOrder', id);
		const parameters = waitUntil('cryptoOrder', 'waitUntilFinal', { orderId: byId(id) });
		const { items } = await setting.run(parameters, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ status: 'failed', final: false, timedOut: true });
	});
});
