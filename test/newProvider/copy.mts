import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { node24, projectFolder } from '../../host/folders.mts';

/** What is installed or made. */
const NOT_COPIED = /^(?:node_modules|\.git|\.cache|dist|packages|host\/n8n\/node_modules)$/;

/** The project's tree once more, where a provider can be made without anybody seeing it. */
export class Copy {
	readonly folder = mkdtempSync(join(tmpdir(), 'new-provider-'));

	constructor() {
		const filter = (from: string) => !NOT_COPIED.test(relative(projectFolder, from));
		cpSync(projectFolder, this.folder, { recursive: true, filter });
		symlinkSync(join(projectFolder, 'node_modules'), join(this.folder, 'node_modules'));
	}

	/** Runs a program of the copy. Gives what it said if it ended badly, else nothing. */
	complaint(...[file = '', ...args]: string[]): string {
		const { status, stdout, stderr } = this.run(join(this.folder, 'node_modules', file), ...args);
		return status === 0 ? '' : `${stdout}${stderr}`;
	}

	/** Makes a provider from a contract. */
	make(contract: string) {
		return this.run(join(this.folder, 'scripts', 'newProvider.mts'), contract);
	}

	run(...args: string[]) {
		// With NODE_ENV=test n8n's lint believes that its own tests run, and looks at other file names.
		const env = { ...process.env, NODE_ENV: 'production' };
		return spawnSync(node24, args, { cwd: this.folder, encoding: 'utf8', env });
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
