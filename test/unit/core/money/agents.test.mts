import { refuseAgents } from '../../../../core/money/agents.ts';
import type { Run } from '../../../../core/items/run.ts';
import { catalogue } from '../../../catalogue.mts';

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
			(agentsAllowed: boolean, asTool = true, aiAgents = 'within') =>
			() =>
				refuseAgents({ operation, agentsAllowed, asTool, credentials: { aiAgents } } as unknown as Run);
		expect(ask(true)).not.toThrow();
		expect(ask(false, false)).not.toThrow();
		expect(ask(true, true, 'approval')).not.toThrow();
		if (operation.effect === 'read') expect(ask(true, true, 'never')).not.toThrow();
		else expect(ask(true, true, 'never')).toThrow('AI Agents in the credential lets an agent only read');
		if (operation.effect === 'read') expect(ask(false)).not.toThrow();
		else expect(ask(false)).toThrow(/An AI agent asked to (move money|change something)/);
	});
});
