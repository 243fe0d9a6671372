import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkedOrigin, checkedSecret } from '../../core/account';
import { customRequestResource } from '../../core/customRequest';
import type { Lane } from '../../core/lane';
import type { Operation } from '../../core/operation';
import type { Account, Provider } from '../../core/provider';
import { Refusal } from '../../core/refusal';
import { verdict } from './answers';
import { loginOf, type Key } from './authentication';
import { address } from './operations/address';
import { aml } from './operations/aml';
import { balance } from './operations/balance';
import { deposit } from './operations/deposit';
import { market } from './operations/market';
import { otc } from './operations/otc';
import { payout } from './operations/payout';
import { processing } from './operations/processing';
import { exactNumbers, toPayment } from './payment';
import { importPrivateKey } from './signing';

export const PRODUCTION = 'https://api.rapira.net';

const DOCS = 'https://rapira.apidog.io';

/**
 * The account of a credential.
 * @throws Refusal for a base URL, UID or private key that cannot work; never with the key in it
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const key = keyOf(credentials);
	const { privateKey, token } = credentials;
	// n8n keeps the token with a mark before the first point.
	const secrets = [privateKey, isText(token) ? token.slice(token.indexOf('.') + 1) : ''].filter(isText);
	return { origin: key.origin, id: key.kid, secrets, login: loginOf(key) };
}

/** What signs in. @throws Refusal, as `account` does */
export function keyOf({ baseUrl, uid, privateKey }: ICredentialDataDecryptedObject): Key {
	const origin = checkedOrigin(baseUrl);
	const kid = checkedSecret(uid, 'UID');
	if (!isText(privateKey)) throw new Refusal('Private Key in the credential is empty');
	return { origin, kid, privateKey: importPrivateKey(privateKey) };
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** A little less than the 5 per second and 100 per minute that integrations name: others use the same key. */
function lane({ origin, id }: Account): Lane {
	return {
		key: `rapira ${origin} ${id}`,
		limits: [
			{ requests: 4, milliseconds: 1_000 },
			{ requests: 90, milliseconds: 60_000 },
		],
	};
}

function headers({ returns }: Operation): Record<string, string> {
	return 'file' in returns ? { Accept: returns.file.type } : {};
}

export const rapira: Provider = {
	name: 'rapira',
	displayName: 'Rapira',
	credential: 'rapiraApi',
	resources: [payout, address, deposit, otc, aml, balance, market, processing, customRequestResource(DOCS)],
	loginRequest: 'POST /open/generate_jwt',
	parallelReads: 4,
	lane,
	dashboard: 'your Rapira account',
	account,
	headers,
	verdict,
	payment: toPayment,
	// There are only polls, so Rapira's own words are the same for every source: two states that are both unknown, or a
	// payout that is reopened and ends again, are two events.
	eventVersion: ({ providerStatus, updatedAtLocal }) => [providerStatus, updatedAtLocal],
	shapes: { exactNumbers },
};
