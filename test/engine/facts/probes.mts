import {
	NodeApiError,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
} from 'n8n-workflow';
import { nodeOf, runNode, type Run } from '../harness/index.mts';

export type Authenticate = (options: IHttpRequestOptions) => IHttpRequestOptions;

/** A credential type that adds a header, unless a test gives another authenticate. */
export function probeApi(authenticate: Authenticate = signed): ICredentialType {
	return {
		name: 'probeApi',
		displayName: 'Probe API',
		properties: [],
		authenticate: async (_credentials, options) => authenticate(options),
	};
}

function signed(options: IHttpRequestOptions): IHttpRequestOptions {
	return { ...options, headers: { ...options.headers, 'x-signature': 'signed' } };
}

/** A node that may use the probe credential. */
export function probeNode(execute: NonNullable<INodeType['execute']>): INodeType {
	return nodeOf('probe', execute, { credentials: [{ name: 'probeApi', required: true }] });
}

/** The credential and its type, which a test needs to run such a node. */
export function access(authenticate?: Authenticate) {
	return {
		parameters: {},
		credentials: { probeApi: {} },
		credentialTypes: { probeApi: probeApi(authenticate) },
	};
}

export async function request(this: IExecuteFunctions, options: IHttpRequestOptions): Promise<unknown> {
	return await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', options);
}

export interface Received {
	answer?: unknown;
	/** The error of httpRequestWithAuthentication. */
	error?: NodeApiError;
	milliseconds: number;
}

interface How extends Pick<Run, 'network'> {
	authenticate?: Authenticate;
}

/** Sends one request from a node and returns what the node received. */
export async function send(
	options: IHttpRequestOptions,
	{ authenticate, network }: How = {},
): Promise<Received> {
	const received: Received = { milliseconds: 0 };
	const node = probeNode(async function () {
		const begin = performance.now();
		try {
			received.answer = await request.call(this, options);
		} catch (error) {
			if (!(error instanceof NodeApiError)) throw error;
			received.error = error;
		}
		received.milliseconds = performance.now() - begin;
		return [[]];
	});
	const { error } = await runNode({ node, ...access(authenticate), network });
	if (error) throw new Error(error.message);
	return received;
}

export const json = { 'content-type': 'application/json' };
