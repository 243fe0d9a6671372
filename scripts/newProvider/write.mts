import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import prettier from 'prettier';

import { projectFolder } from '../../host/folders.mts';

/** Writes a file of the project in its style. Prettier leaves the contracts and the change log as they are. */
export async function write(path: string, text: string): Promise<void> {
	const file = join(projectFolder, path);
	const { ignored, inferredParser } = await prettier.getFileInfo(file, {
		ignorePath: join(projectFolder, '.prettierignore'),
	});
	const isPlain = ignored || inferredParser === null;
	const options = { ...(await prettier.resolveConfig(file)), filepath: file };
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, isPlain ? text : await prettier.format(text, options));
}
