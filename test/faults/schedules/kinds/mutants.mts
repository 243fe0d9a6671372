import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { isRecord } from '../../../../core/exact/json.ts';

type Execute = NonNullable<INodeType['execute']>;

/** A node with a mistake. */
export type Mutant = (node: INodeType) => INodeType;

function withExecute(node: INodeType, make: (own: Execute) => Execute): INodeType {
	const { execute } = node;
	if (!execute) throw new Error('The node does not execute');
	return Object.assign(Object.create(node), { execute: make(execute) });
}

/** What n8n gives to the node is another thing. */
const given =
	(change: (node: IExecuteFunctions) => object): Mutant =>
	(node) =>
		withExecute(
			node,
			(own) =>
				async function (response) {
					return await own.call(Object.assign(Object.create(this), change(this)), response);
				},
		);

/** What the items say is another thing. */
const saying =
	(change: (said: IDataObject) => void): Mutant =>
	(node) =>
		withExecute(
			node,
			(own) =>
				async function (response) {
					const output = await own.call(this, response);
					if (!Array.isArray(output)) return output;
					for (const item of output.flat()) if (item) alter(item, change);
					return output;
				},
		);

function alter({ json }: INodeExecutionData, change: (said: IDataObject) => void): void {
	change(json);
	if (isRecord(json.details)) change(json.details as IDataObject);
}

/** Does not hear that it is to stop. */
export const deaf = given(() => ({ getExecutionCancelSignal: () => undefined }));

/** Remembers nothing of what it has done. */
export const forgetful = given(() => ({ getContext: () => ({}) }));

/** Finds no payment in the memory of n8n. */
export const unremembering = given((execution) => {
	// The memory refuses an answer for which nobody has looked at the ID of the node.
	const look = () => {
		const node: unknown = Reflect.get(execution, 'node');
		return isRecord(node) && node.id;
	};
	return {
		helpers: {
			...execution.helpers,
			getProcessedDataCount: async () => Number(look() === undefined),
			checkProcessedAndRecord: async (items: unknown[]) => ({ new: items, processed: [], id: look() }),
		},
	};
});

/** Takes every approval for its own. */
export const unapproving = given((node) => ({
	getNodeParameter(...asked: Parameters<IExecuteFunctions['getNodeParameter']>) {
		const value = node.getNodeParameter(...asked);
		if (asked[0] !== 'options' || !isRecord(value)) return value;
		return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'approvalHash'));
	},
}));

/** Calls refused what it does not know. */
export const hasty = saying((said) => {
	if (said.outcome === 'unknown') said.outcome = 'rejected';
});

/** Believes that all is well. */
export const credulous = saying((said) => {
	if (said.outcome === 'unknown' || said.outcome === 'rejected') said.outcome = 'applied';
});

/** Calls refused what was there already. */
export const denying = saying((said) => {
	if (said.replayed === true) said.outcome = 'rejected';
});

/** Never knows anything. */
export const lazy = saying((said) => {
	if (said.outcome === 'applied' || said.outcome === 'rejected') said.outcome = 'unknown';
});

/** Says at the top of a failed item what an earlier node has said. */
export const merging: Mutant = (node) =>
	withExecute(
		node,
		(own) =>
			async function (response) {
				const output = await own.call(this, response);
				if (!Array.isArray(output)) return output;
				for (const item of output.flat()) if (item?.error ?? item?.json.error) item.json.outcome = 'rejected';
				return output;
			},
	);
