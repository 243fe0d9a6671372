import { describeOneByOne } from '../oneByOne.mts';
import { type BridgePaySetting, openBridgePay, payOut } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

describe('pay-outs to many recipients', () => {
	describeOneByOne(() => setting, {
		endpoint: 'createInvoice',
		parameters: (options) => payOut(options, { internalId: '={{ $json.payroll }}-{{ $json.person }}' }),
		isFound: true,
	});
});
