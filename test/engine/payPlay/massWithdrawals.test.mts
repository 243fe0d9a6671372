import { describeOneByOne } from '../oneByOne.mts';
import { openPayPlay, withdrawalPerItem, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

describe('withdrawals to many recipients', () => {
	describeOneByOne(() => setting, {
		endpoint: 'createWithdrawal',
		parameters: (options) => ({
			...withdrawalPerItem(options),
			external_id: '={{ $json.payroll }}-{{ $json.person }}',
		}),
		isFound: false,
	});
});
