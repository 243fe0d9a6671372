import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createBase58check } from '@scure/base';
import { getAddress, isAddress } from 'viem';

import { addressOf } from '../sandbox/addresses.mts';
import type { Part } from './part.mts';
import { inTurns, processorTime } from './statistics.mts';

const require = createRequire(join(import.meta.dirname, '..', 'dist', 'index.js'));

/** All limits of a credential, and none of them refuses the payment. */
const CREDENTIALS = {
	mostPerPayment: 'USDT 1000, USD 5000',
	mostPerRun: 'USDT 100000000',
	allowedRecipients: addressOf('TRX', 'anna'),
	approvalFrom: 'USDT 1000',
};
const VALUES = { amount: '12.5', currency: 'USDT', address: addressOf('TRX', 'anna'), chain: 'TRX' };
const OPERATION = {
	name: 'Create',
	effect: 'money',
	moves: { amount: ['amount'], currency: ['currency'], to: [{ member: 'address', chain: 'chain' }] },
};

/** What the limits of a credential and the check of the recipient cost for each item. */
export const checking: Part = async ({ extent: { calls, manyRounds } }) => {
	const { movedBy } = require('./core/limits/moved.js');
	const { limitsOf } = require('./core/limits/limits.js');
	const { judgeRun } = require('./core/limits/judge.js');
	const { wrongAddress } = require('./core/recipients/recipient.js');
	const base58check = createBase58check((content: Uint8Array) =>
		createHash('sha256').update(content).digest(),
	);
	const body = JSON.stringify(VALUES);
	// Other addresses each time, because viem remembers the last ones.
	const owners = Array.from({ length: calls }, (_one, index) => `owner ${index}`);
	const tron = owners.map((owner) => addressOf('TRX', owner));
	const mixed = owners.map((owner) => getAddress(`0x${addressOf('ETH', owner).slice(2)}`));
	const each = (work: (index: number) => unknown) => async () => {
		const all = () => owners.forEach((_owner, index) => work(index));
		return ((await processorTime(all)) / calls) * 1000;
	};
	const ofRun = (work: () => unknown) => async () => ((await processorTime(work)) / calls) * 1000;
	const times = await inTurns(
		{
			limits: ofRun(() => {
				const requests = owners.map(() => movedBy(OPERATION, VALUES));
				judgeRun(limitsOf(CREDENTIALS), { operation: OPERATION, byAgent: false, requests });
			}),
			parse: each(() => JSON.parse(body)),
			tron: each((index) => wrongAddress(tron[index], 'TRX')),
			scure: each((index) => base58check.decode(tron[index] ?? '')),
			evm: each((index) => wrongAddress(mixed[index], 'ETH')),
			viem: each((index) => isAddress(mixed[index] ?? '')),
		},
		manyRounds,
	);
	return {
		title: 'Limits and recipients',
		rows: [
			{
				what: 'all limits of a credential, for one item of a run',
				ours: times.limits,
				unit: 'µs',
				peer: "JSON.parse of the item's body",
				theirs: times.parse,
			},
			{
				what: 'the check of an address on TRON',
				ours: times.tron,
				unit: 'µs',
				peer: '@scure/base',
				theirs: times.scure,
			},
			{
				what: 'the check of an Ethereum address in both cases',
				ours: times.evm,
				unit: 'µs',
				peer: 'viem',
				theirs: times.viem,
			},
		],
		series: [],
		notes: ['Processor time.'],
	};
};
