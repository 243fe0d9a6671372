import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from './clock';
import { inLane } from './lane';
import type { Memo } from './memo';
import type { Operation } from './operation';
import type { Account, Provider } from './provider';
import { read, type Reading } from './reading';
import type { WireRequest } from './request';
import { transmit, type Sender, type Transmission } from './transport';

/** One run of a node over all its items. */
export interface Run {
	node: IExecuteFunctions;
	provider: Provider;
	operation: Operation;
	account: Account;
	memo: Memo;
	/** Which run of the node in this execution it is: a loop runs it often. */
	runIndex: number;
}

/** Sends one request once, in its account's turn. */
export function transmitInLane(
	{ node, provider, account }: Caller,
	request: WireRequest,
	timeout: number,
): Promise<Transmission> {
	return inLane(provider.lane?.(account), clock, () => transmit(node, provider.credential, request, timeout));
}

/** Who sends: a node's run, or a drop-down. */
export interface Caller {
	node: Sender;
	provider: Provider;
	account: Account;
}

/** One signed read, repeated where that helps. What reads, lookups and drop-downs use. */
export function readFrom(
	caller: Caller,
	operation: Operation,
	request: WireRequest,
	timeout: number,
): Promise<Reading> {
	return read(
		() => transmitInLane(caller, request, timeout),
		(answer) => caller.provider.verdict(answer, operation),
		clock,
	);
}
