import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import type { INode, INodeParameters } from 'n8n-workflow';

import type { ServerFault } from '../../sandbox/index.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import type { Execution } from '../../host/executions.mts';
import { portOf } from '../../host/ports.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { parts, type PartSubject } from '../packages/subjects.mts';
import { talkative } from './desk.mts';
import { customApiCall } from './smallFlows.mts';

let setting: Setting;
let parrot: Server;
/** The status of the server that repeats every request, and how often it was asked. */
let status = 400;
let visits = 0;

beforeAll(async () => {
	parrot = createServer((request, response) => {
		visits += 1;
		const { url, headers } = request;
		void request.toArray().then((body) => {
			const said = { url, headers, body: Buffer.concat(body).toString() };
			const heard = JSON.stringify(said);
			response.writeHead(status, {
				'Content-Type': 'application/json',
				'X-Heard': encodeURIComponent(heard),
			});
			response.end(JSON.stringify({ message: `Not like this: ${heard}`, error: said, data: said }));
		});
	});
	await once(parrot.listen(0, '127.0.0.1'), 'listening');
	setting = await startSetting({ pace: 100, autopilot: false, env: talkative });
});
afterAll(async () => {
	await setting?.close();
	parrot?.close();
});
beforeEach(async () => await setting.sandbox.reset());

const ours = ({ name }: PartSubject, parameters: INodeParameters): INode => ({
	...node('Ours', `n8n-nodes-otc-payouts.${name}`, 1, parameters),
	credentials: { [`${name}Api`]: { id: '', name: '' } },
});

async function run(part: PartSubject, parameters: INodeParameters, credential?: string): Promise<Execution> {
	const type = `${part.name}Api`;
	const chosen = credential ? { ...setting.credentials, [type]: { id: credential, name: type } } : undefined;
	const credentials = chosen ?? setting.credentials;
	const file = inARow('Once', [start, ours(part, parameters)]);
	return await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(file, { credentials }));
}

/** Creates a credential of this provider for a server that repeats every request in its answer. */
async function atTheParrot({ name }: PartSubject): Promise<string> {
	const known = sandboxCredential(setting.sandbox, `${name}Api`);
	const data = { ...known.data, baseUrl: `http://127.0.0.1:${portOf(parrot)}` };
	return await setting.n8n.createCredential({ ...known, data });
}

const FAULTS: ServerFault[] = ['unauthorized', 'half-a-body', 'redirect', 'reset-after-applying'];

describe.each(parts)('$name in a real n8n that logs all it can', (part) => {
	it.each(FAULTS)('pays over a way with the fault %s', async (kind) => {
		const { sandbox } = setting;
		sandbox.fault({ provider: part.name, operation: part.payEndpoint, kind });
		await run(part, part.pay);
		expect(sandbox[part.name].requests.map(({ fault }) => fault)).toContain(kind);
	});

	it("is called by n8n's HTTP Request node, which is refused", async () => {
		const { sandbox, n8n, credentials } = setting;
		sandbox.fault({ provider: part.name, kind: 'unauthorized', times: 5 });
		const url = `${sandbox[part.name].url}/nowhere`;
		const id = await n8n.importWorkflow(customApiCall({ url }, `${part.name}Api`), { credentials });
		expect((await n8n.runWorkflow(id)).status).toBe('error');
	});

	it.each([400, 200])('is told all of its request back, with status %d', async (said) => {
		const before = visits;
		status = said;
		const credential = await atTheParrot(part);
		await run(part, part.read, credential);
		await run(part, part.pay, credential);
		await setting.n8n.testCredential(credential);
		expect(visits).toBeGreaterThanOrEqual(before + 3);
	});
});

leavesNoSecret(() => setting);
