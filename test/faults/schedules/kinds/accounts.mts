import type { Run } from '../../../engine/harness/index.mts';

/** What names the account, and is no secret of it alone. */
const NAMES = ['clientId', 'merchantId', 'apiKey', 'companySlug', 'paymentPageSlug', 'uid', 'token'];

/** The credential of another account: one of the values that name it is another one. */
export function changeAccount(credentials: NonNullable<Run['credentials']>, which: number): void {
	for (const values of Object.values(credentials)) {
		const there = NAMES.filter((name) => typeof values[name] === 'string' && values[name] !== '');
		const name = there[which % Math.max(1, there.length)];
		if (name !== undefined) values[name] = `${String(values[name])}9`;
	}
}
