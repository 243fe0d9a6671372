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

/** A drop-down filled from one read of the provider. */
export interface Search {
	/** `resource.operation` of a read that returns rows, or one object, which is then the only row. */
	operation: string;
	/** Parameters from the fields that the user has already set. */
	values(context: ILoadOptionsFunctions): WritableObject;
	/** A row (of a bare value: `{ data }`) as a choice, or as several where rows stand inside a row; undefined leaves it out. */
	choice(
		row: JsonObject,
		context: ILoadOptionsFunctions,
	): INodeListSearchItems | INodeListSearchItems[] | undefined;
	/** What to do when the list is empty. */
	whenEmpty: string;
}

/** Editor lists are short: a person looks at them. */
const LIST_TIMEOUT_MS = 15_000;

/**
 * Fills a drop-down; the filter is matched against name and value.
 * @throws NodeOperationError with what to do, shown in the drop-down
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

function asFailure(cause: unknown): Error {
	return cause instanceof Error ? cause : new Refusal('The list could not be read');
}

/**
 * n8n keeps value and name of what is chosen among the parameters of the node, and evaluates there what begins with an
 * equals sign: a provider's text would run as the user's own expression.
 */
function withoutExpression(choice: INodeListSearchItems): INodeListSearchItems[] {
	if (isExpression(choice.value)) return [];
	return [isExpression(choice.name) ? { ...choice, name: String(choice.value) } : choice];
}

/** The first choice of each value: rows that stand inside rows may repeat. */
function once(choices: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...new Map([...choices].reverse().map((choice) => [choice.value, choice])).values()];
}

function matching(filter: string | undefined): (choice: INodeListSearchItems) => boolean {
	const wanted = filter?.toLowerCase() ?? '';
	return ({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted);
}
