import { request } from 'node:http';
import axios from 'axios';

import { FAULT_KINDS, type FaultPlan } from '../../sandbox/index.mts';
import { closeAll, contract, eventually, failureOf, payout, start } from './client.mts';

afterEach(closeAll);

const operation = 'createPayoutBatch';

async function payUnder(plan: FaultPlan, options: { timeout?: number } = {}) {
	const { sandbox, client } = await start({ autopilot: false });
	sandbox.fault({ operation, ...plan });
	const outcome = client.call(operation, payout('b1'), options);
	return { sandbox, client, outcome };
}

describe('faults: what the client sees and what was applied', () => {
	it.each([
		['reset-before-reading', 'ECONNRESET', {}],
		['timeout-before-applying', 'ECONNABORTED', {}],
		['reset-after-applying', 'ECONNRESET', { b1: 1 }],
		['timeout-after-applying', 'ECONNABORTED', { b1: 1 }],
		['half-a-body', 'ERR_BAD_RESPONSE', { b1: 1 }],
		['slow-drip', 'ECONNABORTED', { b1: 1 }],
	] as const)('%s: the client gets %s', async (kind, failure, applied) => {
		const { sandbox, outcome } = await payUnder({ kind }, { timeout: 1500 });
		expect(await failureOf(outcome)).toBe(failure);
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual(applied);
		expect(sandbox.gatePay.requests[0]).toMatchObject({ fault: kind, operation });
		const accepted = Object.keys(applied).length > 0;
		expect(sandbox.gatePay.requests[0]?.verdict.kind).toBe(accepted ? 'accepted' : 'unread');
	});

	it('half-a-body: announces more bytes than it sends', async () => {
		const { sandbox, client } = await payUnder({ kind: 'half-a-body', operation: 'getBalanceMap' });
		const response = await axios.get(`${sandbox.gatePay.url}/v1/pay/balance`, {
			headers: client.sign(''),
			responseType: 'stream',
			proxy: false,
		});
		let received = 0;
		const broken = new Promise((resolve) => {
			response.data.on('data', (chunk: Buffer) => (received += chunk.length));
			response.data.on('error', resolve);
		});
		await broken;
		expect(received).toBeGreaterThan(0);
		expect(received).toBeLessThan(Number(response.headers['content-length']));
	});

	it('slow-drip: a client that waits gets everything', async () => {
		const { outcome } = await payUnder({ kind: 'slow-drip', seconds: 0.001 });
		expect((await outcome).data).toEqual({ batch_id: 'b1' });
	});

	it('time-outs end after the planned seconds', async () => {
		const { outcome } = await payUnder({ kind: 'timeout-before-applying', seconds: 0.05 });
		expect(await failureOf(outcome)).toBe('ECONNRESET');
	});

	it.each<[FaultPlan, number, Record<string, string>, string]>([
		[{ kind: 'unauthorized' }, 401, {}, '401 Unauthorized'],
		[{ kind: 'redirect' }, 307, { location: 'https://elsewhere.sandbox.invalid/' }, 'Moved'],
		[
			{ kind: 'redirect', status: 302, location: 'http://127.0.0.1:2/' },
			302,
			{ location: 'http://127.0.0.1:2/' },
			'',
		],
		[{ kind: 'too-many-requests', retryAfter: 7 }, 429, { 'retry-after': '7' }, '429'],
		[{ kind: 'bad-gateway' }, 502, {}, '<html>'],
		[{ kind: 'bad-gateway', status: 503 }, 503, {}, '503 Service Unavailable'],
		[{ kind: 'ok-but-wrong' }, 200, { 'content-type': 'text/html; charset=utf-8' }, '<html>'],
		[{ kind: 'ok-but-wrong', body: 'refusal' }, 200, {}, '"status":"FAIL"'],
	])('%j: answered, not applied', async (plan, status, headers, text) => {
		const { sandbox, outcome } = await payUnder(plan);
		const answer = await outcome;
		expect(answer.status).toBe(status);
		expect(answer.headers).toMatchObject(headers);
		expect(answer.text).toContain(text);
		expect(sandbox.gatePay.books.entries).toEqual([]);
		expect(sandbox.gatePay.state.payoutBatches).toEqual([]);
	});

	it('too-many-requests without Retry-After', async () => {
		const { outcome } = await payUnder({ kind: 'too-many-requests', retryAfter: null });
		expect((await outcome).headers).not.toHaveProperty('retry-after');
	});

	it('a gateway can also spoil the answer of an applied request', async () => {
		const { sandbox, outcome } = await payUnder({ kind: 'bad-gateway', applied: true });
		expect((await outcome).status).toBe(502);
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1 });
	});

	it('applies nothing that Gate Pay refuses, whatever the fault', async () => {
		const { sandbox, client } = await start();
		sandbox.fault({ kind: 'reset-after-applying' });
		expect(await failureOf(client.call(operation, payout('b1', { amount: '0' })))).toBe('ECONNRESET');
		expect(sandbox.gatePay.books.entries).toEqual([]);
		expect(sandbox.gatePay.requests[0]?.verdict).toMatchObject({ kind: 'refused' });
	});
});

describe('a body that the provider cannot read', () => {
	it('is no request where the client leaves before the last byte, and the sandbox goes on', async () => {
		const { sandbox, client } = await start();
		const body = JSON.stringify(payout('b1'));
		const { path } = contract.route(operation);
		const headers = { ...client.sign(body), 'Content-Type': 'application/json' };
		const half = request(`${sandbox.gatePay.url}${path}`, {
			method: 'POST',
			headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
		});
		half.on('error', () => undefined);
		half.write(body.slice(0, 20));
		await eventually(() => sandbox.gatePay.requests.length === 1);
		half.destroy();
		expect((await client.call(operation, payout('b2'))).body.status).toBe('SUCCESS');
		expect(sandbox.gatePay.requests[0]).toMatchObject({ operation, verdict: { kind: 'unread' }, body: '' });
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b2: 1 });
	});

	it('is refused in its own words where it is too large', async () => {
		const { sandbox, client } = await start();
		const wireBody = 'x'.repeat(64 * 1024 * 1024 + 1);
		const answer = await client.call(operation, payout('b1'), { wireBody });
		expect(answer.text).toContain('"FAIL"');
		expect(sandbox.gatePay.books.entries).toEqual([]);
	});
});

describe('faults before a connection', () => {
	it.each([
		['dns', /ENOTFOUND|EAI_AGAIN/],
		['connection-refused', /ECONNREFUSED/],
		['tls-handshake', /EPROTO|ERR_SSL|wrong version/],
	] as const)('%s: an address to call instead, once', async (kind, failure) => {
		const { sandbox, client } = await start();
		sandbox.fault({ operation, kind, nth: 2 });
		expect(sandbox.gatePay.takeAddressFault('queryPayoutBatch')).toBeUndefined();
		expect(sandbox.gatePay.takeAddressFault(operation)).toBeUndefined();
		const fault = sandbox.gatePay.takeAddressFault(operation);
		expect(fault).toEqual({ url: sandbox.gatePay.brokenAddresses[kind] });
		expect(await failureOf(client.call(operation, payout('b1'), { url: fault?.url ?? '' }))).toMatch(failure);
		expect(sandbox.gatePay.takeAddressFault(operation)).toBeUndefined();
		expect(sandbox.gatePay.requests).toEqual([]);
	});

	it('does not count arriving requests for address faults', async () => {
		const { sandbox, client } = await start();
		sandbox.fault({ operation, kind: 'dns' });
		expect((await client.call(operation, payout('b1'))).body.status).toBe('SUCCESS');
		expect(sandbox.gatePay.takeAddressFault(operation)).toBeDefined();
	});

	it('connection-refused with seconds really closes the port, then opens the same one', async () => {
		const { sandbox, client } = await start();
		const { url } = sandbox.gatePay;
		sandbox.fault({ kind: 'connection-refused', seconds: 0.2 });
		expect(await failureOf(client.call(operation, payout('b1')))).toBe('ECONNREFUSED');
		while ((await failureOf(client.call('getBalanceMap'))) !== 'answered') {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(sandbox.gatePay.url).toBe(url);
	});

	it('clearFaults opens it at once', async () => {
		const { sandbox, client } = await start();
		sandbox.fault({ kind: 'connection-refused', seconds: 600 });
		sandbox.clearFaults();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await failureOf(client.call('getBalanceMap'))).toBe('answered');
	});
});

describe('which request a fault meets', () => {
	it('nth and times count matching requests only', async () => {
		const { sandbox, client } = await start({ autopilot: false });
		sandbox.fault({ operation, kind: 'bad-gateway', nth: 2, times: 2 });
		const statuses: number[] = [];
		for (const id of ['b1', 'b2', 'b3', 'b4']) {
			await client.call('getBalanceMap');
			statuses.push((await client.call(operation, payout(id))).status);
		}
		expect(statuses).toEqual([200, 502, 502, 200]);
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1, b4: 1 });
	});

	it('any operation when none is named', async () => {
		const { sandbox, client } = await start();
		sandbox.fault({ provider: 'gatePay', kind: 'bad-gateway' });
		expect((await client.call('getBalanceMap')).status).toBe(502);
		expect((await client.call('getBalanceMap')).status).toBe(200);
	});

	it('refuses a target that does not exist: such a fault would never happen', async () => {
		const { sandbox } = await start();
		expect(() => sandbox.fault({ provider: 'somebody', kind: 'dns' })).toThrow('somebody');
		expect(() => sandbox.fault({ operation: 'createPayout', kind: 'dns' })).toThrow('createPayout');
	});

	it('reset forgets faults, records, books and requests', async () => {
		const { sandbox, client } = await start({ autopilot: false });
		await client.call(operation, payout('b1'));
		sandbox.fault({ kind: 'bad-gateway' });
		await sandbox.reset();
		expect(sandbox.gatePay.books.entries).toEqual([]);
		expect(sandbox.gatePay.requests).toEqual([]);
		expect(sandbox.gatePay.state).toMatchObject({
			payoutBatches: [],
			ledger: [],
			balances: { USDT: '1000000' },
		});
		expect((await client.call(operation, payout('b1'))).body.status).toBe('SUCCESS');
	});

	it('there are fourteen', () => {
		expect(new Set(FAULT_KINDS).size).toBe(14);
	});
});

describe('a request that an earlier test gave up on', () => {
	it.each([
		[true, {}],
		// Without a move the late request uses up the fault of a later test.
		[false, { late: 1 }],
	] as const)('arrives after a reset: moved %p', async (movesOnReset, applied) => {
		const { sandbox, client } = await start({ autopilot: false, movesOnReset });
		await client.call('getBalanceMap');
		const { url } = sandbox.gatePay;
		await sandbox.reset();
		sandbox.fault({ operation, kind: 'reset-after-applying' });
		const late = client.call(operation, payout('late'), { url });
		expect(await failureOf(late)).toBe(movesOnReset ? 'ECONNREFUSED' : 'ECONNRESET');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual(applied);
		const next = client.call(operation, payout('next'));
		expect(await failureOf(next)).toBe(movesOnReset ? 'ECONNRESET' : 'answered');
	});

	it('is cut off by a reset that moves the sandbox while its body is on the way', async () => {
		const { sandbox, client } = await start({ autopilot: false, movesOnReset: true });
		sandbox.fault({ operation, kind: 'timeout-after-applying' });
		const held = failureOf(client.call(operation, payout('held')));
		await eventually(() => sandbox.gatePay.requests.length === 1);
		await sandbox.reset();
		expect(await held).toBe('ECONNRESET');
	});
});
