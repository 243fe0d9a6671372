import SHA256 from 'crypto-js/sha256.js';
import { authorized } from '../../../nodes/OkiPays/authentication.ts';
import { account } from '../../../nodes/OkiPays/account.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { describeRequests, requestOf } from '../requestFixtures.mts';
import { fixtures } from './requestFixtures.mts';

const credential = {
	token: 'fixture-token',
	secret: 'okipays-demo-secret',
	baseUrl: 'https://api.okipays.com',
};
const own = account(credential);

// An order needs as many fixtures as a payment.
describeRequests(okiPays, own, fixtures, ({ referenceField }) => (referenceField === undefined ? 1 : 3));

it('on the wire has the id behind the rest, and the signature of exactly that', async () => {
	const [, , get, create] = fixtures;
	if (!get || !create) throw new Error('The fixtures are gone');
	const wire = async (fixture: typeof get) => {
		const { method, url, headers, body } = await requestOf(okiPays, own, fixture);
		return authorized(credential, { method, url, headers, ...(body && { body }) }, 1_610_097_140_116);
	};
	const sent = [await wire(create), await wire(get)];
	expect(sent.map(({ body }) => String(body))).toEqual([
		'{"order_id":1042,"payment_currency_iso":"USD","price":15,"include_commission":1,"request_id":"1610097140116"}',
		'{"order_id":1042,"request_id":"1610097140117"}',
	]);
	expect(sent.map(({ headers }) => headers)).toEqual(
		['11042USD151610097140116', '10421610097140117'].map((values) => ({
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'X-Auth-Token': credential.token,
			'X-Auth-Sign': SHA256(`${values}${credential.secret}`).toString(),
		})),
	);
});
