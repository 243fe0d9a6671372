import type { AccountKind } from '../recipients/recipient';

/** A member that names who gets the money, and how to see that it is mistyped. */
export type CheckedPayee =
	/** An address, and the member that names its chain. An unknown chain is not checked. */
	| { member: string; chain: string }
	/** A card, phone or account, by the member that names the way of payment. A way that is not listed is not checked. */
	| { member: string; way: string; kinds: Readonly<Record<string, AccountKind>> }
	/** Always of the same kind. */
	| { member: string; kind: AccountKind };

/**
 * The members of a money request that say how much of what goes to whom. The limits of the credential count them. All
 * are paths in the values of the request. With `lines` they are members of each line, and a line without a member has
 * that of the batch.
 */
export interface Moves {
	/** Where the payments of one request stand. */
	lines?: string;
	/** The sum. If there are several, the request has exactly one of them, with the currency at the same place. */
	amount: readonly string[];
	currency: readonly string[];
	/** The member that says how many times the sum is paid. */
	times?: string;
	/** Members that let another sum leave than the request says. With one of them, the sum is not known. */
	unlessSet?: readonly string[];
	/** A member that names the currency in another way. It must contain the currency, or else the sum is not known. */
	repeatedIn?: string;
	/**
	 * Whoever gets the money. If several are set, all count. Empty where the request names nobody. A bare name is an ID
	 * of the provider, or an address of an unknown chain: nobody can see whether it is mistyped.
	 */
	to: ReadonlyArray<string | CheckedPayee> | 'own account';
	memo?: string;
	/** Why the request does not say its sum or currency, and what to do. Under a cap such a request is refused. */
	unsaid?: string;
}
