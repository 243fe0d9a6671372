import type { IDataObject } from 'n8n-workflow';
import { parseDecimal } from '../exact/decimal';
import { isRecord } from '../exact/json';
import type { Prepared } from '../items/prepare';
import { type Moved, type PaidSum, sumText } from '../limits/moved';
import { meaningOf } from './agents';

/** The key in the saved memory of the node. It never changes. */
const MEMORY = 'otcPayoutsAgentSums';

/**
 * What an agent has asked a node to pay in this execution. Each call of a tool is a run of its own, so without this
 * memory an agent could pay Most per Run again and again. A call that the agent repeats counts once, because it is paid
 * once.
 */
export function askedBefore(memory: IDataObject, prepared: readonly Prepared[]): PaidSum[] {
	const now = new Set(prepared.map(nameOfCall));
	return keptIn(memory).flatMap(([name, sums]) => (now.has(name) ? [] : sums));
}

/** Remembers a request just before it may be sent. What the provider refuses later still counts. */
export function rememberAsked(memory: IDataObject, one: Prepared, { payments }: Moved): void {
	if (typeof payments === 'string') return;
	const asked = Object.fromEntries(keptIn(memory).map(([name, sums]) => [name, sums.map(sumText)]));
	memory[MEMORY] = { ...asked, [nameOfCall(one)]: payments.map(sumText) };
}

/** The sums of each call that is remembered. */
function keptIn(memory: IDataObject): [name: string, sums: PaidSum[]][] {
	const kept = isRecord(memory[MEMORY]) ? memory[MEMORY] : {};
	return Object.entries(kept).map(([name, sums]) => [name, sumsIn(sums)]);
}

function nameOfCall({ request, account, reference = '' }: Prepared): string {
	return `${meaningOf(request, account)} ${reference}`;
}

function sumsIn(sums: unknown): PaidSum[] {
	if (!Array.isArray(sums)) return [];
	return sums.flatMap((text) => {
		const [digits = '', ...currency] = String(text).split(' ');
		const amount = parseDecimal(digits);
		return amount ? [{ amount, currency: currency.join(' ') }] : [];
	});
}
