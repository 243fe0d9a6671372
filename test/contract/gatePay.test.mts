import { gatePay } from '../../nodes/GatePay/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

const isDocumented = ({ docStatus, tag }: { docStatus: string; tag: string }) =>
	docStatus !== 'inferred' && tag !== 'Merchant MCP';

describeRows(gatePay, readContract('gatepay'), {
	// The calls for institutions count through the rows that have their paths. Only the one for balances has a row of its own.
	covered: (endpoint) =>
		isDocumented(endpoint) &&
		(endpoint.tag !== 'Institution merchant API' || endpoint.operationId === 'institutionGetBalances'),
	count: 91,
	documented: isDocumented,
	notOffered: {
		// No page says where these page numbers begin. The row sends page -1 instead, which returns everything.
		getDeposits: ['pageSize'],
		// In the older contract this path has no parameters.
		getDepositsOlder: 'all',
		// An older page has this name for the same field.
		getProduct: ['merchantProdNo'],
		// These are other names of pageNum and pageSize.
		getFeeRules: ['page', 'page_size'],
		// Only answers have these. The contract says so of three; the times belong to the answer too.
		'createProduct.priceList': ['priceNo', 'productNo', 'status', 'createTime', 'updateTime'],
	},
	// This is a GET with a form in its body. n8n drops the body of every GET, so the filters go into the query.
	otherEncoding: ['getPaymentOrders'],
	// The calls about the institution's own accounts and fee rules: "Do not send X-GatePay-On-Behalf-Of".
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
