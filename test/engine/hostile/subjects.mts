import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { catalogue, type Parts } from '../../catalogue.mts';
import { markedCredentials } from '../../markedCredentials.mts';
import { callListSearch, runNode, type Run, type RunResult } from '../harness/index.mts';
import { payIn } from '../bridgePay/setting.mts';
import { payoutPerItem } from '../gatePay/setting.mts';
import { orderPerItem } from '../okiPays/setting.mts';
import { withdrawalPerItem } from '../payPlay/setting.mts';
import { payoutPerItem as rapiraPayout } from '../rapira/setting.mts';

/** One provider, and how to call it at a hostile server. */
export interface Victim {
	name: string;
	parts: Parts;
	/** An operation that moves money or creates something, without a lookup before it. */
	money: INodeParameters;
	item: Record<string, string>;
	/** A drop-down that does not need another field. */
	list: string;
}

const alone = { checkFirst: false };

const given: Record<string, Omit<Victim, 'name' | 'parts'>> = {
	gatePay: {
		money: payoutPerItem(alone),
		item: { batch: 'p_1', amount: '10.5' },
		list: 'searchCurrencies',
	},
	bridgePay: {
		money: payIn(alone),
		item: { order: 'o-1', amount: '1500.50' },
		list: 'searchAccounts',
	},
	okiPays: {
		money: orderPerItem(alone),
		item: { order: '7', price: '15.50' },
		list: 'searchPaymentCurrencies',
	},
	payPlay: {
		money: withdrawalPerItem(),
		item: { reference: 'w-1', amount: '10.5' },
		list: 'searchBalances',
	},
	rapira: {
		money: rapiraPayout(),
		item: { address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', amount: '100.5' },
		list: 'searchBalances',
	},
};

export const victims: Victim[] = catalogue.map((parts) => {
	const { name } = parts.provider;
	const own = given[name];
	if (!own) throw new Error(`${name} has no subject for the hostile tests`);
	return { name, parts, ...own };
});

export const customRead: INodeParameters = {
	resource: 'customRequest',
	operation: 'read',
	path: '/v1/anything',
	query: {},
	options: {},
};

export const customSend: INodeParameters = {
	resource: 'customRequest',
	operation: 'send',
	method: 'POST',
	path: '/v1/anything',
	query: {},
	bodyFormat: 'json',
	body: '{"amount":"1"}',
	paymentReference: 'custom-1',
	options: {},
};

export function accessOf(
	{ name, parts }: Victim,
	baseUrl: string,
	change: ICredentialDataDecryptedObject = {},
) {
	const { credential } = parts;
	return {
		credentials: { [credential.name]: { ...markedCredentials[name], baseUrl, ...change } },
		credentialTypes: { [credential.name]: credential },
	};
}

/** Runs the node against a server, with one item. */
export async function runAt(
	victim: Victim,
	baseUrl: string,
	parameters: INodeParameters,
	more: Partial<Run> = {},
): Promise<RunResult> {
	const access = accessOf(victim, baseUrl);
	return await runNode({ node: victim.parts.node, parameters, items: [victim.item], ...access, ...more });
}

export async function listAt(victim: Victim, baseUrl: string) {
	return await callListSearch({
		node: victim.parts.node,
		method: victim.list,
		...accessOf(victim, baseUrl),
	});
}
