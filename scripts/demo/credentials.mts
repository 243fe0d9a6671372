import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';
import type { NewCredential } from '../../host/credentials.mts';
import type { SmtpSink } from '../../host/smtpSink.mts';

/** What a person types into a credential to use the sandbox, where that is less than the sandbox knows of the account. */
const typed: Record<string, (sandbox: Sandbox) => ICredentialDataDecryptedObject> = {
	gatePay: ({ gatePay: { account } }) => ({
		clientId: account.clientId,
		paymentSecret: account.paymentSecret,
		merchantId: account.merchantId,
	}),
	rapira: ({ rapira: { account } }) => ({ uid: account.uid, privateKey: account.privateKey }),
};

/** The credential of this type for this sandbox, under the name that the flows use. */
export function sandboxCredential(sandbox: Sandbox, type: string): NewCredential {
	const name = type.replace(/Api$/, '');
	const provider = sandbox.providers[name];
	if (!provider) throw new Error(`The sandbox has no account for the credential type ${type}.`);
	const { title, account, url } = provider;
	const data = typed[name]?.(sandbox) ?? textsOf(account);
	return { type, name: `${title} account`, data: { ...data, baseUrl: url } };
}

/** A sandbox account whose members have the names of the credential's fields. */
function textsOf(account: unknown): ICredentialDataDecryptedObject {
	if (typeof account !== 'object' || account === null)
		throw new Error('The sandbox has an account without keys.');
	return Object.fromEntries(
		Object.entries(account).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}

/** The credentials that the flows need: every provider and the mail box. */
export function allCredentials(sandbox: Sandbox, { credential }: SmtpSink): NewCredential[] {
	return [
		...Object.keys(sandbox.providers).map((name) => sandboxCredential(sandbox, `${name}Api`)),
		{ type: 'smtp', name: 'SMTP account', data: credential },
	];
}
