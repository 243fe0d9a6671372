import type { RequestFixture } from '../requestFixtures.mts';

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'multipart/form-data; boundary=fixture-boundary' };
const ID = '0a0eb051-b255-42a8-a7bc-606e1c04233e';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const INVOICE = `/api/merchant/invoices/${ID}`;
const PDF = Buffer.from('%PDF-1.4 1');

const create = { request: 'POST /api/merchant/invoices', headers: json };
const order = {
	internalId: 'order-1042',
	amount: '1500.50',
	currency: byId('RUB'),
	notificationUrl: 'https://example.com/hook',
};
const PAY_IN =
	'{"type":"in","notificationToken":"[from the credential]","internalId":"order-1042","amount":"1500.50"';
const PAY_OUT = PAY_IN.replace('"in"', '"out"');
const recipient = (values: object) => ({ paymentRequisites: { recipient: values } });
const toCard = {
	...order,
	paymentOption: byId('TO_CARD'),
	paymentMethod: byId('unknown'),
	...recipient({ requisites: '4444 4444 4444 4444', holder: 'Иван "Ваня" Петров' }),
};

const WITHDRAWAL = {
	operation: 'withdrawal.create',
	request: 'POST /api/merchant/withdrawals',
	headers: json,
};
const withdrawal = {
	accountId: byId('df2b175e-0aef-45e3-8d03-80881389901c'),
	amount: '10.00000001',
	address: 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9',
};
const REST =
	'"accountId":"df2b175e-0aef-45e3-8d03-80881389901c","amount":"10.00000001","address":"TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9"';

const part = (name: string, value: string) =>
	`--fixture-boundary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, type: string, content: string) =>
	`--fixture-boundary\r\nContent-Disposition: form-data; name="attachment"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n--fixture-boundary--\r\n`;

/** The credential replaces `[from the credential]` by token and code when it signs. */
export const fixtures: RequestFixture[] = [
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'direct, whatever is free',
		fields: { flow: 'direct', ...order },
		body: `${PAY_IN},"currency":"RUB","notificationUrl":"https://example.com/hook","startDeal":true}`,
	},
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'direct, with everything',
		fields: {
			flow: 'direct',
			...order,
			paymentOption: byId('SBP'),
			paymentMethod: byId('bank-sinara'),
			matching: true,
		},
		options: { lang: 'ky', maxAmount: '1510', strictlySingleTransfer: true, userId: 'uid-1' },
		body: `${PAY_IN},"currency":"RUB","paymentOption":"SBP","paymentMethod":"bank-sinara","notificationUrl":"https://example.com/hook","startDeal":true,"allowMatching":true,"lang":"ky","maxAmount":"1510","strictlySingleTransfer":true,"userId":"uid-1"}`,
	},
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'step by step, with what was typed in another flow',
		fields: { flow: 'stepByStep', ...order, paymentOption: byId('SBP'), successUrl: 'https://shop.example' },
		body: `${PAY_IN},"currency":"RUB","notificationUrl":"https://example.com/hook"}`,
	},
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'redirect',
		fields: { flow: 'redirect', ...order, successUrl: 'https://shop.example/?a=1&b=ü', cancelUrl: '' },
		body: `${PAY_IN},"currency":"RUB","successUrl":"https://shop.example/?a=1&b=ü","notificationUrl":"https://example.com/hook"}`,
	},
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'cross-border',
		fields: {
			flow: 'crossBorder',
			...order,
			crossBorderCurrency: 'TJS',
			crossBorderRequisiteType: 'PHONE',
			paymentMethod: byId('dcbank'),
		},
		body: `${PAY_IN},"currency":"RUB","crossBorderCurrency":"TJS","crossBorderRequisiteType":"PHONE","paymentMethod":"dcbank","notificationUrl":"https://example.com/hook","startDeal":true,"paymentOption":"CROSS_BORDER"}`,
	},
	{
		...create,
		operation: 'invoice.createPayIn',
		about: 'cross-border by QR',
		fields: { flow: 'crossBorderQr', ...order },
		body: `${PAY_IN},"currency":"RUB","notificationUrl":"https://example.com/hook","startDeal":true,"paymentOption":"SBP_QR"}`,
	},
	{
		...create,
		operation: 'invoice.createPayOut',
		about: 'to a card of any bank, in Cyrillic',
		fields: toCard,
		body: `${PAY_OUT},"currency":"RUB","paymentOption":"TO_CARD","paymentMethod":"unknown","paymentRequisites":{"holder":"Иван \\"Ваня\\" Петров","requisites":"4444 4444 4444 4444"},"notificationUrl":"https://example.com/hook"}`,
	},
	{
		...create,
		operation: 'invoice.createPayOut',
		about: 'to a phone, without a holder, for a client',
		fields: {
			...toCard,
			amount: '0001000.10',
			paymentOption: byId('SBP'),
			paymentMethod: byId('sberbank'),
			...recipient({ requisites: '+7(996)777-99-77', holder: '' }),
		},
		options: { userId: 'uid-1' },
		body: '{"type":"out","notificationToken":"[from the credential]","internalId":"order-1042","amount":"0001000.10","currency":"RUB","paymentOption":"SBP","paymentMethod":"sberbank","paymentRequisites":{"requisites":"+7(996)777-99-77"},"notificationUrl":"https://example.com/hook","userId":"uid-1"}',
	},
	{
		...create,
		operation: 'invoice.createPayOut',
		about: 'by matching, in parts',
		fields: {
			...toCard,
			...recipient({ requisites: '4627 1001 0165 4724' }),
			matching: true,
			matchingSettings: { settings: { maxAmount: '23000', minPartAmount: '1000', maxPartAmount: '5000' } },
		},
		body: `${PAY_OUT},"currency":"RUB","paymentOption":"TO_CARD","paymentMethod":"unknown","paymentRequisites":{"requisites":"4627 1001 0165 4724"},"notificationUrl":"https://example.com/hook","allowMatching":true,"matchingSettings":{"maxAmount":"23000","maxPartAmount":"5000","minPartAmount":"1000"}}`,
	},
	{ operation: 'invoice.get', fields: { id: ID }, request: `GET ${INVOICE}` },
	{
		operation: 'invoice.getByInternalId',
		about: 'with characters that a path must not have',
		fields: { internalId: 'заказ/1?#%' },
		request: 'GET /api/merchant/invoices/internal-id/%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7%2F1%3F%23%25',
	},
	{
		operation: 'invoice.getPaymentVariants',
		fields: { id: ID },
		request: `GET ${INVOICE}/available-payment-variants`,
	},
	{
		operation: 'invoice.startDeal',
		about: 'with the chosen pair',
		fields: { id: ID, paymentOption: byId('TO_CARD'), paymentMethod: byId('sberbank') },
		request: `POST ${INVOICE}/start-deal`,
		headers: json,
		body: '{"paymentOption":"TO_CARD","paymentMethod":"sberbank"}',
	},
	{
		operation: 'invoice.startDeal',
		about: 'with whatever is free',
		fields: { id: ID },
		request: `POST ${INVOICE}/start-deal`,
		headers: json,
		body: '{}',
	},
	{
		operation: 'invoice.confirmTransfer',
		fields: { id: ID, attachment: 'data' },
		files: { data: { name: 'Чек №1.pdf', content: PDF } },
		request: `POST ${INVOICE}/confirm-transfer`,
		headers: form,
		body: file('Чек №1.pdf', 'application/pdf', '%PDF-1.4 1'),
	},
	{
		operation: 'invoice.openDispute',
		about: 'for a wrong amount',
		fields: {
			id: ID,
			dealId: byId('595af0e7-261d-4451-b651-3cfeecc0755c'),
			disputeReason: 'invalid_sum',
			paidAmount: '1000',
			attachment: 'data',
		},
		files: { data: { name: 'proof.mp4', content: Buffer.from('video') } },
		request: `POST ${INVOICE}/dispute`,
		headers: form,
		body:
			part('dealId', '595af0e7-261d-4451-b651-3cfeecc0755c') +
			part('disputeReason', 'invalid_sum') +
			part('disputeReasonData[amount]', '1000') +
			file('proof.mp4', 'application/octet-stream', 'video'),
	},
	{
		operation: 'invoice.openDispute',
		about: 'for another reason, with an amount that was typed before',
		fields: {
			id: ID,
			dealId: byId('d-1'),
			disputeReason: 'has_payment',
			paidAmount: '1',
			attachment: 'data',
		},
		files: { data: { name: 'proof.pdf', content: PDF } },
		request: `POST ${INVOICE}/dispute`,
		headers: form,
		body:
			part('dealId', 'd-1') +
			part('disputeReason', 'has_payment') +
			file('proof.pdf', 'application/pdf', '%PDF-1.4 1'),
	},
	{ operation: 'invoice.cancel', fields: { id: ID }, request: `POST ${INVOICE}/cancel` },
	{
		operation: 'invoice.getQrCode',
		fields: { id: `${ID}1` },
		request: `GET /api/public/invoices/${ID}1/qr-code`,
		headers: { Accept: 'image/svg+xml' },
	},
	{ operation: 'store.getAccounts', request: 'GET /api/merchant/accounts' },
	{ operation: 'store.getPaymentMethods', request: 'GET /api/merchant/payment-methods' },
	{
		operation: 'store.getPaymentMethods',
		about: 'of a currency',
		options: { currency: 'RUB' },
		request: 'GET /api/merchant/payment-methods?currency=RUB',
	},
	{ operation: 'store.getPaymentOptions', request: 'GET /api/merchant/payment-options' },
	{
		operation: 'store.getPublicPaymentMethods',
		fields: { currency: 'RUB' },
		request: 'GET /api/public/payment-methods/RUB',
	},
	{ operation: 'store.getRates', request: 'GET /api/merchant/currency-rates/current' },
	{
		...WITHDRAWAL,
		about: 'with a code of the credential',
		fields: { ...withdrawal, code2FA: '' },
		body: `{"code2FA":"[from the credential]",${REST}}`,
	},
	{
		...WITHDRAWAL,
		about: 'with a code that was typed',
		fields: { ...withdrawal, code2FA: '012345' },
		body: `{"code2FA":"012345",${REST}}`,
	},
	{
		...WITHDRAWAL,
		about: 'with the fee inside',
		fields: withdrawal,
		options: { substractFeeFromAmount: true },
		body: `{"code2FA":"[from the credential]",${REST},"substractFeeFromAmount":true}`,
	},
	{ operation: 'withdrawal.get', fields: { id: ID }, request: `GET /api/merchant/withdrawals/${ID}` },
];
