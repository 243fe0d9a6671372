import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { approvalLink, openLink, resumeLink } from './approval.mts';
import { credentialsOf, type Credentials } from './credentials.mts';
import { dataTablesOf, type DataTables } from './dataTables.mts';
import { executionsOf, type Execution, type Executions } from './executions.mts';
import { projectFolder } from './folders.mts';
import { prepareInstance, type Instance, type InstanceOptions } from './instance.mts';
import { localOwner, openSession, type Owner, type Session } from './rest.mts';
import { workflowsOf, type Workflows } from './workflows.mts';

export interface N8nOptions extends InstanceOptions {
	owner?: Owner;
}

export interface N8n extends Instance, Session, Credentials, DataTables, Workflows, Executions, Links {
	owner: Owner;
}

export interface Links {
	/** The address of a webhook of an active workflow. */
	webhookUrl(path: string): string;
	/** Clicks the link that a Send-and-Wait node sent. The execution goes on afterwards: wait for it. */
	approve(execution: Execution): Promise<string>;
	disapprove(execution: Execution): Promise<string>;
	/** The link that `approve` clicks, to be shown to a person. */
	approvalLink(execution: Execution, approved: boolean): string;
	/** The address that a Wait node waits for. */
	resumeLink(execution: Execution): string;
}

/** Starts a real n8n with its own folder and ports, the package as users install it, and a signed-in owner. */
export async function startN8n({ owner = localOwner, ...options }: N8nOptions = {}): Promise<N8n> {
	ensureHost();
	const instance = await prepareInstance(options);
	try {
		await instance.start();
		const session = await openSession(instance.url, owner);
		const executions = executionsOf(session.api);
		const parts = {
			owner,
			...session,
			...executions,
			...credentialsOf(session.rest),
			...dataTablesOf(session.rest),
			...workflowsOf(session, executions),
			...linksOf(instance.url),
		};
		return Object.assign(instance, parts); // not a copy: `log` and `pid` change
	} catch (cause) {
		await instance.stop();
		throw cause;
	}
}

function linksOf(url: string): Links {
	return {
		webhookUrl: (path) => `${url}/webhook/${path}`,
		approve: (execution) => openLink(approvalLink(url, execution, true)),
		disapprove: (execution) => openLink(approvalLink(url, execution, false)),
		approvalLink: (execution, approved) => approvalLink(url, execution, approved),
		resumeLink: (execution) => resumeLink(url, execution),
	};
}

/** Runs the setup as a program of its own, because it works before anything is installed. Silent when nothing is missing. */
function ensureHost(): void {
	const setup = join(projectFolder, 'scripts', 'setup.mjs');
	execFileSync(process.execPath, [setup, '--host', '--quiet'], { stdio: 'inherit' });
}
