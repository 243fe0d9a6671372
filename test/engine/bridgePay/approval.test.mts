import { credential, describeApproval, item, lookAlike, option, parameter } from '../approval.mts';
import { type BridgePaySetting, byId, openBridgePay, payOut, withdrawal } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

describe('the approval of a pay-out', () => {
	const requisites = (card: string, holder = 'Ivan Petrov') =>
		parameter({ paymentRequisites: { recipient: { requisites: card, holder } } });

	describeApproval(
		() => setting,
		() => ({
			parameters: payOut(
				{},
				{ paymentRequisites: { recipient: { requisites: '4444 4444 4444 4448', holder: 'Ivan Petrov' } } },
			),
			items: [{ order: 'A-77', amount: '1500.5' }],
		}),
		[
			['a larger amount', item({ amount: '1500.51' })],
			['a smaller amount', item({ amount: '150.5' })],
			['the same amount with another zero', item({ amount: '1500.50' })],
			['an amount with an exponent', item({ amount: '15005e-1' }), 'unfit'],
			['a negative amount', item({ amount: '-1500.5' }), 'unfit'],
			['white space behind the amount', item({ amount: '1500.5 ' }), 'unfit'],
			['another card', requisites('4444 4444 4444 4455')],
			['the card without its groups', requisites('4444444444444448')],
			['another holder', requisites('4444 4444 4444 4448', 'Petr Ivanov')],
			['a holder that looks alike', requisites('4444 4444 4444 4448', lookAlike('Ivan Petrov'))],
			['the holder in capitals', requisites('4444 4444 4444 4448', 'IVAN PETROV')],
			['no card', parameter({ paymentRequisites: {} }), 'unfit'],
			['another way of payment', parameter({ paymentOption: byId('TO_ACCOUNT') })],
			['another bank', parameter({ paymentMethod: byId('tinkoff') })],
			['another currency', parameter({ currency: byId('USD') })],
			['another reference', item({ order: 'A-78' })],
			['the reference in small letters', item({ order: 'a-77' })],
			['a reference that looks alike', item({ order: lookAlike('A-77') }), 'unfit'],
			['another place for notifications', parameter({ notificationUrl: 'https://example.com/other' })],
			['another user', option({ userId: 'user-2' })],
			['payment in parts', parameter({ matching: true, allowMatching: true })],
			['a pay-in instead', parameter({ operation: 'createPayIn', flow: 'direct' })],
			['another store', credential({ apiKey: 'another-api-key-of-another-store' })],
			['another host', credential({ baseUrl: 'https://bridge.example.com' })],
		],
	);
});

describe('the approval of a withdrawal', () => {
	const address = 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9';

	describeApproval(
		() => setting,
		() => ({ parameters: withdrawal(), items: [{ amount: '10.5' }] }),
		[
			['a larger amount', item({ amount: '10.51' })],
			['the same amount with another zero', item({ amount: '10.50' })],
			['another address', parameter({ address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G' })],
			['an address in other letters', parameter({ address: address.toLowerCase() })],
			['an address that looks alike', parameter({ address: lookAlike(address) }), 'unfit'],
			['another account', parameter({ accountId: byId('df2b175e-0aef-45e3-8d03-80881389901d') })],
			['another store', credential({ apiKey: 'another-api-key-of-another-store' })],
			['another host', credential({ baseUrl: 'https://bridge.example.com' })],
		],
	);
});
