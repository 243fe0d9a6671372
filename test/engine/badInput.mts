import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import type { FaultPlan, ProviderName } from '../../sandbox/index.mts';
import type { Given } from './approval.mts';
import { receiptItem, type Setting } from './setting.mts';

/** What is wrong with the input, how it gets wrong, and what the message says. */
export type BadInput = [what: string, spoil: (given: Given) => void, message: RegExp];

/** A good input for the node. */
type Make = () => Omit<Given, 'credential'>;

/** An expression that is empty at run time. The editor itself refuses a required field that was left empty. */
export const nothing = '={{ "" }}';

/** What no amount may be, in the same words for every provider. The second item has it. */
export function badAmounts(label: string, set: (amount: string | number) => BadInput[1]): BadInput[] {
	const rows: Array<[what: string, amount: string | number, message: string]> = [
		['an exponent', '1e3', '`1e3` has an exponent; write all digits\\. Nothing was sent\\. \\[item 2\\]'],
		['a sign', '-1', '`-1` has a sign'],
		['zero', '0.00', '`0\\.00` is zero'],
		['words', 'abc', '`abc` is not a decimal amount like 12\\.5'],
		['a rounded number', 0.1 + 0.2, '.*may already be rounded'],
		['a decimal comma', '1,5', '`1,5` has a comma'],
		['nothing', '', 'is empty'],
	];
	return rows.map(([what, amount, message]) => [
		`${label}: ${what}`,
		set(amount),
		new RegExp(`${label}(?: in line 1)? ${message}`),
	]);
}

interface Input {
	parameters: INodeParameters;
	items: IDataObject[] | INodeExecutionData[];
	credential?: ICredentialDataDecryptedObject;
}

/** The message for an input with which nothing leaves. */
export async function refusalOf<Name extends ProviderName>(
	setting: Setting<Name>,
	{ parameters, items, credential = {} }: Input,
): Promise<string> {
	const { error } = await setting.run(parameters, { items, credentials: setting.credentials(credential) });
	expect(setting.provider.requests).toEqual([]);
	return `${error?.message} ${error?.description ?? ''}`;
}

/** Runs the node with each bad input: nothing leaves, and the message says why. */
export function describeBadInput<Name extends ProviderName>(
	setting: () => Setting<Name>,
	make: Make,
	inputs: readonly BadInput[],
): void {
	it.each(inputs)('sends nothing and says why: %s', async (_what, spoil, message) => {
		const given: Given = structuredClone({ ...make(), credential: {} });
		spoil(given);
		expect(await refusalOf(setting(), given)).toMatch(message);
	});
}

/** The same for a file of the input. `others` are file names of kinds that the bytes of the receipt are not. */
export function describeBadFile<Name extends ProviderName>(
	setting: () => Setting<Name>,
	rows: Readonly<Record<string, INodeParameters>>,
	{ most, others }: { most: number; others: ReadonlyArray<readonly [fileName: string, message: RegExp]> },
): void {
	const receipt = (change: object): INodeExecutionData => {
		const item = receiptItem();
		return { ...item, binary: { data: { ...item.binary.data, ...change } } };
	};
	const tooLarge = Buffer.alloc(most + 1, 1).toString('base64');
	const files: Array<[what: string, item: INodeExecutionData, message: RegExp]> = [
		[
			'missing',
			{ json: {} },
			/has no file in the field `data`\. Nothing was sent\. \[item 1\].*Put a node before this one/,
		],
		['too large', receipt({ data: tooLarge }), new RegExp(`${most / 1e6}\\.0 MB; at most ${most / 1e6} MB`)],
		[
			'without a name, of a type that nobody can name',
			receipt({ fileName: undefined, mimeType: 'x/y' }),
			/has no file name/,
		],
		['empty', receipt({ data: '' }), /is empty|no file/],
	];
	for (const [fileName, message] of others)
		files.push([`a picture called ${fileName}`, receipt({ fileName }), message]);
	const cases = Object.entries(rows).flatMap(([row, parameters]) =>
		files.map(([what, item, message]) => [row, what, parameters, item, message] as const),
	);
	it.each(cases)('%s sends no file that is %s', async (_row, _what, parameters, item, message) => {
		expect(await refusalOf(setting(), { parameters, items: [item] })).toMatch(message);
	});
}

interface ContinueOnFail extends Omit<Given, 'credential'> {
	/** The references of the three items. The second item cannot be sent. */
	references: [first: string, second: string, third: string];
	/** The same row with a short time-out, for an answer that is lost. */
	impatient: INodeParameters;
	/** A fault after which nobody knows what became of the third item. */
	fault: FaultPlan;
}

/** Continue On Fail: the bad item keeps nobody else back, and the error output tells rejected from unknown. */
export function describeContinueOnFail<Name extends ProviderName>(
	setting: () => Setting<Name>,
	make: () => ContinueOnFail,
): void {
	it('with Continue On Fail the bad item carries its message and the others are paid', async () => {
		const { parameters, items, references } = make();
		const result = await setting().run(parameters, { items, settings: { onError: 'continueRegularOutput' } });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['applied', 'rejected', 'applied']);
		expect(result.items[1]?.json).toMatchObject({ message: expect.stringContaining('has an exponent') });
		expect(result.items[1]?.pairedItem).toEqual({ item: 1 });
		const [first, , third] = references;
		expect(setting().provider.books.appliedPerReference()).toEqual({ [first]: 1, [third]: 1 });
	});

	it('with Continue On Fail the error output tells rejected from unknown', async () => {
		const { impatient, items, references, fault } = make();
		setting().sandbox.fault(fault);
		const result = await setting().run(impatient, { items, settings: { onError: 'continueErrorOutput' } });
		const [first, , third] = references;
		expect(result.items.map(({ json }) => json.reference)).toEqual([first]);
		expect(result.errorItems.map(({ json }) => json.details)).toEqual([
			expect.objectContaining({ outcome: 'rejected' }),
			expect.objectContaining({ outcome: 'unknown', reference: third }),
		]);
		expect(result.errorItems[1]?.json.error).toContain('Money may or may not have moved');
	});
}
