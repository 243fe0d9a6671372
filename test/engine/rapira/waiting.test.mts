import type { IDataObject } from 'n8n-workflow';
import type { SimulatedTime } from '../../simulatedTime.mts';
import { passingTime, SECOND_MS, waitUntil } from '../passingTime.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { openRapira, payoutPerItem, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
let time: SimulatedTime;
beforeAll(async () => {
	setting = await openRapira();
	time = passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const pay = async (...names: string[]): Promise<IDataObject[]> => {
	const { items } = await setting.run(payoutPerItem(), { items: payouts(...names) });
	return items.map(({ json }) => ({ id: json.id }));
};
const waitForPayout = waitUntil('payout', 'waitUntilFinal', {
	withdrawRecordId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
});

it.each([
	['completePayout', 'succeeded'],
	['rejectPayout', 'failed'],
	['cancelPayout', 'cancelled'],
])('a payout is final after %s, also when the session ended meanwhile', async (action, status) => {
	const items = await pay('TA1');
	const id = String(items[0]?.id);
	time.after(20 * SECOND_MS, () => setting.provider.act('revokeTokens', 'account'));
	time.after(60 * SECOND_MS, () => {
		if (action === 'rejectPayout') setting.provider.act('advancePayout', id);
		setting.provider.act(action, id);
	});
	const { items: out, error } = await setting.run(waitForPayout, { items });
	expect(error).toBeUndefined();
	expect(out[0]?.json).toMatchObject({ id, status, final: true, timedOut: false });
});

it('a key that is not known is refused at once', async () => {
	const items = await pay('TA1');
	const begun = time.passed();
	const credentials = setting.credentials({ uid: 'nobody' });
	const { error } = await setting.run(waitForPayout, { items, credentials });
	expect(error?.message).toContain('refused the login');
	expect(time.passed() - begun).toBeLessThan(10 * SECOND_MS);
});

it('three payouts come out in their order, whichever was final first', async () => {
	const items = await pay('TA1', 'TA2', 'TA3');
	items.forEach(({ id }, index) =>
		time.after((90 - 30 * index) * SECOND_MS, () => setting.provider.act('completePayout', String(id))),
	);
	const begun = time.passed();
	const { items: out } = await setting.run(waitForPayout, { items });
	expect(out.map(({ json }) => json.address)).toEqual(
		['TA1', 'TA2', 'TA3'].map((name) => addressOf('TRX', name)),
	);
	expect(out.filter(({ json }) => json.final === true)).toHaveLength(3);
	expect(time.passed() - begun).toBeLessThan(140 * SECOND_MS);
});
