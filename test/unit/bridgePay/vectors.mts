/** The vectors were computed for a made-up secret, because the pages show no complete signature. */
export const secret = 'bp_test_secret_0123456789abcdef';
export const base = 'https://api.bridgepay.club';
const id = '0a0eb051-b255-42a8-a7bc-606e1c04233e';

export const B1 =
	'{"type":"in","amount":"1000.00","currency":"RUB","notificationUrl":"https://example.com/hook","notificationToken":"tok-1","internalId":"order-1","paymentOption":"SBP","paymentMethod":null,"startDeal":true}';
/** The body as Python's json.dumps writes it, with `", "` and `": "`. */
export const B1_SPACED =
	'{"type": "in", "amount": "1000.00", "currency": "RUB", "notificationUrl": "https://example.com/hook", "notificationToken": "tok-1", "internalId": "order-1", "paymentOption": "SBP", "paymentMethod": null, "startDeal": true}';
export const B2 =
	'{"type":"out","amount":"1500.50","currency":"RUB","notificationUrl":"https://example.com/hook","notificationToken":"tok-1","internalId":"payout-7","paymentOption":"TO_CARD","paymentMethod":"unknown","paymentRequisites":{"requisites":"4444 4444 4444 4444","holder":"Иван Петров"}}';

export interface Vector {
	name: string;
	method: string;
	path: string;
	body: string;
	signature: string;
	/** The body on the wire is a form, which is not signed. */
	multipart?: true;
}

const post = (name: string, path: string, body: string, signature: string): Vector => ({
	name,
	method: 'POST',
	path,
	body,
	signature,
});

export const vectors: Vector[] = [
	post('1 create, compact', '/api/merchant/invoices', B1, '0DHYShXBtN3uRc65jkaeBKzINNo='),
	post('2 create, with spaces', '/api/merchant/invoices', B1_SPACED, 'ybo/VJUnTT7gDUm+zatTQ2DUsbE='),
	{
		name: '3 accounts',
		method: 'GET',
		path: '/api/merchant/accounts',
		body: '',
		signature: 'M+2SlikQHeuPLM5gBgNnDlBJC6s=',
	},
	{
		...post(
			'4 confirm transfer',
			`/api/merchant/invoices/${id}/confirm-transfer`,
			'',
			'qWUYfRU20a4b/J4kz37+HiTppk0=',
		),
		multipart: true,
	},
	{
		...post('5 dispute', `/api/merchant/invoices/${id}/dispute`, '', 'yURLiiHOF7LgJQJa+F1FcrTLL3o='),
		multipart: true,
	},
	post('6 cancel', `/api/merchant/invoices/${id}/cancel`, '', 'E6FxUKRuZ0VIv0FYJi5Xk8rNmIY='),
	post(
		'7 start deal',
		`/api/merchant/invoices/${id}/start-deal`,
		'{"paymentOption":"TO_CARD","paymentMethod":"sberbank"}',
		'HSSwPBR2NdGBr8cDbs+iemp/nQE=',
	),
	{
		name: '8 payment methods, with a query',
		method: 'GET',
		path: '/api/merchant/payment-methods?currency=RUB',
		body: '',
		signature: 'Com2ObI6hy8rxYIcm77QyV2tlLI=',
	},
	post('9 create, Cyrillic', '/api/merchant/invoices', B2, 'Ap1BCvgg9QAZTd1LH55clj4mcl4='),
];

/** The results of some mistakes for vector 1. */
export const wrong = {
	pathInsteadOfUrl: 'cHZHhQj9gI+io7ASH5E5U1Xfexk=',
	httpInsteadOfHttps: 'sZnF9f+lcaB4Vnqngdo4hpdfE8I=',
	plainSha1: 'TI3vyjgoksGmScWAkkAqLxzN16U=',
	hexDigest: 'd031d84a15c1b4ddee45ceb98e469e04acc834da',
};
