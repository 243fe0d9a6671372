import type { Run } from '../../../engine/harness/index.mts';

/** What names the account, and is no secret of it alone. */
const NAMES = ['clientId', 'merchantId', 'apiKey', 'companySlug', 'paymentPageSlug', 'uid', 'token'];

/** The credential of another account. */
export function changeAccount(credentials: NonNullable<Run['credentials']>): void {
	for (const values of Object.values(credentials)) {
		for (const name of NAMES) {
			const value = values[name];
			if (typeof value === 'string' && value !== '') values[name] = `${value}9`;
		}
	}
}
