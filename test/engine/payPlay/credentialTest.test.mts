import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';
import { PayPlayApi } from '../../../credentials/PayPlayApi.credentials.ts';
import { PayPlay } from '../../../nodes/PayPlay/PayPlay.node.ts';
import { openPayPlay, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const { test } = new PayPlayApi();

/** A node that tests the credential as n8n's CredentialsTester does: the request as a routed property, then the rules. */
function testNode(): INodeType {
	const { description } = new PayPlay();
	const routing = { request: test.request };
	const property = { displayName: 'Temp', name: 'temp', type: 'string' as const, routing, default: '' };
	return { description: { ...description, properties: [property] } };
}

async function testOf(change: ICredentialDataDecryptedObject = {}): Promise<string> {
	const { items, error } = await setting.run(
		{},
		{ node: testNode(), items: [{}], credentials: setting.credentials(change) },
	);
	if (error) return error.message;
	const answer: IDataObject = items[0]?.json ?? {};
	const broken = (test.rules ?? []).find(
		({ properties }) => 'key' in properties && answer[properties.key] === properties.value,
	);
	return broken?.properties.message ?? 'OK';
}

describe("the test of the credential, in n8n's routing", () => {
	it('passes for a token that PayPlay knows, without any slug', async () => {
		expect(await testOf({ paymentPageSlug: '', companySlug: '' })).toBe('OK');
		expect(setting.provider.requests.map(({ operation }) => operation)).toEqual(['listOrderStatuses']);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['a token that nobody has', { apiToken: 'nobody' }, /Authorization|401|Unauthenticated/],
		['a token with white space', { apiToken: 'nobody ' }, /white space around it/],
		['a base URL with a path', { baseUrl: 'https://api.payplay.io/v1' }, /must be the host alone/],
	])('tells %s', async (_case, change, message) => {
		expect(await testOf(change)).toMatch(message);
	});

	it('tells a host that is not PayPlay', async () => {
		setting.sandbox.fault({ operation: 'listOrderStatuses', kind: 'ok-but-wrong', body: 'html' });
		expect(await testOf()).toBe('This host does not answer as PayPlay does.');
	});
});
