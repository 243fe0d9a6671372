import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { compare, type Decimal, parseDecimal } from '../exact/decimal';
import { recipientsIn } from './recipient';

/** The most for each currency. The key is the currency in capital letters. */
export type Amounts = ReadonlyMap<string, Decimal>;

/** The limits of a credential. Whoever may only use the credential can neither read nor change them. */
export interface Limits {
	/** The name of a limit whose text cannot be read. Nothing that moves money may be sent then. */
	unreadable?: string;
	/** What is an expression in the credential. Then the data of a flow would set the limit, so none counts. */
	byExpression?: string;
	paymentsOff: boolean;
	mostPerPayment?: Amounts | undefined;
	mostPerRun?: Amounts | undefined;
	/** Canonical texts, see `recipient.ts`. */
	allowedRecipients?: ReadonlySet<string> | undefined;
	approvalFrom?: Amounts | undefined;
	agents: 'never' | 'within' | 'approval';
	customRequests: 'all' | 'reads';
}

/** The names of the limits in the form of the credential, for messages. */
export const LIMIT_NAMES = {
	paymentsOff: 'Payments Off',
	mostPerPayment: 'Most per Payment',
	mostPerRun: 'Most per Run',
	allowedRecipients: 'Allowed Recipients',
	approvalFrom: 'Approval From',
	aiAgents: 'AI Agents',
	customRequests: 'Custom Requests',
} as const;

export type LimitName = keyof typeof LIMIT_NAMES;

/** The names of the fields in the credential. */
export const limitNames = Object.keys(LIMIT_NAMES).filter((name): name is LimitName => name in LIMIT_NAMES);

/** Says what to do about every limit. */
export const WHO_CHANGES = 'Only the owner of the credential can change this limit';

/**
 * Reads the limits. It never throws, because a credential with an unreadable limit must still read. An absent value
 * is the default: a credential of an earlier version has none.
 */
export function limitsOf(credentials: ICredentialDataDecryptedObject): Limits {
	const unreadable = new Set<LimitName>();
	const parsed = <Value>(name: LimitName, read: (text: string) => Value | undefined): Value | undefined => {
		const given: unknown = credentials[name];
		if (given === undefined || given === null || given === '') return undefined;
		const value = typeof given === 'string' ? read(given) : undefined;
		if (value === undefined) unreadable.add(name);
		return value;
	};
	const paymentsOff = switchOf(credentials.paymentsOff);
	if (paymentsOff === undefined) unreadable.add('paymentsOff');
	const limits = {
		mostPerPayment: parsed('mostPerPayment', amountsIn),
		mostPerRun: parsed('mostPerRun', amountsIn),
		allowedRecipients: parsed('allowedRecipients', recipientsIn),
		approvalFrom: parsed('approvalFrom', amountsIn),
	};
	const agents = parsed('aiAgents', choiceOf<Limits['agents']>(['never', 'within', 'approval'])) ?? 'never';
	const isLimited =
		paymentsOff !== false || unreadable.size > 0 || Object.values(limits).some((one) => one !== undefined);
	const custom =
		parsed('customRequests', choiceOf<'auto' | 'all' | 'reads'>(['auto', 'all', 'reads'])) ?? 'auto';
	const [first] = unreadable;
	return {
		...(first === undefined ? {} : { unreadable: LIMIT_NAMES[first] }),
		paymentsOff: paymentsOff !== false,
		...limits,
		agents,
		customRequests:
			unreadable.size > 0 || (custom === 'auto' && isLimited) || custom === 'reads' ? 'reads' : 'all',
	};
}

/** Whether a limit says something about the money of a payment. */
export function limitsMoney(limits: Limits): boolean {
	const { mostPerPayment, mostPerRun, allowedRecipients, approvalFrom } = limits;
	return [mostPerPayment, mostPerRun, allowedRecipients, approvalFrom].some((one) => one !== undefined);
}

/** Whether two texts of limits are the same. They differ within a run only if an expression makes them. */
export function limitsText(credentials: ICredentialDataDecryptedObject): string {
	return JSON.stringify(limitNames.map((name) => credentials[name] ?? null));
}

function switchOf(given: unknown): boolean | undefined {
	if (given === undefined || given === null) return false;
	return typeof given === 'boolean' ? given : undefined;
}

function choiceOf<Choice extends string>(choices: readonly Choice[]) {
	return (text: string): Choice | undefined => choices.find((one) => one === text);
}

/** The longest text of a limit. A hundred currencies have 2,000 characters. */
const MAX_LIMIT_LENGTH = 10_000;

/**
 * Reads `USDT 1000, USD 5000`. A comma separates two currencies and never groups digits, so `USDT 1,000` cannot be
 * read. A currency that is named twice cannot either, because nobody knows which of the two counts.
 */
export function amountsIn(text: string): Amounts | undefined {
	if (text.length > MAX_LIMIT_LENGTH) return undefined;
	const amounts = new Map<string, Decimal>();
	for (const entry of text.split(/[,;\n]/)) {
		const parts = /^\s*([A-Za-z0-9][A-Za-z0-9._-]{0,29})[ \t:=]+(\d{1,40}(?:\.\d{1,40})?)\s*$/.exec(entry);
		const amount = parseDecimal(parts?.[2] ?? '');
		const currency = currencyName(parts?.[1] ?? '');
		if (!amount || amounts.has(currency)) return undefined;
		// `1000 20` is an amount in place of a currency.
		if (/^[\d.]+$/.test(currency)) return undefined;
		amounts.set(currency, amount);
	}
	return amounts;
}

/** A currency in the spelling in which two of them are compared. A letter of another alphabet stays another one. */
export function currencyName(text: string): string {
	return text.trim().replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** Whether an amount is above the most. Undefined where the limit does not name the currency. */
export function isAbove(amounts: Amounts, currency: string, amount: Decimal): boolean | undefined {
	const most = amounts.get(currency);
	return most && compare(amount, most) > 0;
}
