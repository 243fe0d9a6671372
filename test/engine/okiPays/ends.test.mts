import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { reachesEveryEnd, type Reach } from '../ends.mts';
import { passingTime } from '../passingTime.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
	passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const order =
	(...actions: string[]): Reach =>
	async () => {
		await setting.run(orderPerItem(), { items: orders(7) });
		for (const action of actions) setting.provider.act(action, '7');
		return { order_id: '7' };
	};

reachesEveryEnd('okiPays', {
	setting: () => setting,
	resources: okiPays.resources,
	ends: {
		'order.waitUntilFinal': {
			Completed: order('chooseCoin', 'payInFull', 'complete'),
			'Completed after Overpayment': order('chooseCoin', 'payDouble', 'complete'),
			Cancelled: order('cancel'),
			Deleted: order('deleteOrder'),
		},
	},
});
