import type { IExecuteFunctions } from 'n8n-workflow';
import type { Provider } from '../provider/provider';
import type { Signer } from './run';

/**
 * The account of one item. A credential can have expressions, and n8n does not tell a node which ones. So the
 * credential is read for each item. n8n's own request would sign every item with the account of the first one.
 * @throws Refusal for a credential that cannot work
 */
export async function signerOf(
	{ node, provider }: { node: IExecuteFunctions; provider: Provider },
	item: number,
): Promise<Signer> {
	const credentials = await node.getCredentials(provider.credential, item);
	return { account: provider.account(credentials), credentials };
}
