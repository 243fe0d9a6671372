import { payPlay } from '../../nodes/PayPlay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(payPlay, readContract('payplay'), {
	covered: ({ docStatus }) => docStatus !== 'inferred',
	count: 24,
});
