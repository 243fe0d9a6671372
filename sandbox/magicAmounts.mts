import type { FaultPlan, ServerFault } from './faults.mts';

/** Amounts that end in one way, so that a person can try a branch without the console. */
export const MAGIC_AMOUNTS = {
	/** The provider refuses it in its own words and does nothing. */
	refused: '66.01',
	/** The provider carries it out, and the connection is cut before its answer. */
	cutOff: '66.02',
	/** The payer sends half of it and no more. */
	paidShort: '66.03',
	/** The money that came in goes back to the payer. */
	refunded: '66.04',
	/** The payment stays where a person at the provider would have to look at it. */
	inReview: '66.05',
} as const;

export type MagicAmount = keyof typeof MAGIC_AMOUNTS;

/** Says which magic amount this is, if it is one. */
export type Magic = (amount: string | null) => MagicAmount | undefined;

const names = Object.keys(MAGIC_AMOUNTS).filter((name): name is MagicAmount => name in MAGIC_AMOUNTS);

/** These two end on the way, at every provider alike. What the others mean, each provider's own states say. */
const PLANS: Partial<Record<MagicAmount, FaultPlan<ServerFault>>> = {
	refused: { kind: 'ok-but-wrong', body: 'refusal', applied: false },
	cutOff: { kind: 'reset-after-applying' },
};

/** A member of a JSON body or of a form whose name says that it is an amount. */
const AMOUNTS = /(?:amount|value|price|sum|total)\w*"?\s*[:=]\s*"?(\d+\.\d+)(?![\d.])/gi;

export const magicOf: Magic = (amount) => {
	const shortest = amount?.replace(/(?<=\.\d+)0+$/, '');
	return names.find((name) => MAGIC_AMOUNTS[name] === shortest);
};

/** For sandboxes of tests: every amount is one like any other. */
export const noMagic: Magic = () => undefined;

/** The fault that a request with a magic amount meets. Reads carry none in their body. */
export function magicPlan({
	method,
	body,
}: {
	method: string;
	body: string;
}): FaultPlan<ServerFault> | undefined {
	if (method === 'GET') return undefined;
	const magic = [...body.matchAll(AMOUNTS)].map(([, amount = '']) => magicOf(amount));
	const first = names.find((name) => PLANS[name] && magic.includes(name));
	return first && PLANS[first];
}
