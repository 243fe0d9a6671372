import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { sha256 } from '../exact/hash';
import { isRecord } from '../exact/json';
import { asRefusal, Refusal } from '../refusal';

/**
 * Names that are claimed in n8n's own database. A claim holds for all executions and all workers of one workflow, and
 * has no end.
 */
export interface Claims {
	isClaimed(name: string): Promise<boolean>;
	/** @returns whether this call has claimed the name; of several calls at the same moment, only one gets true */
	claim(name: string): Promise<boolean>;
	release(name: string): Promise<void>;
}

const ENTRIES = { mode: 'entries' } as const;

/**
 * Claims names with the data of Remove Duplicates. n8n stores that data in one row for each workflow and node ID. If
 * two workers write the same row at the same moment, one overwrites the other's entries. So each name has its own
 * row, under an ID that no node has. To claim a name means to insert its row, and the primary key lets only one call
 * succeed.
 * @throws Refusal where n8n cannot store anything
 */
export function claimsOf(execution: IExecuteFunctions): Claims {
	if (!execution.getWorkflow().id) throw notSaved();
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
				// Either the primary key has refused a second row, or the database did not answer.
				if (!(cause instanceof Refusal) && (await isClaimed(name))) return false;
				// The table of claims refers to the table of workflows.
				if (/foreign key/i.test(asRefusal(cause).message)) throw notSaved();
				throw asRefusal(cause);
			}
		},
		release: async (name) => {
			await underName(node, name, () => execution.helpers.clearAllProcessedItems('node', ENTRIES));
		},
	};
}

/** The node object that the helpers of this execution read. getNode() gives only a copy. */
function ownNode(execution: IExecuteFunctions): INode {
	const node: unknown = Reflect.get(execution, 'node');
	if (isNode(node)) return node;
	throw cannotRemember();
}

function isNode(value: unknown): value is INode {
	return isRecord(value) && typeof value.id === 'string';
}

/**
 * Asks a helper about the row of a name. The helpers read the node's ID before they wait for anything, so the name
 * replaces the ID only for that moment.
 * @throws Refusal where the helper did not read the ID, because its answer would be about another row
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

function notSaved(): Refusal {
	return new Refusal(
		'This workflow is not saved yet, so n8n cannot remember its payments',
		'Save the workflow and run it again',
	);
}

function cannotRemember(): Refusal {
	return new Refusal(
		'This version of n8n does not let the node remember its payments',
		'Update the package, or use a version of n8n that the package names as tested',
	);
}
