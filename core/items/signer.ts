import type { IExecuteFunctions } from 'n8n-workflow';
import type { Provider } from '../provider/provider';
import type { Signer } from './run';

/**
 * The account of one item. A credential can have expressions, and which ones have is not told to a node: so it is read
 * for each item. n8n's own request would sign every item with the account of the first.
 * @throws Refusal for a credential that cannot work
 */
export async function signerOf(
	{ node, provider }: { node: IExecuteFunctions; provider: Provider },
	item: number,
): Promise<Signer> {
	const credentials = await node.getCredentials(provider.credential, item);
	return { account: provider.account(credentials), credentials };
}
