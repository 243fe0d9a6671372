import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { catalogue } from '../catalogue.mts';
import { callListSearch } from './harness/index.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ autopilot: false });
});
afterAll(() => sandbox.close());

/** The list of balances of each provider that has one. */
const lists: Array<[string, string]> = [
	['gatePay', 'searchCurrencies'],
	['bridgePay', 'searchAccounts'],
	['payPlay', 'searchBalances'],
	['payPlay', 'searchBalanceCurrencies'],
	['rapira', 'searchBalances'],
];

it.each(lists)('%s: %s shows the balance beside a name that does not have it', async (name, method) => {
	const parts = catalogue.find(({ provider }) => provider.name === name);
	const running = sandbox.providers[name];
	if (!parts || !running) throw new Error(`There is no ${name}`);
	const { node, credential } = parts;
	const data: ICredentialDataDecryptedObject = {
		...Object(running.account),
		onBehalfOf: '',
		token: '',
		baseUrl: running.url,
	};
	const { results } = await callListSearch({
		node,
		method,
		credentials: { [credential.name]: data },
		credentialTypes: { [credential.name]: credential },
	});
	expect(results).not.toHaveLength(0);
	for (const choice of results) {
		const [amount = ''] = /^[\d.]+(?= .*available$)/.exec(choice.description ?? '') ?? [];
		expect(amount).not.toBe('');
		// A name with a zero, such as that of a fee, has the digits of an empty balance too.
		expect(choice.name.split(/[^\d.]+/)).not.toContain(amount === '0' ? '' : amount);
	}
});
