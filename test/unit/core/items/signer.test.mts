import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { asStored, signerFor } from '../../../../core/items/signer.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { examplePay, get, payout } from '../../examplePay.mts';

const provider = examplePay(payout);
const CREDENTIALS = { account: 'a', secret: 'top-secret', mostPerPayment: 'USDT 5' };

interface Stored {
	/** The credential as n8n has stored it, expressions included. */
	stored?: unknown;
	items?: number;
	operation?: Operation;
	/** What this item's expressions give. */
	ofItem?: (item: number) => ICredentialDataDecryptedObject;
}

/** n8n's part: the values for an item, and the stored ones behind a helper that no public function gives. */
function nodeWith({ stored = CREDENTIALS, items = 5, ofItem = () => CREDENTIALS }: Stored) {
	const read: number[] = [];
	// What signer.ts uses of n8n's context, and no more.
	const surface: unknown = {
		additionalData: {
			credentialsHelper: {
				getDecrypted: () => (stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored)),
			},
		},
		getCredentials: (_type: string, item: number) => {
			read.push(item);
			return Promise.resolve(ofItem(item));
		},
		getCredentialsProperties: () => [{ name: 'aiAgents', default: 'never' }],
		getExecuteData: () => ({}),
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		getMode: () => 'manual',
		getNode: () => ({ credentials: { examplePayApi: { id: '1', name: 'Example' } } }),
	};
	return { node: surface as IExecuteFunctions, read };
}

const found = (given: Stored, credentials: ICredentialDataDecryptedObject = CREDENTIALS) =>
	asStored({ ...nodeWith(given), provider, operation: given.operation ?? payout }, credentials);

describe('a limit that is an expression', () => {
	it.each(['=USDT 9', '={{ $json.limit }}', '='])('is found as it is stored: %s', async (mostPerPayment) => {
		const { limitByExpression } = await found({ stored: { ...CREDENTIALS, mostPerPayment } });
		expect(limitByExpression).toBe('mostPerPayment');
	});

	it('is found though the run has one item', async () => {
		const stored = { ...CREDENTIALS, mostPerPayment: '={{ 1 }}' };
		expect(await found({ stored, items: 1 })).toMatchObject({ limitByExpression: 'mostPerPayment' });
	});

	it('is found though its value is the one that a person would type', async () => {
		const stored = { ...CREDENTIALS, mostPerPayment: "={{ 'USDT 5' }}" };
		expect(await found({ stored }, CREDENTIALS)).toMatchObject({ limitByExpression: 'mostPerPayment' });
	});

	it('is none where the limit is plain text', async () => {
		expect((await found({})).limitByExpression).toBeUndefined();
	});

	it('is none where another value is an expression: an account may be chosen by the flow', async () => {
		const { limitByExpression } = await found({
			stored: { ...CREDENTIALS, account: '={{ $json.account }}' },
		});
		expect(limitByExpression).toBeUndefined();
	});
});

describe('one reading of the credential is enough for all items', () => {
	it('where every value is stored as it is', async () => {
		expect((await found({})).oneAccount).toBe(true);
	});

	it('where a value is the default of its field', async () => {
		expect((await found({}, { ...CREDENTIALS, aiAgents: 'never' })).oneAccount).toBe(true);
	});
});

describe('each item has its own reading', () => {
	it.each<[string, Stored, ICredentialDataDecryptedObject]>([
		[
			'where a value is an expression',
			{ stored: { ...CREDENTIALS, account: '={{ $json.a }}' } },
			CREDENTIALS,
		],
		[
			'where an expression is deep in a value',
			{ stored: { ...CREDENTIALS, more: { deep: '={{ 1 }}' } } },
			{ ...CREDENTIALS, more: { deep: 1 } as never },
		],
		['where a value is not the stored one', {}, { ...CREDENTIALS, account: 'b' }],
		['where nobody knows where a value comes from', {}, { ...CREDENTIALS, extra: 'x' }],
		['where n8n does not show what it has stored', { stored: null }, CREDENTIALS],
		['where n8n has stored no object', { stored: 'text' }, CREDENTIALS],
		['where the stored values cannot be read', { stored: new Error('no key') }, CREDENTIALS],
		['where there are few items', { items: 2 }, CREDENTIALS],
		['for few reads', { items: 2, operation: get }, CREDENTIALS],
	])('%s', async (_what, given, credentials) => {
		expect((await found(given, credentials)).oneAccount).toBe(false);
	});
});

describe('the account that signs for an item', () => {
	const run = (ofItem: (item: number) => ICredentialDataDecryptedObject, oneAccount: boolean) => {
		const { node, read } = nodeWith({ ofItem });
		const account = provider.account(CREDENTIALS);
		return { read, run: { node, provider, account, credentials: CREDENTIALS, oneAccount } };
	};
	const perItem = (item: number) => ({ account: `a${item}`, secret: `s${item}` });

	it('is its own, with the secret that fits', async () => {
		const { account, credentials } = await signerFor(run(perItem, false).run, 2);
		expect([account.id, account.secrets, credentials]).toEqual(['a2', ['s2'], perItem(2)]);
	});

	it('is read once for the first item', async () => {
		const { run: one, read } = run(perItem, false);
		await signerFor(one, 0);
		expect(read).toEqual([]);
	});

	it('is not read again where all items have the same', async () => {
		const { run: one, read } = run(perItem, true);
		expect((await signerFor(one, 4)).account.id).toBe('a');
		expect(read).toEqual([]);
	});
});
