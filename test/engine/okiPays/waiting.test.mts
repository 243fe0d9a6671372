import type { SimulatedTime } from '../../simulatedTime.mts';
import { passingTime, SECOND_MS, waitUntil } from '../passingTime.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
let time: SimulatedTime;
beforeAll(async () => {
	setting = await openOkiPays();
	time = passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const waitForOrder = waitUntil('order', 'waitUntilFinal', { order_id: '={{ $json.order }}' });

it('an order that is paid is waited for until it is completed', async () => {
	await setting.run(orderPerItem(), { items: orders(7) });
	for (const action of ['chooseCoin', 'payInFull']) setting.provider.act(action, '7');
	time.after(90 * SECOND_MS, () => setting.provider.act('complete', '7'));
	const begun = time.passed();
	const { items, error } = await setting.run(waitForOrder, { items: orders(7) });
	expect(error).toBeUndefined();
	expect(time.passed() - begun).toBeGreaterThanOrEqual(90 * SECOND_MS);
	expect(items[0]?.json).toMatchObject({ reference: '7', status: 'succeeded', final: true, timedOut: false });
});

it('an expired order is not final: a late payment can still settle it', async () => {
	await setting.run(orderPerItem(), { items: orders(7) });
	setting.provider.act('expire', '7');
	const { items } = await setting.run({ ...waitForOrder, maximumWait: 1 }, { items: orders(7) });
	expect(items[0]?.json).toMatchObject({ status: 'expired', final: false, timedOut: true });
});

it('a hundred orders are waited for side by side, within four requests a second', async () => {
	const numbers = Array.from({ length: 100 }, (_one, index) => index + 1);
	const { error: failed } = await setting.run(orderPerItem({ checkFirst: false }), {
		items: orders(...numbers),
	});
	expect(failed).toBeUndefined();
	// The last order is final first.
	for (const number of numbers) {
		time.after((160 - number) * SECOND_MS, () => setting.provider.act('cancel', String(number)));
	}
	const sent: number[] = [];
	const begun = time.passed();
	const { items, error } = await setting.run(waitForOrder, {
		items: orders(...numbers),
		network: () => void sent.push(time.passed()),
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.reference)).toEqual(numbers.map(String));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(numbers.map((number) => ({ item: number - 1 })));
	expect(items.filter(({ json }) => json.final === true && json.timedOut === false)).toHaveLength(100);
	expect(time.passed() - begun).toBeLessThan(240 * SECOND_MS);
	expect(sent.length).toBeGreaterThan(200);
	expect(sent.length).toBeLessThan(1000);
	expect(sent.filter((at, index) => at - (sent[index - 4] ?? -SECOND_MS) < SECOND_MS)).toEqual([]);
});
