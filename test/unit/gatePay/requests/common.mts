import { gatePay } from '../../../../nodes/GatePay/provider.ts';
import { BOUNDARY } from '../../requestFixtures.mts';

export const credential = {
	clientId: 'sandbox-client',
	paymentSecret: 'fixture-secret',
	merchantId: '10001',
	onBehalfOf: '',
	baseUrl: 'https://openplatform.gateapi.io',
};

export const own = gatePay.account(credential);

/** An institution's credential that acts for a sub-account. */
export const behalf = gatePay.account({ ...credential, onBehalfOf: '53695180' });

export const json = { 'Content-Type': 'application/json' };
export const form = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };
export const forSubAccount = { 'X-GatePay-On-Behalf-Of': '53695180' };

export const data = { name: 'a.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) };
export const more = { name: 'b.pdf', content: Buffer.from('%PDF') };

/** A form with a file is not text, so it is written with one character for each byte. */
export const bytes = (latin1: string) => Buffer.from(latin1, 'latin1');
