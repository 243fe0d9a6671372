import { gatePay } from '../../nodes/GatePay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(gatePay, readContract('gatepay'), {
	covered: ({ tag, operationId }) =>
		['OTC', 'Payouts'].includes(tag) || ['getBalances', 'getBalanceMap', 'listLedger'].includes(operationId),
	count: 24,
	notOffered: {
		// Paging by number has no documented beginning: page -1, all at once, is sent instead.
		getDeposits: ['pageSize'],
		// The older contract of this path has no parameters.
		getDepositsOlder: 'all',
	},
});
