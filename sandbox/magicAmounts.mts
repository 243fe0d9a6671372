import type { FaultPlan, ServerFault } from './faults.mts';

/** Amounts that end in one way at every provider, so that a person can try a branch without the console. */
export const MAGIC_AMOUNTS = {
	/** The provider refuses it in its own words and does nothing. */
	refused: '66.01',
	/** The provider carries it out, and the connection is cut before its answer. */
	cutOff: '66.02',
} as const;

const PLANS: Record<keyof typeof MAGIC_AMOUNTS, FaultPlan<ServerFault>> = {
	refused: { kind: 'ok-but-wrong', body: 'refusal', applied: false },
	cutOff: { kind: 'reset-after-applying' },
};

/** A member of a JSON body or of a form whose name says that it is an amount. */
const AMOUNTS = /(?:amount|value|price|sum|total)\w*"?\s*[:=]\s*"?(\d+\.\d+)(?![\d.])/gi;

/** What becomes of a request that carries a magic amount. Reads carry none in their body. */
export function magicPlan({
	method,
	body,
}: {
	method: string;
	body: string;
}): FaultPlan<ServerFault> | undefined {
	if (method === 'GET') return undefined;
	const amounts = [...body.matchAll(AMOUNTS)].map(([, amount = '']) => amount.replace(/0+$/, ''));
	if (amounts.includes(MAGIC_AMOUNTS.refused)) return PLANS.refused;
	if (amounts.includes(MAGIC_AMOUNTS.cutOff)) return PLANS.cutOff;
	return undefined;
}
