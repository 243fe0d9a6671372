import { unknown } from '../../../../core/items/messages.ts';
import { RUNBOOK } from '../../../../core/provider/pages.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import type { Provider } from '../../../../core/provider/provider.ts';

const field = (name: string) => ({ displayName: name, name, type: 'string' as const, default: '' });
const row = (value: string, more: Partial<Operation>): Operation => ({
	name: value,
	value,
	action: value,
	description: value,
	request: 'POST /',
	effect: 'money',
	docs: 'https://docs.example',
	returns: {},
	...more,
});

const get = row('get', { effect: 'read', fields: [field('id')] });
const list = row('list', { effect: 'read' });
const create = (more: Partial<Operation>) => row('create', { referenceField: 'id', ...more });

function nextStep(operation: Operation, reference: string | undefined = 'p-1'): string {
	const resources = [{ name: 'Payout', value: 'payout', operations: [operation, get, list] }];
	const provider = { displayName: 'Provider', dashboard: 'the dashboard', resources } as unknown as Provider;
	return unknown({ state: 'unknown', reason: 'cut' }, { provider, operation, reference }).nextStep;
}

describe('after an unknown outcome a person is told how to find out', () => {
	it.each<[string, Partial<Operation>, string]>([
		[
			'by the reference',
			{ lookup: { operation: 'payout.get', by: 'id', field: 'id' } },
			'Do not send it again under another reference. Use Payout: get with p-1, or look in the dashboard. Retrying this execution with the same reference is safe.',
		],
		[
			'with an operation that takes it',
			{ once: { see: 'payout.get' } },
			'Do not send it again before you know. Use Payout: get with p-1, or look in the dashboard.',
		],
		[
			'with an operation that does not take it',
			{ once: { see: 'payout.list' } },
			'Do not send it again before you know. Use Payout: list, or look in the dashboard.',
		],
		['by looking', {}, 'Do not send it again before you know. Look in the dashboard.'],
	])('%s', (_way, more, text) => expect(nextStep(create(more))).toBe(`${text} What to press: ${RUNBOOK}`));
});

describe('what was not sent now is not called harmless', () => {
	const operation = create({ lookup: { operation: 'payout.get', by: 'id', field: 'id' } });
	const resources = [{ name: 'Payout', value: 'payout', operations: [operation] }];
	const provider = { displayName: 'Provider', dashboard: 'the dashboard', resources } as unknown as Provider;

	it.each([
		[
			'not_checked',
			'Check First got no answer (cut)',
			'Whether an earlier execution carried it out is not known.',
			'Run it again with the same reference: that is safe. Until Provider has answered, do not pay or make it in another way. Turn off Check First only if the reference was never sent before.',
		],
		[
			'sent_before',
			'this item was sent as `p-0` before',
			'Money may have moved then.',
			'Find out what became of that before you do anything else. Make the reference and all other values from the data, so that they are the same at each try.',
		],
	] as const)('%s', (unsent, reason, consequence, nextStep) => {
		const outcome = { state: 'unknown', reason, unsent } as const;
		expect(unknown(outcome, { provider, operation, reference: 'p-1', item: 0 })).toEqual({
			message: `Payout: create \`p-1\` was not sent: ${reason}. ${consequence} [item 1]`,
			nextStep: `${nextStep} What to press: ${RUNBOOK}`,
		});
	});
});
