import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { node, start } from '../host/smallFlows.mts';
import type { WorkflowFile } from '../host/workflows.mts';

/** The header's value that n8n's Webhook node with Header Auth asks for. */
export const GUARD = 'guard-of-the-bench';

/** The credential that the provider of the benchmarks knows. */
export function credentialFor(baseUrl: string): ICredentialDataDecryptedObject {
	return { clientId: 'bench', paymentSecret: 'secret-of-the-bench', merchantId: '', onBehalfOf: '', baseUrl };
}

const code = (value: string) => ({ __rl: true, mode: 'id', value });

/** The parameters of Payout: Create. Reference, address and amount come from the item. */
export function payoutParameters(options: INodeParameters): INodeParameters {
	const payout = {
		address: '={{ $json.address }}',
		amount: '={{ $json.amount }}',
		chain: code('TRX'),
		currency: code('USDT'),
		fee_type: '',
		memo: '',
		merchant_withdraw_id: '={{ $json.reference }}_1',
	};
	return {
		resource: 'payout',
		operation: 'create',
		batch_id: '={{ $json.reference }}',
		withdraw_list: { payout: [payout] },
		options,
	};
}

/** The parameters of Payout: Get, by the item's reference. */
export function readParameters(options: INodeParameters = {}): INodeParameters {
	return { resource: 'payout', operation: 'get', batch_id: '={{ $json.reference }}', options };
}

/** The recipients, each with a reference of its own. */
export function recipients(count: number, run: string): IDataObject[] {
	return Array.from({ length: count }, (_one, index) => ({
		reference: `${run}_${index}`,
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		amount: `${1 + (index % 90)}.${String(index % 100).padStart(2, '0')}`,
	}));
}

/** The body that Payout: Create sends, as an expression for nodes that have to write it by hand. */
export const BODY_BY_HAND = `{{ JSON.stringify({ batch_id: $json.reference, withdraw_list: [{ address: $json.address, amount: $json.amount, chain: 'TRX', currency: 'USDT', merchant_withdraw_id: $json.reference + '_1' }] }) }}`;

const placeholder = { id: '', name: '' };

/** A node of our package with the credential. */
export function ours(name: string, type: string, parameters: INodeParameters): INode {
	return {
		...node(name, `n8n-nodes-otc-payouts.${type}`, 1, parameters),
		credentials: { gatePayApi: placeholder },
	};
}

/** A start and so many items. No other execution has their references. */
export function itemsFor(count: number, prefix: string): INode[] {
	const one = `{ reference: '${prefix}_' + $execution.id + '_' + index, address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', amount: (1 + index % 90) + '.' + String(index % 100).padStart(2, '0') }`;
	return [
		start,
		node('Make', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ ({ items: Array.from({ length: ${count} }, (_one, index) => (${one})) }) }}`,
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
	];
}

/** Writes what the Crypto node signs. */
export const written: INode = node('Write', 'n8n-nodes-base.set', 3.4, {
	mode: 'manual',
	includeOtherFields: false,
	assignments: {
		assignments: [
			{ id: '1', name: 'timestamp', type: 'string', value: '={{ Date.now() }}' },
			{ id: '2', name: 'nonce', type: 'string', value: "={{ $json.reference.replaceAll('_', '') }}" },
			{ id: '3', name: 'body', type: 'string', value: `=${BODY_BY_HAND}` },
		],
	},
	options: {},
});

export const signedByHand: INode = {
	...node('Sign', 'n8n-nodes-base.crypto', 2, {
		action: 'hmac',
		type: 'SHA512',
		value: '={{ $json.timestamp }}\n{{ $json.nonce }}\n{{ $json.body }}\n',
		dataPropertyName: 'signature',
		encoding: 'hex',
	}),
	credentials: { crypto: placeholder },
};

/** The payout by HTTP Request, with the signature of the Crypto node. */
export function sentByHand(url: string): INode {
	const headers = {
		'X-GatePay-Certificate-ClientId': 'bench',
		'X-GatePay-Timestamp': '={{ $json.timestamp }}',
		'X-GatePay-Nonce': '={{ $json.nonce }}',
		'X-GatePay-Signature': '={{ $json.signature }}',
	};
	return node('Send', 'n8n-nodes-base.httpRequest', 4.3, {
		method: 'POST',
		url: `${url}/v1/pay/withdraw`,
		sendHeaders: true,
		headerParameters: { parameters: Object.entries(headers).map(([name, value]) => ({ name, value })) },
		sendBody: true,
		contentType: 'raw',
		rawContentType: 'application/json',
		body: '={{ $json.body }}',
		options: {},
	});
}

/** The read by HTTP Request, signed by our credential: n8n's Custom API Call. */
export function readByHand(url: string): INode {
	return {
		...node('Read', 'n8n-nodes-base.httpRequest', 4.3, {
			method: 'POST',
			url: `${url}/v1/pay/withdraw/query`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'gatePayApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: "={{ { batch_id: $json.reference, detail_status: 'ALL' } }}",
			options: {},
		}),
		credentials: { gatePayApi: placeholder },
	};
}

/** Runs the named last node once for each item, one after the other, by n8n's Loop Over Items. */
export function oneByOne(file: WorkflowFile, name: string): WorkflowFile {
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} });
	const to = (next: string) => [{ node: next, type: 'main' as const, index: 0 }];
	const connections = { ...file.connections };
	for (const [from, { main = [] }] of Object.entries(connections)) {
		if (main[0]?.[0]?.node === name) connections[from] = { main: [to('Loop')] };
	}
	connections['Loop'] = { main: [[], to(name)] };
	connections[name] = { main: [to('Loop')] };
	return { ...file, nodes: [...file.nodes, loop], connections };
}
