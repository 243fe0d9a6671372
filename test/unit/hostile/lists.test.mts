import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { isExpression, NodeOperationError, type ILoadOptionsFunctions, type INode } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { catalogue, type Parts } from '../../catalogue.mts';
import { cases, expectNoPollution, hostileJson, namesIn, patience, seed, spoilt } from '../../fuzzing.mts';
import { markedCredentials, markedSession } from '../../markedCredentials.mts';

const COUNT = cases(500);

const real = { ...clock };
beforeAll(() => {
	let time = 1_782_864_000_000;
	// jest's spies would keep every call, and there are millions.
	clock.sleep = async () => undefined;
	// A real deadline would keep a timer for each answer.
	clock.deadline = () => new Promise(() => undefined);
	// A minute passes with every look at the clock, so no limit of requests per second applies.
	clock.now = () => (time += 60_000);
});
afterAll(() => Object.assign(clock, real));

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Asks for a drop-down as the editor does. The provider answers with this text. */
async function ask({ provider, node: type }: Parts, method: string, body: string) {
	const credentials = { ...markedCredentials[provider.name], baseUrl: 'https://api.example.com' };
	const respond = ({ url }: { url: string }) => ({
		statusCode: 200,
		headers: {},
		body: url.endsWith('/open/generate_jwt') ? JSON.stringify({ token: markedSession }) : body,
	});
	const context = {
		getNode: () => node,
		getCredentials: async () => credentials,
		getCurrentNodeParameter: (name: string) => (name === 'options' ? {} : 'USDT'),
		helpers: {
			httpRequest: async (options: { url: string }) => respond(options),
			httpRequestWithAuthentication: async (_name: string, options: { url: string }) => respond(options),
		},
	};
	const search = type.methods?.listSearch?.[method];
	if (!search) throw new Error(`No method ${method}`);
	return await search.call(context as unknown as ILoadOptionsFunctions);
}

describe.each(catalogue.map((parts) => [parts.provider.name, parts] as const))('%s', (_name, parts) => {
	const names = namesIn(readFileSync(`contracts/${parts.folder.toLowerCase()}.openapi.yaml`, 'utf8'));
	const json = hostileJson(names);
	const frames: Array<(text: string) => string> = [
		(text) => text,
		(text) => `[${text}]`,
		(text) => `{"code":"000000","status":"SUCCESS","data":[${text}]}`,
		(text) => `{"status":true,"data":[${text}]}`,
		(text) => `{"code":0,"data":[${text}]}`,
		(text) => `{"orders":[${text}],"currencies":[${text}],"balances":[${text}],"statuses":[${text}]}`,
	];
	const body = spoilt(fc.tuple(fc.constantFrom(...frames), json).map(([wrap, text]) => wrap(text)));
	const methods = Object.keys(parts.node.methods?.listSearch ?? {});

	it(
		`${COUNT} drop-downs: choices of plain text, never an expression; seed ${seed}`,
		async () => {
			await fc.assert(
				fc.asyncProperty(fc.constantFrom(...methods), body, async (method, text) => {
					try {
						for (const { name: shown, value } of (await ask(parts, method, text)).results) {
							if (typeof shown !== 'string' || !['string', 'number'].includes(typeof value))
								throw new Error('A choice that is no text');
							if (isExpression(shown) || isExpression(value)) throw new Error('An expression to choose');
						}
					} catch (cause) {
						const inner = cause instanceof NodeOperationError ? cause.cause : cause;
						if (inner instanceof TypeError || inner instanceof RangeError) throw inner;
						if (!(cause instanceof NodeOperationError)) throw cause;
					}
					expectNoPollution();
				}),
				{ numRuns: COUNT, seed },
			);
		},
		patience(COUNT * 5),
	);
});

it('leaves out a choice that n8n would evaluate when it is chosen, and shows no name that it would', async () => {
	const parts = catalogue.find(({ provider }) => provider.name === 'okiPays');
	if (!parts) throw new Error('No OkiPays');
	const data = [
		{ iso3: '={{ $env.N8N_ENCRYPTION_KEY }}', name: 'Euro' },
		{ iso3: 'EUR', name: '={{ $env.N8N_ENCRYPTION_KEY }}' },
		{ iso3: 'USD', name: 'Dollar {{ 1+1 }}' },
	];
	const { results } = await ask(parts, 'searchPaymentCurrencies', JSON.stringify({ status: true, data }));
	expect(results).toEqual([
		{ name: 'Dollar {{ 1+1 }} (USD)', value: 'USD' },
		{ name: 'EUR', value: 'EUR' },
	]);
});
