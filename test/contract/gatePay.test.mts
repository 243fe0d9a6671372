import { gatePay } from '../../nodes/GatePay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

const isDocumented = ({ docStatus, tag }: { docStatus: string; tag: string }) =>
	docStatus !== 'inferred' && tag !== 'Merchant MCP';

describeRows(gatePay, readContract('gatepay'), {
	// The twins count through the rows that carry their paths; the balances' twin has a body of its own, and a row.
	covered: (endpoint) =>
		isDocumented(endpoint) &&
		(endpoint.tag !== 'Institution merchant API' || endpoint.operationId === 'institutionGetBalances'),
	count: 91,
	documented: isDocumented,
	notOffered: {
		// Paging by number has no documented beginning: page -1, all at once, is sent instead.
		getDeposits: ['pageSize'],
		// The older contract of this path has no parameters.
		getDepositsOlder: 'all',
		// The name of the same field on an older page.
		getProduct: ['merchantProdNo'],
		// Aliases of pageNum and pageSize.
		getFeeRules: ['page', 'page_size'],
		// In answers only, as the contract says of three of them; the times are the answer's too.
		'createProduct.priceList': ['priceNo', 'productNo', 'status', 'createTime', 'updateTime'],
	},
	// A GET with a form in its body: n8n drops the body of every GET, so the filters go into the query.
	otherEncoding: ['getPaymentOrders'],
	// "Do not send X-GatePay-On-Behalf-Of": the institution's own accounts and fee rules.
	neverOnBehalf: [
		'createSubAccount',
		'getSubAccount',
		'getSubAccounts',
		'createFeeRule',
		'upgradeFeeRule',
		'getFeeRule',
		'getFeeRules',
	],
});

it('has the documented number of endpoints', () => {
	const { endpoints } = readContract('gatepay');
	expect([endpoints.length, endpoints.filter(isDocumented).length]).toEqual([157, 152]);
});
