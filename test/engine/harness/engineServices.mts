import './n8nCore.mts';
import { AsyncLocalStorage } from 'node:async_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Network } from './types.mts';

const networks = new AsyncLocalStorage<Network | undefined>();

/** Sends the requests of `work` to the addresses that `network` names. It is not asked about redirects. */
export async function withNetwork<T>(network: Network | undefined, work: () => Promise<T>): Promise<T> {
	return await networks.run(network, work);
}

/** Sends a request to another address than the signed one, like a changed DNS entry. */
function redirected(request: IHttpRequestOptions): IHttpRequestOptions {
	const network = networks.getStore();
	if (!network) return request;
	const address = new URL(request.url, request.baseURL);
	const origin = network({ url: address.href, method: request.method ?? 'GET' });
	if (origin === undefined) return request;
	return {
		...request,
		baseURL: undefined,
		url: `${new URL(origin).origin}${address.pathname}${address.search}`,
	};
}

// The real InstanceSettings would write an encryption key into the home directory.
Container.set(
	InstanceSettings,
	Object.assign(Object.create(InstanceSettings.prototype), {
		instanceId: 'engine-tests',
		hmacSignatureSecret: 'engine-tests',
		instanceType: 'main',
		n8nFolder: join(tmpdir(), 'n8n-engine-tests'),
		settings: { encryptionKey: 'engine-tests', fsStorageMigrated: true },
	}),
);

const outboundHttp = Container.get(OutboundHttp);
const requestsOf = outboundHttp.requests.bind(outboundHttp);
outboundHttp.requests = (options) => {
	const client = requestsOf(options);
	const request = new Proxy(client.request, {
		apply: (target, self, [given]: [IHttpRequestOptions]) => Reflect.apply(target, self, [redirected(given)]),
	});
	return { ...client, request };
};
