import type { IRequestOptions } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { runNode, testCredential } from '../harness/index.mts';
import { probeNode } from '../facts/probes.mts';
import { HostileServer } from './hostileServer.mts';
import { accessOf, customRead, customSend, listAt, runAt, victims, type Victim } from './subjects.mts';

let provider: HostileServer;
let thief: HostileServer;
beforeAll(async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	provider = await HostileServer.start();
	thief = await HostileServer.start();
});
afterAll(async () => {
	await provider.stop();
	await thief.stop();
});

/** Runs n8n's HTTP Request node with our credential as predefined credential type. It follows every redirect. */
async function httpRequestNode(victim: Victim): Promise<void> {
	const { credential } = victim.parts;
	const description = { credentials: [{ name: credential.name, required: true }] };
	const node = probeNode(async function () {
		const options: IRequestOptions = {
			uri: `${provider.origin}/v1/anything`,
			method: 'POST',
			body: { a: 1 },
			headers: {},
			followRedirect: true,
			followAllRedirects: true,
			maxRedirects: 21,
			sendCredentialsOnCrossOriginRedirect: true,
		};
		await this.helpers.requestWithAuthentication.call(this, credential.name, options, undefined, 0);
		return [[]];
	});
	Object.assign(node.description, description);
	await runNode({ node, parameters: {}, ...accessOf(victim, provider.origin) });
}

const ways: Record<string, (victim: Victim) => Promise<unknown>> = {
	'what moves money': (victim) => runAt(victim, provider.origin, victim.money),
	'a custom read': (victim) => runAt(victim, provider.origin, customRead),
	'a custom request': (victim) => runAt(victim, provider.origin, customSend),
	'a drop-down': (victim) => listAt(victim, provider.origin).catch(() => undefined),
	'the test of the credential': async (victim) => {
		const { credential, node } = victim.parts;
		const { credentials } = accessOf(victim, provider.origin);
		await testCredential(node, credential.name, credentials[credential.name] ?? {});
	},
	'the HTTP Request node': httpRequestNode,
};

const cases = victims.flatMap((victim) =>
	Object.keys(ways).flatMap((way) =>
		[301, 302, 303, 307, 308].map((status): [string, string, number, Victim] => [
			victim.name,
			way,
			status,
			victim,
		]),
	),
);

it.each(cases)('%s: %s does not follow a %d to another host', async (_name, way, status, victim) => {
	provider.begin((response) => void response.writeHead(status, { location: `${thief.origin}/steal` }).end());
	thief.begin((response) => void response.end('{"code":"000000","status":"SUCCESS","data":{}}'));
	await ways[way]?.(victim);
	expect(provider.seen.length).toBeGreaterThan(0);
	expect(thief.seen).toEqual([]);
	// No redirect on the same host is followed either: the request was signed for one address.
	expect(new Set(provider.seen.map(({ url }) => url)).has('/steal')).toBe(false);
});

it.each(victims.map((victim) => [victim.name, victim] as const))(
	'%s: a payment that is answered with a redirect is unknown',
	async (_name, victim) => {
		provider.begin(
			(response) => void response.writeHead(307, { location: `${thief.origin}/steal` }).end('{}'),
		);
		const { error } = await runAt(victim, provider.origin, victim.money);
		expect(error?.message).toMatch(/may or may not have (moved|been carried out)/);
	},
);
