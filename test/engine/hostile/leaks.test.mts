import type { ServerResponse } from 'node:http';
import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { markedCredentials, markedSession } from '../../markedCredentials.mts';
import { secretsOf, spellings } from '../../secrets.mts';
import { nodeOf, runNode, searchFor, takeLeaks } from '../harness/index.mts';
import { HostileServer, type Seen } from './hostileServer.mts';
import { accessOf, customRead, customSend, listAt, runAt, victims, type Victim } from './subjects.mts';

let server: HostileServer;
beforeAll(async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	server = await HostileServer.start();
});
afterAll(() => server.stop());

const names = victims.map((victim) => [victim.name, victim] as const);

describe('the guard', () => {
	const [victim] = victims;
	if (!victim) throw new Error('No provider');
	const [secret = ''] = secretsOf(victim.parts.credential, accessOf(victim, '').credentials.gatePayApi ?? {});

	/** Runs a node that leaks its secret in this way, and returns what the guard found. */
	async function found(leak: (this: IExecuteFunctions, text: string) => unknown, text = secret) {
		const node = nodeOf('leak', async function () {
			return [[{ json: { told: leak.call(this, text) ?? null } as never }]];
		});
		await runNode({ node, parameters: {}, ...accessOf(victim, 'https://api.example.com') });
		return takeLeaks();
	}

	it.each(spellings(secret).filter((one) => !one.includes('\\\\')))(
		'finds a secret that a node puts out as %p',
		async (spelling) => {
			expect((await found((text) => text, spelling)).length).toBeGreaterThan(0);
			expect((await found((text) => ({ deep: [`a${text}b`] }), spelling)).length).toBeGreaterThan(0);
		},
	);

	it('knows more than one spelling', () => {
		expect(spellings(secret).length).toBeGreaterThan(7);
		expect(spellings(secret)).toContain(Buffer.from(secret).toString('hex'));
		const basic = Buffer.from(`user:${secret}:more`).toString('base64');
		expect(spellings(secret).some((spelling) => basic.includes(spelling))).toBe(true);
	});

	it('finds it in what is thrown, in the log and on the console', async () => {
		const thrown = (text: string) => {
			throw new Error(`The header was ${text}`);
		};
		expect((await found(thrown)).length).toBeGreaterThan(0);
		const logged = function (this: IExecuteFunctions, text: string) {
			this.logger.warn('said', { header: text });
		};
		expect((await found(logged)).length).toBeGreaterThan(0);
		const silent = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
		expect((await found((text) => console.info(text))).length).toBeGreaterThan(0);
		silent.mockRestore();
	});

	it('finds one line of a key, and nothing in an innocent run', async () => {
		const rapira = victims.find(({ name }) => name === 'rapira');
		const values = markedCredentials.rapira ?? {};
		const secrets = rapira ? secretsOf(rapira.parts.credential, values) : [];
		const line = String(values.privateKey).split('\n')[3];
		searchFor(secrets, [{ message: `-----${line}-----` }]);
		expect(takeLeaks().length).toBeGreaterThan(0);
		expect(await found(() => 'nothing')).toEqual([]);
	});
});

/** Everything in a request, as a careless server repeats it. */
const told = ({ method, url, headers, body }: Seen) => JSON.stringify({ method, url, headers, body });
const quoted = (seen: Seen) => JSON.stringify(`You sent ${seen.headers.authorization ?? ''} ${told(seen)}`);

const answers: Record<string, (response: ServerResponse, seen: Seen) => void> = {
	'a page that shows the request': (response, seen) =>
		void response
			.writeHead(502, { 'content-type': 'text/html' })
			.end(`<html><pre>${told(seen)}</pre></html>`),
	'a 401 that shows the request': (response, seen) =>
		void response
			.writeHead(401)
			.end(`{"message":${quoted(seen)},"error":${quoted(seen)},"status":false,"code":${quoted(seen)}}`),
	'a refusal that quotes it': (response, seen) =>
		void response
			.writeHead(400)
			.end(
				`{"status":"FAIL","code":"400001","label":"L","errorMessage":${quoted(seen)},"message":${quoted(seen)},"error":${quoted(seen)}}`,
			),
	'a refusal by a boolean': (response, seen) =>
		void response.writeHead(400).end(`{"status":false,"code":5,"error":${quoted(seen)}}`),
	'a refusal as a list': (response, seen) =>
		void response.writeHead(422).end(`{"message":${quoted(seen)},"errors":{"a":[${quoted(seen)}]}}`),
	'a list of messages': (response, seen) => void response.writeHead(404).end(`[{"message":${quoted(seen)}}]`),
	'a success that quotes it': (response, seen) =>
		void response.end(
			`{"status":"SUCCESS","code":"000000","success":true,"id":"1","order":{"id":"1","status":${quoted(seen)}},"data":{"status":${quoted(seen)},"note":${told(seen)}}}`,
		),
	'a success of another kind': (response, seen) =>
		void response.end(`{"status":true,"token":"t","data":{"status":${quoted(seen)},"link":${quoted(seen)}}}`),
	'a bare object': (response, seen) =>
		void response.end(`{"id":"1","status":${quoted(seen)},"withdrawRecordId":7,"address":${quoted(seen)}}`),
	'a redirect with it in the address': (response, { headers }) =>
		void response
			.writeHead(302, { location: `/?t=${encodeURIComponent(String(headers['x-auth-token']))}` })
			.end(),
	'half an answer': (response, seen) => {
		response.writeHead(200, { 'content-length': '100000' });
		response.write(told(seen), () => response.socket?.destroy());
	},
};

/** Secrets that only the provider may see. A signature is not here: it is new each time. */
const sessionSecrets = [markedSession];

describe.each(names)('%s', (_name, victim) => {
	it.each(Object.keys(answers))('gives nothing away after %s', async (way) => {
		server.begin((response, seen) => answers[way]?.(response, seen));
		for (const parameters of [victim.money, customRead, customSend]) {
			const { saved, error } = await runAt(victim, server.origin, parameters);
			searchFor(sessionSecrets, [saved, error]);
			const more = await runAt(victim, server.origin, parameters, {
				settings: { onError: 'continueRegularOutput' },
			});
			searchFor(sessionSecrets, [more.saved]);
		}
		await listAt(victim, server.origin).catch((error: unknown) => searchFor(sessionSecrets, [error]));
		expect(server.seen.length).toBeGreaterThan(0);
		expect(takeLeaks()).toEqual([]);
	});

	it.each(badCredentials(victim))('gives nothing away with %s', async (_what, change) => {
		const { error } = await runAt(victim, '', victim.money, accessOf(victim, server.origin, change));
		expect(error?.message).toMatch(/Nothing was sent|never left|No money was moved|Nothing was changed/);
	});
});

/** Credentials with one spoilt masked field. The node tells the user about it, and the rest of the secret is still there. */
function badCredentials({ name, parts }: Victim): Array<[string, Record<string, string>]> {
	const masked = parts.credential.properties.filter(
		({ typeOptions, type }) => typeOptions?.password === true && type !== 'hidden',
	);
	return masked.flatMap(({ name: field }): Array<[string, Record<string, string>]> => {
		const value = String(markedCredentials[name]?.[field]);
		const cases: Array<[string, Record<string, string>]> = [
			[`white space behind ${field}`, { [field]: `${value} ` }],
			[`a secret pasted twice into ${field} with a line break`, { [field]: `${value}\r\n${value}\n` }],
			[`a Base URL that holds ${field}`, { baseUrl: `https://u:${encodeURIComponent(value)}@example.com` }],
		];
		return name === 'rapira'
			? [...cases.slice(2), [`half of ${field}`, { [field]: value.slice(0, 900) }]]
			: cases;
	});
}
