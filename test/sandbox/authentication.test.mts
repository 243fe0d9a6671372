import { closeAll, payout, start } from './client.mts';

afterEach(closeAll);

const query = { cryptoCurrency: 'USDT', fiatCurrency: 'USD', side: 'FIAT', type: 'BUY', fiatAmount: '1000' };

describe('who may call Gate Pay', () => {
	it('accepts a request signed by another implementation, and remembers it', async () => {
		const { sandbox, client } = await start();
		const { code } = await client.call('createOtcQuote', query);
		expect(code).toBe('0');
		const [request] = sandbox.gatePay.requests;
		expect(request).toMatchObject({
			method: 'POST',
			path: '/withdraw/open/otc/api/v1/quote',
			operation: 'createOtcQuote',
			verdict: { kind: 'accepted' },
		});
		expect(request?.body).toBe(JSON.stringify(query));
	});

	it('signs nothing for GET: the query is not covered', async () => {
		const { client } = await start();
		const { status, text } = await client.call('listPayoutChains', undefined, {
			query: { currency: 'USDT' },
		});
		expect(status).toBe(200);
		expect(JSON.parse(text)).toContainEqual(expect.objectContaining({ chain: 'TRX', decimal: '6' }));
	});

	const late = String(Date.now() - 60_000);
	it.each([
		['an unknown client id', '400004', { 'X-GatePay-Certificate-ClientId': 'someone' }],
		['an old timestamp', '400003', { 'X-GatePay-Timestamp': late }],
		['a timestamp in seconds', '400003', { 'X-GatePay-Timestamp': late.slice(0, 10) }],
		['an empty nonce', '400020', { 'X-GatePay-Nonce': '' }],
		['a nonce of 33 characters', '400020', { 'X-GatePay-Nonce': 'a'.repeat(33) }],
		['a nonce with a hyphen', '400020', { 'X-GatePay-Nonce': 'a-b' }],
		['another nonce than the signed one', '400002', { 'X-GatePay-Nonce': 'abc' }],
		['a signature of nobody', '400002', { 'X-GatePay-Signature': '0'.repeat(128) }],
	])('refuses %s', async (_name, code, headers) => {
		const { sandbox, client } = await start();
		const answer = await client.call('createPayoutBatch', payout('b1'), { headers });
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({ status: 'FAIL', code, data: null });
		expect(answer.body.errorMessage).toEqual(expect.any(String));
		expect(sandbox.gatePay.requests[0]?.verdict).toMatchObject({ kind: 'refused', code });
		expect(sandbox.gatePay.books.entries).toEqual([]);
	});

	it('labels a wrong signature as documented', async () => {
		const { client } = await start();
		const headers = { 'X-GatePay-Signature': 'x' };
		expect((await client.call('createOtcQuote', query, { headers })).body.label).toBe('INVALID_SIGNATURE');
	});

	it('checks the received bytes: the same JSON with other blanks is refused', async () => {
		const { client } = await start();
		const wireBody = JSON.stringify(query, null, 1);
		expect((await client.call('createOtcQuote', query, { wireBody })).code).toBe('400002');
	});

	it('refuses a nonce that was used before, and only then', async () => {
		const { client } = await start();
		const headers = client.sign(JSON.stringify(query));
		expect((await client.call('createOtcQuote', query, { headers })).code).toBe('0');
		expect((await client.call('createOtcQuote', query, { headers })).body).toMatchObject({
			code: '400020',
			label: 'INVALID_NONCE',
		});
	});

	it('goes by its own clock, 10 seconds in either direction', async () => {
		let ahead = 0;
		const { client } = await start({ clock: () => Date.now() + ahead });
		for (const [seconds, code] of [
			[9, '0'],
			[-9, '0'],
			[11, '400003'],
			[-11, '400003'],
		] as const) {
			ahead = seconds * 1000;
			expect((await client.call('createOtcQuote', query)).code).toBe(code);
		}
	});

	it('refuses another content type', async () => {
		const { client } = await start();
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', '???']) {
			const { code } = await client.call('createOtcQuote', query, { headers: { 'Content-Type': type } });
			expect([type, code]).toEqual([type, '400007']);
		}
	});

	it('wants On-Behalf-Of on institution paths', async () => {
		const { client } = await start();
		expect((await client.call('institutionCreateOtcQuote', query)).code).toBe('400001');
		const headers = { 'X-GatePay-On-Behalf-Of': '2124538349' };
		expect((await client.call('institutionCreateOtcQuote', query, { headers })).code).toBe('0');
	});
});
