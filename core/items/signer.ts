import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../exact/json';
import { limitNames } from '../limits/limits';
import type { Provider } from '../provider/provider';
import type { Run, Signer } from './run';

type Reader = { node: IExecuteFunctions; provider: Provider };

/**
 * The account of one item, as n8n reads it now.
 * @throws Refusal for a credential that cannot work
 */
export async function signerOf({ node, provider }: Reader, item: number): Promise<Signer> {
	const credentials = await node.getCredentials(provider.credential, item);
	return { account: provider.account(credentials), credentials };
}

/**
 * The account of one item of a run. A credential can have expressions, and then each item has an account of its own.
 * n8n's own request would sign every item with the account of the first one.
 * @throws Refusal for a credential that cannot work
 */
export async function signerFor(
	run: Reader & Pick<Run, 'account' | 'credentials' | 'oneAccount'>,
	item: number,
): Promise<Signer> {
	if (item > 0 && !run.oneAccount) return await signerOf(run, item);
	return { account: run.account, credentials: run.credentials };
}

/** For so few items the question costs more than it saves. */
const FEW_ITEMS = 3;

/** What the stored values of a credential say about a run. */
export type AsStored = Pick<Run, 'oneAccount' | 'limitByExpression'>;

/**
 * Looks at the credential as n8n has stored it. An expression in a limit would let the data of the flow set the limit.
 * Where n8n does not show what it has stored, this says nothing about limits.
 * @param credentials the values for the first item
 */
export async function asStored(
	reader: Reader & Pick<Run, 'operation'>,
	credentials: ICredentialDataDecryptedObject = {},
): Promise<AsStored> {
	const { node, provider, operation } = reader;
	const isLarge = node.getInputData().length >= FEW_ITEMS;
	if (!isLarge && operation.effect === 'read') return { oneAccount: false };
	try {
		const stored = await storedValues(node, provider.credential);
		if (!isRecord(stored)) return { oneAccount: false };
		return {
			oneAccount: isLarge && isSameForAll(reader, stored, credentials),
			limitByExpression: limitNames.find((name) => hasExpression(stored[name])),
		};
	} catch {
		return { oneAccount: false };
	}
}

/**
 * Whether the credential is the same for all items of the run, so that one reading of it is enough: n8n reads and
 * decrypts a credential anew at each call. It holds only if n8n has stored every value as it is, without an expression.
 * Whatever cannot be read counts as an expression.
 */
function isSameForAll(
	{ node, provider }: Reader,
	stored: Record<string, unknown>,
	credentials: ICredentialDataDecryptedObject,
): boolean {
	const properties = node.getCredentialsProperties(provider.credential);
	const defaults = new Map(properties.map(({ name, default: value }) => [name, value]));
	return Object.entries(credentials).every(([name, value]) => {
		const origin = name in stored ? stored[name] : defaults.get(name);
		return !hasExpression(origin) && JSON.stringify(origin) === JSON.stringify(value);
	});
}

/** The values as n8n has stored them, expressions included. No public function of n8n gives them. */
async function storedValues(node: IExecuteFunctions, type: string): Promise<unknown> {
	const data: unknown = Reflect.get(node, 'additionalData');
	const helper = isRecord(data) ? data.credentialsHelper : undefined;
	const details = node.getNode().credentials?.[type];
	if (!isRecord(helper) || typeof helper.getDecrypted !== 'function' || !details) return undefined;
	const isRaw = true;
	return await Promise.resolve(
		helper.getDecrypted(data, details, type, node.getMode(), node.getExecuteData(), isRaw),
	);
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
