import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { sha256 } from '../exact/hash';
import { isRecord } from '../exact/json';
import { asRefusal, Refusal } from '../refusal';

/** Names that are claimed in n8n's own database: for all executions and all workers of one workflow, and for ever. */
export interface Claims {
	isClaimed(name: string): Promise<boolean>;
	/** @returns whether this call has claimed it: of several calls at the same moment, only one gets true */
	claim(name: string): Promise<boolean>;
	release(name: string): Promise<void>;
}

const ENTRIES = { mode: 'entries' } as const;

/**
 * n8n keeps the data of Remove Duplicates in one row for each workflow and node ID. Two workers that write the same row at
 * the same moment overwrite each other's entries. So each name has a row of its own, under an ID that no node has: a claim
 * is the insertion of that row, and the primary key lets only one through.
 * @throws Refusal where n8n cannot keep anything
 */
export function claimsOf(execution: IExecuteFunctions): Claims {
	if (!execution.getWorkflow().id) {
		throw new Refusal(
			'This workflow is not saved yet, so n8n cannot remember its payments',
			'Save the workflow and run it again',
		);
	}
	const node = ownNode(execution);
	const isClaimed = async (name: string) =>
		(await underName(node, name, () => execution.helpers.getProcessedDataCount('node', ENTRIES))) > 0;
	return {
		isClaimed,
		claim: async (name) => {
			try {
				const checked = await underName(node, name, () =>
					execution.helpers.checkProcessedAndRecord(['claimed'], 'node', ENTRIES),
				);
				return checked.new.length > 0;
			} catch (cause) {
				// The primary key has refused the second row, or the database did not answer.
				if (!(cause instanceof Refusal) && (await isClaimed(name))) return false;
				throw asRefusal(cause);
			}
		},
		release: async (name) => {
			await underName(node, name, () => execution.helpers.clearAllProcessedItems('node', ENTRIES));
		},
	};
}

/** The node that the helpers of this execution look at. What getNode() gives is a copy. */
function ownNode(execution: IExecuteFunctions): INode {
	const node: unknown = Reflect.get(execution, 'node');
	if (isNode(node)) return node;
	throw cannotRemember();
}

function isNode(value: unknown): value is INode {
	return isRecord(value) && typeof value.id === 'string';
}

/**
 * The helpers read the ID of the node before they wait for anything, so the name stands in its place for that moment only.
 * @throws Refusal where the ID was not read: what follows would be about the row of another name
 */
async function underName<Result>(node: INode, name: string, ask: () => Promise<Result>): Promise<Result> {
	const { id } = node;
	const row = `otc-payouts ${sha256(name)}`;
	let isRead = false;
	const named = {
		configurable: true,
		enumerable: true,
		get: () => {
			isRead = true;
			return row;
		},
	};
	Object.defineProperty(node, 'id', named);
	let asked: Promise<Result>;
	try {
		asked = ask();
	} finally {
		Object.defineProperty(node, 'id', { configurable: true, enumerable: true, writable: true, value: id });
	}
	const result = await asked;
	if (!isRead) throw cannotRemember();
	return result;
}

function cannotRemember(): Refusal {
	return new Refusal(
		'This version of n8n does not let the node remember its payments',
		'Update the package, or use a version of n8n that the package names as tested',
	);
}
