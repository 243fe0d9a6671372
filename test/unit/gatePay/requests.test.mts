import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { authorized } from '../../../nodes/GatePay/authentication.ts';
import { gatePayContract } from '../../../sandbox/gatePay/index.mts';
import { describeRequests, requestOf, type RequestFixture } from '../requestFixtures.mts';
import { credential, own } from './requests/common.mts';
import { orders } from './requests/orders.mts';
import { otcAndPayouts } from './requests/otcAndPayouts.mts';
import { services } from './requests/services.mts';

const fixtures = [...otcAndPayouts, ...orders, ...services];

describeRequests(gatePay, own, fixtures);

const contract = gatePayContract();

/** Parameters that the node adds when it reads the pages of a list. */
const PAGES = new Set(['page', 'count', 'pageNo', 'pageSize', 'pageNum', 'cursor', 'limit']);

it.each(fixtures.map((one): [string, RequestFixture] => [`${one.operation} ${one.about ?? ''}`, one]))(
	'%s fits the contract',
	async (_name, fixture) => {
		const { method, url, headers, body } = await requestOf(gatePay, own, fixture);
		const { pathname, searchParams } = new URL(url);
		const operation = contract.operationOf(method, pathname);
		if (operation === undefined) throw new Error(`The contract has no ${method} ${pathname}`);
		const query = Object.fromEntries(searchParams);
		// Its filters are a form in the body of a GET, which n8n cannot send. The test checks them as that form.
		const isFormOfGet = operation === 'listPaymentOrders';
		const lowerCase = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
		);
		const { violations } = contract.checkParameters(operation, isFormOfGet ? {} : query, lowerCase);
		expect(violations.filter(({ field }) => !PAGES.has(field ?? ''))).toEqual([]);
		const given: unknown = isFormOfGet ? query : body?.toString('utf8');
		if (given === undefined || headers['Content-Type']?.startsWith('multipart')) return;
		const parsed: unknown = typeof given === 'string' ? JSON.parse(given) : given;
		expect(contract.checkBody(operation, parsed).violations).toEqual([]);
	},
);

it('goes with the signature over the bytes as they are', async () => {
	const [fixture] = services.filter(({ operation }) => operation === 'subscription.debit');
	if (!fixture) throw new Error('The fixtures are gone');
	const { method, url, headers, body } = await requestOf(gatePay, own, fixture);
	const fresh = { now: 1782864000000, nonce: 'a1B2c3D4e5F6g7H8' };
	const sent = authorized(credential, { method, url, headers, ...(body && { body }) }, fresh);
	expect(sent.body).toBe(body);
	expect(sent.headers).toMatchObject({
		...headers,
		'X-GatePay-Signature': expect.stringMatching(/^[0-9a-f]{128}$/),
	});
});
