import {
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	isExpression,
	NodeOperationError,
} from 'n8n-workflow';
import { isObject, type JsonObject, type WritableObject } from '../exact/json';
import { notSent, unread } from '../items/messages';
import { findOperation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { readFrom } from '../wire/asking';
import { rowsOf } from '../wire/pages';
import { requestFor } from '../wire/request';

/** A drop-down that one read of the provider fills. */
export interface Search {
	/** `resource.operation` of a read that returns rows or one object. One object counts as the only row. */
	operation: string;
	/** The read's parameters, taken from the fields that the user has already set. */
	values(context: ILoadOptionsFunctions): WritableObject;
	/**
	 * Makes a choice of a row, or several choices where rows stand inside a row. A bare value comes as `{ data }`.
	 * Undefined leaves the row out.
	 */
	choice(
		row: JsonObject,
		context: ILoadOptionsFunctions,
	): INodeListSearchItems | INodeListSearchItems[] | undefined;
	/** What to do when the list is empty. */
	whenEmpty: string;
}

/** The user waits for the list, so the time-out is short. */
const LIST_TIMEOUT_MS = 15_000;

/**
 * Fills a drop-down. The filter is compared with name and value.
 * @throws NodeOperationError that says what to do; the drop-down shows it
 */
export async function search(
	context: ILoadOptionsFunctions,
	provider: Provider,
	{ operation: name, values, choice, whenEmpty }: Search,
	filter: string | undefined,
): Promise<INodeListSearchResult> {
	const operation = findOperation(provider.resources, name);
	if (!operation) throw new TypeError(`No operation ${name}`);
	const subject = { provider, operation, reference: undefined };
	try {
		const account = provider.account(await context.getCredentials(provider.credential));
		const request = requestFor(provider, account, operation, values(context));
		const reading = await readFrom({ node: context, provider, account }, operation, request, LIST_TIMEOUT_MS);
		if (reading.state !== 'read') {
			const told = unread(reading, { ...subject, account });
			throw new NodeOperationError(context.getNode(), told.message, { description: told.nextStep });
		}
		const rows = 'list' in operation.returns ? rowsOf(reading.data, operation) : [reading.data];
		const choices = rows
			.map((row) => (isObject(row) ? row : { data: row }))
			.flatMap((row) => choice(row, context) ?? [])
			.flatMap(withoutExpression);
		if (choices.length === 0) throw new Refusal(whenEmpty);
		return {
			results: once(choices)
				.filter(matching(filter))
				.sort((a, b) => a.name.localeCompare(b.name)),
		};
	} catch (cause) {
		if (!(cause instanceof Refusal)) throw new NodeOperationError(context.getNode(), asFailure(cause));
		const told = notSent(cause.message, subject, cause.nextStep);
		throw new NodeOperationError(context.getNode(), cause.message, { description: told.nextStep });
	}
}

/** n8n saves the chosen name in the workflow, so a balance in it would grow stale and leave with an export. */
export function withBalance(choice: INodeListSearchItems, balance: string | undefined): INodeListSearchItems {
	return { ...choice, description: `${balance ?? '?'} available` };
}

function asFailure(cause: unknown): Error {
	return cause instanceof Error ? cause : new Refusal('The list could not be read');
}

/**
 * n8n stores name and value of the chosen entry in the node's parameters, and evaluates a text that begins with an
 * equals sign. The provider's text would run as the user's own expression.
 */
function withoutExpression(choice: INodeListSearchItems): INodeListSearchItems[] {
	if (isExpression(choice.value)) return [];
	return [isExpression(choice.name) ? { ...choice, name: String(choice.value) } : choice];
}

/** Keeps the first choice of each value, because rows inside rows may repeat. */
function once(choices: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...new Map([...choices].reverse().map((choice) => [choice.value, choice])).values()];
}

function matching(filter: string | undefined): (choice: INodeListSearchItems) => boolean {
	const wanted = filter?.toLowerCase() ?? '';
	return ({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted);
}
