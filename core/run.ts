import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from './clock';
import type { Memo } from './memo';
import type { Operation } from './operation';
import type { Account, Provider } from './provider';
import { read, type Reading } from './reading';
import type { WireRequest } from './request';
import { transmit, type Sender } from './transport';

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

/** One signed read, repeated where that helps. What reads, lookups and drop-downs use. */
export function readFrom(
	{ node, provider }: { node: Sender; provider: Provider },
	operation: Operation,
	request: WireRequest,
	timeout: number,
): Promise<Reading> {
	return read(
		() => transmit(node, provider.credential, request, timeout),
		(answer) => provider.verdict(answer, operation),
		clock,
	);
}
