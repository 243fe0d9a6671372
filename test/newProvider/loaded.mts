import { join } from 'node:path';
import type { IExecuteFunctions, ICredentialType, INodeType } from 'n8n-workflow';

import type { execute } from '../../core/executor.ts';
import type { Provider } from '../../core/provider/provider.ts';

/** What the copy makes of the contract. */
export interface Loaded {
	provider: Provider;
	Node: new () => INodeType;
	Credential: new () => ICredentialType;
	/** The node as it is when a person has written the verdict, and not how a request is signed. */
	judging(): INodeType;
}

/** Loads the made-up provider from the copy of the project. */
export async function load(folder: string): Promise<Loaded> {
	const index: { AcmePay: Loaded['Node']; AcmePayApi: Loaded['Credential'] } = await import(
		join(folder, 'index.ts')
	);
	const { acmePay }: { acmePay: Provider } = await import(join(folder, 'nodes', 'AcmePay', 'provider.ts'));
	const executor: { execute: typeof execute } = await import(join(folder, 'core', 'executor.ts'));
	return {
		provider: acmePay,
		Node: index.AcmePay,
		Credential: index.AcmePayApi,
		judging() {
			const { headers, ...judged } = acmePay;
			if (headers === undefined) throw new Error('Nothing keeps requests back');
			const { description, methods } = new index.AcmePay();
			return {
				description,
				...(methods ? { methods } : {}),
				async execute(this: IExecuteFunctions) {
					return await executor.execute.call(this, judged);
				},
			};
		},
	};
}
