import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderName, Sandbox } from '../../../../sandbox/index.mts';

/** What a case may use to prepare its items. */
export interface Kit {
	sandbox: Sandbox;
	/** Runs one operation of the case's provider without faults, and returns its first item. */
	one(parameters: INodeParameters, receipt?: boolean): Promise<IDataObject>;
}

/** The parameters of one write or money operation, and what it needs before. */
export interface Case {
	provider: ProviderName;
	/** `resource.operation` */
	operation: string;
	/** The path in the contract that a custom request calls. */
	path?: string;
	/** Parameters as a user maps them from the input. The `tag` of each item makes its request different from all others. */
	fields: INodeParameters;
	/** Options in addition to those that the schedule sets. */
	options?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/** Every item has a small picture in `data`. */
	receipt?: true;
	/** All items are lines of one mass payment. No line may be in it twice. */
	isPacked?: true;
	/** The most items that can be prepared. */
	most?: number;
	/** Prepares what the requests need. Where there is a reference, the tag is the reference. */
	items(tags: string[], kit: Kit): Promise<IDataObject[]> | IDataObject[];
	/** The sandbox's books name an applied request by its tag. */
	isBooked?: true;
	/** The provider itself keeps a reference from being applied twice, as documented. */
	isUnique?: true;
	/** No page shows the answer, so an ID in it may be of anything. */
	isAnswerUnknown?: true;
}

/** Another order, which no execution waits for. */
export const OTHER = 'other-1';

export const TAG = '={{ $json.tag }}';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Items that need no preparation. */
export const plain = (tags: string[]): IDataObject[] => tags.map((tag) => ({ tag }));

/** Prepares one after the other, because the sandbox numbers what it makes. */
export async function each(
	tags: string[],
	make: (tag: string) => Promise<IDataObject>,
): Promise<IDataObject[]> {
	const items: IDataObject[] = [];
	for (const tag of tags) items.push(await make(tag));
	return items;
}
