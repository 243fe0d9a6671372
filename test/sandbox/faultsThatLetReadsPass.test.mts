import { catalogue } from '../catalogue.mts';
import { closeAll, failureOf, payout, start } from './client.mts';

afterEach(closeAll);

describe('a fault for what creates or pays', () => {
	it('lets the question of Check First pass and strikes the payment', async () => {
		const { sandbox, client } = await start({ autopilot: false });
		sandbox.fault({ provider: 'gatePay', kind: 'reset-after-applying', onlyChanges: true });
		const asked = await client.call('queryPayoutBatch', { batch_id: 'b1', detail_status: 'ALL' });
		expect(asked.body.status).toBe('FAIL');
		expect(await failureOf(client.call('createPayoutBatch', payout('b1')))).toBe('ECONNRESET');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ b1: 1 });
	});

	it('knows every request of every node that is more than a read', async () => {
		const { sandbox } = await start({ autopilot: false });
		const { nodeOperations } = sandbox.gatePay;
		expect(nodeOperations.nameOf('createPayoutBatch')).toBe('Payout: Create, Create Many');
		expect(nodeOperations.nameOf('no such operation')).toBe('no such operation');
		for (const { provider } of catalogue) {
			const running = sandbox.providers[provider.name];
			const changes = running?.operations.filter((id) => running.nodeOperations.changes(id)) ?? [];
			const rows = provider.resources.flatMap(({ operations }) => operations);
			const wanted = rows.filter(({ effect, custom }) => effect !== 'read' && !custom);
			expect(changes.length).toBeGreaterThanOrEqual(new Set(wanted.map(({ request }) => request)).size);
		}
	});
});
