import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../sandbox/index.mts';
import type { Setting } from './setting.mts';

/** How an approval looks: what a person reads, and the hash that binds. */
const APPROVAL = /^\d+-(?:recipient|payment|request)s?(?:-\d+(?:\.\d+)?-[A-Za-z0-9._]+)*-[0-9a-f]{64}$/;

/** What was sent. A preview may read, because it says what is there already and what is left of the balance. */
export function sentIn(setting: Pick<Setting<ProviderName>, 'provider'>): unknown[] {
	return setting.provider.requests.filter(
		({ method, path }) => method !== 'GET' && !/generate_jwt|query|\/get$/.test(path),
	);
}

/** The node's input: everything that somebody could change between approval and payment. */
export interface Given {
	parameters: INodeParameters;
	items: IDataObject[];
	credential: ICredentialDataDecryptedObject;
}

/** A change after the approval. `unfit`: the node refuses the changed value itself, before it compares with the approval. */
export type Tampering = [what: string, tamper: (given: Given) => void, how?: 'unfit'];

/** Changes the first item. Null removes the field. */
export const item =
	(change: IDataObject, index = 0) =>
	({ items }: Given): void => {
		items[index] = { ...items[index], ...change };
	};

export const credential =
	(change: ICredentialDataDecryptedObject) =>
	(given: Given): void => {
		Object.assign(given.credential, change);
	};

export const parameter =
	(change: INodeParameters) =>
	({ parameters }: Given): void => {
		Object.assign(parameters, change);
	};

export const option =
	(change: INodeParameters) =>
	({ parameters }: Given): void => {
		parameters.options = { ...(parameters.options as INodeParameters), ...change };
	};

/** Replaces a Latin letter by the Cyrillic one that looks the same. */
export const lookAlike = (text: string): string =>
	text.replace(/[aceopTABEHKMOPC]/, (letter) => 'асеорТАВЕНКМОРС'.charAt('aceopTABEHKMOPC'.indexOf(letter)));

/** Makes a preview, and then pays with its hash: unchanged, and with each change. */
export function describeApproval<Name extends ProviderName>(
	setting: () => Setting<Name>,
	make: () => Omit<Given, 'credential'>,
	tamperings: readonly Tampering[],
): void {
	const given = (): Given => structuredClone({ ...make(), credential: {} });
	const run = async ({ parameters, items, credential: change }: Given, options: INodeParameters) => {
		const changed = { ...parameters, options: { ...(parameters.options as INodeParameters), ...options } };
		return setting().run(changed, { items, credentials: setting().credentials(change) });
	};
	const approve = async () => {
		const { items, error } = await run(given(), { preview: true });
		expect(error).toBeUndefined();
		const hashes = [...new Set(items.map(({ json }) => json.approvalHash))];
		// One approval has one hash, for any number of recipients.
		expect(hashes).toEqual([expect.stringMatching(APPROVAL)]);
		expect(sentIn(setting())).toEqual([]);
		return String(hashes[0]);
	};

	it('pays exactly what was approved', async () => {
		const { items, error } = await run(given(), { approvalHash: await approve() });
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.outcome))).toEqual(new Set(['applied']));
		expect(setting().provider.books.entries).toHaveLength(given().items.length);
	});

	// Each row has three members, because jest takes another parameter for a callback.
	const rows = tamperings.map(([what, tamper, how = 'differs']) => [what, tamper, how] as const);
	it.each(rows)('pays nothing with %s', async (_what, tamper, how) => {
		const approvalHash = await approve();
		const changed = given();
		tamper(changed);
		expect(changed).not.toEqual(given());
		// Whoever changes an address can turn off its check too, so the hash alone has to refuse it.
		const { error } = await run(changed, { approvalHash, skipRecipientCheck: true });
		expect(error?.message).toMatch(/Nothing was sent\.( \[item \d+\])?$/);
		const isCompared = error?.message.includes('The request differs from the one that was approved');
		expect(isCompared).toBe(how !== 'unfit');
		expect(sentIn(setting())).toEqual([]);
		expect(setting().provider.books.entries).toEqual([]);
	});

	it.each([
		['a hash that was lost on the way', { approvalHash: '={{ $json.nowhere }}' }, 'Approval Hash is empty'],
		['a hash that is empty', { approvalHash: '' }, 'Approval Hash is empty'],
		['a hash that is null', { approvalHash: '={{ null }}' }, 'Approval Hash is empty'],
		['a Preview that is text', { preview: "={{ 'true' }}" }, 'Preview is neither true nor false'],
		['a Preview that was lost on the way', { preview: '={{ $json.nowhere }}' }, 'Preview is neither'],
	])('pays nothing with %s', async (_what, options, reason) => {
		const { error } = await run(given(), options);
		expect(error?.message).toContain(reason);
		expect(sentIn(setting())).toEqual([]);
	});

	it('previews in the node that is to have the hash afterwards', async () => {
		const { items } = await run(given(), { preview: true, approvalHash: '' });
		expect(items[0]?.json).toMatchObject({ outcome: 'not_sent', preview: true });
	});

	it('pays nothing with the hash of something else, or a part of the right one', async () => {
		const approvalHash = await approve();
		const bare = approvalHash.slice(-64);
		for (const hash of [
			'0'.repeat(64),
			bare,
			approvalHash.slice(0, -1),
			approvalHash.toUpperCase(),
			`${approvalHash} `,
			`1${approvalHash}`,
			approvalHash.replace(/^\d+/, '9'),
			approvalHash.replace(bare, '0'.repeat(64)),
			`1-recipient-0.01-USDT-${bare}`,
			`<b>1-recipient</b>-${bare}`,
		]) {
			const { error } = await run(given(), { approvalHash: hash });
			expect(error?.message).toContain('The request differs from the one that was approved');
			expect(error?.message).not.toContain('<b>');
		}
		expect(sentIn(setting())).toEqual([]);
	});
}
