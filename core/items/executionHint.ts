import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject, type Json } from '../exact/json';
import { NOT_SENT } from './outcome';

/**
 * Says over the output panel how many items were not applied. An execution that goes on after an unknown outcome is
 * green, so the items alone would not catch the eye. Older versions of n8n show no such hint.
 */
export function hintAtUnapplied(node: IExecuteFunctions, items: readonly INodeExecutionData[]): void {
	const message = unappliedText(items.map(({ json }) => standingOf(json)));
	if (message === undefined) return;
	node.addExecutionHints?.({
		message,
		type: 'warning',
		location: 'outputPane',
	});
}

type NotApplied = 'unknown' | 'rejected' | 'not sent' | undefined;

function unappliedText(standings: readonly NotApplied[]): string | undefined {
	const count = (wanted: NotApplied) => standings.filter((standing) => standing === wanted).length;
	const counted = (['unknown', 'rejected', 'not sent'] as const)
		.map((standing) => [count(standing), standing] as const)
		.filter(([number]) => number > 0)
		.map(([number, standing]) => `${number} of ${standings.length} ${standing}`);
	if (counted.length === 0) return undefined;
	const advice = count('unknown') > 0 ? 'Do not pay the unknown ones again in another way: ' : '';
	return `${counted.join(', ')}. ${advice}${advice === '' ? 'See' : 'see'} message and nextStep of each item.`;
}

/** An item of the error output has its members in `details`. */
function standingOf({ outcome, code, details }: INodeExecutionData['json']): NotApplied {
	const inner: { outcome?: Json; code?: Json } = isObject(details) ? details : {};
	const told = outcome ?? inner.outcome;
	if (told !== 'unknown' && told !== 'rejected') return undefined;
	return told === 'rejected' && (code ?? inner.code) === NOT_SENT ? 'not sent' : told;
}
