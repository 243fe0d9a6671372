/** What n8n's credentials call the values of an account, for people who copy them there. */
const LABELS: Readonly<Record<string, string>> = {
	apiKey: 'API Key',
	apiToken: 'Private API Token',
	clientId: 'Client ID',
	companySlug: 'Company Slug',
	generalSignatureToken: 'General Signature Token',
	merchantId: 'Merchant ID',
	notificationToken: 'Notification Token',
	pageSignatureToken: 'Page Signature Token',
	paymentPageSlug: 'Payment Page Slug',
	paymentSecret: 'Payment API Secret',
	privateKey: 'Private Key',
	secret: 'Secret',
	token: 'Token',
	totpSecret: 'TOTP Secret',
	uid: 'UID',
	// No credential has this value. A bank account under this name is approved without further papers.
	verifiedName: 'Verified Name',
};

/** The values of an account by their labels, in the account's order. */
export function labelled(account: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(account).map(([name, value]) => [LABELS[name] ?? name, String(value)]),
	);
}
