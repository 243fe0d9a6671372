import { createServer, type Server } from 'node:https';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { catalogue, type Parts } from '../catalogue.mts';
import { secretsOf } from '../secrets.mts';
import { selfSigned } from './facts/certificate.mts';
import { testCredential } from './harness/index.mts';

let sandbox: Sandbox;
let selfMade: Server;
beforeAll(async () => {
	sandbox = await startSandbox({ autopilot: false });
	const { key, cert } = selfSigned();
	const pem = key.export({ type: 'pkcs8', format: 'pem' });
	selfMade = createServer({ key: pem, cert }, (_request, response) => response.end('{}'));
	await new Promise<void>((resolve) => void selfMade.listen(0, '127.0.0.1', resolve));
});
afterEach(() => sandbox.reset());
afterAll(async () => {
	await sandbox.close();
	await new Promise((resolve) => void selfMade.close(resolve));
});

/** What a person types beside the values that the sandbox's account has. */
const typed: Record<string, ICredentialDataDecryptedObject> = {
	gatePay: { onBehalfOf: '' },
	okiPays: { requestIdUnit: 'milliseconds' },
	rapira: { token: '' },
};

/** A value that nobody has, in a form that the credential takes, and what the provider says about it. */
const wrong: Record<string, Array<[string, ICredentialDataDecryptedObject, RegExp]>> = {
	gatePay: [
		['secret', { paymentSecret: 'nobody-has-this-secret' }, /Is it the Payment API Secret/],
		['client', { clientId: 'nobody' }, /Check the Client ID in the credential/],
	],
	bridgePay: [
		['key', { apiKey: 'nobody' }, /Check/],
		['secret', { secret: 'nobody-has-this-secret' }, /Check/],
	],
	okiPays: [
		['token', { token: 'nobody' }, /Check/],
		['secret', { secret: 'nobody-has-this-secret' }, /Check/],
	],
	payPlay: [['token', { apiToken: 'nobody' }, /Check the Private API Token in the credential/]],
	rapira: [['UID', { uid: '11111111-0000-4000-8000-000000000000' }, /Check UID and Private Key/]],
};

function valuesOf({ provider: { name } }: Parts): ICredentialDataDecryptedObject {
	const running = sandbox.providers[name];
	if (!running) throw new Error(`The sandbox has no ${name}`);
	return { ...Object(running.account), ...typed[name], baseUrl: running.url };
}

async function tested(parts: Parts, change: ICredentialDataDecryptedObject = {}) {
	const { node, credential } = parts;
	const data = { ...valuesOf(parts), ...change };
	const result = await testCredential(node, credential.name, data);
	for (const secret of secretsOf(credential, data)) expect(result.message).not.toContain(secret);
	return result;
}

const all = catalogue.map((parts) => [parts.provider.displayName, parts] as const);

describe.each(all)('the test of the credential of %s', (title, parts) => {
	const { provider, node, triggers, credential } = parts;
	const sandboxed = () => sandbox.providers[provider.name];

	it('accepts what the provider knows, again and again, and changes nothing', async () => {
		for (let round = 1; round <= 3; round += 1) {
			expect(await tested(parts)).toEqual({ status: 'OK', message: `${title} accepted the credential` });
		}
		expect(sandboxed()?.books.entries).toEqual([]);
	});

	it('is the same from each node that uses the credential', async () => {
		for (const each of triggers) {
			expect(await testCredential(each, credential.name, valuesOf(parts))).toMatchObject({ status: 'OK' });
		}
		expect(Object.keys(node.methods?.credentialTest ?? {})).toHaveLength(1);
	});

	it.each(wrong[provider.name] ?? [])(
		'says that the %s is wrong, and what to do',
		async (_case, change, step) => {
			const { status, message } = await tested(parts, change);
			expect([status, message]).toEqual(['Error', expect.stringMatching(/refused the (credential|login)/)]);
			expect(message).toMatch(step);
		},
	);

	it.each(['connection-refused', 'dns', 'tls-handshake'] as const)(
		'says that %s kept it away',
		async (kind) => {
			const baseUrl = sandboxed()?.brokenAddresses[kind] ?? '';
			const { status, message } = await tested(parts, { baseUrl });
			const reasons = {
				'connection-refused': 'the connection was refused',
				dns: 'the host name',
				'tls-handshake': 'TLS',
			};
			expect(status).toBe('Error');
			expect(message).toContain(reasons[kind]);
			expect(message).toContain(new URL(baseUrl).origin);
			expect(message).toContain('Check the Base URL');
			expect(message).not.toMatch(/E[A-Z]{5,}/);
		},
	);

	it('says that a certificate is not trusted', async () => {
		const address = selfMade.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		const { message } = await tested(parts, { baseUrl: `https://127.0.0.1:${port}` });
		expect(message).toMatch(/the TLS certificate is (signed by itself|not trusted)/);
		expect(message).toContain('Check the Base URL');
	});

	it('says that the host is another one', async () => {
		const other = provider.name === 'gatePay' ? sandbox.okiPays : sandbox.gatePay;
		const { status, message } = await tested(parts, { baseUrl: other.url });
		expect(status).toBe('Error');
		expect(message).toMatch(/does not answer as|refused|no answer/);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['a base URL with a path', { baseUrl: 'https://example.com/v1' }, /must be the host alone/],
		['an empty base URL', { baseUrl: '' }, /Base URL/],
	])('says what is wrong with %s before anything is sent', async (_case, change, words) => {
		const { status, message } = await tested(parts, change);
		expect([status, message]).toEqual(['Error', expect.stringMatching(words)]);
	});
});
