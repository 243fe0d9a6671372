import type { IParameterBuilderHint } from 'n8n-workflow';
import { operationName } from '../provider/names';
import type { Operation, Resource } from '../provider/operation';
import type { Provider } from '../provider/provider';

/** What whoever builds a workflow, a model too, is told about a resource: what moves money, and what to choose when. */
export function resourceHint({ operations }: Resource): IParameterBuilderHint {
	const moving = namesOf(operations, ({ effect }) => effect === 'money');
	const sleeping = namesOf(operations, ({ does: { callback } = {} }) => callback !== undefined);
	const waiting = namesOf(operations, ({ does: { until } = {} }) => until === 'final');
	const comparing = namesOf(operations, ({ does: { reconciles } = {} }) => reconciles !== undefined);
	return {
		propertyHint: [
			moving === '' ? 'Nothing here pays out.' : `These move money: ${moving}.`,
			...(sleeping === '' ? [] : [`To sleep until the provider calls: ${sleeping}.`]),
			...(waiting === '' ? [] : [`To know the end: ${waiting}, never a loop of reads.`]),
			...(comparing === '' ? [] : [`To compare with a ledger: ${comparing}.`]),
		].join(' '),
	};
}

/** What to give an operation that moves money, and what never. Nothing for any other operation. */
export function operationHint(operation: Operation, provider: Provider): IParameterBuilderHint | undefined {
	if (operation.effect !== 'money') return undefined;
	const { referenceField, does: { packs } = {}, once: { remembered, see } = {} } = operation;
	const look = see === undefined ? undefined : operationName(provider, see);
	const from = 'from the input item, never from $now, $execution.id or a random value';
	return {
		propertyHint: [
			'Moves money.',
			...(packs ? ['Give it all recipients as items, one each; never put it into a loop.'] : []),
			...(referenceField || remembered ? [`Take the reference ${from}.`] : []),
			'Branch on outcome: applied, rejected or unknown.',
			`Never send an unknown one again: ${look === undefined ? 'a person looks first' : `look with ${look} first`}.`,
			'Where a person approves, run it with Preview, and give the hash to Approval Hash of the one that sends.',
		].join(' '),
	};
}

function namesOf(operations: readonly Operation[], has: (operation: Operation) => boolean): string {
	return operations
		.filter(has)
		.map(({ name }) => name)
		.join(', ');
}
