import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';
import { OkiPaysApi } from '../../../credentials/OkiPaysApi.credentials.ts';
import { OkiPays } from '../../../nodes/OkiPays/OkiPays.node.ts';
import { takeLeaks } from '../harness/index.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const { test } = new OkiPaysApi();

/** A node that tests the credential as n8n's CredentialsTester does: the request as a routed property, then the rules. */
function testNode(): INodeType {
	const { description } = new OkiPays();
	const routing = { request: test.request };
	const property = { displayName: 'Temp', name: 'temp', type: 'string' as const, routing, default: '' };
	return { description: { ...description, properties: [property] } };
}

async function testOf(change: ICredentialDataDecryptedObject = {}): Promise<string> {
	const { items, error } = await setting.run(
		{},
		{ node: testNode(), items: [{}], credentials: setting.credentials(change) },
	);
	// The answer repeats the token. n8n keeps it in memory only, because it saves no execution of a test.
	takeLeaks();
	if (error) return error.message;
	const answer: IDataObject = items[0]?.json ?? {};
	const failed = (test.rules ?? []).find(
		({ properties }) => 'key' in properties && answer[properties.key] === properties.value,
	);
	return failed?.properties.message ?? 'OK';
}

describe("the test of the credential, in n8n's routing", () => {
	it('passes for a credential that OkiPays knows, and creates nothing', async () => {
		expect(await testOf()).toBe('OK');
		expect(setting.provider.requests.map(({ operation }) => operation)).toEqual(['getOrder']);
		expect(setting.provider.books.entries).toEqual([]);
	});

	it('passes again and again, and between other calls: its ids grow with theirs', async () => {
		for (let round = 1; round <= 3; round += 1) {
			expect(await testOf()).toBe('OK');
			const { error } = await setting.run(orderPerItem(), { items: orders(round) });
			expect(error).toBeUndefined();
		}
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['a token that nobody has', { token: 'nobody' }, /refused the call \(401\)/],
		['a wrong secret', { secret: 'wrong' }, /refused the call \(code 5\)/],
		['a secret with white space', { secret: 'wrong ' }, /white space around it/],
		['a base URL with a path', { baseUrl: 'https://api.okipays.com/v1' }, /must be the host alone/],
	])('tells %s', async (_case, change, message) => {
		expect(await testOf(change)).toMatch(message);
	});

	it('tells a host that is not OkiPays', async () => {
		setting.sandbox.fault({ operation: 'getOrder', kind: 'bad-gateway' });
		expect(await testOf()).toBe('This host does not answer as OkiPays does.');
		setting.sandbox.fault({ operation: 'getOrder', kind: 'ok-but-wrong', body: 'html' });
		expect(await testOf()).toBe('This host does not answer as OkiPays does.');
	});
});
