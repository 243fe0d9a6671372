import { join } from 'node:path';

import { environment } from './environment.mts';
import { hostFolder, hostNode } from './folders.mts';
import { freePorts } from './ports.mts';
import { roles, type RoleName } from './roles.mts';
import { supervise, type Program, type Supervised } from './supervisor.mts';
import { installPackages, openUserFolder } from './userFolder.mts';

export interface InstanceOptions {
	/** `main` alone is a whole n8n; workers and webhook processes share its database and its queue. */
	role?: RoleName;
	/** One or more community packages, as `npm pack` makes them. Absent: a bare n8n. */
	tarball?: string | string[];
	/** A folder that stays when n8n stops. Absent: a temporary folder, which `stop` removes. */
	userFolder?: string;
	/** Absent: a free port. */
	port?: number;
	/** More environment variables; they win. */
	env?: NodeJS.ProcessEnv;
	/** Sees n8n's output as it comes. */
	onOutput?: (text: string) => void;
}

export interface Instance extends Supervised {
	url: string;
	userFolder: string;
	/** Ends n8n in order and starts it again. */
	restart(): Promise<void>;
}

/** Gives an n8n its folder, its ports and the package. `start` starts it. */
export async function prepareInstance(options: InstanceOptions): Promise<Instance> {
	const { role = 'main', tarball, env = {}, onOutput } = options;
	const { command, readyText } = roles[role];
	const folder = await openUserFolder(options.userFolder);
	if (tarball) await installPackages(folder.path, [tarball].flat());
	const [freePort = 0, brokerPort = 0] = await freePorts(2);
	const port = options.port ?? freePort;
	const url = `http://127.0.0.1:${port}`;
	const program: Program = {
		command: [hostNode, join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n'), ...command],
		cwd: folder.path,
		env: environment({ port, brokerPort, userFolder: folder.path }, env),
		...(folder.isTemporary && { folder: folder.path }),
		stopSignal: 'SIGTERM',
	};
	const n8n = supervise(program, {
		name: `n8n ${command.join(' ')}`,
		isReady: async (output) => output.includes(readyText) && (await isAnswered(`${url}/healthz/readiness`)),
		...(onOutput && { onOutput }),
	});
	const restart = async () => {
		await n8n.kill('SIGTERM');
		await n8n.start();
	};
	return Object.assign(n8n, { url, userFolder: folder.path, restart }); // not a copy: `log` and `pid` change
}

/** Whether the URL answers with a status of success. */
async function isAnswered(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
	} catch {
		return false;
	}
}
