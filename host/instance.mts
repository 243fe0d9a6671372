import { environment } from './environment.mts';
import { freePorts } from './ports.mts';
import { launch, type RunningProcess } from './process.mts';
import { roles, type RoleName } from './roles.mts';
import { installPackages, openUserFolder, temporaryFolderVariable } from './userFolder.mts';

export interface InstanceOptions {
	/** `main` alone is a whole n8n; workers and webhook processes share its database and its queue. */
	role?: RoleName;
	/** The community package, as `npm pack` makes it, or several. Without: a bare n8n. */
	tarball?: string | string[];
	/** Kept when n8n stops. Without: a temporary folder, removed by stop(). */
	userFolder?: string;
	/** Without: any free port. */
	port?: number;
	/** More environment variables; they win. */
	env?: NodeJS.ProcessEnv;
	/** Sees n8n's output as it comes. */
	onOutput?: (text: string) => void;
}

export interface Instance {
	url: string;
	userFolder: string;
	/** All output of n8n so far, over restarts. */
	readonly log: string;
	/** 0 while it does not run. */
	readonly pid: number;
	/** Does nothing while it runs. */
	start(): Promise<void>;
	/** By default as a crash does it: nothing is shut down in order. `start` brings n8n back. */
	kill(signal?: NodeJS.Signals): Promise<void>;
	restart(): Promise<void>;
	/** For good. */
	stop(): Promise<void>;
}

/** An n8n that has its folder, its ports and the package, and can be started. */
export async function prepareInstance(options: InstanceOptions): Promise<Instance> {
	const { role = 'main', tarball, env = {}, onOutput } = options;
	const { command, readyText } = roles[role];
	const folder = await openUserFolder(options.userFolder);
	if (tarball) await installPackages(folder.path, [tarball].flat());
	const [freePort = 0, brokerPort = 0] = await freePorts(2);
	const port = options.port ?? freePort;
	const url = `http://127.0.0.1:${port}`;

	let log = '';
	let running: RunningProcess | undefined;
	const start = async () => {
		if (running && !running.hasEnded) return;
		running = await launch({
			command,
			env: environment(
				{ port, brokerPort, userFolder: folder.path },
				{ ...env, ...(folder.isTemporary && { [temporaryFolderVariable]: folder.path }) },
			),
			cwd: folder.path,
			readyUrl: `${url}/healthz/readiness`,
			readyText,
			onOutput: (text) => {
				log += text;
				onOutput?.(text);
			},
		});
	};
	const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
		await running?.end(signal);
		running = undefined;
	};
	return {
		url,
		userFolder: folder.path,
		start,
		kill,
		restart: async () => {
			await kill('SIGTERM');
			await start();
		},
		stop: async () => {
			await kill('SIGTERM');
			await folder.remove();
		},
		get log() {
			return log;
		},
		get pid() {
			return running && !running.hasEnded ? running.pid : 0;
		},
	};
}
