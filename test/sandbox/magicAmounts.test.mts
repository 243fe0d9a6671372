import axios from 'axios';

import { magicPlan } from '../../sandbox/magicAmounts.mts';
import { closeAll, failureOf, payout, start } from './client.mts';

afterEach(closeAll);

const operation = 'createPayoutBatch';
const magic = { autopilot: false, magicAmounts: true };

describe('magic amounts', () => {
	it('66.01 is refused, and nothing is done', async () => {
		const { sandbox, client } = await start(magic);
		const { body } = await client.call(operation, payout('b1', { amount: '66.01' }));
		expect(body.status).toBe('FAIL');
		expect(sandbox.gatePay.books.entries).toEqual([]);
	});

	it('66.02 is carried out, and the answer never comes; a question about it is answered', async () => {
		const { sandbox, client } = await start(magic);
		expect(await failureOf(client.call(operation, payout('b1', { amount: '66.02' })))).toBe('ECONNRESET');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1 });
		const asked = await client.call('queryPayoutBatch', { batch_id: 'b1', detail_status: 'ALL' });
		expect(asked.data.batch_id).toBe('b1');
	});

	it('are amounts like any other where nobody has asked for them', async () => {
		const { client } = await start({ autopilot: false });
		for (const amount of ['66.01', '66.02']) {
			const { body } = await client.call(operation, payout(`b${amount.slice(-1)}`, { amount }));
			expect(body.status).toBe('SUCCESS');
		}
	});

	it('are the same at all five providers', async () => {
		const { sandbox } = await start(magic);
		const providers = Object.values(sandbox.providers);
		expect(providers).toHaveLength(5);
		for (const { url } of providers) {
			const post = async (body: string) =>
				await axios.post<string>(`${url}/any`, Buffer.from(body), {
					proxy: false,
					validateStatus: () => true,
					responseType: 'text',
				});
			expect(await failureOf(post('{"amount":66.02}'))).toBe('ECONNRESET');
			const [refused, other] = [await post('{"amount":"66.01"}'), await post('{"amount":"66.03"}')];
			expect(refused.status).toBe(200);
			expect(refused.data).not.toBe(other.data);
		}
	});

	it.each([
		['{"amount":66.01}', 'ok-but-wrong'],
		['{"list":[{"amount": "66.010"}]}', 'ok-but-wrong'],
		['order_id=7&price=66.02&x=1', 'reset-after-applying'],
		['{"fiatAmount":"66.02"}', 'reset-after-applying'],
		['{"amount":"166.01"}', undefined],
		['{"amount":"66.011"}', undefined],
		['{"note":"66.01"}', undefined],
		['', undefined],
	])('%s', (body, kind) => {
		expect(magicPlan({ method: 'POST', body })?.kind).toBe(kind);
		expect(magicPlan({ method: 'GET', body })).toBeUndefined();
	});
});
