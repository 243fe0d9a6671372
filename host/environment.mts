import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { hostFolder } from './folders.mts';

/** n8n signs approval links with this secret. We choose it, so that `approve` can make the link that the person got. */
export const linkSecret = 'links of a local n8n';

export interface Listening {
	port: number;
	brokerPort: number;
	userFolder: string;
}

/**
 * The whole environment of n8n. The caller's own environment is left out on purpose: a developer's N8N_* or DB_* settings,
 * jest's NODE_ENV=test or a proxy would change what is tested.
 */
export function environment(
	{ port, brokerPort, userFolder }: Listening,
	extra: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return {
		PATH: process.env['PATH'],
		TMPDIR: process.env['TMPDIR'],
		HOME: userFolder,
		TZ: 'UTC',
		...quietAndOffline,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		// A worker serves only its health, and only when these are set.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort), // the default is 5679, and two n8n on one machine would clash
		N8N_SECURE_COOKIE: 'false',
		N8N_ENCRYPTION_KEY: 'key of a local n8n',
		N8N_HMAC_SIGNATURE_SECRET: linkSecret,
		DB_TYPE: 'sqlite',
		EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'false',
		EXECUTIONS_DATA_MAX_DISPLAY_SIZE: '0', // no limit: otherwise the list of executions leaves out the data of large ones
		...extra,
	};
}

const quietAndOffline: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	...without('mcp-registry'),
};

/** Disables a module where n8n has it. n8n 1.x has fewer modules, and does not start when an unknown one is disabled. */
function without(module: string): NodeJS.ProcessEnv {
	const isThere = existsSync(join(hostFolder, 'node_modules', 'n8n', 'dist', 'modules', module));
	return isThere ? { N8N_DISABLED_MODULES: module } : {};
}
