/** The roles of an n8n process. */
export type RoleName = 'main' | 'worker' | 'webhook';

export interface Role {
	/** The command of n8n, with its flags. */
	command: string[];
	/** n8n prints this when it is really ready. /healthz/readiness answers earlier, before the workflows are active. */
	readyText: string;
}

export const roles: Readonly<Record<RoleName, Role>> = {
	main: { command: ['start'], readyText: 'Editor is now accessible' },
	worker: { command: ['worker', '--concurrency=5'], readyText: 'n8n worker is now ready' },
	webhook: { command: ['webhook'], readyText: 'Webhook listener waiting for requests.' },
};
