import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { GatePayApi } from '../../../credentials/GatePayApi.credentials.ts';
import { GatePay } from '../../../nodes/GatePay/GatePay.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/index.mts';
import { readContract } from '../../contract/contract.mts';
import { retryExecution, runNode, type Network, type Run, type RunResult } from '../harness/index.mts';

const { endpoints } = readContract('gatepay');

/** A sandbox and the node on the real engine, with waits that take no time. */
export interface Setting {
	sandbox: Sandbox;
	/** Milliseconds that the node wanted to wait. */
	waits: number[];
	run(parameters: INodeParameters, more?: Partial<Run>): Promise<RunResult>;
	retry(previous: RunResult, parameters: INodeParameters, more?: Partial<Run>): Promise<RunResult>;
	credential(change?: IDataObject): IDataObject;
	close(): Promise<void>;
}

export async function openSetting(): Promise<Setting> {
	// Orders stand still until a test moves them.
	const sandbox = await startSandbox({ autopilot: false });
	const waits: number[] = [];
	const slept = jest.spyOn(clock, 'sleep').mockImplementation((wait) => {
		waits.push(wait);
		return Promise.resolve();
	});
	const { account, url } = sandbox.gatePay;
	const credential = (change: IDataObject = {}): IDataObject => ({
		clientId: account.clientId,
		paymentSecret: account.paymentSecret,
		merchantId: account.merchantId,
		onBehalfOf: '',
		baseUrl: url,
		...change,
	});
	const full = (parameters: INodeParameters, more: Partial<Run> = {}): Run => ({
		node: new GatePay(),
		credentials: { gatePayApi: credential() as never },
		credentialTypes: { gatePayApi: new GatePayApi() },
		parameters,
		network: network(sandbox),
		...more,
	});
	return {
		sandbox,
		waits,
		run: (parameters, more) => runNode(full(parameters, more)),
		retry: (previous, parameters, more) => retryExecution(previous, full(parameters, more)),
		credential,
		async close() {
			slept.mockRestore();
			await sandbox.close();
		},
	};
}

/** Stands in for the way to the provider: faults that no server can make. */
function network(sandbox: Sandbox): Network {
	return ({ url, method }) => {
		const { pathname, origin } = new URL(url);
		if (origin !== sandbox.gatePay.url) return undefined;
		const endpoint = endpoints.find((one) => one.method === method && one.path === pathname);
		return endpoint && sandbox.gatePay.takeAddressFault(endpoint.operationId)?.url;
	};
}

/** Parameters of Payout: Create for one recipient per item, as a user maps them from the input. */
export function payoutPerItem(options: IDataObject = {}): INodeParameters {
	return {
		resource: 'payout',
		operation: 'create',
		batch_id: '={{ $json.batch }}',
		withdraw_list: {
			payout: [
				{
					merchant_withdraw_id: '={{ $json.batch }}_1',
					currency: { __rl: true, mode: 'id', value: 'USDT' },
					chain: { __rl: true, mode: 'id', value: 'TRX' },
					address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
					amount: '={{ $json.amount }}',
				},
			],
		},
		options: options as INodeParameters,
	};
}

export function payouts(...batches: string[]): IDataObject[] {
	return batches.map((batch) => ({ batch, amount: '10.5' }));
}

/** A small, real PNG as an input item with a receipt. */
export function receiptItem(json: IDataObject = {}) {
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	return { json, binary: { data: { data: png, mimeType: 'image/png', fileName: 'receipt.png' } } };
}
