import { generateKeyPairSync } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { catalogue } from './catalogue.mts';

const { privateKey } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Credentials whose values have a form of their own, or characters that are hard to find. */
const given: Readonly<Record<string, ICredentialDataDecryptedObject>> = {
	gatePay: {
		clientId: 'client-of-gate-pay',
		paymentSecret: 'MARK?gate/pay+payment&secret=1"\\',
		merchantId: '10001',
		onBehalfOf: '',
	},
	bridgePay: {
		apiKey: 'MARK-bridge/pay+api&key=2',
		secret: 'MARK?bridge/pay+merchant&secret=3"\\',
		notificationToken: 'MARK-bridge/pay+notification&token=4',
		totpSecret: 'MARKBRIDGEPAYTOTPSECRETABCDEFGHI',
	},
	okiPays: {
		token: 'MARK-oki/pays+token&5',
		secret: 'MARK?oki/pays+secret&6"\\',
		requestIdUnit: 'milliseconds',
	},
	payPlay: {
		apiToken: 'MARK-pay/play+api&token=7',
		paymentPageSlug: 'page',
		companySlug: 'company',
		pageSignatureToken: 'MARK?pay/play+page&token=8"\\',
		generalSignatureToken: 'MARK?pay/play+general&token=9"\\',
	},
	rapira: { uid: '00000000-0000-4000-8000-000000000000', privateKey, token: '' },
};

/** A marker for each secret of a credential. */
function marked(name: string, { properties }: ICredentialType): ICredentialDataDecryptedObject {
	const secrets = properties.filter(({ typeOptions }) => typeOptions?.password);
	return Object.fromEntries(secrets.map((field) => [field.name, `MARK-${name}+${field.name}&key=1`]));
}

/** A credential of every provider. Every secret in it is a marker that the tests find wherever it appears. */
export const markedCredentials: Readonly<Record<string, ICredentialDataDecryptedObject>> = Object.fromEntries(
	catalogue.map(({ provider: { name }, credential }) => [name, given[name] ?? marked(name, credential)]),
);

/** The token of Rapira's login, a secret that n8n did not have before. */
export const markedSession = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"exp":4102444800,"sub":"MARK-rapira-session"}').toString('base64url')}.MARK_rapira-session_signature`;
