import type { IExecuteFunctions } from 'n8n-workflow';
import { findOperation } from '../../../core/provider/operation.ts';
import { readParameters } from '../../../core/fields/parameters.ts';
import { account } from '../../../nodes/BridgePay/account.ts';
import { authorized } from '../../../nodes/BridgePay/authentication.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { sign } from '../../../nodes/BridgePay/signing.ts';
import { describeRequests, requestOf, type RequestFixture } from '../requestFixtures.mts';
import { fixtures } from './requestFixtures.mts';
import { base, secret } from './vectors.mts';

const credential = {
	baseUrl: base,
	apiKey: 'fixture-key',
	secret,
	notificationToken: 'fixture-notification-token',
	totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
};
const own = account(credential);

/** The fixture as the node reads it: hidden fields have their defaults, and fields of another flow are left out. */
function asRead(fixture: RequestFixture): RequestFixture {
	const operation = findOperation(bridgePay.resources, fixture.operation);
	if (!operation) throw new Error(`There is no operation ${fixture.operation}`);
	const node = {
		getNode: () => ({ parameters: {} }),
		getNodeParameter(name: string, _item: number, fallback: unknown) {
			if (name === 'options') return fixture.options ?? {};
			const field = operation.fields?.find((one) => one.name === name);
			// n8n adds a mark to the default of a resource locator.
			const unset =
				field?.type === 'resourceLocator' ? { __rl: true, mode: 'list', value: '' } : field?.default;
			return fixture.fields?.[name] ?? unset ?? fallback;
		},
	};
	const { fields } = readParameters(node as unknown as IExecuteFunctions, operation, 0);
	return { ...fixture, fields };
}

// An invoice needs as many fixtures as a payment.
describeRequests(bridgePay, own, fixtures.map(asRead), ({ effect, referenceField }) =>
	effect === 'money' || (effect === 'write' && referenceField !== undefined) ? 3 : 1,
);

/** A moment with a test vector in RFC 6238, in milliseconds. */
const now = 1_111_111_109_000;

async function onTheWire(wanted: (fixture: RequestFixture) => boolean) {
	const fixture = fixtures.find(wanted);
	if (!fixture) throw new Error('The fixture is gone');
	const { method, url, headers, body } = await requestOf(bridgePay, own, asRead(fixture));
	return authorized(credential, { method, url, headers, ...(body && { body }) }, { now });
}

it('on the wire has the token of the credential, and the signature of exactly that', async () => {
	const sent = await onTheWire(({ about }) => about === 'to a card of any bank, in Cyrillic');
	const body =
		'{"type":"out","notificationToken":"fixture-notification-token","internalId":"order-1042","amount":"1500.50","currency":"RUB","paymentOption":"TO_CARD","paymentMethod":"unknown","paymentRequisites":{"holder":"Иван \\"Ваня\\" Петров","requisites":"4444 4444 4444 4444"},"notificationUrl":"https://example.com/hook"}';
	expect(String(sent.body)).toBe(body);
	expect(sent.headers).toEqual({
		Accept: 'application/json',
		'Content-Type': 'application/json',
		'X-Identity': 'fixture-key',
		'X-Signature': sign(secret, { method: 'POST', url: `${base}/api/merchant/invoices`, body }),
	});
});

it('on the wire has the code of the moment, or the one that was typed', async () => {
	const made = await onTheWire(({ about }) => about === 'with a code of the credential');
	expect(String(made.body)).toContain('"code2FA":"081804"');
	const typed = await onTheWire(({ about }) => about === 'with a code that was typed');
	expect(String(typed.body)).toContain('"code2FA":"012345"');
});

it('signs nothing of a form, and sends the bytes as they are', async () => {
	const sent = await onTheWire(({ operation }) => operation === 'invoice.confirmTransfer');
	expect(sent.headers?.['X-Signature']).toBe('qWUYfRU20a4b/J4kz37+HiTppk0=');
	expect(sent.headers?.['Content-Type']).toBe('multipart/form-data; boundary=fixture-boundary');
});
