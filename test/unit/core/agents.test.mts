import { refuseAgents } from '../../../core/money/agents.ts';
import type { Run } from '../../../core/items/run.ts';
import { catalogue } from '../../catalogue.mts';

const operations = catalogue.flatMap(({ provider }) =>
	provider.resources.flatMap(({ operations: all }) => all.map((operation) => ({ provider, operation }))),
);

describe('an AI agent', () => {
	it.each(
		operations.map(
			({ provider, operation }) => [`${provider.displayName} ${operation.action}`, operation] as const,
		),
	)('may only read without Allow Use by AI Agents: %s', (_name, operation) => {
		const ask =
			(agentsAllowed: boolean, asTool = true) =>
			() =>
				refuseAgents({ operation, agentsAllowed, asTool } as Run);
		expect(ask(true)).not.toThrow();
		expect(ask(false, false)).not.toThrow();
		if (operation.effect === 'read') expect(ask(false)).not.toThrow();
		else expect(ask(false)).toThrow(/An AI agent asked to (move money|change something)/);
	});
});
