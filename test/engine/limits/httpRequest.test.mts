import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import type { ProviderName } from '../../../sandbox/index.mts';
import { openBridgePay } from '../bridgePay/setting.mts';
import { openGatePay } from '../gatePay/setting.mts';
import { openOkiPays } from '../okiPays/setting.mts';
import { openPayPlay } from '../payPlay/setting.mts';
import { openRapira } from '../rapira/setting.mts';
import type { Setting } from '../setting.mts';

type Open = () => Promise<Setting<ProviderName>>;

const providers: Array<[string, Open]> = [
	['BridgePay', openBridgePay as Open],
	['Gate Pay', openGatePay as Open],
	['OkiPays', openOkiPays as Open],
	['PayPlay', openPayPlay as Open],
	['Rapira', openRapira as Open],
];

const LIMITS: ICredentialDataDecryptedObject[] = [
	{ paymentsOff: true },
	{ paymentsOff: true, customRequests: 'all' },
	{ mostPerPayment: 'USDT 10' },
	{ mostPerRun: 'USDT 10' },
	{ allowedRecipients: 'T1' },
	{ approvalFrom: 'USDT 10' },
	{ customRequests: 'reads' },
	{ mostPerPayment: 'USDT 1,000', customRequests: 'all' },
];

describe.each(providers)("n8n's HTTP Request node with the credential of %s", (_name, open) => {
	let setting: Setting<ProviderName>;
	beforeAll(async () => {
		setting = await open();
	});
	afterAll(() => setting.close());

	async function sign(limits: ICredentialDataDecryptedObject, given: object): Promise<unknown> {
		const [[type = '', credentials] = []] = Object.entries(setting.credentials(limits));
		const authenticate = setting.credentialTypes[type]?.authenticate;
		if (typeof authenticate !== 'function' || !credentials) throw new TypeError('no credential to sign with');
		const options = { uri: `${setting.provider.url}/v1/pay/withdraw`, headers: {}, ...given };
		return await authenticate(credentials, options as unknown as IHttpRequestOptions);
	}

	const writes = ['POST', 'post', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => ({
		method,
		body: {},
	}));
	const hidden = ['X-HTTP-Method-Override', 'x-http-method', 'X-METHOD-OVERRIDE'].map((name) => ({
		method: 'GET',
		headers: { [name]: 'POST' },
	}));

	const inQuery = [{ _method: 'POST' }, { 'x-http-method-override': 'PUT' }].map((qs) => ({
		method: 'GET',
		qs,
	}));
	const others = [{ method: 'GET ' }, { method: 'GETS' }, { method: 'TRACE' }, { method: 'PROPFIND' }];

	it.each(
		LIMITS.flatMap((limits) =>
			[...writes, ...hidden, ...inQuery, ...others].map((given) => [limits, given] as const),
		),
	)('with %j signs no %j', async (limits, given) => {
		await expect(sign(limits, given)).rejects.toThrow(
			'The limits of the credential let this node send only GET',
		);
	});

	it.each(LIMITS)('with %j still reads', async (limits) => {
		const { message } = await sign(limits, { method: 'GET' }).then(
			() => ({ message: '' }),
			(cause: Error) => cause,
		);
		// Rapira's token comes from n8n before it signs, which is not part of this test.
		expect(message).toMatch(/^$|n8n has not signed in/);
	});

	it.each<ICredentialDataDecryptedObject>([
		{},
		{ mostPerPayment: 'USDT 10', customRequests: 'all' },
		{ aiAgents: 'within' },
	])('with %j signs a POST as before', async (limits) => {
		const refused = await sign(limits, { method: 'POST', body: { a: 1 } }).then(
			() => '',
			(cause: Error) => cause.message,
		);
		expect(refused).toMatch(/^$|n8n has not signed in/);
	});
});

it("OkiPays' own test of the credential works with limits, and no other POST", async () => {
	const setting = await openOkiPays();
	const [[type = '', credentials] = []] = Object.entries(setting.credentials({ mostPerPayment: 'USDT 10' }));
	const authenticate = setting.credentialTypes[type]?.authenticate;
	if (typeof authenticate !== 'function' || !credentials) throw new TypeError('no credential to sign with');
	const post = (path: string) =>
		authenticate(credentials, {
			method: 'POST',
			url: `${setting.provider.url}${path}`,
			body: { order_id: 1 },
		});
	await expect(post('/v1/order/get')).resolves.toMatchObject({ headers: expect.anything() });
	for (const path of ['/v1/order/create', '/v1/order/get/', '/v1/order/get%2f..', '/v1//order/get']) {
		await expect(post(path)).rejects.toThrow('only GET');
	}
	await setting.close();
});
