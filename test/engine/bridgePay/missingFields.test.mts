import type { INodeParameters } from 'n8n-workflow';
import { type BridgePaySetting, openBridgePay, payIn, payOut } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const invoices = [{ amount: '10' }, { amount: '20' }, { amount: '30' }];
const orderWith = (internalId: string): INodeParameters => payIn({}, { internalId });

it.each([
	['=inv_{{ $json.no }}', /`inv_` has an empty part|was made from a field that is not there/],
	["={{ 'inv_' + $json.no }}", /`inv_undefined` was made from a field that is not there/],
	["={{ 'inv_' + ($json.no ?? '') }}", /`inv_` has an empty part/],
	['={{ String($json.no) }}', /`undefined` was made from a field that is not there/],
])('three invoices under %s are none', async (internalId, message) => {
	const { error } = await setting.run(orderWith(internalId), { items: invoices });
	expect(error?.message).toMatch(message);
	expect(error?.message).toMatch(/Nothing was sent\. \[item 1\]$/);
	expect(setting.provider.requests).toHaveLength(0);
});

it.each([
	['a card as a number of 16 digits', { requisites: '={{ 4444444444444444 }}' }, /may already be rounded/],
	['a card as a spreadsheet shows it', { requisites: '4.44444E+15' }, /as a spreadsheet shows it/],
	['true as a card', { requisites: '={{ true }}' }, /is true, not text/],
	['a card with a space without width', { requisites: '4444\u200b4444' }, /nobody can see/],
])('no pay-out goes to %s', async (_what, recipient, message) => {
	const fields = { paymentRequisites: { recipient: { holder: 'Ivan', ...recipient } } };
	const { error } = await setting.run(payOut({}, fields), { items: [{ order: 'o-1', amount: '10' }] });
	expect(error?.message).toMatch(message);
	expect(setting.provider.requests).toHaveLength(0);
});
