import { authorized } from '../../../nodes/PayPlay/authentication.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { describeRequests, requestOf } from '../requestFixtures.mts';
import { fixtures } from './requestFixtures.mts';

const credential = {
	apiToken: 'fixture-token',
	paymentPageSlug: 'my-shop',
	companySlug: 'my-company',
	baseUrl: 'https://api.payplay.io',
};
const own = payPlay.account(credential);

// An order needs as many fixtures as a payment.
describeRequests(payPlay, own, fixtures, ({ effect }) => (effect === 'read' ? 1 : 3));

it('goes with the token, and with the bytes as they are', async () => {
	const [fixture] = fixtures.filter(({ operation }) => operation === 'withdrawal.create');
	if (!fixture) throw new Error('The fixtures are gone');
	const { method, url, headers, body } = await requestOf(payPlay, own, fixture);
	const sent = authorized(credential, { method, url, headers, ...(body && { body }) });
	expect(sent.headers).toEqual({
		Accept: 'application/json',
		'Content-Type': 'application/json',
		Authorization: 'Bearer fixture-token',
	});
	expect(sent.body).toBe(body);
	expect(sent.url).toBe(url);
});
