/** What an n8n process can be. */
export type RoleName = 'main' | 'worker' | 'webhook';

export interface Role {
	/** The command of n8n, with its flags. */
	command: string[];
	/** Printed when it is really ready: /healthz/readiness is early, workflows are activated after it. */
	readyText: string;
}

export const roles: Readonly<Record<RoleName, Role>> = {
	main: { command: ['start'], readyText: 'Editor is now accessible' },
	worker: { command: ['worker', '--concurrency=5'], readyText: 'n8n worker is now ready' },
	webhook: { command: ['webhook'], readyText: 'Webhook listener waiting for requests.' },
};
