import { customRequestResource } from '../../core/fields/customRequest';
import type { Provider } from '../../core/provider/provider';
import { account } from './account';
import { balance } from './operations/balance';
import { convertWithdrawal } from './operations/convertWithdrawal';
import { cryptoOrder } from './operations/cryptoOrder';
import { order } from './operations/order';
import { rate } from './operations/rate';
import { refund } from './operations/refund';
import { staticWallet } from './operations/staticWallet';
import { topUp } from './operations/topUp';
import { transaction } from './operations/transaction';
import { withdrawal } from './operations/withdrawal';
import { toPayment } from './payment';
import { shapes } from './shapes';
import { verdict } from './verdict';

export const payPlay: Provider = {
	name: 'payPlay',
	displayName: 'PayPlay',
	credential: 'payPlayApi',
	resources: [
		order,
		cryptoOrder,
		topUp,
		staticWallet,
		transaction,
		withdrawal,
		convertWithdrawal,
		refund,
		balance,
		rate,
		customRequestResource('https://payplay-docs.pages.dev/docs/http-api/misc', '/private-api/order-statuses'),
	],
	// No rate limit is documented.
	parallelReads: 32,
	dashboard:
		'the PayPlay CRM under its orders and transactions (withdrawals by their address), or wait for its webhook',
	account,
	verdict,
	payment: toPayment,
	// This is `completed_at`, as text. Its zone is not documented, but lists, reads and webhooks write it in the same
	// form. The word is CANCELED for orders and CANCELLED for transactions, but either may come in the other
	// spelling.
	eventVersion: ({ providerStatus, updatedAtLocal }) => [
		providerStatus.replace('CANCELLED', 'CANCELED'),
		updatedAtLocal,
	],
	shapes,
};
