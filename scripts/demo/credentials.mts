import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';
import type { NewCredential } from '../../host/credentials.mts';
import type { SmtpSink } from '../../host/smtpSink.mts';

/** What a person types into the credential of each provider to use the sandbox, under the name that the flows use. */
const providerCredentials: Record<
	string,
	{ name: string; data: (sandbox: Sandbox) => ICredentialDataDecryptedObject }
> = {
	gatePayApi: {
		name: 'Gate Pay account',
		data: ({ gatePay: { account, url } }) => ({
			clientId: account.clientId,
			paymentSecret: account.paymentSecret,
			merchantId: account.merchantId,
			baseUrl: url,
		}),
	},
	bridgePayApi: {
		name: 'BridgePay account',
		data: ({ bridgePay: { account, url } }) => ({ ...account, baseUrl: url }),
	},
	okiPaysApi: {
		name: 'OkiPays account',
		data: ({ okiPays: { account, url } }) => ({ ...account, baseUrl: url }),
	},
	payPlayApi: {
		name: 'PayPlay account',
		data: ({ payPlay: { account, url } }) => ({ ...account, baseUrl: url }),
	},
	rapiraApi: {
		name: 'Rapira account',
		data: ({ rapira: { account, url } }) => ({
			uid: account.uid,
			privateKey: account.privateKey,
			baseUrl: url,
		}),
	},
};

/** The credential of this type for this sandbox. */
export function sandboxCredential(sandbox: Sandbox, type: string): NewCredential {
	const credential = providerCredentials[type];
	if (!credential) throw new Error(`The sandbox has no account for the credential type ${type}.`);
	return { type, name: credential.name, data: credential.data(sandbox) };
}

/** The credentials that the flows need: every provider and the mail box. */
export function allCredentials(sandbox: Sandbox, { credential }: SmtpSink): NewCredential[] {
	return [
		...Object.keys(providerCredentials).map((type) => sandboxCredential(sandbox, type)),
		{ type: 'smtp', name: 'SMTP account', data: credential },
	];
}
