import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../core/provider/operation.ts';
import { refuseUnreachable, resumePlace, resumeValue } from '../../../../core/fields/resumeUrl.ts';
import { BridgePay } from '../../../../nodes/BridgePay/BridgePay.node.ts';
import { createPayIn, createPayInAndWait } from '../../../../nodes/BridgePay/operations/payIn.ts';
import { bridgePay } from '../../../../nodes/BridgePay/provider.ts';
import { staticAddress } from '../../../../nodes/GatePay/operations/staticAddress.ts';

const SECRET = 'f'.repeat(64);

/** A node in an n8n with this public origin. */
function nodeAt(origin: string, id = '1234567') {
	const url = `${origin}/webhook-waiting/${id}?signature=${SECRET}`;
	return { evaluateExpression: () => url } as unknown as IExecuteFunctions;
}

const saveAndWait = staticAddress.operations.find(({ value }) => value === 'saveAndWait');

function refusal(n8n: string, provider: string, operation: Operation = createPayInAndWait, id?: string) {
	const account = { origin: provider, id: 'x', secrets: [] };
	try {
		refuseUnreachable(nodeAt(n8n, id), { provider: bridgePay, operation, account });
	} catch (cause) {
		return cause instanceof Error ? cause.message : cause;
	}
	return undefined;
}

const ELSEWHERE = 'https://api.bridgepay.example';

it('puts its own path behind the id of the execution and keeps the secret', () => {
	expect(resumeValue(nodeAt('https://n8n.example.com'), createPayInAndWait)).toEqual({
		notificationUrl: `https://n8n.example.com/webhook-waiting/1234567/cb?signature=${SECRET}`,
	});
	expect(new BridgePay().description.webhooks).toMatchObject([{ path: 'cb', restartWebhook: true }]);
});

it('stands for nothing where nobody waits', () => {
	const node = nodeAt('https://n8n.example.com');
	expect([resumePlace(createPayIn), resumeValue(node, createPayIn)]).toEqual([{}, {}]);
	expect(refusal('http://localhost:5678', ELSEWHERE, createPayIn)).toBeUndefined();
});

it.each([
	['https://n8n.example.com', ELSEWHERE],
	['https://10.0.0.7', ELSEWHERE],
	// The sandbox and n8n run on the same machine.
	['http://127.0.0.1:5678', 'http://127.0.0.1:4012'],
	['http://localhost:5678', 'http://localhost:4012'],
	['http://n8n:5678', 'http://127.0.0.1:4012'],
])('an n8n at %s is taken for a provider at %s', (n8n, provider) => {
	expect(refusal(n8n, provider)).toBeUndefined();
});

it.each(['http://localhost:5678', 'https://localhost', 'http://[::1]:5678', 'http://n8n.example.com'])(
	'an n8n at %s is refused for a provider elsewhere',
	(n8n) => {
		expect(refusal(n8n, ELSEWHERE)).toBe(`BridgePay cannot call this n8n under ${new URL(n8n).origin}`);
	},
);

// On n8n 1.123.81 ten callbacks at once ran the following nodes ten times.
it('an n8n that does not sign the URL is refused, also beside a sandbox', () => {
	const url = 'http://127.0.0.1:5678/webhook-waiting/1234567';
	const node = { evaluateExpression: () => url } as unknown as IExecuteFunctions;
	const account = { origin: 'http://127.0.0.1:4012', id: 'x', secrets: [] };
	const refuse = (operation: Operation) => () =>
		refuseUnreachable(node, { provider: bridgePay, operation, account });
	expect(refuse(createPayInAndWait)).toThrow('This n8n is too old to wait for a callback');
	expect(refuse(createPayIn)).not.toThrow();
});

it('a URL longer than the provider takes is refused', () => {
	if (!saveAndWait) throw new Error('No such operation');
	expect(refusal('https://n8n.example.com', ELSEWHERE, saveAndWait)).toBeUndefined();
	expect(refusal('https://automation.example.com', ELSEWHERE, saveAndWait, '12345678')).toBe(
		"The execution's own URL has 133 characters; it takes at most 128",
	);
});
