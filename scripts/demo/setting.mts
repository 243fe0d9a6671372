import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import type { NewCredential } from '../../host/credentials.mts';
import { hostFolder } from '../../host/folders.mts';
import { portIfFree } from '../../host/ports.mts';
import { startSmtpSink, type SmtpSink } from '../../host/smtpSink.mts';
import { startN8n, type N8n } from '../../host/start.mts';
import type { CredentialChoice } from '../../host/workflows.mts';
import { packIfChanged } from '../pack.mts';
import { allCredentials } from './credentials.mts';

export interface SettingOptions {
	/** Console, Gate Pay, n8n and the others get this port and the next ones, where they are free. Absent: any free ports. */
	firstPort?: number;
	/** Divides the sandbox's delays. */
	pace?: number;
	/** False: the sandbox's banks, desks and chains do not act by themselves. */
	autopilot?: boolean;
	/** Whether the sandbox's magic amounts end as docs/sandbox.md says. */
	magicAmounts?: boolean;
	/** More environment variables for n8n. */
	env?: NodeJS.ProcessEnv;
	onProgress?: (line: string) => void;
}

export interface Setting {
	sandbox: Sandbox;
	mail: SmtpSink;
	n8n: N8n;
	credentials: CredentialChoice;
	close(): Promise<void>;
}

/** What docs/scale.md recommends. */
const goodSettings: NodeJS.ProcessEnv = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Starts the providers, a mail box and an n8n with the package, all on this machine. `close` removes everything. */
export async function startSetting(options: SettingOptions = {}): Promise<Setting> {
	const {
		firstPort,
		pace = 10,
		autopilot = true,
		magicAmounts = false,
		env = {},
		onProgress = () => undefined,
	} = options;
	const running: { close(): Promise<void> }[] = [];
	const close = async () => {
		for (const each of running.splice(0).reverse()) await each.close();
	};
	try {
		const ports = await portsFrom(firstPort);
		const mail = await startSmtpSink(ports.mail);
		running.push(mail);
		const mails = () => [...mail.allMails];
		const sandbox = await startSandbox({ ports: ports.sandbox, pace, autopilot, magicAmounts, mails });
		running.push(sandbox);
		const providers = Object.values(sandbox.providers).map(({ title }) => title);
		onProgress(`The sandbox stands in for ${providers.join(', ')}: ${sandbox.consoleUrl}`);
		const { path, bytes } = await packIfChanged();
		onProgress(`The package is packed: ${Math.round(bytes / 1000)} kB`);
		const isInstalled = existsSync(join(hostFolder, 'node_modules', 'n8n'));
		onProgress(isInstalled ? 'n8n starts' : 'n8n is installed first: 1.9 GB, two or three minutes');
		const n8n = await startN8n({
			tarball: path,
			env: { ...goodSettings, ...env },
			...(ports.n8n && { port: ports.n8n }),
		});
		running.push({ close: () => n8n.stop() });
		onProgress(`n8n runs with the package installed: ${n8n.url}`);
		const credentials = await createCredentials(n8n, allCredentials(sandbox, mail));
		return { sandbox, mail, n8n, credentials, close };
	} catch (cause) {
		await close();
		throw cause;
	}
}

interface Ports {
	sandbox: { console?: number };
	n8n?: number | undefined;
	mail?: number | undefined;
}

/** An absent port means any free one. If the console's port is absent, the sandbox takes free ports for all providers. */
async function portsFrom(first: number | undefined): Promise<Ports> {
	if (first === undefined) return { sandbox: {} };
	return {
		sandbox: await sandboxPorts(first),
		n8n: await portIfFree(first + 8),
		mail: await portIfFree(first + 9),
	};
}

/** The ports that the README names, if all of them are free. */
async function sandboxPorts(first: number): Promise<{ console?: number }> {
	const wanted = [0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15].map((offset) => first + offset);
	const free = await Promise.all(wanted.map((port) => portIfFree(port)));
	return free.every((port) => port !== undefined) ? { console: first } : {};
}

/** Creates the credentials. The result has them by their type, so that an imported flow finds its own. */
async function createCredentials(n8n: N8n, wanted: NewCredential[]): Promise<CredentialChoice> {
	const choice: CredentialChoice = {};
	for (const credential of wanted) {
		choice[credential.type] = { id: await n8n.createCredential(credential), name: credential.name };
	}
	return choice;
}
