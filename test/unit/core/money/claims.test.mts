import type { IExecuteFunctions } from 'n8n-workflow';
import { claimsOf } from '../../../../core/money/claims.ts';

interface Surface {
	workflowId?: string | undefined;
	/** Reads the ID only after it has waited, as no version of n8n does today. */
	isLate?: boolean;
	/** Does not read the node's ID at all. */
	isBlind?: boolean;
	node?: unknown;
	/** What the database throws at an insert. */
	insert?: (row: string) => void;
}

/** n8n's table of processed data, with what the helpers of one execution do to it. */
function surface({
	workflowId = 'w1',
	isLate,
	isBlind,
	node = { id: 'node-1', name: 'Pay' },
	insert,
}: Surface = {}) {
	const rows = new Set<string>();
	const asked: unknown[][] = [];
	const idOf = async () => {
		const read = () => (isBlind ? 'node-1' : String(Reflect.get(node as object, 'id')));
		if (!isLate) {
			const id = read();
			await Promise.resolve();
			return id;
		}
		await Promise.resolve();
		return read();
	};
	const execution = {
		node,
		getWorkflow: () => ({ id: workflowId }),
		helpers: {
			getProcessedDataCount: async (...given: unknown[]) => {
				asked.push(given);
				return rows.has(await idOf()) ? 1 : 0;
			},
			checkProcessedAndRecord: async (...given: unknown[]) => {
				asked.push(given);
				const row = await idOf();
				insert?.(row);
				const isNew = !rows.has(row);
				rows.add(row);
				return { new: isNew ? ['claimed'] : [], processed: isNew ? [] : ['claimed'] };
			},
			clearAllProcessedItems: async (...given: unknown[]) => {
				asked.push(given);
				rows.delete(await idOf());
			},
		},
	};
	return { claims: () => claimsOf(execution as unknown as IExecuteFunctions), rows, node, asked };
}

const cannot = 'This version of n8n does not let the node remember its payments';

describe('a name', () => {
	it('is claimed by one call, until it is released', async () => {
		const { claim, isClaimed, release } = surface().claims();
		expect(await isClaimed('p_1')).toBe(false);
		expect(await claim('p_1')).toBe(true);
		expect(await claim('p_1')).toBe(false);
		expect(await isClaimed('p_1')).toBe(true);
		expect(await isClaimed('p_2')).toBe(false);
		await release('p_2');
		expect(await claim('p_1')).toBe(false);
		await release('p_1');
		expect(await claim('p_1')).toBe(true);
	});

	it('has a row of its own, which does not show it, in the scope of the node', async () => {
		const { claims, rows, asked } = surface();
		await claims().claim('payout anna');
		await claims().isClaimed('payout anna');
		await claims().release('payout anna');
		await claims().claim('payout bob');
		expect([...rows]).toEqual([expect.stringMatching(/^otc-payouts [0-9a-f]{64}$/)]);
		const entries = { mode: 'entries' };
		expect(asked.slice(0, 3)).toEqual([
			[['claimed'], 'node', entries],
			['node', entries],
			['node', entries],
		]);
	});

	it('leaves the node as it was: n8n saves and compares it', async () => {
		const { claims, node } = surface();
		await claims().claim('p_1');
		expect(Object.getOwnPropertyDescriptor(node, 'id')).toEqual({
			value: 'node-1',
			writable: true,
			enumerable: true,
			configurable: true,
		});
		expect(JSON.stringify(node)).toBe('{"id":"node-1","name":"Pay"}');
	});

	it('stays with its node while another call is under way', async () => {
		const { claims } = surface();
		const { claim } = claims();
		expect(await Promise.all([claim('a'), claim('b'), claim('a')])).toEqual([true, true, false]);
	});

	it('leaves the node as it was, also where a helper throws at once', async () => {
		const node = { id: 'node-1' };
		const execution = {
			node,
			getWorkflow: () => ({ id: 'w1' }),
			helpers: {
				getProcessedDataCount: () => {
					throw new Error('no table');
				},
			},
		};
		const { isClaimed } = claimsOf(execution as unknown as IExecuteFunctions);
		await expect(isClaimed('p_1')).rejects.toThrow('no table');
		expect(node.id).toBe('node-1');
	});
});

describe('a second worker', () => {
	it('that inserts the row at the same moment has claimed it: the primary key refuses this one', async () => {
		const stage = surface({
			insert: (row) => {
				stage.rows.add(row);
				throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed');
			},
		});
		expect(await stage.claims().claim('p_1')).toBe(false);
	});

	it('is not taken for a database that does not answer: then nothing is claimed, and the caller hears why', async () => {
		const { claims } = surface({
			insert: () => {
				throw new Error('Connection terminated');
			},
		});
		await expect(claims().claim('p_1')).rejects.toThrow('Connection terminated');
	});
});

describe('n8n that cannot remember', () => {
	it('because the workflow has no ID yet says to save it', () => {
		expect(() => surface({ workflowId: '' }).claims()).toThrow(
			expect.objectContaining({
				message: 'This workflow is not saved yet, so n8n cannot remember its payments',
				nextStep: 'Save the workflow and run it again',
			}),
		);
	});

	it('because the workflow is not in the database says to save it', async () => {
		const { claims } = surface({
			insert: () => {
				throw new Error('SQLITE_CONSTRAINT: FOREIGN KEY constraint failed');
			},
		});
		await expect(claims().claim('p_1')).rejects.toThrow('This workflow is not saved yet');
	});

	it.each<[string, Surface]>([
		['reads the ID too late', { isLate: true }],
		['does not read the ID', { isBlind: true }],
	])('because it %s is not believed: the answer is about another row', async (_how, given) => {
		const { isClaimed, claim, release } = surface(given).claims();
		await expect(isClaimed('p_1')).rejects.toThrow(cannot);
		await expect(claim('p_1')).rejects.toThrow(cannot);
		await expect(release('p_1')).rejects.toThrow(cannot);
	});

	it.each([undefined, null, 'node-1', {}, { id: 7 }])('because it hides the node: %j', (node) => {
		// A parameter that is undefined has its default.
		const hidden = surface({ node: node ?? null });
		expect(() => hidden.claims()).toThrow(cannot);
	});

	it('says what to do', async () => {
		await expect(surface({ isBlind: true }).claims().isClaimed('p_1')).rejects.toMatchObject({
			nextStep: 'Update the package, or use a version of n8n that the package names as tested',
		});
	});
});
