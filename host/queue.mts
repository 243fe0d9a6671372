import { startPostgres, type Postgres } from './servers/postgres.mts';
import { startRedis, type Redis } from './servers/redis.mts';
import { prepareInstance, type Instance } from './instance.mts';
import { startN8n, type N8n } from './start.mts';

export interface QueueOptions {
	/** The community package, as `npm pack` makes it. */
	tarball: string;
	workers?: number;
	/** More environment variables for all of n8n's processes; they win. */
	env?: NodeJS.ProcessEnv;
	onProgress?: (line: string) => void;
}

/** n8n in queue mode: main keeps the workflows, the webhook process receives deliveries, the workers execute. */
export interface Queue {
	main: N8n;
	workers: Instance[];
	webhook: Instance;
	redis: Redis;
	postgres: Postgres;
	/** The address of an active workflow's webhook, at the webhook process. */
	webhookUrl(path: string): string;
	/** Starts all ended processes again, as a service manager does. Resolves to their number. */
	revive(): Promise<number>;
	stop(): Promise<void>;
}

/** Starts everything on this machine. `stop` removes all of it. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
	const { tarball, workers: count = 2, env: extra = {}, onProgress = () => undefined } = options;
	const running: { stop(): Promise<void> }[] = [];
	const keep = <One extends { stop(): Promise<void> }>(one: One): One => {
		running.push(one);
		return one;
	};
	const stop = async () => {
		for (const each of running.splice(0).reverse()) await each.stop();
	};
	try {
		const postgres = keep(await startPostgres());
		const redis = keep(await startRedis());
		onProgress('PostgreSQL and Redis run');
		const env = queueEnvironment(postgres, redis, extra);
		// Main starts first and alone, because it makes the tables.
		const main = keep(await startN8n({ tarball, env }));
		onProgress(`n8n's main process runs: ${main.url}`);
		const prepare = async (role: 'worker' | 'webhook') => keep(await prepareInstance({ role, tarball, env }));
		const webhook = await prepare('webhook');
		const workers: Instance[] = [];
		while (workers.length < count) workers.push(await prepare('worker'));
		await Promise.all([webhook, ...workers].map((one) => one.start()));
		onProgress(`a webhook process and ${count} workers run: ${webhook.url}`);
		return {
			main,
			workers,
			webhook,
			redis,
			postgres,
			webhookUrl: (path) => `${webhook.url}/webhook/${path}`,
			revive: async () => {
				const ended = [main, webhook, ...workers].filter(({ pid }) => pid === 0);
				await Promise.all(ended.map((one) => one.start()));
				return ended.length;
			},
			stop,
		};
	} catch (cause) {
		await stop();
		throw cause;
	}
}

function queueEnvironment(postgres: Postgres, redis: Redis, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return {
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_DATABASE: postgres.database,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		// Deliveries go to the webhook process, and never to main by mistake.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		// How many executions main examines at its start, to find those whose job is gone. The default is 100.
		N8N_EXECUTIONS_QUEUE_RECOVERY_BATCH: '1000',
		...extra,
	};
}
